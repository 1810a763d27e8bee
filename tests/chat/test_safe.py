from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.safe import readable, visible

ANY_TEXT = st.text(st.characters())  # surrogates and control characters among them


@given(ANY_TEXT)
def test_visible_text_cannot_steer_a_terminal(text: str) -> None:
    shown = visible(text)
    assert not [char for char in shown if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode("utf-8")


@given(st.text(st.characters(categories=["L", "N", "P", "Sm"])))
def test_visible_text_keeps_letters_digits_and_punctuation(text: str) -> None:
    assert visible(text) == text


@given(ANY_TEXT)
def test_a_readable_line_can_be_encoded(line: str) -> None:
    readable(line).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("a\x00b\x07\x9b", "a\\x00b\\x07\\x9b"),
        ("two\r\nlines\tand\u2028more", "two lines and more"),
        ("user\u202egnp.exe", "user\\u202egnp.exe"),
        ("caf\u00e9 — “40 %”", "café — “40 %”"),
    ],
    ids=["colour", "control", "blanks", "reordering", "ordinary"],
)
def test_visible_examples(text: str, shown: str) -> None:
    assert visible(text) == shown
