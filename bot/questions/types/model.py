"""What typing a question gives."""

from __future__ import annotations

from msgspec import Struct


class QuestionType(Struct, frozen=True):
    """``coarse`` is one of ABBR, DESC, ENTY, HUM, LOC, NUM; ``fine`` is below it (``city`` of LOC); ``trace`` says
    which rule gave it and by what."""

    coarse: str
    fine: str
    trace: str

    @property
    def name(self) -> str:
        """``LOC:city``."""
        return f"{self.coarse}:{self.fine}"

    @property
    def rule(self) -> str:
        """The name of the rule that gave it."""
        return self.trace.partition(":")[0]
