"""A text cut into the words that values are made of: one regular expression, offsets kept."""

from __future__ import annotations

import re
from typing import Literal

Shape = Literal["iso", "clock", "ordinal", "decade", "number", "glyph", "sign", "word", "mark"]

_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2}(?![\w-]))"
    r"|(?P<clock>\d{1,2}:\d{2}(?![\w:]))"
    r"|(?P<ordinal>\d+(?:st|nd|rd|th)(?!\w))"
    r"|(?P<decade>\d{1,3}0['’]?s(?!\w)|['’]\d0s(?!\w))"
    r"|(?P<number>(?:\d{1,3}(?:[,\u00a0\u202f]\d{3})+|\d{1,3}(?: 000)+|\d+)(?!\d)(?:\.\d+)?)"
    r"|(?P<glyph>[½¼¾⅓⅔])"
    r"|(?P<sign>(?:[Uu][Ss]|[Uu]\.[Ss]\.|A|C|NZ|HK)?\$|[€£¥₹])"
    r"|(?P<word>[AaPp]\. ?[Mm]\.|[Bb]\.[Cc]\.(?:[Ee]\.)?|[AaCc]\.[DdEe]\.|[Uu]\.[Ss]\.|°[CF]?|[kMGT]?bit/s\b|km/h\b"
    r"|(?:[Cc]a?|[Aa]pprox|[Ss]q|[Pp]{1,2}|[Nn]os?|[Ff]ig|[Vv]ol)\.(?!\w)|[^\W\d_]\w*(?:['’][^\W\d_]+)?)"
    r"|(?P<mark>\S)"
)


class Words:
    """The words of a text: ``low[i]`` in lower case, ``raw[i]`` as written, with shape and offsets."""

    __slots__ = ("end", "low", "raw", "shape", "size", "start", "text")

    def __init__(self, text: str) -> None:
        found = list(_TOKEN.finditer(text))
        self.text = text
        self.raw = [match.group() for match in found]
        self.low = [raw.lower() for raw in self.raw]
        self.shape: list[str] = [match.lastgroup or "mark" for match in found]
        self.start = [match.start() for match in found]
        self.end = [match.end() for match in found]
        self.size = len(found)

    def word(self, i: int) -> str:
        """The lower-case word at ``i``, empty outside the text."""
        return self.low[i] if 0 <= i < self.size else ""

    def kind(self, i: int) -> str:
        """The shape at ``i``, empty outside the text."""
        return self.shape[i] if 0 <= i < self.size else ""

    def adjacent(self, i: int) -> bool:
        """Whether no blank stands between word ``i - 1`` and word ``i``."""
        return 0 < i < self.size and self.start[i] == self.end[i - 1]

    def phrase(self, i: int, j: int) -> str:
        """Words ``i`` up to ``j`` with single blanks."""
        return " ".join(self.low[max(i, 0) : j])

    def longest(self, i: int, table: object, at_most: int = 3) -> int:
        """Index after the longest phrase from ``i`` that ``table`` contains, ``i`` if none."""
        for j in range(min(i + at_most, self.size), i, -1):
            if self.phrase(i, j) in table:  # type: ignore[operator]
                return j
        return i

    def before(self, i: int, table: object, at_most: int = 3) -> int:
        """Index of the first word of the longest phrase that ends before ``i`` and that ``table`` contains."""
        for k in range(max(i - at_most, 0), i):
            if self.phrase(k, i) in table:  # type: ignore[operator]
                return k
        return i
