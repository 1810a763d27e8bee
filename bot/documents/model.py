"""What reading a file yields: a :class:`Document` of passages whose offsets count in its stored text."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

PassageKind = Literal["title", "heading", "paragraph", "bullet", "row", "note"]


class Cell(Struct, frozen=True):
    """One cell of a table row: the column's header as written, and the cell's offsets in the document's text."""

    header: str
    start: int
    end: int


class Passage(Struct, frozen=True):
    """A run of text that stands on its own: a title, heading, paragraph, bullet, table row or footnote.

    ``start`` and ``end`` count Unicode characters in ``Document.text``; ``text[start:end]`` is the passage without its
    bullet sign, heading marks or outer blanks. ``section`` is the path of headings above it, outermost first, without
    the document's title. ``lead`` gives the offsets of the paragraph that introduces a bullet or a table (*The fees
    are:*), ``None`` where there is none. ``level`` is the heading's depth or the bullet's nesting, from 1. ``cells``
    is filled for rows only. ``page`` counts from 1, for formats that have pages. ``sources`` says where the passage's
    sentences come from, one entry a sentence, where the document tells it (see ``bot.documents.markdown``).
    """

    start: int
    end: int
    kind: PassageKind
    section: tuple[str, ...] = ()
    lead: tuple[int, int] | None = None
    level: int = 1
    cells: tuple[Cell, ...] = ()
    page: int | None = None
    sources: tuple[str, ...] = ()


class Document(Struct, frozen=True):
    """One document as stored.

    ``path`` is relative to the built folder, with ``/``. ``text`` is what citations count in: the decoded file with a
    byte order mark removed and line ends as ``\\n`` for text, Markdown and CSV; the extracted text for HTML, PDF and
    DOCX. ``sha256`` is the hex digest of the file's bytes. ``source`` holds provenance lines from the document's own
    head matter (see ``bot.documents.markdown``), empty where there is none.
    """

    path: str
    title: str
    text: str
    passages: tuple[Passage, ...]
    format: str
    sha256: str
    source: tuple[str, ...] = ()
