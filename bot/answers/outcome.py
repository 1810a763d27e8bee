"""What a look-up yields before it is worded: found with its evidence, or not found with what stood in the way."""

from __future__ import annotations

from msgspec import Struct

from bot.answers.match import Match
from bot.answers.model import ReasonKind
from bot.answers.view import View
from bot.questions.query import Term


class Found(Struct, frozen=True):
    """An answer's values with their evidence; ``sentence`` is the plain sentence to say."""

    values: tuple[str, ...]
    sentence: str
    evidence: tuple[tuple[View, tuple[int, int] | None], ...]
    confidence: float
    answer_type: str
    trace: tuple[str, ...] = ()
    many: bool = False


class NotFound(Struct, frozen=True):
    """No answer: why, which terms nothing met, and the closest match, which may be offered as related."""

    kind: ReasonKind
    detail: str
    missing: tuple[Term, ...] = ()
    closest: Match | None = None
    trace: tuple[str, ...] = ()


Outcome = Found | NotFound
