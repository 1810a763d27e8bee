"""Word documents (.docx): headings by style, lists, tables and footnotes, from the parts of the archive itself.

Read directly (zip and lxml), not through a library, because limits on what the archive unpacks to must hold before
anything is unpacked, and because footnotes count. Not read: headers and footers of pages, comments, deleted text,
tables of contents, numbers that Word generates for headings.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from msgspec import Struct, field

from bot.documents.assembly import MAX_COLUMNS, Assembly
from bot.documents.html import add_unmarked_table
from bot.documents.limits import (
    MAX_ARCHIVE_PARTS,
    MAX_STYLES,
    MAX_UNPACKED_BYTES,
    MAX_UNPACKED_PART_BYTES,
    MEGABYTE,
    Parsed,
)
from bot.documents.lines import MAX_TITLE_CHARS, ends_sentence
from bot.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BOLD_HEADING_RANK = 10
"""Where a bold line standing alone ranks among headings: below Word's nine levels."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING_NAME = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST_NAME = re.compile(r"list (?:bullet|number)(?: (\d))?", re.IGNORECASE)
_DELETED = frozenset(_W + tag for tag in ("del", "moveFrom", "instrText", "rPr", "pPr", "txbxContent"))
_OFF = ("0", "false", "off", "none")


class Style(Struct, frozen=True):
    """What a paragraph style says: its name, outline level (1 to 9) or 0, list level from 1 or 0."""

    name: str = ""
    outline: int = 0
    bullet: int = 0


class _Package(Struct):
    """One document's parts that are read."""

    name: str
    styles: dict[str, Style]
    notes: dict[tuple[str, str], Element]
    out: Assembly
    used: list[tuple[str, str]] = field(default_factory=list)
    """The notes that the paragraphs read so far refer to and that are not written out yet."""


def parse(data: bytes, name: str) -> Parsed:
    """A Word document as passages. data: the file. name: for messages. Raises DocumentError when it is none."""
    parts = _unpack(data, name)
    if "word/document.xml" not in parts:
        raise _damaged(name, "the archive has no word/document.xml")
    body = _xml(parts, "word/document.xml", name)
    notes = {
        (kind, note.get(_W + "id", "")): note
        for kind in ("footnote", "endnote")
        for note in _children(_xml(parts, f"word/{kind}s.xml", name), kind)
    }
    package = _Package(name, _styles(_xml(parts, "word/styles.xml", name)), notes, Assembly(name))
    top = body.find(_W + "body") if body is not None else None
    if top is not None:
        _blocks(package, top, _title_rank(package, top))
    _write_notes(package)
    parsed = package.out.result()
    core = _xml(parts, "docProps/core.xml", name)
    stated = (core.findtext(_TITLE) or "").strip() if core is not None else ""
    return parsed if parsed.title else Parsed(parsed.text, parsed.passages, " ".join(stated.split()))


# The archive


def _damaged(name: str, what: str) -> DocumentError:
    return DocumentError(
        f"{name}: this is no Word document that can be read: {what}. Open it in Word and save it again."
    )


def _unpack(data: bytes, name: str) -> dict[str, bytes]:
    """The parts that are read, unpacked within the limits, whatever sizes the archive claims."""
    wanted = ("word/document.xml", "word/styles.xml", "word/footnotes.xml", "word/endnotes.xml", "docProps/core.xml")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise _damaged(name, "it is encrypted or in the format of Word 2003 and before")
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if len(infos) > MAX_ARCHIVE_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
                raise _too_large(name)
            for part in wanted:
                if part in archive.NameToInfo:
                    with archive.open(part) as stream:
                        parts[part] = stream.read(MAX_UNPACKED_PART_BYTES + 1)
                    if len(parts[part]) > MAX_UNPACKED_PART_BYTES:
                        raise _too_large(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise _damaged(name, str(error) or "it is truncated") from error
    return parts


def _too_large(name: str) -> DocumentError:
    return DocumentError(
        f"{name}: unpacked it has more than {MAX_UNPACKED_PART_BYTES // MEGABYTE} MB of text or"
        f" {MAX_UNPACKED_BYTES // MEGABYTE} MB in all. Expected a document for readers; split it into several."
    )


def _xml(parts: dict[str, bytes], part: str, name: str) -> Element | None:
    from lxml import etree

    data = parts.get(part)
    if data is None:
        return None
    data = data.replace(_STRICT, _W.strip("{}").encode())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Element = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise _damaged(name, f"{part} has damaged or too deeply nested XML ({error.msg})") from error
    if root.getroottree().docinfo.doctype:
        raise _damaged(name, f"{part} declares a document type, which no Word document does")
    return root


# Styles


def _children(element: Element | None, tag: str) -> list[Element]:
    return element.findall(_W + tag) if element is not None else []


def _value(element: Element | None, path: str) -> str | None:
    """The ``w:val`` of the element at ``path`` (tags with blanks between), None where there is none."""
    for tag in path.split():
        element = element.find(_W + tag) if element is not None else None
    return element.get(_W + "val", "") if element is not None else None


def _level(value: str | None) -> int:
    """A level that the file counts from 0 as one from 1; 0 for none."""
    return int(value) + 1 if value is not None and value.isascii() and value.isdigit() and int(value) < 9 else 0


def _styles(root: Element | None) -> dict[str, Style]:
    known = {style.get(_W + "styleId", ""): style for style in _children(root, "style")}
    return {key: _style(key, known) for key in known}


def _style(key: str, known: dict[str, Element]) -> Style:
    name, outline, bullet = "", 0, 0
    seen: set[str] = set()
    while key in known and key not in seen and len(seen) < MAX_STYLES:
        seen.add(key)
        style = known[key]
        own = _value(style, "name") or ""
        name = name or own
        outline = outline or _level(_value(style, "pPr outlineLvl")) or _named_level(_HEADING_NAME, own)
        bullet = bullet or _named_level(_LIST_NAME, own)
        if not bullet and _value(style, "pPr numPr numId") not in (None, "0"):
            bullet = _level(_value(style, "pPr numPr ilvl") or "0")
        key = _value(style, "basedOn") or ""
    return Style(name, outline, 0 if outline else bullet)


def _named_level(pattern: re.Pattern[str], name: str) -> int:
    match = pattern.fullmatch(name)
    return int(match[1] or "1") if match else 0


def _title_rank(package: _Package, body: Element) -> int:
    """The outline level whose first paragraph is the title where no paragraph has the style *Title*; 0 for none."""
    styles = [_style_of(package, paragraph) for paragraph in body.iter(_W + "p")]
    if any(style.name.lower() == "title" for style in styles):
        return 0
    return 1 if sum(style.outline == 1 for style in styles) == 1 else 0


def _style_of(package: _Package, paragraph: Element) -> Style:
    return package.styles.get(_value(paragraph, "pPr pStyle") or "", Style())


# Content


def _blocks(package: _Package, parent: Element, title_rank: int) -> None:
    for child in parent:
        if child.tag == _W + "p":
            _paragraph(package, child, title_rank)
            for box in _boxes(child):
                _blocks(package, box, 0)
        elif child.tag == _W + "tbl":
            _write_notes(package)
            _table(package, child)
        elif child.tag == _W + "sdt":
            gallery = _value(child, "sdtPr docPartObj docPartGallery")
            for content in _children(child, "sdtContent") if gallery != "Table of Contents" else []:
                _blocks(package, content, title_rank)
        elif child.tag in (_W + "customXml", _W + "smartTag", _W + "ins"):
            _blocks(package, child, title_rank)


def _boxes(paragraph: Element) -> list[Element]:
    """Text boxes anchored in a paragraph, each once: a file holds them a second time as a fallback."""
    boxes = []
    for box in paragraph.iter(_W + "txbxContent"):
        above = list(box.iterancestors())
        above = above[: above.index(paragraph)]
        if not any(one.tag in (_FALLBACK, _W + "txbxContent") for one in above):
            boxes.append(box)
    return boxes


def _paragraph(package: _Package, paragraph: Element, title_rank: int) -> None:
    text = _text(package, paragraph)
    style = _style_of(package, paragraph)
    name = style.name.lower()
    outline = _level(_value(paragraph, "pPr outlineLvl")) or style.outline
    if not text.strip() or name.startswith("toc"):
        return
    if name == "title" or (outline == 1 and title_rank == 1):
        if package.out.title:
            package.out.heading(text, 1)
        else:
            package.out.main_title(text)
    elif outline:
        package.out.heading(text, outline)
    elif bullet := _bullet_level(paragraph, style):
        package.out.bullet(text, bullet)
    elif _is_bold_title(paragraph, text):
        package.out.heading(text, BOLD_HEADING_RANK)
    else:
        package.out.paragraph(text)
    if not _bullet_follows(paragraph):
        _write_notes(package)


def _bullet_follows(paragraph: Element) -> bool:
    """Whether a numbered paragraph comes next; notes wait until its list ends, so that it keeps its lead."""
    following = paragraph.getnext()
    return following is not None and _value(following, "pPr numPr numId") not in (None, "0")


def _bullet_level(paragraph: Element, style: Style) -> int:
    number = _value(paragraph, "pPr numPr numId")
    if number == "0":
        return 0
    return _level(_value(paragraph, "pPr numPr ilvl") or "0") if number is not None else style.bullet


def _is_bold_title(paragraph: Element, text: str) -> bool:
    if len(text) > MAX_TITLE_CHARS or ends_sentence(text.strip()) or not any(map(str.isalpha, text)):
        return False
    runs = [run for run in paragraph.iter(_W + "r") if run.findtext(_W + "t", "").strip()]
    return bool(runs) and all(_value(run, "rPr b") not in (None, *_OFF) for run in runs)


def _text(package: _Package, element: Element) -> str:
    """The words of a paragraph as they stand when all changes are accepted."""
    parts: list[str] = []
    for child in element:
        tag = child.tag
        if not isinstance(tag, str) or tag in _DELETED or tag == _FALLBACK:
            continue
        if tag == _W + "t":
            parts.append(child.text or "")
        elif tag == _W + "tab":
            parts.append(" ")
        elif tag in (_W + "br", _W + "cr"):
            parts.append("\n" if child.get(_W + "type") != "page" else " ")
        elif tag == _W + "noBreakHyphen":
            parts.append("-")
        elif tag in (_W + "footnoteReference", _W + "endnoteReference"):
            package.used.append((tag.removeprefix(_W).removesuffix("Reference"), child.get(_W + "id", "")))
        else:
            parts.append(_text(package, child))
    return "".join(parts)


def _write_notes(package: _Package) -> None:
    for key in package.used[:]:
        note = package.notes.get(key)
        for paragraph in _children(note, "p"):
            package.out.paragraph(_text(package, paragraph), "note")
    package.used.clear()


def _table(package: _Package, table: Element) -> None:
    rows = _children(table, "tr")
    grid: list[list[str]] = []
    for row in rows:
        grid.append(_row(package, row, grid[-1] if grid else []))
    if all(len(cells) < 2 for cells in grid):
        for cells in grid:
            package.out.paragraph("".join(cells))
    elif rows and rows[0].find(f"{_W}trPr/{_W}tblHeader") is not None:
        package.out.table(grid[1:], grid[0])
    else:
        add_unmarked_table(package.out, grid)
    _write_notes(package)


def _row(package: _Package, row: Element, above: list[str]) -> list[str]:
    """The words of a row's cells; a cell merged with the one above repeats its words, a wide one is padded."""
    cells: list[str] = []
    for cell in _children(row, "tc"):
        words = " ".join(_text(package, block) for block in cell if block.tag in (_W + "p", _W + "tbl"))
        merged = _value(cell, "tcPr vMerge")
        if merged in ("", "continue") and len(cells) < len(above):
            words = above[len(cells)]
        span = _value(cell, "tcPr gridSpan") or "1"
        width = min(int(span), MAX_COLUMNS) if span.isascii() and span.isdigit() else 1
        cells += [words, *[""] * (width - 1)]
        if len(cells) >= MAX_COLUMNS:
            break
    return cells
