"""Weights, citations and wording: small functions whose results a reader sees."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.cite import LONGEST, citation_of, distinct
from bot.answers.compare import look_up_extreme
from bot.answers.model import Answer, Citation, Reason
from bot.answers.outcome import Found, NotFound
from bot.answers.weights import Weights, load_weights
from bot.answers.wording import finished, listed, row_said, said, shortened, substituted
from bot.api import Bot
from bot.facts.model import Antecedent
from bot.questions.query import Query
from tests.answers.views import CUP, view

# Pronouns written out


@pytest.mark.parametrize(
    ("pronoun", "antecedent", "written"),
    [
        ("their", "the port states", "They lend the port states’ ships"),
        ("their", "the people of Weston", "They lend the people of Weston’s ships"),
        ("its", "Paris", "They lend Paris’s ships"),
    ],
)
def test_substituted_writes_whose_it_is(pronoun: str, antecedent: str, written: str) -> None:
    rows = f"They they PRON 2 nsubj\nlend lend VERB 0 root\n{pronoun} {pronoun} PRON 4 nmod:poss\nships ship NOUN 2 obj"
    seen = view(rows, antecedents={2: Antecedent(antecedent, 0, 1)})
    assert substituted(seen, range(4)) == written


def test_substituted_makes_no_owner_of_an_object() -> None:
    rows = "nine nine NUM 4 nummod\nof of ADP 3 case\nthem they PRON 4 nmod:poss Case=Acc\nboats boat NOUN 0 root"
    seen = view(rows, antecedents={2: Antecedent("the 23 people", 0, 1)})
    assert substituted(seen, range(4)) == "nine of the 23 people boats"


# Weights


def test_load_weights_are_few_and_named() -> None:
    weights = load_weights()
    assert 0 < len(weights.features) <= 14
    assert {"cover", "predicate", "arguments", "role", "type", "time", "negation"} <= set(weights.features)
    assert all(value >= 0 for value in weights.features.values())
    assert 0 < weights.threshold < 1
    assert 0 < weights.least_cover < 1
    assert weights.steepness > 0


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=2, max_size=2), st.floats(0, 1))
def test_score_and_confidence_grow_with_the_features(values: list[float], other: float) -> None:
    weights = load_weights()
    low, high = sorted(values)
    scores = [weights.score({"cover": value, "role": other}) for value in (low, high)]
    assert 0 <= scores[0] <= scores[1] <= 1
    confidences = [weights.confidence(score) for score in scores]
    assert 0 <= confidences[0] <= confidences[1] <= 1


def test_score_of_all_ones_is_one_and_unknown_features_weigh_nothing() -> None:
    weights = Weights({"a": 2.0}, 3.0, 0.25, 0.5, 0.1, 0.8, 0.1, 0.02, 0.5, 0.75)
    assert weights.score({"a": 1.0, "b": 0.0}) == 1.0
    assert weights.score({"a": 0.5}) == pytest.approx(0.25)
    assert weights.confidence(0.25) == pytest.approx(0.5)


# Citations


def _world(text: str) -> Any:
    return SimpleNamespace(kb=SimpleNamespace(text=lambda document: text))


def test_citation_of_a_sentence_is_the_sentence() -> None:
    seen = view(CUP)
    citation = citation_of(seen, _world(seen.sentence.text))
    assert (citation.document, citation.title, citation.quote) == ("a.md", "Notes", seen.sentence.text)


@pytest.mark.parametrize("at", [0, 300, 900, 1500], ids=str)
def test_citation_of_an_endless_sentence_is_cut_around_the_value(at: int) -> None:
    words = [f"word{n:03}" for n in range(250)]
    rows = "\n".join(
        f"{word} {word} NOUN {0 if n == 0 else 1} {'root' if n == 0 else 'list'}" for n, word in enumerate(words)
    )
    seen = view(rows)
    text = seen.sentence.text
    start = text.index("word", at)
    citation = citation_of(seen, _world(text), (start, start + 7))
    assert text[citation.start : citation.end] == citation.quote
    assert len(citation.quote) <= LONGEST
    assert text[start : start + 7] in citation.quote
    assert all(word in words for word in citation.quote.split()[1:-1])


def _citation(start: int) -> Citation:
    return Citation("a.md", "Notes", (), start, start + 1, "x")


def test_distinct_keeps_order_and_each_place_once() -> None:
    cited = [_citation(n) for n in (5, 1, 5, 3)]
    assert [c.start for c in distinct(cited, 8)] == [5, 1, 3]
    assert [c.start for c in distinct(cited, 2)] == [5, 1]
    assert distinct([], 4) == ()


def test_as_dict_shows_page_original_and_reason_only_where_there_are() -> None:
    plain = Answer("q", "answered", "a", ("a",), citations=(_citation(0),)).as_dict()
    assert set(plain["citations"][0]) == {"document", "title", "section", "start", "end", "quote"}
    assert "reason" not in plain
    paged = Citation("a.pdf", "A", ("B",), 0, 1, "x", page=3, original="b.txt:1-2")
    shown = Answer("q", "not_stated", "no", citations=(paged,), reason=Reason("no_such_fact", "why")).as_dict()
    assert (shown["citations"][0]["page"], shown["citations"][0]["original"]) == (3, "b.txt:1-2")
    assert shown["reason"] == {"kind": "no_such_fact", "detail": "why"}


# Sentences


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("it is so", "It is so."), ("Is it?", "Is it?"), ("a list:", "A list."), ("“quoted”", "“quoted”"), ("", "")],
    ids=lambda value: repr(value),
)
def test_finished(text: str, wanted: str) -> None:
    assert finished(text) == wanted


@pytest.mark.parametrize(
    ("values", "wanted"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
    ids=lambda value: repr(value),
)
def test_listed(values: tuple[str, ...], wanted: str) -> None:
    assert listed(values) == wanted


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=30, max_size=80), st.integers(0, 29))
def test_shortened_is_short_and_keeps_whole_words(words: list[str], at: int) -> None:
    text = " ".join(words)
    cut = shortened(text, 60, words[at])
    assert len(cut) <= 64
    assert set(cut.strip("… .").split()) <= {*words, words[0].capitalize()}


def test_said_writes_pronouns_out() -> None:
    rows = """
It    it    PRON 2 nsubj
links link  VERB 0 root
ports port  NOUN 2 obj
.     .     PUNCT 2 punct
"""
    assert said(view(rows)) == "It links ports."
    assert said(view(rows, antecedents={0: Antecedent("The Cup", 0, 7)})) == "The Cup links ports."


# Tables


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many seats does the Puffin have?", "Puffin: Seats 4."),
        ("What is the length of the Gannet?", "Gannet: Length (m) 17.5."),
    ],
    ids=["seats", "length"],
)
def test_a_row_is_told_by_its_name_and_the_cells_of_the_answer(club: Bot, question: str, answer: str) -> None:
    assert club.ask(question).answer == answer


def test_a_long_row_ends_after_a_cell(club: Bot) -> None:
    row = club.world.view(club.world.rows()[0])
    assert row_said(row, limit=20) == "Gannet: Seats 8; …"
    assert row_said(row, limit=200) == "Gannet: Seats 8; Length (m) 17.5."


@pytest.mark.parametrize(
    ("question", "value", "degree"),
    [
        ("Which boat has the most seats?", "Gannet", "highest"),
        ("Which boat has the fewest seats?", "Razorbill", "lowest"),
        ("Which boat has the greatest length?", "Gannet", "highest"),
    ],
    ids=["most", "fewest", "greatest"],
)
def test_look_up_extreme(club: Bot, question: str, value: str, degree: str) -> None:
    query = club.parse(question)
    assert isinstance(query, Query)
    found = look_up_extreme(query, club.world)
    assert isinstance(found, Found)
    assert found.values == (value,)
    assert f"the {degree} of 3 rows" in found.sentence
    assert len(found.evidence) == 3


def test_look_up_extreme_without_such_a_column_finds_nothing(club: Bot) -> None:
    query = club.parse("Which boat has the most cannons?")
    assert isinstance(query, Query)
    assert isinstance(look_up_extreme(query, club.world), NotFound)
