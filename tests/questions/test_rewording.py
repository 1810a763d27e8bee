"""A bare question word put into the question before it, for every form that can be turned, and for some that cannot."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.language.sentence import from_conllu
from bot.questions.rewording import reworded
from tests.questions import parses
from tests.questions.test_reading import read

FOUNDED = """
When     when     ADV   5 advmod   PronType=Int
was      be       AUX   5 aux:pass
the      the      DET   4 det
club     club     NOUN  5 nsubj:pass
founded  found    VERB  0 root     Tense=Past|VerbForm=Part|Voice=Pass
?        ?        PUNCT 5 punct
"""
GAVE = """
Who      who      PRON  2 nsubj    PronType=Int
gave     give     VERB  0 root     Mood=Ind|Tense=Past|VerbForm=Fin
it       it       PRON  2 obj
to       to       ADP   6 case
the      the      DET   6 det
club     club     NOUN  2 obl
?        ?        PUNCT 2 punct
"""
CLOSED = """
Which    which    DET   2 det      PronType=Int
station  station  NOUN  4 nsubj:pass
was      be       AUX   4 aux:pass
closed   close    VERB  0 root     Tense=Past|VerbForm=Part|Voice=Pass
?        ?        PUNCT 4 punct
"""
STOPPED = """
Is       be       AUX   3 aux:pass
rowing   rowing   NOUN  3 nsubj:pass
stopped  stop     VERB  0 root     Tense=Past|VerbForm=Part|Voice=Pass
in       in       ADP   5 case
fog      fog      NOUN  3 obl
?        ?        PUNCT 3 punct
"""


@pytest.mark.parametrize(
    ("rows", "intent", "values", "phrase", "expected"),
    [
        (FOUNDED, "when", ("1968",), "by whom", "By whom was the club founded?"),
        (FOUNDED, "when", ("1968",), "who", "By whom was the club founded?"),
        (FOUNDED, "when", ("1968",), "where", "Where was the club founded?"),
        (GAVE, "who", ("Ruth Holm",), "when", "When did Ruth Holm give it to the club?"),
        (CLOSED, "what", (), "why", "Why was the station closed?"),
        (CLOSED, "what", ("Fort Lane",), "when", "When was Fort Lane closed?"),
        (parses.BORROW, "how_many", ("ten",), "from whom", "From whom can a child borrow items?"),
        (STOPPED, "yes_no", ("yes",), "why", "Why is rowing stopped in fog?"),
    ],
)
def test_reworded(rows: str, intent: str, values: tuple[str, ...], phrase: str, expected: str) -> None:
    assert reworded(read(rows, intent), values, phrase) == expected


def test_reworded_keeps_the_spacing_of_what_was_typed() -> None:
    rows = "Ca can AUX 4 aux\nn't not PART 4 advmod\nwe we PRON 4 nsubj\nrow row VERB 0 root\n? ? PUNCT 4 punct"
    glued = replace(read(rows, "yes_no"), sentence=from_conllu(rows, "Can't we row?"))
    assert reworded(glued, (), "why") == "Why can't we row?"


def test_reworded_keeps_a_stranded_preposition_for_the_end() -> None:
    assert reworded(read(FOUNDED, "when"), (), "who", "for") == "By whom was the club founded for?"


def test_reworded_leaves_alone_what_it_cannot_turn() -> None:
    long = ("a long answer that would only be misread in the middle of another question",)
    assert reworded(read(GAVE, "who"), long, "when") is None


def test_reworded_puts_the_answer_after_a_preposition_left_at_the_end() -> None:
    rows = parses.LINK.replace("it       it       PRON  5 nsubj", "Cup      Cup      PROPN 5 nsubj")
    query = read(rows, "what")
    assert query.gap is not None and query.gap.role == "obl:with"
    assert reworded(query, ("Norway", "Peru"), "when") == "When does Cup link with Norway and Peru?"
    assert reworded(query, (), "when") == "When does Cup link with the states?"
