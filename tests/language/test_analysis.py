"""Analysis: from a pipeline's documents to plain sentences whose offsets count in the stored text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from bot.language import analysis
from bot.language.analysis import Source, analyse, analyse_many, parted

VOCAB = spacy.blank("en").vocab
VERBS = {"leaves", "is", "sail"}


class Splitter:
    """Stands in for the pipeline: words stand between blanks, a bar ends a sentence, its first word governs."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def pipe(self, items: Iterable[tuple[str, Any]], **_: object) -> Iterator[tuple[Doc, Any]]:
        for text, context in items:
            self.seen.append(text)
            yield self.parsed(text), context

    def parsed(self, text: str) -> Doc:
        words = text.replace(" ", " \0").split("\0")
        spaces = [len(word) > 1 and word.endswith(" ") for word in words]
        words = [word.rstrip(" ") or " " for word in words]
        starts = [i == 0 or words[i - 1] in ("|", "._") for i in range(len(words))]
        heads, first = [], 0
        for i, begins in enumerate(starts):
            first = i if begins else first
            heads.append(first)
        return Doc(
            VOCAB,
            words=words,
            spaces=spaces,
            heads=heads,
            deps=["ROOT" if begins else "dep" for begins in starts],
            sent_starts=starts,
            pos=["VERB" if word in VERBS else "PUNCT" if not word.strip("|.()") else "NOUN" for word in words],
            lemmas=[word.lower() for word in words],
        )


@pytest.fixture
def nlp() -> Any:
    return Splitter()


def test_analyse_counts_in_the_stored_text(nlp: Any) -> None:
    stored = "**Ferry** leaves"
    cleaned, offsets = "Ferry leaves", [2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15]
    (sentence,) = analyse(nlp, cleaned, offsets)
    assert sentence.text == cleaned
    assert [stored[t.start : t.end] for t in sentence] == ["Ferry", "leaves"]
    assert (sentence.start, sentence.end) == (2, 16)
    (moved,) = analyse(nlp, cleaned, None, 100)
    assert [t.start for t in moved] == [100, 106]


def test_analyse_takes_over_the_parse(nlp: Any) -> None:
    (sentence,) = analyse(nlp, "ferry leaves now")
    assert [(t.lemma, t.upos, t.dep, t.head) for t in sentence] == [
        ("ferry", "NOUN", "root", 0),
        ("leaves", "VERB", "dep", 0),
        ("now", "NOUN", "dep", 0),
    ]


@pytest.mark.parametrize("text", ["", " ", "\u00a0"])
def test_analyse_of_nothing(nlp: Any, text: str) -> None:
    assert analyse(nlp, text) == () or text == "\u00a0"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ships sail. | Boats leave.", ["Ships sail. |", "Boats leave."]),
        ("The Aral Sea | and its basin", ["The Aral Sea | and its basin"]),
        ("The Aral Sea. | and its basin", ["The Aral Sea. | and its basin"]),
        ("The harbour (old | and new) leaves", ["The harbour (old | and new) leaves"]),
        ("It leaves | soon it is late", ["It leaves |", "soon it is late"]),
        ("It leaves | .", ["It leaves | ."]),
    ],
)
def test_analyse_mends_sentence_ends(nlp: Any, text: str, sentences: list[str]) -> None:
    found = analyse(nlp, text)
    assert [sentence.text for sentence in found] == sentences
    for sentence in found:
        assert sum(token.head == token.i for token in sentence) == 1


def test_analyse_many_keeps_the_order_of_items(nlp: Any) -> None:
    found = list(analyse_many(nlp, [Source("A is"), Source(""), Source("B is | C is")]))
    assert [[s.text for s in sentences] for sentences in found] == [["A is"], [], ["B is |", "C is"]]


@settings(deadline=None)
@given(st.text("ab. ", min_size=30, max_size=200))
def test_analyse_parses_long_texts_in_pieces(text: str) -> None:
    nlp: Any = Splitter()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analysis, "PIECE_CHARS", 20)
        found = analyse(nlp, text)
    assert all(0 < len(piece) <= 20 for piece in nlp.seen)
    words = [(t.start, t.end) for s in found for t in s]
    assert words == sorted(words)
    assert "".join(text[start:end] for start, end in words) == text.replace(" ", "")


def test_analyse_joins_the_cells_of_a_row_and_parts_them_again(nlp: Any) -> None:
    text = "North pier,120 m,,old | new"
    cells = ((0, 10), (11, 16), (17, 17), (18, 27))
    ((row,),) = analyse_many(nlp, [Source(text, parts=cells)])
    assert row.text == text
    assert [t.text for t in row] == ["North", "pier", "120", "m", "old", "|", "new"]
    assert [t.i for t in row] == list(range(7))
    assert sum(t.head == t.i for t in row) == 1
    assert [t.dep for t in row if t.head == 0 and t.i] == ["dep", "list", "list"]
    parts = parted(row, cells)
    assert [part.text for part in parts] == ["North pier", "120 m", "old | new"]
    assert [[t.i for t in part] for part in parts] == [[0, 1], [0, 1], [0, 1, 2]]
    assert all(sum(t.head == t.i for t in part) == 1 for part in parts)
