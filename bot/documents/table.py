"""Tables as files (.csv, .tsv): a header row, then one passage a row, each cell with its exact offsets.

Agrees with Python's ``csv`` module on what the cells are, and keeps where they are. A row with fewer cells than the
header has those cells and no others; cells beyond the header get the header ''.
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.documents.limits import Parsed
from bot.documents.lines import trimmed
from bot.documents.model import Cell, Passage
from bot.errors import DocumentError

MAX_CELLS_A_ROW = 2_000
_DELIMITERS = ",;\t|"
_SAMPLE = 20

Span = tuple[int, int]
Row = list[Span]


def parse(text: str) -> Parsed:
    """A table as passages of kind ``row``. text: as stored. The first row that is not blank is the header."""
    rows = [[trimmed(text, *span) for span in row] for row in split(text, delimiter_of(text))]
    rows = [row for row in rows if any(start < end for start, end in row)]
    if not rows:
        return Parsed(text, ())
    headers = [_unquoted(text, span) for span in rows[0]]
    passages = []
    for row in rows[1:]:
        named = zip(row, headers + [""] * (len(row) - len(headers)), strict=False)
        cells = tuple(Cell(header, start, end) for (start, end), header in named if start < end)
        passages.append(Passage(*_extent(text, row), "row", cells=cells))
    if not passages:  # a header alone is all that the file says
        passages = [Passage(*_extent(text, rows[0]), "paragraph")]
    return Parsed(text, tuple(passages))


def delimiter_of(text: str) -> str:
    """The sign between cells: the one that gives the first rows the most, and equally many, cells; a comma if none."""
    best, most = ",", (0, 0)
    for sign in _DELIMITERS:
        counts = []
        for row in split(text, sign):
            if len(row) > 1 or row[0][0] < row[0][1]:
                counts.append(len(row))
            if len(counts) == _SAMPLE:
                break
        if not counts or counts[0] < 2:
            continue
        score = (counts.count(counts[0]) * 100 // len(counts), counts[0])
        if score > most:
            best, most = sign, score
    return best


def split(text: str, delimiter: str = ",") -> Iterator[Row]:
    """The rows of a table as offsets of their cells, quotes around a cell left out (doubled ones inside kept).

    text: line ends as ``\\n``. delimiter: one character. Blank lines give a row of one empty cell.
    """
    position, row = 0, []
    while position <= len(text):
        if text[position : position + 1] == '"':
            start, end, position = _quoted(text, position, delimiter)
        else:
            start, end = position, _next(text, position, delimiter)
            position = end
        row.append((start, end))
        if len(row) > MAX_CELLS_A_ROW:
            raise DocumentError(
                f"the row at character {row[0][0]:,} has more than {MAX_CELLS_A_ROW:,} cells."
                " Expected a table with a header row; check its delimiter."
            )
        if text[position : position + 1] != delimiter:
            if position < len(text) or row != [(position, position)]:
                yield row
            row = []
        position += 1


def _next(text: str, position: int, delimiter: str) -> int:
    """Where the unquoted run at ``position`` ends."""
    line = text.find("\n", position)
    line = len(text) if line < 0 else line
    found = text.find(delimiter, position, line)
    return line if found < 0 else found


def _quoted(text: str, position: int, delimiter: str) -> tuple[int, int, int]:
    """A cell that begins with a quote: its offsets without the quotes, and where it ends."""
    start = closing = position + 1
    while True:
        closing = text.find('"', closing)
        if closing < 0:
            return start, len(text), len(text)
        if text[closing : closing + 2] != '""':
            break
        closing += 2
    after = _next(text, closing + 1, delimiter)
    # Text behind the closing quote belongs to the cell, as csv has it; the quote then stays inside the offsets.
    return (start, closing, after) if after == closing + 1 else (start, after, after)


def _unquoted(text: str, span: Span) -> str:
    return " ".join(text[span[0] : span[1]].replace('""', '"').split())


def _extent(text: str, row: Row) -> Span:
    """The row's offsets from its first to its last cell that is not empty, with the quotes around these."""
    filled = [(start, end) for start, end in row if start < end]
    start, end = filled[0][0], filled[-1][1]
    if start and text[start - 1] == '"':
        start -= 1
    if text[end : end + 1] == '"':
        end += 1
    return start, end
