"""Bytes to text: UTF-8 and UTF-16 by their rules, older encodings by their look; what is no text is refused."""

from __future__ import annotations

import codecs
import re

from bot.documents.limits import check_size
from bot.errors import DocumentError

MAX_CONTROL_SHARE = 0.005
"""Control characters (other than tab, line ends, form feed and escape) that a text may hold, as a share of it."""

MAX_WESTERN_SHARE = 0.15
"""Non-ASCII share up to which undeclared bytes may be English in Windows-1252; above, the detector decides."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a zip archive, such as a Word document", ".docx"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as .docx"),
    (b"\x89PNG", "a picture", "a text"),
    (b"\xff\xd8\xff", "a picture", "a text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\x80-\x9f\ufffd]")
# What English texts in Windows-1252 hold beside ASCII: Western letters, typographic quotes, dashes, signs.
_WESTERN = re.compile(r"[À-ÖØ-öø-ÿŒœŠšŸŽž‘’‚“”„•–—…€£¥¢§©®™°±²³¹¼½¾·«»‹›¡¿ªº´¨\xa0\xad†‡‰ƒ×÷µ¶]")


def decode(data: bytes, name: str) -> str:
    """The text of a file, without byte order mark and with ``\\n`` as its only line end.

    data: the file as it lies on disk. name: how messages call it. RETURNS: the text as stored.
    Raises DocumentError for an empty, oversized or binary file and for bytes of no encoding that can be told.
    """
    check_size(data, name)
    text = _with_bom(data, name)
    if text is None:
        _refuse_known_binary(data, name)
        text = _without_bom(data, name)
    _refuse_control(text, name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _with_bom(data: bytes, name: str) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise DocumentError(
                    f"{name}: it begins as {encoding.upper()} but byte {error.start + len(bom):,} does not fit."
                    " It may be truncated; save it again as UTF-8."
                ) from error
    return None


def _without_bom(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    _refuse_control(data.decode("latin-1"), name, c1=False)
    western = data.decode("cp1252", errors="replace")
    beyond = [char for char in western if char > "\x7f"]
    if len(beyond) <= MAX_WESTERN_SHARE * len(western) and all(_WESTERN.match(char) for char in beyond):
        return western
    return _detect(data, name)


def _detect(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise DocumentError(f"{name}: its encoding cannot be told. Expected UTF-8; save it again as UTF-8.")
    return str(best).lstrip("\ufeff")


def _refuse_known_binary(data: bytes, name: str) -> None:
    for magic, kind, hint in _MAGIC:
        if data.startswith(magic):
            advice = f"Name it {hint}." if hint.startswith(".") else f"Expected text: {hint} first."
            raise DocumentError(f"{name}: this is {kind}, not the text that its name promises. {advice}")


def _refuse_control(text: str, name: str, *, c1: bool = True) -> None:
    found = [char for char in _CONTROL.findall(text) if c1 or char < "\x80"]
    if "\x00" in found or len(found) > MAX_CONTROL_SHARE * len(text):
        raise DocumentError(
            f"{name}: this is binary or damaged: {len(found):,} of its {len(text):,} characters are no text."
            " Expected a text file, best in UTF-8."
        )
