"""What the rules look at, and what they give."""

from __future__ import annotations

from msgspec import Struct

from bot.questions.types.focus import Focus
from bot.questions.types.heads import Heads
from bot.questions.types.tables import Cues

Found = tuple[str, str] | None  # a type and what it rests on


class Context(Struct, frozen=True):
    """What rules look at: the question's focus, the types of nouns and the word lists."""

    focus: Focus
    heads: Heads
    cues: Cues
