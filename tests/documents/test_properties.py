"""What holds of every file of every text format, however it is made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.documents.reading import read_bytes
from bot.errors import DocumentError

from .shown import assert_sound

PIECES = [
    "# ", "## ", "- ", "  - ", "1. ", "(a) ", "• ", "> ", "    ", "\t", "\n", "\n\n", " ", "*", "**", "_",
    "`", "```\n", "[", "](", ")", "]", "![", "<!-- source: a.txt:1-2 -->", "<!--", "-->", "<b>", "|",
    "\n|-|-|\n", "\\", "[^1]", "[^1]: ", "---\n", "===\n", "Title", "A sentence is here.", "co-\n",
    "operation", "3.2 Terms", "Article 5", ":", ".", "?", ",", '"', '""', ";", "\xa0", "\xad", "\x0c",
    "\u2028", "\x85", "é", "你好", "🙂", "ﬁ", "&nbsp;", "https://x.org", "~~", "\r\n",
]  # fmt: skip
COMPOSED = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
ANY = st.one_of(COMPOSED, st.text(max_size=200))


@pytest.mark.parametrize("suffix", ["txt", "md", "csv"])
@settings(max_examples=300, deadline=None)
@given(text=ANY)
def test_any_text_is_read_soundly_or_refused(suffix: str, text: str) -> None:
    try:
        document = read_bytes(text.encode("utf-8", "replace"), f"a.{suffix}")
    except DocumentError:
        return
    assert_sound(document)
    stored = text.encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    assert document.text == stored


@pytest.mark.parametrize("suffix", ["txt", "md", "csv", "html", "pdf", "docx"])
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=600))
def test_any_bytes_are_read_soundly_or_refused(suffix: str, data: bytes) -> None:
    try:
        document = read_bytes(data, f"a.{suffix}")
    except DocumentError:
        return
    assert_sound(document)


@settings(max_examples=200, deadline=None)
@given(words=st.lists(st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{2,8}){3,9}\.", fullmatch=True), min_size=1, max_size=6))
def test_every_sentence_written_is_found_in_a_passage(words: list[str]) -> None:
    for suffix, text in [
        ("txt", "\n\n".join(words)),
        ("md", "\n\n".join(words)),
        ("md", "".join(f"- {one}\n" for one in words)),
        ("txt", "".join(f"  • {one}\n" for one in words)),
    ]:
        document = read_bytes(text.encode(), f"a.{suffix}")
        assert [document.text[p.start : p.end] for p in document.passages] == words
