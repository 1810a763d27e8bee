"""Puts the stored text of a format together that has none of its own (HTML, PDF, DOCX), passage by passage.

Blocks are parted by a blank line, rows of a table and bullets of a list by a line end, cells by `` | ``.
"""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from bot.documents.limits import MAX_TEXT_CHARS, Parsed
from bot.documents.lines import ClauseNumbers, Sections, introduces, joined, leads_in_table, number_of_title
from bot.documents.model import Cell, Passage, PassageKind
from bot.errors import DocumentError

Span = tuple[int, int]

MAX_COLUMNS = 200
CELL_BREAK = " | "

_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r" ?\n\s*")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")


def storable(text: str) -> str:
    """Extracted text in the form it is stored in: single blanks, single line ends, no control characters."""
    return _BREAKS.sub("\n", _BLANKS.sub(" ", _UNSTORABLE.sub(" ", text))).strip()


class Assembly(Struct):
    """The text so far, its passages, and what the next passage needs to know. ``result`` ends it."""

    name: str
    title: str = ""
    page: int | None = None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    passages: list[Passage] = field(default_factory=list)
    sections: Sections = field(default_factory=Sections)
    lead: Span | None = None
    """The paragraph just before. Whether it leads in bullets or a table is for ``leads_in`` and ``heads`` to say."""
    leads_in: bool = False
    heads: bool = False
    numbers: ClauseNumbers = field(default_factory=ClauseNumbers)
    parents: list[Span | None] = field(default_factory=list)
    """The open bullets, outermost first: each one's span, None where it does not lead in what is nested in it."""

    def heading(self, text: str, rank: int) -> None:
        """A heading; rank: smaller is higher, as in ``lines.Sections``."""
        text = storable(text)
        if not text:
            return
        level = self.sections.enter(rank, joined(text))
        self._passage(text, "heading", level=level)

    def main_title(self, text: str) -> None:
        """The document's title, where it is written in the document."""
        text = storable(text)
        if text:
            self.title = joined(text)
            self._passage(text, "title")

    def paragraph(self, text: str, kind: PassageKind = "paragraph") -> None:
        """A paragraph or note. It leads in bullets or a table that follow it."""
        text = storable(text)
        if text:
            span = self._passage(text, kind)
            if kind == "paragraph":
                self.lead, self.leads_in, self.heads = span, introduces(text), leads_in_table(text)

    def bullet(self, text: str, level: int) -> None:
        """A bullet; level: its nesting from 1. Its lead is the bullet it is nested in, else the paragraph before."""
        text = storable(text)
        if not text:
            return
        del self.parents[level - 1 :]
        level = len(self.parents) + 1
        lead = self.parents[-1] if self.parents else self.lead if self.leads_in else None
        start, end = self._append(text, "\n" if self._last_kind() == "bullet" else "\n\n")
        passage = Passage(start, end, "bullet", self.sections.path, lead, level, page=self.page)
        self.passages.append(passage)
        self.parents.append((start, end) if introduces(text) else None)

    def table(self, rows: list[list[str]], headers: list[str] | None) -> None:
        """A table. headers: what its header row says, in text only; None where it has none."""
        self.parents.clear()
        if headers and any(map(storable, headers)):
            self._append(CELL_BREAK.join(joined(storable(one)) for one in headers), "\n\n")
        for number, row in enumerate(rows):
            self._row(row, headers or [], "\n" if number or headers else "\n\n")
        self.lead = None

    def labelled_row(self, label: str, value: str) -> None:
        """A row of a table that has its headers at the side: the label heads the value."""
        self._row([label, value], ["", joined(storable(label))], "\n" if self._last_kind() == "row" else "\n\n")

    def result(self) -> Parsed:
        """The text and its passages."""
        return Parsed("".join(self.pieces), tuple(self.passages), self.title)

    def _row(self, row: list[str], headers: list[str], gap: str) -> None:
        texts = [joined(storable(one)) for one in row[:MAX_COLUMNS]]
        if not any(texts):
            return
        start, _ = self._append(CELL_BREAK.join(texts), gap)
        cells, position = [], start
        for number, text in enumerate(texts):
            if text:
                header = joined(storable(headers[number])) if number < len(headers) else ""
                cells.append(Cell(header, position, position + len(text)))
            position += len(text) + len(CELL_BREAK)
        if self._last_kind() not in ("paragraph", "row"):
            self.lead = None
        lead = self.lead if self.heads else None
        passage = Passage(cells[0].start, cells[-1].end, "row", self.sections.path, lead, cells=tuple(cells))
        self.passages.append(replace(passage, page=self.page))

    def _passage(self, text: str, kind: PassageKind, *, level: int = 1) -> Span:
        start, end = self._append(text, "\n\n")
        start += self._number(text, kind)
        self.passages.append(Passage(start, end, kind, self.sections.path, level=level, page=self.page))
        self.parents.clear()
        if kind != "note":
            self.lead = None
        return start, end

    def _number(self, text: str, kind: PassageKind) -> int:
        """How many characters the number takes that a clause or title begins with."""
        if kind == "paragraph":
            return self.numbers.width(text)
        return number_of_title(text) if kind == "heading" else 0

    def _append(self, text: str, gap: str) -> Span:
        if self.pieces:
            self.pieces.append(gap)
            self.length += len(gap)
        start = self.length
        self.pieces.append(text)
        self.length += len(text)
        if self.length > MAX_TEXT_CHARS:
            raise DocumentError(
                f"{self.name}: its text has more than {MAX_TEXT_CHARS:,} characters. Split it into several files."
            )
        return start, self.length

    def _last_kind(self) -> str:
        return self.passages[-1].kind if self.passages else ""
