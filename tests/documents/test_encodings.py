"""Bytes to text."""

from __future__ import annotations

import pytest

from bot.documents.encodings import decode
from bot.errors import DocumentError

TEXT = "The café in Zürich – “good” – costs 5 €.\nSecond line.\n"
RUSSIAN = "Библиотека открыта с девяти утра до восьми вечера по будням, а в субботу только до пяти часов.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_read_the_same_text(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "a.txt") == TEXT


def test_encodings_utf16_big_endian() -> None:
    assert decode(b"\xfe\xff" + TEXT.encode("utf-16-be"), "a.txt") == TEXT


def test_encodings_latin1() -> None:
    assert decode("Der Zoll beträgt 5 % für Öl.".encode("latin-1"), "a.txt") == "Der Zoll beträgt 5 % für Öl."


def test_encodings_other_alphabet() -> None:
    assert decode(RUSSIAN.encode("cp1251"), "a.txt") == RUSSIAN


def test_encodings_line_ends() -> None:
    assert decode(b"a\r\nb\rc\n", "a.txt") == "a\nb\nc\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (bytes(range(256)) * 4, "binary"),
        (b"%PDF-1.4 ...", "Name it .pdf"),
        (b"PK\x03\x04rest", "Name it .docx"),
        (b"\x89PNG\r\n", "picture"),
        (b"\xff\xfeabc", "truncated"),
        (b"text\x00text", "binary"),
    ],
)
def test_encodings_refuse(data: bytes, expected: str) -> None:
    with pytest.raises(DocumentError, match=expected) as caught:
        decode(data, "here.txt")
    assert str(caught.value).startswith("here.txt: ")
