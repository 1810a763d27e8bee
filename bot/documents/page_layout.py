"""From the lines of printed pages to headings, paragraphs, bullets, tables and notes; knows no file format.

Nothing of this is marked in a PDF; it is told by size, weight, white space and the look of lines:
- a line that recurs at the same edge of many pages (numbers apart), or is a bare page number there, is furniture,
  and so is a line of a table of contents;
- lines of another size, after more white, indented after a full stop, or begun by a bullet sign start a new block;
- a block that is larger or bolder than the body and looks like a title is a heading, ranked by size;
- lines whose words stand in the same columns are a table, the first its header;
- a paragraph that a page or column breaks off goes on in the next.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from msgspec import Struct, field

from bot.documents.assembly import Assembly
from bot.documents.limits import Parsed
from bot.documents.lines import (
    Bullet,
    bullet_of,
    closes_sentence,
    introduced_level,
    is_numbered_title,
    looks_like_title,
)

EDGE = 0.14
"""Share of a page's height, at top and bottom, in which furniture stands."""

RECURS = 0.4
"""Share of the pages on which a line must recur to be furniture (less than half: left and right pages differ)."""

LARGER = 1.1
"""Size of a heading, at least, in terms of the body's."""

MAX_CELL_CHARS = 30
"""Mean length of a table's cells, at most; longer ones are prose in columns."""

_PAGE_NUMBER = re.compile(
    r"(?:page\s+)?[-–—|]?\s*(?:\d{1,4}|[ivxlc]{1,6})\s*[-–—|]?(?:\s*(?:of|/)\s*\d{1,4})?", re.IGNORECASE
)
_LEADERS = re.compile(r"(?:\. ?){5,}\s*(?:\d{1,4}|[ivxlc]{1,6})?$")
"""A line of a table of contents."""

_NOTE = re.compile(r"(?:\[?\d{1,3}\]?\.?|[*†‡§])\s*(?=[A-Z\"“‘(h])")
_JUNK_TITLE = re.compile(r"microsoft word|untitled|\.\w{2,4}$|^\S*$", re.IGNORECASE)


Key = tuple[str, int, str]


class Segment(Struct, frozen=True):
    """Words of one line that stand close together; left and right in points."""

    text: str
    left: float
    right: float


class Line(Struct, frozen=True):
    """One printed line; bottom and size (its characters' height) in points."""

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    segments: tuple[Segment, ...] = ()


class Page(Struct, frozen=True):
    """One page: its number from 1, its height in points, its lines in reading order."""

    number: int
    height: float
    lines: tuple[Line, ...]


class Block(Struct):
    """Lines that belong together, all on one page unless ``_join`` has put a broken paragraph together."""

    page: int
    lines: list[Line]
    kind: str = "paragraph"
    at_foot: bool = False
    bullet: Bullet | None = None
    more: list[Line] = field(default_factory=list)
    """Its lines on following pages."""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines + self.more)

    @property
    def last(self) -> Line:
        return (self.more or self.lines)[-1]


class Type(Struct, frozen=True):
    """What is usual in a document: the body's size, and how far apart its lines stand, in points."""

    size: float
    pitch: float


def lay_out(pages: Sequence[Page], name: str, stated: str = "") -> Parsed:
    """The passages of printed pages. name: for messages. stated: the title that the file claims, a last resort."""
    furniture = _furniture(pages)
    pages = [_without_furniture(page, furniture) for page in pages]
    usual = _usual(pages)
    blocks = [block for page in pages for block in _blocks(page, usual)]
    _judge(blocks, usual)
    out = Assembly(name)
    _write(out, _join(blocks), _title_of(blocks))
    parsed = out.result()
    if parsed.title:
        return parsed
    title = " ".join(stated.split())
    first = next((passage for passage in parsed.passages if passage.kind == "heading"), None)
    if first and first.page == parsed.passages[0].page:
        title = first.section[-1]
    elif _JUNK_TITLE.search(title):
        title = ""
    return Parsed(parsed.text, parsed.passages, title)


# Furniture


def _edge(page: Page, line: Line) -> str:
    if line.bottom > page.height * (1 - EDGE):
        return "top"
    return "bottom" if line.bottom < page.height * EDGE else ""


def _key(page: Page, line: Line) -> Key:
    """What a running head has in common on all pages: its edge, size, and words but for numbers."""
    return _edge(page, line), round(line.size), re.sub(r"\d+", "#", line.text)


def _furniture(pages: Sequence[Page]) -> frozenset[Key]:
    counts = Counter(key for page in pages for key in {_key(page, line) for line in page.lines if _edge(page, line)})
    return frozenset(key for key, count in counts.items() if count >= max(2, RECURS * len(pages)))


def _without_furniture(page: Page, furniture: frozenset[Key]) -> Page:
    def is_furniture(line: Line) -> bool:
        at_edge = _edge(page, line) and (_key(page, line) in furniture or _PAGE_NUMBER.fullmatch(line.text))
        return bool(at_edge or _LEADERS.search(line.text))

    kept = tuple(line for line in page.lines if not is_furniture(line))
    return Page(page.number, page.height, kept)


# Lines to blocks


def _usual(pages: Sequence[Page]) -> Type:
    sizes: Counter[float] = Counter()
    pitches: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
        for above, line in pairwise(page.lines):
            if 0 < above.bottom - line.bottom < 3 * line.size:
                pitches[round((above.bottom - line.bottom) * 2) / 2] += 1
    size = max(sizes, key=lambda one: (sizes[one], -one), default=10.0)
    near = {one: count for one, count in pitches.items() if 0.8 * size <= one <= 2.2 * size}
    return Type(size, max(near, key=lambda one: (near[one], -one), default=1.3 * size))


def _blocks(page: Page, usual: Type) -> list[Block]:
    blocks: list[Block] = []
    lines = _with_signs(page.lines)
    position = 0
    while position < len(lines):
        line = lines[position]
        height = _table_height(lines, position)
        if height:
            blocks.append(Block(page.number, lines[position : position + height], "table"))
            position += height
            continue
        if blocks and blocks[-1].kind != "table" and _goes_on(blocks[-1], line, lines, usual):
            blocks[-1].lines.append(line)
        else:
            bullet = bullet_of(line.text)
            if bullet and is_numbered_title(line.text) and (line.bold or line.size > LARGER * usual.size):
                bullet = None
            blocks.append(Block(page.number, [line], bullet=bullet, at_foot=line.bottom < page.height * 0.4))
        position += 1
    return blocks


def _with_signs(lines: Sequence[Line]) -> list[Line]:
    """Lines with a bullet sign that stands alone put before the words it belongs to."""
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before and len(before.text) == 1 and bullet_of(before.text + " x") and before.left < line.left:
            kept[-1] = Line(f"{before.text} {line.text}", before.left, line.right, line.bottom, line.size, line.bold)
        else:
            kept.append(line)
    return kept


def _goes_on(block: Block, line: Line, lines: list[Line], usual: Type) -> bool:
    """Whether a line continues the block before it on the same page."""
    last, first = block.lines[-1], block.lines[0]
    if abs(line.size - last.size) > 0.08 * last.size or not last.bottom - line.bottom > 0:
        return False
    if last.bottom - line.bottom > max(1.25 * usual.pitch * last.size / usual.size, 1.05 * last.size):
        return False
    if last.bold != line.bold and (len(block.lines) == 1 and looks_like_title(last.text)) and last.bold:
        return False
    if line.bold and not last.bold and looks_like_title(line.text) and closes_sentence(last.text):
        return False
    if _begins_bullet(block, line, lines):
        return False
    if block.bullet:
        return line.left > first.left + 0.3 * line.size or not _deliberate(last, line, lines)
    indented = line.left > last.left + 0.8 * line.size and closes_sentence(last.text)
    return not indented and not _deliberate(last, line, lines)


def _begins_bullet(block: Block, line: Line, lines: list[Line]) -> bool:
    """Whether the sign at a line's head is a bullet's, not a number or dash that a wrap brought there."""
    bullet, last = bullet_of(line.text), block.lines[-1]
    if not bullet:
        return False
    room, width = _room(last, line, lines)
    if bullet.is_certain or room > 0.3 * width or last.text.endswith(":"):
        return True
    if block.bullet:
        beside = abs(line.left - block.lines[0].left) < 0.5 * line.size
        return (beside and bullet.kind == block.bullet.kind) or closes_sentence(last.text)
    return bullet.is_first and closes_sentence(last.text)


def _room(last: Line, line: Line, lines: list[Line]) -> tuple[float, float]:
    """White left on a line had the next line's first word been put on it, and its column's width, in points."""
    right = max((one.right for one in lines if abs(one.left - last.left) < 3 * last.size), default=last.right)
    letter = (last.right - last.left) / max(len(last.text), 1)
    return right - last.right - (len(line.text.split()[0]) + 1) * letter, right - last.left


def _deliberate(last: Line, line: Line, lines: list[Line]) -> bool:
    """Whether a line ends before its column does although the next word would have fitted."""
    if line.text[:1].islower() or re.search(r"[^\W\d_]-$", last.text):
        return False
    room, width = _room(last, line, lines)
    return room > 0.3 * width or (room > 0.06 * width and closes_sentence(last.text))


# Tables


def _table_height(lines: list[Line], position: int) -> int:
    """How many lines from ``position`` are rows of one table; 0 for none."""
    columns = lines[position].segments
    if len(columns) < 2 or bullet_of(columns[0].text + " x"):
        return 0
    stop = position + 1
    while stop < len(lines) and _fits(lines[stop], columns, lines[stop - 1]):
        stop += 1
    cells = [segment.text for line in lines[position:stop] for segment in line.segments]
    mean = sum(map(len, cells)) / len(cells)
    return stop - position if stop - position > 1 and mean <= MAX_CELL_CHARS else 0


def _fits(line: Line, columns: tuple[Segment, ...], above: Line) -> bool:
    if not 0 < above.bottom - line.bottom < 4 * line.size or len(line.segments) < 2:
        return False
    places = [_column(segment, columns, line.size) for segment in line.segments]
    return None not in places and len(set(places)) == len(places)


def _column(segment: Segment, columns: tuple[Segment, ...], size: float) -> int | None:
    for number, column in enumerate(columns):
        if abs(segment.left - column.left) < size or abs(segment.right - column.right) < size:
            return number
        if segment.left < column.right and column.left < segment.right:
            return number
    return None


def _write_table(out: Assembly, block: Block) -> None:
    columns = block.lines[0].segments
    rows = []
    for line in block.lines[1:]:
        row = [""] * len(columns)
        for segment in line.segments:
            row[_column(segment, columns, line.size) or 0] = segment.text
        rows.append(row)
    out.table(rows, [column.text for column in columns])


# Blocks to passages


def _judge(blocks: list[Block], usual: Type) -> None:
    """Say of each block what it is. Where nothing stands out by print, titles are told by their look, as in text."""
    marked = False
    for block in blocks:
        size = median(line.size for line in block.lines)
        words = " ".join(block.text.split())
        if block.kind == "table":
            continue
        if block.at_foot and size < 0.93 * usual.size and _NOTE.match(block.text):
            block.kind = "note"
        elif block.bullet:
            block.kind = "bullet"
        elif size > LARGER * usual.size and len(words) <= 250 and not words.endswith((".", ";", ",")):
            block.kind, marked = "heading", True
        elif len(block.lines) <= 2 and looks_like_title(words):
            if all(line.bold for line in block.lines):
                block.kind, marked = "heading", True
            elif is_numbered_title(words) or (words.isupper() and len(words) > 3):
                block.kind = "heading"
    if not marked:
        for block, following in pairwise(blocks):
            body = following.kind in ("paragraph", "bullet") and not looks_like_title(following.text)
            if block.kind == "paragraph" and len(block.lines) == 1 and looks_like_title(block.text) and body:
                block.kind = "heading"


def _join(blocks: list[Block]) -> list[Block]:
    """Blocks with paragraphs that a page or column broke put together; notes between follow them."""
    kept: list[Block] = []
    open_block: Block | None = None
    for block in blocks:
        if block.kind == "note":
            kept.append(block)
            continue
        if open_block and block.kind == "paragraph" and _broken_off(open_block, block):
            open_block.more += block.lines
            continue
        kept.append(block)
        open_block = block if block.kind in ("paragraph", "bullet") else None
    return kept


def _broken_off(block: Block, following: Block) -> bool:
    last, line = block.last, following.lines[0]
    moved = following.page != block.page or line.bottom > last.bottom
    if not moved or abs(line.size - last.size) > 0.08 * last.size or closes_sentence(last.text):
        return False
    full = len(last.text) > 0.8 * max(len(one.text) for one in block.lines + block.more)
    return full or line.text[:1].islower() or last.text.endswith("-")


def _title_of(blocks: list[Block]) -> Block | None:
    """The heading that is the title: on the first page with text, and larger than every other."""
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings or headings[0].page != blocks[0].page:
        return None
    sizes = sorted((round(block.lines[0].size, 1) for block in headings), reverse=True)
    top = [block for block in headings if round(block.lines[0].size, 1) == sizes[0]]
    return top[0] if len(top) == 1 and top[0].page == blocks[0].page and len(headings) > 1 else None


def _rank(block: Block, ranks: dict[int, int]) -> int:
    """How high a heading stands: by its size; numbered ones (*2.3*) as the first of as many numbers, in ``ranks``."""
    first = block.lines[0]
    rank = -round(first.size * 20) * 10 - 5 * first.bold
    number = re.match(r"\d+(?:\.\d+)*", block.text)
    return ranks.setdefault(number.group().count("."), rank + number.group().count(".")) if number else rank


def _write(out: Assembly, blocks: list[Block], title: Block | None) -> None:
    nesting: list[tuple[int, str]] = []
    ranks: dict[int, int] = {}
    for block in blocks:
        out.page = block.page
        if block.kind != "bullet":
            nesting.clear()
        if block is title:
            out.main_title(block.text)
        elif block.kind == "heading":
            out.heading(block.text, _rank(block, ranks))
        elif block.kind == "table":
            _write_table(out, block)
        elif block.bullet and block.kind == "bullet":
            indent = round(block.lines[0].left / 6)
            level = introduced_level(nesting, block.bullet, indent)
            out.bullet(block.text[block.bullet.width :], level)
        elif block.kind == "note":
            sign = _NOTE.match(block.text)
            out.paragraph(block.text[sign.end() if sign else 0 :], "note")
        else:
            out.paragraph(block.text)
