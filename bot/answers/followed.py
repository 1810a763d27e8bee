"""What an answer must meet because of the turn before it, and how it is said where that fails."""

from __future__ import annotations

from msgspec.structs import replace

from bot.answers.model import Answer, Reason
from bot.language.values import values_in


def repeats(values: tuple[str, ...], before: tuple[str, ...]) -> bool:
    """Whether an answer gives the number again that was answered before: *How many of those …?* asks for a part."""
    numbers = {v.low for text in before for v in values_in(text) if v.low is not None}
    return any(v.low in numbers for text in values[:1] for v in values_in(text) if v.low is not None)


def no_part(answer: Answer, before: tuple[str, ...]) -> Answer:
    """The refusal in place of an answer that repeats the whole of which a part was asked."""
    detail = f"the documents give {before[0]} for all of them, and no number for the part that was asked for"
    return replace(
        answer,
        status="not_stated",
        answer=f"{detail[0].upper()}{detail[1:]}.",
        values=(),
        citations=(),
        confidence=0.0,
        reason=Reason("no_such_fact", detail),
    )


def unclear(line: str, before: str) -> Answer:
    """A line that leans on the turn before in no way that could be told."""
    detail = f"I cannot tell what “{line}” asks after “{before}”"
    return Answer(
        question=line,
        status="ambiguous",
        answer=f"{detail}. Please ask it in full.",
        reason=Reason("ambiguous_question", detail),
    )
