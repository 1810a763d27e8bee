"""Malformed files of every format, made by a seeded generator: each must be read or refused with DocumentError."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.articles import FORMATS, OWN

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SUFFIXES = ("txt", "md", "html", "docx", "csv", "pdf")
_PIECES = (
    "# ", "- ", "| a | b |\n|---|---|\n", "```", "<p>", "<table><tr><td>", "</td>", "&nbsp;", "&#x110000;", "\x00",
    "\ud7ff", "\u202e", "\ufeff", "[^1]: ", "[x](", "\t", "\r", "\n\n", '"', '""', ",", ";", "The ship sails. ",
)  # fmt: skip


@dataclass(frozen=True)
class Malformed:
    """A file by its name, which says what is wrong with it."""

    name: str
    data: bytes


def malformed(count: int, seed: int, scale: int = 1) -> Iterator[Malformed]:
    """So many malformed files.

    count: how many. seed: of all that is random. scale: how many times larger those are that are large.
    """
    chance = random.Random(seed)
    sound = {FORMATS[form][0]: FORMATS[form][1](OWN) for form in FORMATS}
    kinds: list[tuple[str, Callable[[random.Random, str, bytes, int], bytes]]] = [
        ("truncated", _truncated),
        ("flipped", _flipped),
        ("random", _random),
        ("spliced", _spliced),
        ("pieces", _pieces),
        ("nested", _nested),
        ("table", _table),
        ("long", _long),
        ("bomb", _bomb),
        ("renamed", lambda chance, suffix, data, scale: sound[chance.choice(_SUFFIXES)]),
    ]
    for number in range(count):
        kind, make = kinds[number % len(kinds)]
        suffix = _SUFFIXES[number // len(kinds) % len(_SUFFIXES)]
        yield Malformed(f"{number:05} {kind}.{suffix}", make(chance, suffix, sound[suffix], scale))


def _truncated(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    return data[: chance.randrange(len(data))]


def _flipped(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice([1, 3, 30])):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _random(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    head = data[: chance.choice([0, 4, 9, 64])]
    return head + chance.randbytes(chance.choice([1, 50, 2000, 20_000 * scale]))


def _spliced(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    cut, back = chance.randrange(len(data)), chance.randrange(len(data))
    return data[:cut] + chance.randbytes(chance.randrange(200)) + data[back:]


def _pieces(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    text = "".join(chance.choices(_PIECES, k=chance.choice([5, 60, 600])))
    return _packed(suffix, text.replace("\x00", " ").replace("&#x110000;", "")) if suffix == "docx" else text.encode()


def _nested(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    deep = chance.choice([100, 1000, 5000]) * scale
    match suffix:
        case "html":
            tag = chance.choice(["div", "ul><li", "table><tr><td", "b", "blockquote"])
            return (f"<{tag}>" * deep + "The ship sails.").encode()
        case "docx":
            return _packed(suffix, "The ship.", f"<w:p>{'<w:ins>' * deep}", f"{'</w:ins>' * deep}</w:p>")
        case "md":
            return (chance.choice(["> ", "- ", "[", "*", "`", "("]) * deep + "The ship sails.").encode()
        case "pdf":
            return b"%PDF-1.4\n1 0 obj\n" + b"<<" * deep + b"/A " + b"[" * deep
        case _:
            return (chance.choice('("[{') * deep + "The ship sails." + "\n  " * min(deep, 2000) + "- x").encode()


def _table(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    rows, columns = chance.choice([(2000, 3), (5, 1500), (200, 30), (1, 3000)])
    rows *= scale
    match suffix:
        case "html":
            return ("<table>" + ("<tr>" + "<td rowspan=9999 colspan=9999>x" * columns) * min(rows, 50)).encode()
        case "docx":
            row = "<w:tr>" + "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * columns + "</w:tr>"
            return _packed(suffix, "", "<w:tbl>" + row * min(rows, 200), "</w:tbl>")
        case "md":
            line = "|" + " x |" * columns + "\n"
            return (line + "|" + "-|" * columns + "\n" + line * min(rows, 500)).encode()
        case _:
            return (",".join(["x y"] * columns) + "\n").encode() * rows


def _long(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    text = chance.choice(["x", "word ", "a,", "The ship sails ", "(", "1.", "é"]) * (30_000 * scale)
    return _packed(suffix, text) if suffix == "docx" else text.encode()


def _bomb(chance: random.Random, suffix: str, data: bytes, scale: int) -> bytes:
    """Small files that claim or unpack to much: zip entries, XML entities, PDF streams and page trees."""
    match suffix:
        case "docx" if chance.random() < 0.5:
            return _packed(suffix, "x" * (2_000_000 * scale))
        case "docx":
            names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
            return _archive(f'<!DOCTYPE d [<!ENTITY e0 "ha">{names}]><w:document {_WORD}>&e9;</w:document>'.encode())
        case "html":
            return b'<!DOCTYPE d [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;">]><p>' + b"&b;" * 5000 * scale
        case "pdf":
            return _pdf_bomb(chance, scale)
        case "csv":
            return b'"' + b"a\n" * 50_000 * scale
        case _:
            return b"\xff\xfe" + b"\x00\xd8" * 20_000 * scale


def _pdf_bomb(chance: random.Random, scale: int) -> bytes:
    import zlib

    if chance.random() < 0.5:  # a page tree that holds itself
        return (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99999999>>endobj\n"
            b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
        )
    stream = zlib.compress(b"BT /F1 9 Tf (x) Tj ET\n" * 10_000 * scale)
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        + b"4 0 obj<</Filter/FlateDecode/Length %d>>stream\n" % len(stream)
        + stream
        + b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n%%EOF"
    )


def _packed(suffix: str, text: str, before: str = "", after: str = "") -> bytes:
    """A .docx of one paragraph."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;")
    run = f"<w:r><w:t>{safe}</w:t></w:r>"
    paragraph = run if before.startswith("<w:p>") else f"<w:p>{run}</w:p>" if text else ""
    return _archive(f"<w:document {_WORD}><w:body>{before}{paragraph}{after}</w:body></w:document>".encode())


def _archive(document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return out.getvalue()
