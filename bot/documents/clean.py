"""A passage as the parser should see it: markup, line ends and broken words mended, every character traceable.

The stored text is never changed. ``clean_text`` gives a cleaned copy of one passage together with, for each of its
characters, the offset in the stored text it came from, so that evidence found in the copy cites the original exactly.
Cleaning only leaves characters out or turns white space into one blank; it never adds or reorders.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.documents.inline import markup_drops
from bot.documents.model import Document, Passage

Span = tuple[int, int]

_INVISIBLE = "\u00ad\u200b\u200c\u2060\ufeff"
_PLAIN = re.compile(rf"(?:[^\s\x00-\x1f\x7f-\x9f{_INVISIBLE}]| (?! ))*")
# Footnote signs and editors' remarks of encyclopedias, right behind a word or a stop: "in 1920.[12]", "Ulus[a]";
# not a quoter's own endings, as in "constitute[d]".
_REFERENCE = re.compile(
    r"(?<=[\w.,;:!?\"”’)\]])\[(?:\d{1,3}|note \d{1,2}|[a-z]+ needed|(?:who|when|which|where|why|how)\?)\]"
    r"|(?<=[.,;:!?\"”’)\]])\[[a-z]\]"
    r"|\b[A-Z]\w*(?P<letter>\[[a-z]\])"
)
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])([-\u2010])[ \t]*\n\s*(?=\w)")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_SHARING = frozenset({"and", "or", "nor", "to"})
_HYPHENATING = frozenset({"pdf", "txt"})


def clean_text(document: Document, passage: Passage) -> tuple[str, list[int]]:
    """One passage for the parser.

    document: the document the passage is of. passage: one of its passages.
    RETURNS: the cleaned text, and for each of its characters the offset in ``document.text`` of the character it is;
    strictly increasing. A blank may stand for any run of white space and maps to the run's first character.
    """
    return clean_span(document, passage.start, passage.end)


def clean_span(document: Document, start: int, end: int) -> tuple[str, list[int]]:
    """Like ``clean_text`` for any offsets, such as a table cell's (doubled quotes of CSV become one)."""
    raw = document.text[start:end]
    drops = _drops(document, raw, start, end)
    if not drops and _PLAIN.fullmatch(raw):
        return raw, list(range(start, end))
    return _without(raw, drops, start)


def stored_span(document: Document, offsets: list[int], start: int, end: int) -> Span:
    """The offsets in the stored text of ``cleaned[start:end]``, with the markup that touches it (``**``, ``](…)``).

    offsets: as ``clean_text`` gave them. start, end: in the cleaned text, ``start < end``.
    RETURNS: offsets in ``document.text``; a quote cut there neither begins nor ends within a link or emphasis.
    """
    first, last = offsets[start], offsets[end - 1] + 1
    floor = offsets[start - 1] + 1 if start else offsets[0]
    ceiling = offsets[end] if end < len(offsets) else last
    text = document.text
    while first > floor and not text[first - 1].isspace():
        first -= 1
    while last < ceiling and not text[last].isspace():
        last += 1
    return first, last


def _drops(document: Document, raw: str, start: int, end: int) -> list[Span]:
    """Runs of ``raw`` that the parser must not see, sorted, without overlap."""
    spans = [match.span("letter" if match["letter"] else 0) for match in _REFERENCE.finditer(raw)] if "[" in raw else []
    if document.format == "md":
        spans += markup_drops(raw)
    elif document.format == "csv":
        spans += [(match.start(), match.start() + 1) for match in re.finditer('""', raw)]
    if "\n" in raw:
        spans += _broken_words(document, raw)
    return _merged(spans)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _without(raw: str, drops: list[Span], base: int) -> tuple[str, list[int]]:
    chars: list[str] = []
    offsets: list[int] = []
    position = 0
    for start, end in [*drops, (len(raw), len(raw))]:
        for index in range(position, start):
            char = raw[index]
            if char in _INVISIBLE:
                continue
            if char.isspace() or (not char.isprintable() and ord(char) < 0xA0):
                if not chars or chars[-1] == " ":
                    continue
                char = " "
            chars.append(char)
            offsets.append(base + index)
        position = end
    if chars and chars[-1] == " ":
        chars.pop()
        offsets.pop()
    return "".join(chars), offsets


def _broken_words(document: Document, raw: str) -> list[Span]:
    """What to leave out where a line ends in a hyphen: the line end, and the hyphen where it only broke the word.

    The document's own words decide (*cooperation* elsewhere: broken; *well-known* elsewhere: a real hyphen); where
    they are silent, a hyphen between small letters is a break in formats that hyphenate.
    """
    spans = []
    for match in _BROKEN_WORD.finditer(raw):
        before = _WORD.match(raw, _word_start(raw, match.start()), match.start())
        after = _WORD.match(raw, match.end())
        head = before.group() if before else ""
        tail = after.group() if after else ""
        if tail.lower() in _SHARING:  # "high-\nand low-pressure": the hyphen stands for a word to come
            continue
        spans.append(match.span() if _is_break(document, head, tail) else (match.end(1), match.end()))
    return spans


def _word_start(raw: str, end: int) -> int:
    start = end
    while start and raw[start - 1].isalpha():
        start -= 1
    return start


def _is_break(document: Document, head: str, tail: str) -> bool:
    head = re.split("[-\u2010]", head)[0]
    if not head or not tail or not tail[0].islower():
        return False
    known = _vocabulary(document.text)
    joined, hyphened = (head + tail).lower(), f"{head}-{tail}".lower()
    if (joined in known) != (hyphened in known):
        return joined in known
    return document.format in _HYPHENATING


@lru_cache(maxsize=2)
def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(match.group().lower().replace("\u2010", "-") for match in _WORD.finditer(text))
