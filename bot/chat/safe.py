"""Text made safe for a terminal: what a document or a question holds must not steer the screen it is shown on."""

from __future__ import annotations

import re
import unicodedata

# Embeddings, overrides and isolates reorder what follows them, so that a line can show words in another order.
_REORDERING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cs", "Zl", "Zp"})
_BLANKS = re.compile(r"[ \t\r\n\f\v\u2028\u2029\x85]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """The text on one line: runs of blanks and line breaks as one space, control characters as ``\\x1b``.

    Only what is shown changes; offsets and the JSON output keep the document's own characters.
    """
    return "".join(_escaped(char) for char in _BLANKS.sub(" ", text).strip())


def readable(line: str) -> str:
    """A typed line without its outer blanks and without lone surrogates, which no encoding can carry further."""
    return _SURROGATE.sub("\ufffd", line).strip()


def _escaped(char: str) -> str:
    if char in _REORDERING or unicodedata.category(char) in _UNSAFE_CATEGORIES:
        code = ord(char)
        return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"
    return char
