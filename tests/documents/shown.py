"""What tests compare: a document's passages as short tuples of words instead of offsets."""

from __future__ import annotations

from itertools import pairwise

from bot.documents.clean import clean_text
from bot.documents.model import Document, Passage


def stored(document: Document, passage: Passage) -> str:
    return document.text[passage.start : passage.end]


def kinds(document: Document) -> list[tuple[str, str]]:
    """Each passage's kind and its exact stored text."""
    return [(passage.kind, stored(document, passage)) for passage in document.passages]


def leads(document: Document) -> list[str | None]:
    """Each bullet's or row's lead, as stored."""
    return [
        document.text[passage.lead[0] : passage.lead[1]] if passage.lead else None
        for passage in document.passages
        if passage.kind in ("bullet", "row")
    ]


def cleaned(document: Document) -> list[str]:
    return [clean_text(document, passage)[0] for passage in document.passages]


def assert_sound(document: Document) -> None:
    """What holds of every document, whatever its file was."""
    text = document.text
    assert "\r" not in text
    position = 0
    for passage in document.passages:
        assert position <= passage.start < passage.end <= len(text), passage
        assert not text[passage.start].isspace() and not text[passage.end - 1].isspace(), stored(document, passage)
        position = passage.end
        if passage.lead:
            assert 0 <= passage.lead[0] < passage.lead[1] <= passage.start
        for cell in passage.cells:
            assert passage.start <= cell.start < cell.end <= passage.end
        words, offsets = clean_text(document, passage)
        assert len(words) == len(offsets)
        assert all(passage.start <= offset < passage.end for offset in offsets)
        assert all(low < high for low, high in pairwise(offsets))
        for char, offset in zip(words, offsets, strict=True):
            assert char == text[offset] or (char == " " and not text[offset].isalnum()), (char, text[offset])
