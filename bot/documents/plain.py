"""Plain text (.txt): titles, paragraphs, bullets and footnotes told by how the lines look, nothing else.

Lines between blank lines make a block. Inside a block a line end is either a wrap, where the next word would not have
fitted, or deliberate; only deliberate ones part titles, bullets and paragraphs from each other. The first title-like
line names the document; it is a heading of its section as well, unless another heading follows at once.
"""

from __future__ import annotations

import re

from msgspec import Struct, field
from msgspec.structs import replace

from bot.documents.limits import Parsed
from bot.documents.lines import (
    Line,
    Sections,
    bullet_of,
    closes_sentence,
    introduced_level,
    introduces,
    is_numbered_title,
    joined,
    looks_like_title,
    number_of_title,
    split_lines,
    title_rank,
)
from bot.documents.model import Passage, PassageKind

MIN_WIDTH, USUAL_WIDTH, MAX_WIDTH = 40, 76, 140
"""Characters a line is taken to hold: at least; at most when its own block does not show more; longer ones are not
wrapped at all, and end where they were ended."""

LOOSE = 0.2
"""Share of a line that is left free, at least, where its writer has ended it."""

_UNDERLINE = re.compile(r"(=|-|~|\^)\1{2,}")
_RULE = re.compile(r"[\W_]+")
_NOTE = re.compile(r"\[(?:\d{1,3}|[*†‡])\]:?\s+(?=\S)|[†‡]\s*(?=\S)")
_BROKEN = re.compile(r"[^\W\d_][-\u2010]$")
_FIRST_WORD = re.compile(r"\S+")


class Block(Struct, frozen=True):
    """Lines that belong together as one passage, before sections and leads are known."""

    kind: PassageKind
    lines: tuple[Line, ...]
    skip: int = 0
    """Characters of the first line (bullet sign, footnote sign) that are not the passage's."""
    underline: str = ""

    @property
    def start(self) -> int:
        return self.lines[0].start + self.skip

    @property
    def end(self) -> int:
        return self.lines[-1].end


def parse(text: str) -> Parsed:
    """A plain text as passages. text: as stored. RETURNS: the same text, its passages, its title or ''."""
    blocks = _parted(split_lines(text))
    blocks = _without_idle_titles(blocks)
    return _assemble(text, blocks)


# Lines to blocks


def _parted(lines: list[Line]) -> list[Block]:
    usual = min(max((line.end - line.start + line.indent for line in lines), default=0), USUAL_WIDTH)
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        if lines[position].blank:
            position += 1
            continue
        stop = position
        while stop < len(lines) and not lines[stop].blank:
            stop += 1
        widest = max(line.end - line.start + line.indent for line in lines[position:stop])
        blocks += _part_block(lines[position:stop], max(widest, usual, MIN_WIDTH))
        position = stop
    return blocks


def _part_block(lines: list[Line], width: int) -> list[Block]:
    """One run of non-blank lines. width: characters a line could hold."""
    blocks: list[Block] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        following = lines[position + 1] if position + 1 < len(lines) else None
        if following and _underlines(line, following):
            blocks.append(Block("heading", (line,), underline=following.text[0]))
            position += 2
        elif _RULE.fullmatch(line.text):
            position += 1
        elif _is_title(line, following, blocks, width):
            blocks.append(Block("heading", (line,)))
            position += 1
        else:
            block, position = _body(lines, position, width)
            blocks.append(block)
    return blocks


def _underlines(line: Line, following: Line) -> bool:
    match = _UNDERLINE.fullmatch(following.text)
    return bool(match) and len(line.text) <= 2 * len(following.text) + 4 and not _RULE.fullmatch(line.text)


def _is_title(line: Line, following: Line | None, before: list[Block], width: int) -> bool:
    if not looks_like_title(line.text):
        return False
    bullet = bullet_of(line.text)
    if bullet and not (is_numbered_title(line.text) and not before):
        return False
    if following is None:
        return True
    if is_numbered_title(line.text):
        return _deliberate(line, following, width)
    if line.text.endswith("?") or not _deliberate(line, following, width):
        return False
    begins = following.text[:1].isupper() or following.text[:1].isdigit() or following.text[:1] in '"“‘('
    body = bool(bullet_of(following.text)) or (begins and not looks_like_title(following.text))
    return body and (not before or before[-1].kind == "bullet")


def _body(lines: list[Line], position: int, width: int) -> tuple[Block, int]:
    """The bullet, note or paragraph that begins at ``position``, and where the next block begins."""
    first = lines[position]
    bullet, note = bullet_of(first.text), _NOTE.match(first.text)
    kind: PassageKind = "bullet" if bullet else "note" if note else "paragraph"
    skip = bullet.width if bullet else note.end() if note else 0
    stop = position + 1
    while stop < len(lines) and _continues(lines[stop - 1], lines[stop], first, kind, width):
        stop += 1
    return Block(kind, tuple(lines[position:stop]), skip), stop


def _continues(line: Line, following: Line, first: Line, kind: str, width: int) -> bool:
    if _RULE.fullmatch(following.text) or _begins_bullet(line, following, first, kind, width):
        return False
    if kind in ("bullet", "note"):
        hangs = following.indent > first.indent
        return hangs or not _deliberate(line, following, width)
    indented = following.indent >= first.indent + 2 and closes_sentence(line.text)
    return not indented and not _deliberate(line, following, width)


def _begins_bullet(line: Line, following: Line, first: Line, kind: str, width: int) -> bool:
    """Whether the sign at a line's head is a bullet's, not a number or dash that a wrap brought there."""
    bullet, before = bullet_of(following.text), bullet_of(first.text) if kind == "bullet" else None
    if not bullet:
        return False
    if bullet.is_certain or _room(line, following, width) > LOOSE * width or line.text.endswith(":"):
        return True
    if before:
        return (bullet.kind, following.indent) == (before.kind, first.indent) or closes_sentence(line.text)
    return bullet.is_first and closes_sentence(line.text)


def _room(line: Line, following: Line, width: int) -> int:
    """Characters that would be left on a line had the next line's first word been put on it; negative: it is full."""
    word = _FIRST_WORD.match(following.text)
    return width - (line.indent + line.end - line.start) - 1 - (word.end() if word else 0)


def _deliberate(line: Line, following: Line, width: int) -> bool:
    """Whether the line ends where its writer ended it, not where the next word no longer fitted."""
    if following.text[:1].islower() and not closes_sentence(line.text):
        return False
    if _BROKEN.search(line.text):
        return False
    return _room(line, following, width) > LOOSE * width or (len(line.text) > MAX_WIDTH and closes_sentence(line.text))


# Blocks to passages


def _without_idle_titles(blocks: list[Block]) -> list[Block]:
    """Of three or more titles in a row only the first of the document and the last are titles; the rest are a list.

    A title that nothing follows is none either, unless it stands first and the other lines follow it.
    """
    kept: list[Block] = []
    position = 0
    while position < len(blocks):
        stop = position
        while stop < len(blocks) and blocks[stop].kind == "heading":
            stop += 1
        run = blocks[position:stop]
        followed = stop < len(blocks)
        if len(run) > 2 or not followed:
            idle = range(int(position == 0 and len(run) > 1), len(run) - followed)
            run = [replace(one, kind="paragraph") if n in idle and _idle(one) else one for n, one in enumerate(run)]
        kept += run + blocks[stop : stop + 1]
        position = stop + 1
    return kept


def _idle(block: Block) -> bool:
    return not block.underline and not is_numbered_title(block.lines[0].text)


class _State(Struct):
    sections: Sections = field(default_factory=Sections)
    nesting: list[tuple[int, str]] = field(default_factory=list)
    parents: list[Passage] = field(default_factory=list)
    lead: tuple[int, int] | None = None


def _assemble(text: str, blocks: list[Block]) -> Parsed:
    state = _State()
    passages: list[Passage] = []
    title = ""
    for number, block in enumerate(blocks):
        words = joined(text[block.start : block.end])
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        if block.kind == "heading" and not title and not passages:
            title = words
            if following and following.kind == "heading":
                passages.append(Passage(block.start, block.end, "title"))
                continue
        elif block.kind == "heading" and not title:
            title = words
        passages.append(_passage(text, block, words, state))
    return Parsed(text, tuple(passages), title)


def _passage(text: str, block: Block, words: str, state: _State) -> Passage:
    if block.kind == "bullet":
        return _bullet(text, block, state)
    state.nesting.clear()
    state.parents.clear()
    if block.kind == "heading":
        level = state.sections.enter(title_rank(words, block.underline), words)
        state.lead = None
        start = block.start + number_of_title(text[block.start : block.end])
        return Passage(start, block.end, "heading", state.sections.path, level=level)
    if block.kind == "paragraph":
        state.lead = (block.start, block.end) if introduces(words) else None
    return Passage(block.start, block.end, block.kind, state.sections.path)


def _bullet(text: str, block: Block, state: _State) -> Passage:
    sign = bullet_of(block.lines[0].text)
    assert sign is not None  # the block is one because its line begins with a sign
    level = introduced_level(state.nesting, sign, block.lines[0].indent)
    del state.parents[level - 1 :]
    lead = state.lead
    if state.parents:
        parent = state.parents[-1]
        lead = (parent.start, parent.end) if introduces(text[parent.start : parent.end]) else None
    passage = Passage(block.start, block.end, "bullet", state.sections.path, lead, level)
    state.parents.append(passage)
    return passage
