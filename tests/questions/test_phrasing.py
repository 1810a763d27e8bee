"""Wrappers, scopes and tails: what is left out of a question, and that what is left keeps its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import IntentError
from bot.questions.phrasing import Phrasing, load_phrasing, phrase_pattern, unwrap
from bot.resources import intents_folder

PHRASING = load_phrasing(intents_folder())
PROPER = "Where is the hall?"


@pytest.mark.parametrize(
    ("phrase", "matched", "passed"),
    [
        ("please", ["please", "Please, "], ["pleased", "plea"]),
        ("can|could you", ["can you ", "COULD YOU"], ["can", "canyou"]),
        ("hello there?", ["hello", "hello there, "], ["there"]),
        ("in the {scope}", ["in the house rules", "in the annex, "], ["in the"]),
    ],
    ids=lambda value: str(value),
)
def test_phrase_pattern_notation(phrase: str, matched: list[str], passed: list[str]) -> None:
    pattern = re.compile(phrase_pattern(phrase), re.IGNORECASE)
    assert all(pattern.fullmatch(text) or pattern.match(text) for text in matched)
    assert not any(pattern.match(text) for text in passed)


@pytest.mark.parametrize(
    ("text", "proper"),
    [
        (f"Please, {PROPER}", PROPER),
        ("Can you tell me where the hall is?", "where the hall is?"),
        ("Could you please explain why the hall is shut?", "why the hall is shut?"),
        ("I'd like to know who founded the archive.", "who founded the archive."),
        ("Do you know when the war ended?", "when the war ended?"),
        ("Hi, can you tell me where the hall is?", "where the hall is?"),
        ("Where is the hall, please?", "Where is the hall"),
        ("Where is the hall, do you know?", "Where is the hall"),
        (PROPER, PROPER),
        ("Please help", "Please help"),
    ],
    ids=lambda value: str(value),
)
def test_unwrap_leaves_the_question_proper(text: str, proper: str) -> None:
    unwrapped = unwrap(text, PHRASING)
    assert unwrapped.text == proper
    assert text[unwrapped.start : unwrapped.start + len(unwrapped.text)] == unwrapped.text
    assert not unwrapped.confirm


@pytest.mark.parametrize(
    ("text", "scope", "proper"),
    [
        ("According to the handbook, where is the hall?", "handbook", "where is the hall?"),
        ("What does a card cost according to the house rules?", "house rules", "What does a card cost"),
        ("In the section on safety, who is in charge?", "safety", "who is in charge?"),
        ("As stated in the annex, who pays?", "annex", "who pays?"),
    ],
    ids=lambda value: str(value),
)
def test_unwrap_finds_the_scope(text: str, scope: str, proper: str) -> None:
    unwrapped = unwrap(text, PHRASING)
    assert unwrapped.scopes == (scope,)
    assert unwrapped.text.strip(" ,") == proper
    assert any("scope" in step for step in unwrapped.trace)


@pytest.mark.parametrize(
    "text",
    [
        "Is it true that the hall is shut?",
        "Would you say that the hall is shut?",
        "Can you tell me whether the hall is shut?",
        "Am I right that the hall is shut?",
    ],
)
def test_unwrap_marks_a_statement_to_confirm(text: str) -> None:
    unwrapped = unwrap(text, PHRASING)
    assert unwrapped.confirm
    assert unwrapped.text == "the hall is shut?"


def test_unwrap_says_what_it_left_out() -> None:
    unwrapped = unwrap("Could you tell me where the hall is?", PHRASING)
    assert unwrapped.trace == ("wrapper “Could you tell me” left out",)
    assert unwrapped.asked


WORDS = ["please", "can you tell me", "do you know", "is it true that", "in the section on", "according to the"]
WORDS += ["handbook", "where", "who", "is", "the hall", ",", "?", "thanks", "if", "so", "  ", "not"]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.one_of(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), st.text(max_size=60)))
def test_unwrap_keeps_offsets(text: str) -> None:
    unwrapped = unwrap(text, PHRASING)
    assert text[unwrapped.start : unwrapped.start + len(unwrapped.text)] == unwrapped.text
    assert unwrapped.text.strip() or not text.strip()


def test_load_phrasing_lists_every_mistake(tmp_path: Path) -> None:
    (tmp_path / "_phrasing.toml").write_text('strip = "please"\nfillers = ["so"]\n', encoding="utf-8")
    with pytest.raises(IntentError) as caught:
        load_phrasing(tmp_path)
    lines = str(caught.value).splitlines()
    assert any("strip: expected a list of non-empty strings, got 'please'" in line for line in lines)
    assert any("fillers: unknown key; did you mean “filler”?" in line for line in lines)
    assert {line.partition(": ")[0] for line in lines} == {"_phrasing.toml"}
    missing = set(Phrasing.__struct_fields__) - {"strip"}
    assert missing == {line.split(": ")[1] for line in lines} - {"strip", "fillers"}
