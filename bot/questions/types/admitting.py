"""The types of the look-up that a question's answer may have, by its type in the standard taxonomy.

Nouns have look-up types of their own (*which commission*), finer than the taxonomy's; these are for what has none
(*what is the capital of Chile*), and for a family's default that the question's noun speaks against.
"""

from __future__ import annotations

from bot.questions.types.model import QuestionType
from bot.questions.types.tables import load_taxonomy

BY_NOUN = frozenset({"kind", "copula"})
MEASURED = frozenset(
    {"date", "time", "duration", "money", "percent", "quantity", "measure", "number", "frequency", "ordinal"}
)


def admitted(asked: QuestionType | None, of_noun: tuple[str, ...], of_intent: tuple[str, ...]) -> tuple[str, ...]:
    """Look-up types: those of the noun after the wh-word, else those of the question's type, else the family's."""
    if asked is None or asked.rule not in BY_NOUN or asked.coarse in ("ABBR", "DESC"):
        return of_noun or of_intent
    admits = load_taxonomy().admits[asked.name]
    if asked.coarse == "NUM":
        return of_noun or admits
    # *which part of China*: no share is asked for; *what was the Yuan's ally*: nor is a sum of money
    return of_noun if set(of_noun) - MEASURED else admits
