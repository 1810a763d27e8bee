"""Markdown (.md): CommonMark with tables, footnotes and front matter; provenance in HTML comments.

Blocks come from markdown-it-py, whose tokens know their lines; columns are found here, so that every passage has its
exact offsets in the stored text. The first heading of level 1 is the document's title. Code blocks hold no sentences
and give no passage.

A comment is never a passage. At the head of the file, or between the title and the first passage, its lines are the
document's ``source``. After a passage, lines of the form ``<!-- source: FILE, POSITION -->`` (or one comment with
several lines) are its ``sources``: one line for each of its sentences, in order. After a table they belong to its rows,
one each where their number agrees, else all to all.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from bot.documents.inline import markup_drops
from bot.documents.limits import MAX_NESTING, Parsed
from bot.documents.lines import (
    MAX_TITLE_CHARS,
    ClauseNumbers,
    Sections,
    ends_sentence,
    introduces,
    joined,
    leads_in_table,
    number_of_title,
    trimmed,
)
from bot.documents.model import Cell, Passage, PassageKind
from bot.errors import DocumentError

if TYPE_CHECKING:
    from markdown_it.token import Token

Span = tuple[int, int]

MAX_DEPTH = MAX_NESTING // 2
"""Nesting as markdown-it counts it: two for a list and its item, one for a quotation."""

PSEUDO_HEADING_RANK = 7
"""Where a bold line standing alone ranks among headings: below all marked ones."""

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")
_FRONT_TITLE = re.compile(r"^title:[ \t]*[\"']?(.+?)[\"']?[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_SOURCE = re.compile(r"\s*source\s*:\s*", re.IGNORECASE)
_DEFINITION = re.compile(r"\[(?!\^)[^\[\]]+\]:\s*\S+(?:\s+[\"'(].*[\"')])?")
_NOTE = re.compile(r"\[\^[^\[\]\s]+\]:\s*")
_TASK = re.compile(r"\[[ xX]\]\s+")
_BOLD = re.compile(r"(\*\*|__)[^*_]+\1")
_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_CELL_END = re.compile(r"(?<!\\)\|")
_UNSPOKEN = re.compile(r"\s*<(?:script|style|pre|svg|table)\b", re.IGNORECASE)


class _Reader(Struct):
    """The state of one walk over the tokens of one text."""

    text: str
    starts: list[int]
    passages: list[Passage] = field(default_factory=list)
    sections: Sections = field(default_factory=Sections)
    title: str = ""
    source: list[str] = field(default_factory=list)
    lead: Span | None = None
    """The paragraph that a list or table beginning here has before it."""
    lists: list[Span | None] = field(default_factory=list)
    """The lead of each open list, outermost first."""
    numbers: ClauseNumbers = field(default_factory=ClauseNumbers)
    item: PassageKind = "paragraph"
    """What the next paragraph is: a bullet where a list item has just begun."""
    targets: list[int] = field(default_factory=list)
    """The passages that a source comment found now speaks of; several for the rows of a table."""
    given: list[str] = field(default_factory=list)
    """The sources found for the targets so far."""


def parse(text: str) -> Parsed:
    """A Markdown text as passages. text: as stored. RETURNS: the same text, its passages, title and source."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_DEPTH}).disable(["reference", "inline", "text_join"])
    front = _FRONT_MATTER.match(text)
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    reader = _Reader(text, starts)
    head = front.end() if front else 0
    # Front matter becomes blank lines, so that the tokens count the lines of the stored text.
    body = "\n" * text.count("\n", 0, head) + text[head:]
    tokens = parser.parse(body)
    if any(token.level >= MAX_DEPTH - 2 for token in tokens):
        raise DocumentError(f"its lists and quotations are nested more than {MAX_DEPTH // 2} deep. Simplify them.")
    _walk(reader, tokens)
    _settle(reader)
    if front and not reader.title and (named := _FRONT_TITLE.search(front.group())):
        reader.title = joined(named[1])
    return Parsed(text, tuple(reader.passages), reader.title, tuple(reader.source))


def _walk(reader: _Reader, tokens: list[Token]) -> None:
    for number, token in enumerate(tokens):
        match token.type:
            case "inline":
                parent = tokens[number - 1]
                if parent.type == "heading_open":
                    _heading(reader, token, int(parent.tag[1:]))
                elif parent.type == "paragraph_open":
                    _paragraph(reader, token)
            case "bullet_list_open" | "ordered_list_open":
                reader.lists.append(_lead_of_list(reader))
            case "bullet_list_close" | "ordered_list_close":
                # A comment may part one list in two: the second has the first's lead.
                reader.lead = reader.lists.pop()
            case "list_item_open":
                reader.item = "bullet"
            case "html_block":
                _html(reader, token)
            case "hr":
                reader.lead = None


def _lead_of_list(reader: _Reader) -> Span | None:
    lead = reader.lead
    if lead is None or introduces(reader.text[lead[0] : lead[1]]):
        return lead
    return None


# Offsets


def _content_lines(reader: _Reader, token: Token) -> list[Span]:
    """Offsets of each line of a token's text, without the signs of lists, quotations and headings before it."""
    first, last = token.map or [0, 0]
    spans = []
    for number, content in enumerate(token.content.split("\n")):
        content = content.strip()
        low, high = reader.starts[first + number], reader.starts[min(first + number + 1, last)] - 1
        start = reader.text.rfind(content, low, high) if content else -1
        if start >= 0:
            spans.append((start, start + len(content)))
    return spans


# Blocks


def _heading(reader: _Reader, token: Token, level: int) -> None:
    lines = _content_lines(reader, token)
    if not lines:
        return
    start, end = lines[0][0], lines[-1][1]
    comments = _COMMENT.search(reader.text, start, end)
    if comments and comments.end() == end:
        end = len(reader.text[: comments.start()].rstrip())
    _add_heading(reader, start, end, level)


def _add_heading(reader: _Reader, start: int, end: int, level: int) -> None:
    words = joined(_spoken(reader.text[start:end]))
    if not words:
        return
    reader.lead = None
    if level == 1 and not reader.title:
        reader.title = words
        _add(reader, Passage(start, end, "title"))
        return
    depth = reader.sections.enter(level, words)
    start += number_of_title(reader.text[start:end])
    _add(reader, Passage(start, end, "heading", reader.sections.path, level=depth))


def _spoken(raw: str) -> str:
    """``raw`` without its markup."""
    kept, position = [], 0
    for start, end in [*sorted(markup_drops(raw)), (len(raw), len(raw))]:
        kept.append(raw[position:start])
        position = max(position, end)
    return "".join(kept)


def _paragraph(reader: _Reader, token: Token) -> None:
    kind, reader.item = reader.item, "paragraph"
    lines = _content_lines(reader, token)
    header = _table_header(reader.text, lines)
    run: list[Span] = []
    for start, end in lines if header is None else lines[:header]:
        line = reader.text[start:end]
        note = _NOTE.match(line)
        if note or _DEFINITION.fullmatch(line):
            _add_text(reader, run, kind)
            run = []
            if note:
                _add_text(reader, [(start + note.end(), end)], "note")
        else:
            if reader.numbers.width(line) and run:
                _add_text(reader, run, kind)
                run = []
            run.append((start, end))
    _add_text(reader, run, kind)
    if header is not None:
        _table(reader, lines[header:])


def _add_text(reader: _Reader, lines: list[Span], kind: PassageKind) -> None:
    """A paragraph, bullet or note; comments at its end are taken off and read."""
    if not lines:
        return
    text = reader.text
    start, end = lines[0][0], lines[-1][1]
    if kind == "bullet" and (task := _TASK.match(text, start, end)):
        start = task.end()
    comments: list[str] = []
    while text[start:end].endswith("-->") and (opening := text.rfind("<!--", start, end)) >= 0:
        comments.insert(0, text[opening + 4 : end - 3])
        start, end = trimmed(text, start, opening)
    if start < end and _spoken(text[start:end]).strip():
        _add_spoken(reader, start, end, kind, alone=len(lines) == 1)
    for comment in comments:
        _sources(reader, comment)


def _add_spoken(reader: _Reader, start: int, end: int, kind: PassageKind, *, alone: bool) -> None:
    raw = reader.text[start:end]
    if kind == "paragraph" and alone and not reader.lists and _is_bold_title(raw):
        _add_heading(reader, start, end, PSEUDO_HEADING_RANK)
        return
    start += reader.numbers.width(raw) if kind != "note" else 0
    lead = reader.lists[-1] if kind == "bullet" and reader.lists else None
    level = len(reader.lists) if kind == "bullet" else 1
    _add(reader, Passage(start, end, kind, reader.sections.path, lead, level))
    if kind != "note":
        reader.lead = (start, end)


def _is_bold_title(raw: str) -> bool:
    return len(raw) <= MAX_TITLE_CHARS and bool(_BOLD.fullmatch(raw)) and not ends_sentence(raw.strip("*_"))


def _table_header(text: str, lines: list[Span]) -> int | None:
    """Which of a paragraph's lines is the header of a table: the one that a delimiter row of as many cells follows.

    Tables are found here, not by the parser, which makes a dozen objects a cell: a long table would take gigabytes.
    """
    for number, ((start, end), (low, high)) in enumerate(pairwise(lines)):
        row = text[low:high]
        if "|" in row and _DELIMITER.fullmatch(row) and len(_cells(text, start, end)) == len(_cells(text, low, high)):
            return number
    return None


def _table(reader: _Reader, lines: list[Span]) -> None:
    """A table: its header, delimiter row and rows."""
    text = reader.text
    header = [joined(_spoken(text[start:end])) for start, end in _cells(text, *lines[0])]
    _settle(reader)
    reader.targets, reader.given = [], []
    lead = reader.lead if reader.lead and leads_in_table(text[slice(*reader.lead)]) else None
    for line in lines[2:]:
        cells = _cells(text, *line)
        named = zip(cells, header + [""] * len(cells), strict=False)
        filled = tuple(Cell(name, start, end) for (start, end), name in named if start < end)
        if filled:
            reader.targets.append(len(reader.passages))
            span = filled[0].start, filled[-1].end
            reader.passages.append(Passage(*span, "row", reader.sections.path, lead, cells=filled))
    reader.lead = None


def _cells(text: str, start: int, end: int) -> list[Span]:
    """Offsets of the cells of the table line ``text[start:end]``, without outer blanks; ``\\|`` parts no cells."""
    start, end = trimmed(text, start, end)
    while start < end and text[start] in "> \t":
        start += 1
    if text[start : start + 1] == "|":
        start += 1
    if start < end and text[end - 1] == "|" and text[end - 2] != "\\":
        end -= 1
    bounds = [start]
    for match in _CELL_END.finditer(text, start, end):
        bounds += [match.start(), match.end()]
    bounds.append(end)
    return [trimmed(text, low, max(low, high)) for low, high in zip(bounds[::2], bounds[1::2], strict=True)]


# Provenance


def _html(reader: _Reader, token: Token) -> None:
    first, last = token.map or [0, 0]
    start, end = reader.starts[first], min(reader.starts[last], len(reader.text))
    position = start
    for match in _COMMENT.finditer(reader.text, start, end):
        _html_text(reader, position, match.start())
        _sources(reader, match[1])
        position = match.end()
    _html_text(reader, position, end)


def _html_text(reader: _Reader, start: int, end: int) -> None:
    start, end = trimmed(reader.text, start, end)
    raw = reader.text[start:end]
    if start < end and not _UNSPOKEN.match(raw) and _spoken(raw).strip():
        _add(reader, Passage(start, end, "paragraph", reader.sections.path))


def _sources(reader: _Reader, comment: str) -> None:
    """Take in the lines of one comment: the document's at its head, else the passage's that it follows."""
    lines = [line.strip() for line in comment.splitlines() if line.strip()]
    if all(passage.kind == "title" for passage in reader.passages):
        reader.source += [_SOURCE.sub("", line, count=1) for line in lines]
    elif lines and _SOURCE.match(lines[0]):
        reader.given += [source for line in lines if (source := _SOURCE.sub("", line, count=1))]


def _add(reader: _Reader, passage: Passage) -> None:
    _settle(reader)
    reader.targets, reader.given = [len(reader.passages)], []
    reader.passages.append(passage)


def _settle(reader: _Reader) -> None:
    """Give the sources found to the passages that they were found for."""
    one_each = len(reader.given) == len(reader.targets) > 1
    for number, target in enumerate(reader.targets if reader.given else []):
        own = (reader.given[number],) if one_each else tuple(reader.given)
        reader.passages[target] = replace(reader.passages[target], sources=own)
