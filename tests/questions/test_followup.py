"""Follow-ups as pure functions: a line and the turn before it, in; the question meant, out."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.language.sentence import from_conllu
from bot.questions.followup import Completed, Turn, complete, pair_after
from bot.questions.query import Query, Term
from bot.questions.referents import referents_of
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
    completed = _complete(line, before)
    query = completed.query or completed.others[0].query  # what it falls back on where its words find nothing
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


OWNED = """
How      how      ADV   2 advmod
many     many     ADJ   3 amod
boats    boat     NOUN  6 obj      Number=Plur
does     do       AUX   6 aux
club     club     NOUN  6 nsubj    Number=Sing
own      own      VERB  0 root     VerbForm=Inf
in       in       ADP   8 case
2021     2021     NUM   6 obl
?        ?        PUNCT 6 punct
"""
GUESTS = """
Can      can      AUX   3 aux
guests   guest    NOUN  3 nsubj    Number=Plur
restore  restore  VERB  0 root     VerbForm=Inf
files    file     NOUN  3 obj      Number=Plur
?        ?        PUNCT 3 punct
"""


def _told(rows: str, intent: str, values: tuple[str, ...] = ()) -> Turn:
    query = read(rows, intent)
    referents = referents_of(query, values, lambda entity: entity, lambda term: "")
    return Turn(query.sentence.text, query, values, referents=referents, pair=pair_after(query, values, None))


@pytest.mark.parametrize(
    ("line", "read_as"),
    [
        ("How many of them sank?", "How many of the boats sank?"),
        ("Which of them sank?", "Which boats sank?"),
        ("Which ones sank?", "Which boats sank?"),
        ("Where are they kept?", "Where are the boats kept?"),
        ("Where is it based?", "Where is the club based?"),
        ("How many did it own that year?", "How many boats did the club own in 2021?"),
        ("Who led it the year before?", "Who led the club in 2020?"),
        ("How many members?", "How many members does club own in 2021?"),
        ("And in 2019?", "How many boats does club own in 2019?"),
    ],
    ids=lambda value: str(value),
)
def test_what_was_asked_for_is_meant(line: str, read_as: str) -> None:
    assert _complete(line, _told(OWNED, "how_many", ("14",))).text.replace(" ?", "?") == read_as


def test_a_part_cannot_be_the_whole_again() -> None:
    assert _complete("How many of them sank?", _told(OWNED, "how_many", ("14",))).part_of == ("14",)


def test_a_person_is_not_taken_for_a_thing() -> None:
    assert _complete("Where did she live?", _told(OWNED, "how_many", ("14",))).unclear


def test_a_pronoun_of_the_line_itself_is_left() -> None:
    assert _complete("Do rowers bring their own?", _told(OWNED, "how_many")).text == "Do rowers bring their own?"


def test_another_action_is_asked_of_the_same_subject() -> None:
    deleting = from_conllu("delete delete VERB 0 root VerbForm=Inf\nlinks link NOUN 1 obj Number=Plur\n")
    before = _told(GUESTS, "yes_no", ("yes",))
    words = {"links": (Term("link", "n", "links", (0,)),)}
    completed = complete("And delete links?", before, _type_of, lambda f: words.get(f, ()), lambda text: deleting)
    assert completed.text == "Can guests delete links?"


def test_a_line_that_leans_on_nothing_known_is_unclear() -> None:
    assert complete("And hardly?", _told(GUESTS, "yes_no"), _type_of, lambda fragment: ()).unclear


@pytest.mark.parametrize(
    ("line", "chosen"),
    [("the second one", 1), ("The former.", 0), ("the last", -1), ("Bergen", 1), ("2", 1), ("I meant Oslo", 0)],
    ids=lambda value: str(value),
)
def test_an_answer_to_did_you_mean_chooses(line: str, chosen: int) -> None:
    offers = ("Where is the Oslo office?", "Where is the Bergen office?")
    assert _complete(line, _turn(offers=offers)).text == offers[chosen]


def test_yes_takes_the_only_offer() -> None:
    assert _complete("yes please", _turn(offers=("Where is the office?",))).text == "Where is the office?"
    assert _complete("yes", _turn(offers=("Where is A?", "Where is B?"))).unclear


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("No, I meant who built the boathouse", "Who built the boathouse?"),
        ("sorry, I meant the SCO", "Which states does SCO link with Asia?"),
        ("I meant the SCO, not the OSCE", "Which states does SCO link with Asia?"),
    ],
    ids=lambda value: str(value),
)
def test_corrections_replace_what_was_meant(line: str, text: str) -> None:
    assert _complete(line, _turn()).text.replace("the ", "").replace(" ?", "?") == text.replace("the ", "")


def test_a_turn_prints_what_the_next_can_lean_on() -> None:
    shown = str(replace(_told(OWNED, "how_many", ("14",)), inherited="read as “…”"))
    assert "it took from the one before: read as “…”" in shown
    assert "the club" in shown and "answered: 14" in shown
