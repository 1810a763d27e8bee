"""Follow-ups as pure functions: a line and the turn before it, in; the question meant, out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.language.sentence import from_conllu
from bot.questions.followup import Completed, Turn, complete
from bot.questions.query import Query, Term
from tests.questions import parses
from tests.questions.test_reading import read

KINDS = {"osce": "organization", "sco": "organization", "asia": "region", "films": "work", "books": "work"}
LINKS = """
Which    which    DET   2 det
states   state    NOUN  5 obj      Number=Plur
does     do       AUX   5 aux
OSCE     OSCE     PROPN 5 nsubj
link     link     VERB  0 root     VerbForm=Inf
with     with     ADP   2 case
Asia     Asia     PROPN 5 obj
?        ?        PUNCT 5 punct
"""


def _type_of(term: Term) -> str:
    return KINDS.get(term.text.lower(), "number" if term.value else "")


def _terms_of(fragment: str) -> tuple[Term, ...]:
    words = [word for word in fragment.split() if word.lower() not in ("the", "a", "an")]
    entities = {word: (word.lower(),) if word.lower() in ("osce", "sco", "asia") else () for word in words}
    return tuple(Term(word.lower(), "n", word, (n,), entities[word]) for n, word in enumerate(words))


def _turn(rows: str = LINKS, intent: str = "what", **more: object) -> Turn:
    query = read(rows, intent)
    named = tuple(replace(t, entities=(t.lemma,)) if t.text in ("OSCE", "Asia") else t for t in query.terms)
    query = replace(query, terms=named)
    return replace(Turn(from_conllu(rows).text, query, topics=("OSCE", "Asia")), **more)  # type: ignore[arg-type]


def _complete(line: str, before: Turn | None) -> Completed:
    return complete(line, before, _type_of, _terms_of)


@pytest.mark.parametrize("line", ["When?", "And the SCO?", "Where is it?", "Who founded the club?", ""])
def test_complete_without_a_turn_before_changes_nothing(line: str) -> None:
    assert _complete(line, None) == Completed(line)
    assert _complete(line, Turn("hello", None)) == Completed(line)


@pytest.mark.parametrize("line", ["Who founded the club?", "How many boats does the club own?", "Is the hall open?"])
def test_complete_leaves_a_whole_question_alone(line: str) -> None:
    assert _complete(line, _turn()) == Completed(line)


@pytest.mark.parametrize("line", ["And the SCO?", "What about the SCO?", "the SCO?", "but SCO", "how about the SCO"])
def test_complete_swaps_the_part_of_the_same_kind(line: str) -> None:
    completed = _complete(line, _turn())
    assert completed.query is None
    assert "SCO link with Asia" in completed.text
    assert "OSCE" not in completed.text
    assert completed.note == f"read as “{completed.text}”"


@pytest.mark.parametrize(
    ("line", "intent", "role", "some_type"),
    [
        ("When?", "when", "date", "date"),
        ("And where?", "where", "place", "place"),
        ("Why is that?", "why", "reason", "reason"),
        ("Who?", "who", "subj", "person"),
        ("With whom?", "who", "obl:with", "person"),
        ("How many?", "how_many", "number", "number"),
        ("How long?", "how_long", "duration", "duration"),
        ("Since when?", "when", "date", "date"),
    ],
    ids=lambda value: str(value),
)
def test_complete_bare_wh_keeps_the_query_and_changes_its_gap(
    line: str, intent: str, role: str, some_type: str
) -> None:
    before = _turn()
    query = _complete(line, before).query
    assert query is not None and query.gap is not None and before.query is not None
    assert (query.intent, query.gap.role, query.lookup) == (intent, role, "gap")
    assert some_type in query.gap.types
    assert query.gap.counted == (line == "How many?")
    assert query.predicate == before.query.predicate
    assert not any(term.place == "gap" for term in query.terms)
    assert f"“{line}” asked of “{before.text}”" in query.trace


def test_complete_how_many_keeps_its_noun() -> None:
    before = _turn(parses.BORROW, "how_many")
    completed = _complete("And how many can an adult borrow?", before)
    assert completed.text == "how many items can an adult borrow?"
    assert completed.note == f"read as “{completed.text}”"


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("Where is it based?", "Where is OSCE based?"),
        ("Who are its members?", "Who are OSCE's members?"),
        ("What do they do?", "What do OSCE do?"),
        ("Where does the latter lie?", "Where does Asia lie?"),
        ("Who lives there?", "Who lives in OSCE?"),
    ],
    ids=lambda value: str(value),
)
def test_complete_pronouns_stand_for_the_topic(line: str, read_as: str) -> None:
    completed = _complete(line, _turn())
    assert completed.text == read_as
    assert completed.note == f"read as “{read_as}”"


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("When did she retire?", "When did Ann Lee retire?"),
        ("What was his first book?", "What was Ann Lee's first book?"),
        ("Who met her?", "Who met Ann Lee?"),
    ],
    ids=lambda value: str(value),
)
def test_complete_personal_pronouns_stand_for_the_person_answered(line: str, read_as: str) -> None:
    before = _turn(parses.SIGNED_BY, "who", values=("Ann Lee",), topics=("the treaty",))
    assert _complete(line, before).text == read_as


def test_complete_there_stands_for_the_place_answered() -> None:
    before = _turn(parses.UNTIL, "where", values=("Oslo",), topics=("the library",))
    assert _complete("Who works there?", before).text == "Who works in Oslo?"


@pytest.mark.parametrize("line", ["Is that club old?", "Which one club is it not?"])
def test_complete_demonstratives_before_a_noun_are_no_pronouns(line: str) -> None:
    assert "that OSCE" not in _complete(line, _turn()).text
    assert "OSCE club" not in _complete(line, _turn()).text


def test_complete_is_the_same_every_time() -> None:
    lines = ["And the SCO?", "When?", "Where is it?", "How many?"]
    assert [_complete(line, _turn()) for line in lines] == [_complete(line, _turn()) for line in lines]
    assert all(isinstance(_complete(line, _turn()).query, Query | None) for line in lines)
