"""The rules from a question's focus to a fine type of Li and Roth's taxonomy, in the order in which they are tried.

A rule is one object: a name, what it is for, an example question, and the function that gives a type or nothing. The
first that gives one decides.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from bot.questions.types import by_noun, by_wh
from bot.questions.types.context import Context, Found


class Rule(Struct, frozen=True):
    """``example`` is a question that the rule decides, and ``gives`` the type that it gives it."""

    name: str
    about: str
    example: str
    gives: str
    of: Callable[[Context], Found]


RULES: tuple[Rule, ...] = (
    Rule("short form", "What a short form stands for.", "What does NATO stand for?", "ABBR:exp", by_wh.short_form),
    Rule("how", "How with many, much or a degree, or alone.", "How tall is the tower?", "NUM:dist", by_wh.how),
    Rule("when", "When.", "When was the bridge opened?", "NUM:date", by_wh.when),
    Rule("why", "Why.", "Why is the sky blue?", "DESC:reason", by_wh.why),
    Rule("where", "Where.", "Where is the mill?", "LOC:other", by_wh.where),
    Rule("who", "Who, whom, whose.", "Who opened the bridge?", "HUM:ind", by_wh.who),
    Rule("describe", "Define, describe, tell.", "Define gravity.", "DESC:def", by_wh.describe),
    Rule("living", "What somebody does for a living.", "What does Ann do for a living?", "HUM:title", by_wh.living),
    Rule("called", "What something is called.", "What is a male duck called?", "ENTY:termeq", by_wh.called),
    Rule("famed", "What something is known for.", "What is the town famous for?", "DESC:reason", by_wh.famed),
    Rule("made of", "What something is made of.", "What is the roof made of?", "ENTY:substance", by_wh.made_of),
    Rule("means", "What something means.", "What does the motto mean?", "DESC:def", by_wh.means),
    Rule("about", "What something is about or like.", "What is the book about?", "DESC:desc", by_wh.about),
    Rule("kind", "The noun after what, which or name.", "What city hosts the fair?", "LOC:city", by_noun.named_noun),
    Rule("definition", "What is, with a thing or a name.", "What is a nanometre?", "DESC:def", by_noun.definition),
    Rule("copula", "What is, with a noun.", "What is the capital of Chile?", "LOC:city", by_noun.copula),
    Rule("what", "What by itself, by its verb.", "What causes rust?", "DESC:reason", by_wh.what),
)
