"""Web pages (.html): the text a reader would read, without menus, scripts and page furniture.

Stored is the extracted text. Where the page marks its main part, only that is read. Read with lxml, which the Word
reader uses too.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from msgspec import Struct, field

from bot.documents.assembly import MAX_COLUMNS, Assembly, storable
from bot.documents.encodings import decode
from bot.documents.limits import MAX_NESTING, Parsed
from bot.documents.lines import joined
from bot.errors import DocumentError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


SILENT = _set(
    "script style noscript template head svg math iframe object select button input textarea canvas audio "
    "video dialog nav footer aside menu map"
)
"""Elements whose text is not the document's. A page's ``header`` is silent but for its heading of level 1."""

_SILENT_ROLES = _set("navigation banner contentinfo search complementary menu menubar dialog alert")
_BLOCKS = _set(
    "address article blockquote body caption center dd details div dl dt fieldset figcaption figure form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary table tbody td tfoot th "
    "thead tr ul"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_NOTES = re.compile(r"\b(?:footnotes?|endnotes?|references|reflist|doc-endnotes|doc-footnote)\b")
_BREAK = "\x00"  # no text holds it: such files are refused as binary
_BLANKS = re.compile(r"\s+")
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


def parse(data: bytes, name: str) -> Parsed:
    """A web page as passages. data: the file. name: for messages. Raises DocumentError when it cannot be read."""
    root = _tree(_decoded(data, name), name)
    blocks = _containers(root)
    for start, strict in ((_main(root), True), (root, False)):
        walk = _Walk(Assembly(name), blocks, strict)
        walk.block(start)
        walk.flush()
        if walk.out.passages:
            break
    parsed = walk.out.result()
    if parsed.title:
        return parsed
    named = root.find(".//title")
    return Parsed(parsed.text, parsed.passages, joined(storable(named.text or "")) if named is not None else "")


def _decoded(data: bytes, name: str) -> str:
    declared = _META_CHARSET.search(data[:4096])
    if declared and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = declared[1].decode("ascii", "replace").lower()
        encoding = {"iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252"}.get(encoding, encoding)
        try:
            return decode(data.decode(encoding).encode("utf-8"), name)
        except (LookupError, UnicodeError, ValueError):
            pass  # the declaration is wrong; the bytes themselves decide
    return decode(data, name)


def _tree(text: str, name: str) -> Element:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root: Element | None = etree.fromstring(text.encode("utf-8"), parser)
    except etree.LxmlError as error:
        raise DocumentError(f"{name}: this is no HTML that can be read ({error}). Save it again.") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise DocumentError(
            f"{name}: its elements are nested more than {MAX_NESTING} deep. Expected a page for readers; simplify it."
        )
    if root is None:
        raise DocumentError(f"{name}: there is no text in it. Expected a web page; remove or fill it.")
    return root


def _containers(root: Element) -> set[Element]:
    """All elements that hold a block element at any depth: their content is blocks, not one run of words."""
    holding: set[Element] = set()
    for element in root.iter(*_BLOCKS):
        parent = element.getparent()
        while parent is not None and parent not in holding:
            holding.add(parent)
            parent = parent.getparent()
    return holding


def _main(root: Element) -> Element:
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1:
            return found[0]
    return root


class _Walk(Struct):
    """One walk over a page. strict: leave page furniture out. run: words of the paragraph at hand."""

    out: Assembly
    holding: set[Element]
    strict: bool
    run: list[str] = field(default_factory=list)
    level: int = 0
    """How many lists are open."""
    in_item: bool = False
    """Whether the next words are a list item's first."""
    in_notes: bool = False
    defined: bool = False
    """Whether a term of a definition list has been read."""

    def block(self, element: Element, depth: int = 0) -> None:
        """Read the content of an element that holds blocks."""
        self.check(depth)
        self.run.append(element.text or "")
        for child in element:
            self.child(child, depth)
            self.run.append(child.tail or "")

    def check(self, depth: int) -> None:
        if depth > MAX_NESTING:
            raise DocumentError(f"{self.out.name}: its elements are nested more than {MAX_NESTING} deep. Simplify it.")

    def child(self, child: Element, depth: int) -> None:
        tag = child.tag
        if not isinstance(tag, str) or self.is_silent(child):
            return
        if tag == "br":
            self.run.append(_BREAK)
        elif tag not in _BLOCKS and child not in self.holding:
            self.run.append(_run(child))
        else:
            self.flush()
            self.special(tag, child, depth)
            self.flush()

    def special(self, tag: str, child: Element, depth: int) -> None:
        """A block: headings, lists and tables are what they are, all others a paragraph or a place for blocks."""
        if tag in _HEADINGS:
            self.heading(_words(child), _HEADINGS[tag])
        elif tag == "header" and self.strict and child.getparent() is not None and self.is_page_header(child):
            for title in child.iter("h1"):
                self.heading(_words(title), 1)
        elif tag in ("ul", "ol"):
            self.list(child, depth)
        elif tag == "li":
            self.item(child, max(self.level, 1), depth)
        elif tag == "dt":
            self.out.paragraph(_words(child).strip().removesuffix(":") + ":")
        elif tag == "dd":
            self.item(child, 1, depth)
        elif tag == "table" and not self.is_layout(child):
            self.table(child)
        else:
            notes, self.in_notes = self.in_notes, self.in_notes or _is_notes(child)
            self.block(child, depth + 1)
            self.flush()
            self.in_notes = notes

    def is_silent(self, element: Element) -> bool:
        if element.tag in ("script", "style", "noscript", "template", "head"):
            return True
        if not self.strict or _is_notes(element):
            return False
        return (
            element.tag in SILENT
            or element.get("role", "") in _SILENT_ROLES
            or "hidden" in element.attrib
            or element.get("aria-hidden") == "true"
        )

    def is_page_header(self, element: Element) -> bool:
        return not any(parent.tag in ("article", "main", "section") for parent in element.iterancestors())

    def heading(self, words: str, level: int) -> None:
        if level == 1 and not self.out.title:
            self.out.main_title(words)
        else:
            self.out.heading(words, level)

    def list(self, element: Element, depth: int) -> None:
        notes, self.in_notes = self.in_notes, self.in_notes or _is_notes(element)
        self.level += 1
        self.block(element, depth + 1)
        self.flush()
        self.level -= 1
        self.in_notes = notes

    def item(self, element: Element, level: int, depth: int) -> None:
        outer, self.level, self.in_item = self.level, level, True
        self.block(element, depth + 1)
        self.flush()
        self.level, self.in_item = outer, False

    def flush(self) -> None:
        """End the paragraph, bullet or note at hand; an empty line parts it in two."""
        run, self.run = "".join(self.run), []
        for text in _PARAGRAPH_BREAK.split(_flat(run)):
            if not text.strip():
                continue
            if self.in_notes or (self.in_item and text.strip()[0] in "^↑"):
                # a list of notes without a name that tells: each begins with its way back into the text
                self.in_item = False
                self.out.paragraph(text.strip().lstrip("^↑ "), "note")
            elif self.in_item:
                self.out.bullet(text, self.level)
                self.in_item = False
            else:
                self.out.paragraph(text)

    def is_layout(self, table: Element) -> bool:
        """Whether a table only places blocks on the page: one column, or tables, lists or headings in its cells."""
        if table.find(".//table") is not None or any(True for _ in table.iter("h1", "h2", "h3", "h4")):
            return True
        return all(len(row) < 2 for row in table.iter("tr"))

    def table(self, element: Element) -> None:
        for caption in element.iter("caption"):
            self.out.paragraph(_words(caption))
        rows = list(element.iter("tr"))
        marked = [all(cell.tag == "th" for cell in row) or _in(row, "thead") for row in rows]
        if not any(marked) and all(len(row) == 2 and row[0].tag == "th" for row in rows):
            for row in rows:
                self.out.labelled_row(_words(row[0]), _words(row[1]))
            return
        grid = _grid(rows)
        if any(marked):
            first = marked.index(True)
            body = [cells for number, cells in enumerate(grid) if not marked[number]]
            self.out.table(body, grid[first])
        else:
            add_unmarked_table(self.out, grid)


def add_unmarked_table(out: Assembly, grid: list[list[str]]) -> None:
    """A table that does not tell its header: its first row is one if it has words in every cell and no number."""
    first = grid[0] if grid else []
    is_header = len(grid) > 1 and all(cell.strip() and not any(map(str.isdigit, cell)) for cell in first)
    out.table(grid[1:] if is_header else grid, first if is_header else None)


def _in(element: Element, tag: str) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag == tag


def _is_notes(element: Element) -> bool:
    return bool(_NOTES.search(f"{element.get('class', '')} {element.get('role', '')} {element.get('id', '')}"))


def _grid(rows: list[Element]) -> list[list[str]]:
    """The words of all cells, a cell that spans rows repeated in each, one that spans columns followed by blanks."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[int, str]] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _hang(cells, hanging)
            if len(cells) < MAX_COLUMNS:
                words = _words(cell)
                hanging[len(cells)] = (_number(cell.get("rowspan")), words)
                _hang(cells, hanging)
                cells += [""] * (_number(cell.get("colspan")) - 1)
        _hang(cells, hanging)
        grid.append(cells)
    return grid


def _hang(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Add the cells that hang down into this row here, each for one row less in the next."""
    while len(cells) in hanging and len(cells) < MAX_COLUMNS:
        left, words = hanging.pop(len(cells))
        cells.append(words)
        if left > 1:
            hanging[len(cells) - 1] = (left - 1, words)


def _number(value: str | None) -> int:
    return min(max(int(value), 1), MAX_COLUMNS) if value and value.isascii() and value.isdigit() else 1


def _words(element: Element) -> str:
    """The text of an element and all in it as one line."""
    return _flat(_run(element)).replace("\n", " ")


def _run(element: Element) -> str:
    """The text of an element and all in it, scripts left out, as written, with ``_BREAK`` for forced line ends."""
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: Element, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in ("script", "style", "template", "noscript"):
            gap = _BREAK if child.tag == "br" else " " if child.tag in _BLOCKS else ""
            parts.append(gap)
            _collect(child, parts)
            parts.append(gap and " ")
        parts.append(child.tail or "")


def _flat(run: str) -> str:
    """White space as a browser shows it: line ends of the source are blanks, forced ones are line ends."""
    return _BLANKS.sub(" ", run).replace(_BREAK, "\n")
