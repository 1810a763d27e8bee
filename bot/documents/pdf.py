"""PDF (.pdf): the lines of each page as PDFium (the engine of Chrome) finds them, with their places and sizes.

What the lines mean (headings, paragraphs, bullets, tables, notes, running heads) is ``page_layout``'s affair. Stored
is the extracted text; each passage has its page. A page without text (a scan) gives nothing; a document of such pages
is refused.
"""

from __future__ import annotations

import time
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from bot.documents.limits import MAX_PAGES, MAX_PDF_SECONDS, MAX_TEXT_CHARS, Parsed
from bot.documents.page_layout import Line, Page, Segment, lay_out
from bot.errors import DocumentError

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument  # type: ignore[import-untyped]

_HYPHEN = "\x02"
"""PDFium's sign for a hyphen at a line's end."""

_BOLD_WEIGHT = 600
_SEGMENT_GAP = 1.4
"""White between two words, in font heights, from which they belong to different cells of a row."""

_WORD_GAP = 0.25
"""White between two characters, in heights of the second, from which they belong to different words."""

_RAISED = 0.8
"""Height of a raised footnote sign, at most, as a share of the height of the text before it."""


def parse(data: bytes, name: str) -> Parsed:
    """A PDF as passages. data: the file. name: for messages. Raises DocumentError when it cannot be read."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        what = "it is protected by a password" if "password" in str(error).lower() else "it is damaged or truncated"
        raise DocumentError(f"{name}: no PDF that can be read: {what}. Open it and save it again.") from error
    try:
        pages = _pages(document, name)
        stated = str(document.get_metadata_dict().get("Title", ""))
    except PdfiumError as error:
        raise DocumentError(f"{name}: a page is damaged ({error}). Open it and save it again.") from error
    finally:
        document.close()
    if not any(page.lines for page in pages):
        raise DocumentError(
            f"{name}: none of its {len(pages)} pages has text; they may be scans. Run a text recognition over it first."
        )
    return lay_out(pages, name, stated)


def _pages(document: PdfDocument, name: str) -> list[Page]:
    if len(document) > MAX_PAGES:
        raise DocumentError(f"{name}: it has {len(document):,} pages, more than {MAX_PAGES:,}. Split it.")
    started, total = time.process_time(), 0
    pages = []
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        total += text.count_chars()
        if total > MAX_TEXT_CHARS:
            raise DocumentError(f"{name}: its text has more than {MAX_TEXT_CHARS:,} characters. Split it.")
        pages.append(Page(number + 1, page.get_height(), tuple(_lines(text))))
        text.close()
        page.close()
        if time.process_time() - started > MAX_PDF_SECONDS:
            raise DocumentError(
                f"{name}: reading it takes more than {MAX_PDF_SECONDS} seconds (page {number + 1} of {len(document)})."
                " Split it."
            )
    return pages


class _Char:
    """One character with its box, in points from the page's lower left corner."""

    __slots__ = ("bottom", "index", "left", "right", "text", "top")

    def __init__(self, index: int, text: str, left: float, right: float, bottom: float, top: float) -> None:
        self.index, self.text, self.left, self.right, self.bottom, self.top = index, text, left, right, bottom, top


def _lines(page: Any) -> Iterator[Line]:
    """The lines of a text page, in the order of the page's content."""
    line: list[_Char] = []
    ended = False
    for char in _chars(page):
        if char is None:
            ended = True
            continue
        if line and ended and not _stands_beside(line, char):
            yield from _line(page, line)
            line = []
        elif line and not line[-1].text.isspace() and char.left - line[-1].right > _WORD_GAP * (char.top - char.bottom):
            line.append(_Char(char.index, " ", line[-1].right, char.left, char.bottom, char.top))
        ended = False
        line.append(char)
    yield from _line(page, line)


def _chars(page: Any) -> Iterator[_Char | None]:
    """The characters of a text page; None where PDFium ends a line."""
    from ctypes import byref

    from pypdfium2 import raw

    box = raw.FS_RECTF()
    for index in range(page.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(page, index))
        if char not in "\r\n":
            raw.FPDFText_GetLooseCharBox(page, index, byref(box))
            shown = "-" if char == _HYPHEN else _readable(char)
            yield _Char(index, shown, box.left, box.right, box.bottom, box.top)
        if char in "\r\n" or char == _HYPHEN:
            yield None


def _stands_beside(line: list[_Char], char: _Char) -> bool:
    """Whether a character belongs to the line all the same: raised signs and cells of a row end lines for PDFium."""
    last = next((one for one in reversed(line) if one.text.strip()), line[-1])
    shared = min(last.top, char.top) - max(last.bottom, char.bottom)
    height = min(last.top - last.bottom, char.top - char.bottom)
    return shared > 0.6 * height and char.left >= last.right - 0.2 * height


def _readable(char: str) -> str:
    """A character as text has it: ligatures taken apart, private signs (bullets of symbol fonts) as bullets."""
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    category = unicodedata.category(char)
    if category == "Co":
        return "•"
    return "" if category in ("Cn", "Cs", "Cc") else char


def _line(page: Any, chars: list[_Char]) -> Iterator[Line]:
    inked = [char for char in chars if char.text.strip()]
    if not inked:
        return
    heights = sorted(char.top - char.bottom for char in inked)
    size = heights[len(heights) // 2]
    if size <= 0:
        return
    segments = tuple(_segments(chars, size))
    yield Line(
        " ".join(segment.text for segment in segments),
        left=min(char.left for char in inked),
        right=max(char.right for char in inked),
        bottom=sorted(char.bottom for char in inked)[len(inked) // 2],
        size=size,
        bold=_is_bold(page, inked[0].index) and _is_bold(page, inked[-1].index),
        segments=segments,
    )


def _segments(chars: list[_Char], size: float) -> Iterator[Segment]:
    """The runs of a line that white space as wide as between the cells of a table parts."""
    run: list[_Char] = []
    for char in chars:
        if char.text.strip() and run:
            last = next((one for one in reversed(run) if one.text.strip()), None)
            if last is not None and char.left - last.right > _SEGMENT_GAP * size:
                yield _segment(run)
                run = []
        run.append(char)
    if any(char.text.strip() for char in run):
        yield _segment(run)


def _segment(run: list[_Char]) -> Segment:
    inked = [char for char in run if char.text.strip()]
    return Segment(_with_references(run), min(c.left for c in inked), max(c.right for c in inked))


def _with_references(run: list[_Char]) -> str:
    """The words of a run; raised numbers behind a stop, which refer to footnotes, in square brackets."""
    parts: list[str] = []
    position = 0
    while position < len(run):
        stop = position
        while stop < len(run) and run[stop].text.isdigit() and _is_raised(run, position, stop):
            stop += 1
        if stop > position:
            parts.append("[" + "".join(char.text for char in run[position:stop]) + "]")
            position = stop
        else:
            parts.append(run[position].text)
            position += 1
    return " ".join("".join(parts).split())


def _is_raised(run: list[_Char], start: int, index: int) -> bool:
    if start == 0 or run[start - 1].text not in '.,;:!?"”’)':
        return False
    before, char = run[start - 1], run[index]
    height = before.top - before.bottom
    return char.top - char.bottom < _RAISED * height and char.bottom > before.bottom + 0.1 * height


def _is_bold(page: Any, index: int) -> bool:
    from ctypes import create_string_buffer

    from pypdfium2 import raw

    if raw.FPDFText_GetFontWeight(page, index) >= _BOLD_WEIGHT:
        return True
    name = create_string_buffer(128)
    raw.FPDFText_GetFontInfo(page, index, name, 128, None)
    return b"bold" in name.value.lower() or b"black" in name.value.lower()
