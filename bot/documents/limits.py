"""How large a document may be, and the one place that says so. Past a limit a file is refused with DocumentError.

The limits bound memory and time, whatever a file claims about itself: the worst files made for the tests stay below 30
seconds and one gigabyte on one slow core (a PDF page that unpacks to hundreds of megabytes takes the most memory:
PDFium unpacks it whole, up to a gigabyte by its own limit). An ordinary document takes milliseconds.
"""

from __future__ import annotations

from msgspec import Struct

from bot.documents.model import Passage
from bot.errors import DocumentError

MEGABYTE = 1_000_000

MAX_FILE_BYTES = 50 * MEGABYTE
"""A file of any format, as it lies on disk."""

MAX_TEXT_CHARS = 5 * MEGABYTE
"""The stored text of one document, in Unicode characters (*War and Peace* has three million)."""

MAX_PASSAGE_CHARS = 20_000
"""One passage; a longer one is cut at the last sentence end, else blank, before this (see ``lines.cut_long``)."""

MAX_UNPACKED_BYTES = 200 * MEGABYTE
"""All parts of a .docx together once decompressed; more is a zip bomb."""

MAX_UNPACKED_PART_BYTES = 60 * MEGABYTE
"""One XML part of a .docx once decompressed."""

MAX_ARCHIVE_PARTS = 10_000
"""Parts in a .docx archive."""

MAX_PAGES = 5_000
"""Pages of a .pdf."""

MAX_PDF_SECONDS = 120
"""Processor time that one .pdf may take, checked after each page."""

MAX_NESTING = 200
"""Elements within elements in .html and .docx; lists within lists in .md count four each."""

MAX_STYLES = 20
"""Styles based on each other in a row in a .docx; those beyond are not followed."""


class Parsed(Struct, frozen=True):
    """What a format's reader hands to ``reading``: the stored text and what is in it; no title means none found."""

    text: str
    passages: tuple[Passage, ...]
    title: str = ""
    source: tuple[str, ...] = ()


def check_size(data: bytes, name: str) -> None:
    """Raise DocumentError when a file has nothing in it or is larger than ``MAX_FILE_BYTES``."""
    if not data:
        raise DocumentError(f"{name}: the file is empty. Expected a document with text; remove it or fill it.")
    if len(data) > MAX_FILE_BYTES:
        raise DocumentError(
            f"{name}: the file has {len(data) / MEGABYTE:.0f} MB, more than the {MAX_FILE_BYTES // MEGABYTE} MB that a"
            " document may have. Split it into several files."
        )


def check_text(text: str, name: str) -> None:
    """Raise DocumentError when the stored text is blank or longer than ``MAX_TEXT_CHARS``."""
    if not text or text.isspace():
        raise DocumentError(f"{name}: there is no text in it. Expected a document with text; remove it or fill it.")
    if len(text) > MAX_TEXT_CHARS:
        raise DocumentError(
            f"{name}: its text has {len(text):,} characters, more than the {MAX_TEXT_CHARS:,} that a document may"
            " have. Split it into several files."
        )
