"""The type of the answer that a question wants, in the standard taxonomy of Li and Roth."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.questions.types.context import Context
from bot.questions.types.focus import find_focus
from bot.questions.types.heads import Heads
from bot.questions.types.model import QuestionType
from bot.questions.types.rules import RULES
from bot.questions.types.tables import load_cues, load_taxonomy

if TYPE_CHECKING:
    from bot.language.lexicon import Lexicon
    from bot.language.sentence import Sentence

__all__ = ["QuestionType", "type_of_question"]


@lru_cache(maxsize=2)
def _heads(lexicon: Lexicon) -> Heads:
    return Heads(lexicon, load_taxonomy())


def type_of_question(sentence: Sentence, lexicon: Lexicon) -> QuestionType | None:
    """The type of the answer to a parsed question; None for what asks nothing that could be typed (*Is it open?*)."""
    cues = load_cues()
    focus = find_focus(sentence, cues, lexicon)
    if focus is None:
        return None
    context = Context(focus, _heads(lexicon), cues)
    for rule in RULES:
        found = rule.of(context)
        if found is not None:
            coarse, _, fine = found[0].partition(":")
            return QuestionType(coarse, fine, f"{rule.name}: {found[1]}")
    return None
