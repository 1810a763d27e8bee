"""What comes back from a question: an :class:`Answer`, either answered with citations or refused with a reason."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct

Status = Literal["answered", "not_stated", "ambiguous", "not_understood", "help"]
ReasonKind = Literal[
    "unknown_entity", "unknown_relation", "no_such_fact", "outside_time",
    "ambiguous_name", "ambiguous_question", "not_a_question", "unsupported", "other_language",
]  # fmt: skip


class Citation(Struct, frozen=True):
    """Words an answer rests on: ``document[start:end] == quote`` to the character (law 1). ``original`` names where the
    document's own source has it, for restated documents that say so."""

    document: str
    title: str
    section: tuple[str, ...]
    start: int
    end: int
    quote: str
    page: int | None = None
    original: str = ""


class Reason(Struct, frozen=True):
    """Why there is no answer: its kind, and what was missing in words."""

    kind: ReasonKind
    detail: str


class Answer(Struct, frozen=True):
    """The answer to one question; field by field the JSON of the command line (see :func:`as_dict`). ``trace`` lists,
    in order, the rules and steps behind it; ``query`` is the printable reading of the question."""

    question: str
    status: Status
    answer: str
    values: tuple[str, ...] = ()
    intent: str = ""
    answer_type: str = ""
    confidence: float = 0.0
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    reason: Reason | None = None
    trace: tuple[str, ...] = ()
    query: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The answer as the JSON object of the command line; ``reason`` only for refusals."""
        shown: dict[str, Any] = {
            "question": self.question,
            "status": self.status,
            "answer": self.answer,
            "values": list(self.values),
            "intent": self.intent,
            "answer_type": self.answer_type,
            "confidence": round(self.confidence, 3),
            "citations": [
                {
                    "document": c.document,
                    "title": c.title,
                    "section": list(c.section),
                    "start": c.start,
                    "end": c.end,
                    "quote": c.quote,
                }
                | ({"page": c.page} if c.page is not None else {})
                | ({"original": c.original} if c.original else {})
                for c in self.citations
            ],
            "suggestions": list(self.suggestions),
        }
        if self.reason:
            shown["reason"] = {"kind": self.reason.kind, "detail": self.reason.detail}
        shown["trace"] = list(self.trace)
        return shown
