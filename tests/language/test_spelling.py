"""Spelling correction against a base's words and the lexicon's."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.lexicon import load
from bot.language.spelling import Speller, edit_kind

BASE = {
    "economic": 12,
    "cooperation": 9,
    "organisation": 4,
    "summer": 6,
    "reading": 5,
    "preventive": 2,
    "library": 9,
    "card": 5,
    "Tajikistan": 6,
    "Kazakhstan": 9,
    "Ashgabat": 3,
    "CENTRASBAT": 1,
}


@pytest.fixture(scope="module")
def speller() -> Speller:
    return Speller(BASE, load())


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("ecconomic", "economic"),
        ("coperation", "cooperation"),
        ("organisaton", "organisation"),
        ("wher", "where"),
        ("preventve", "preventive"),
        ("sumer", "summer"),
        ("readng", "reading"),
        ("Tajikstan", "Tajikistan"),
        ("Kazahstan", "Kazakhstan"),
        ("libary", "library"),
        ("goverment", "government"),
        ("begining", "beginning"),
        ("occured", "occurred"),
        ("teh", "the"),
        ("hte", "the"),
        ("ECCONOMIC", "ECONOMIC"),
    ],
)
def test_correct(speller, word, right) -> None:
    correction = speller.correct(word)
    assert correction is not None
    assert correction.replacement == right
    assert correction.text == f"{word} → {right}"


@pytest.mark.parametrize(
    "word",
    [
        "economic",
        "Summer",
        "organisations",
        "the",
        "colour",
        "boars",
        "Zorblax",
        "zorblax",
        "subtext",
        "exclusivity",
        "else",
        "NATO",
        "Sumer",
        "x",
        "G7",
        "",
    ],
)
def test_leaves_alone(speller, word) -> None:
    assert speller.correct(word) is None


def test_a_capital_inside_a_sentence_is_a_name_and_at_its_start_is_not(speller) -> None:
    assert speller.correct("Wher") is None
    correction = speller.correct("Wher", sentence_start=True)
    assert correction is not None
    assert correction.replacement == "Where"


def test_names_come_back_in_their_own_case(speller) -> None:
    correction = speller.correct("ashgabbat")
    assert correction is not None
    assert correction.replacement == "Ashgabat"
    assert correction.in_base


def test_an_ending_does_not_make_another_name() -> None:
    speller = Speller({"Williams": 9, "Carpathian": 5}, load())
    assert speller.correct("William") is None
    assert speller.correct("Carpathia") is None


def test_words_that_the_base_only_capitalises_stay_words() -> None:
    correction = Speller({"Cooperation": 9}, load()).correct("coperation")
    assert correction is not None
    assert correction.replacement == "cooperation"


def test_two_near_words_give_no_correction() -> None:
    speller = Speller({"blorta": 5, "blortu": 5}, load())
    assert speller.correct("blorte") is None


def test_the_base_decides_between_near_words() -> None:
    assert Speller({"blorta": 500, "blorth": 1}, load()).correct("blortx").replacement == "blorta"


@pytest.mark.parametrize(
    ("word", "counts", "right"),
    [
        ("tarif", {"tariff": 30}, "tariff"),  # no word
        ("dottel", {"dottle": 30}, "dottle"),
        ("lamas", {"llamas": 50}, None),  # a usual word stays, whatever the base holds
        ("desert", {"dessert": 50}, None),
        ("Apses", {"apes": 50}, None),
    ],
)
def test_only_rare_words_give_way_to_the_base(word, counts, right) -> None:
    correction = Speller(counts, load()).correct(word)
    assert (correction and correction.replacement) == right


def test_a_rare_lexicon_word_gives_way_to_a_frequent_base_word() -> None:
    lexicon = load()
    rare = next(
        word
        for word in lexicon._store.lemmas()
        if word.isalpha() and len(word) > 6 and word[3] != word[2] and lexicon.frequency(word) == 0
    )
    wanted = rare[:3] + rare[2:]
    assert lexicon.known(rare)
    assert not lexicon.known(wanted)
    correction = Speller({wanted: 50}, lexicon).correct(rare)
    assert correction is not None
    assert correction.replacement == wanted
    assert Speller({wanted: 1}, lexicon).correct(rare) is None  # not frequent enough
    assert Speller({wanted: 50, rare: 1}, lexicon).correct(rare) is None  # the base has it
    assert Speller({wanted: 50}, lexicon).correct(rare.title()) is None  # a name


def test_correct_all_keeps_the_order(speller) -> None:
    found = speller.correct_all(["Wher", "is", "the", "libary", "?"])
    assert [item.text for item in found] == ["Wher → Where", "libary → library"]


@pytest.mark.parametrize(
    ("wrong", "right", "kind"),
    [
        ("sumer", "summer", "double"),
        ("summmer", "summer", "double"),
        ("teh", "the", "swap"),
        ("wher", "where", "missing"),
        ("wheire", "where", "extra"),
        ("librery", "library", "vowel"),
        ("librazy", "library", "wrong"),
    ],
)
def test_edit_kind(wrong, right, kind) -> None:
    assert edit_kind(wrong, right) == kind


def test_correct_is_fast_on_a_large_vocabulary() -> None:
    lexicon = load()
    counts = {word: 3 for word, _ in lexicon.common_words(min_count=3)[:20000]}
    speller = Speller(counts, lexicon)
    speller.correct("warmingupp")
    mistakes = [word[:2] + word[3:] for word in list(counts)[::100] if len(word) > 6]
    assert len(mistakes) > 50
    start = time.perf_counter()
    for word in mistakes:
        speller.correct(word)
    assert (time.perf_counter() - start) / len(mistakes) < 0.005  # well under a millisecond on an idle machine


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text("abcdeinorst", min_size=1, max_size=9), st.integers(1, 50), max_size=12), st.data())
def test_correct_never_changes_a_word_of_the_base(counts, data) -> None:
    speller = Speller(counts, load())
    for word in counts:
        assert speller.correct(word) is None
    if counts:
        word = data.draw(st.sampled_from(sorted(counts)))
        assert speller.correct(word.upper()) is None


common = st.sampled_from(sorted(word for word, count in load().common_words(min_count=5) if load().known(word)))


@settings(max_examples=200, deadline=None)
@given(common)
def test_correct_never_changes_a_usual_word_of_the_lexicon(word) -> None:
    assert EMPTY.correct(word) is None


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=15))
def test_correct_is_deterministic_and_changes_something(text) -> None:
    first, second = SPELLER.correct(text), Speller(BASE, load()).correct(text)
    assert first == second
    assert first is None or first.replacement.lower() != text.lower()


SPELLER = Speller(BASE, load())
EMPTY = Speller({}, load())
