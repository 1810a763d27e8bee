from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.answers.model import Answer
from bot.chat.render import CORRECTED, Output, error, plural, render_answer, render_trace
from tests.chat.fakes import ANSWERED, CITATION, REFUSED


def shown(output: Output) -> list[str]:
    return [line.text for line in output]


def test_an_answer_is_its_value_then_each_quote_with_its_place() -> None:
    assert shown(render_answer(ANSWERED)) == [
        "three weeks",
        "    “Loans last three weeks.”",
        "    rules.md › Loans › Length [10:33]",
    ]


@pytest.mark.parametrize(
    ("sentence", "values", "head"),
    [
        ("Yes: Loans last three weeks.", ("yes",), "Yes."),
        ("No, not all: Loans last three weeks.", ("no",), "No, not all."),
        ("Loans last three weeks.", ("Loans, short", "weeks"), "Loans, short; weeks"),
        ("The handbook gives the loans three weeks.", ("three weeks",), "The handbook gives the loans three weeks."),
    ],
)
def test_a_quote_is_not_said_twice(sentence: str, values: tuple[str, ...], head: str) -> None:
    assert shown(render_answer(replace(ANSWERED, answer=sentence, values=values)))[0] == head


def test_page_and_original_follow_the_place() -> None:
    cited = replace(CITATION, page=3, original="source.txt:12-40")
    assert shown(render_answer(replace(ANSWERED, citations=(cited,))))[-1] == (
        "    rules.md › Loans › Length [10:33], page 3, restated from source.txt:12-40"
    )


def test_a_refusal_says_what_is_missing_and_what_could_be_asked() -> None:
    assert shown(render_answer(REFUSED)) == [
        "You ask who wrote the rules. The documents do not say.",
        "(no sentence says who wrote them)",
        "You could ask:",
        "    How long do loans last?",
    ]


def test_the_detail_of_a_refusal_is_not_said_twice() -> None:
    assert REFUSED.reason
    said = replace(REFUSED, answer=f"{REFUSED.reason.detail.capitalize()}.", suggestions=())
    assert len(render_answer(said)) == 1


def test_a_correction_is_shown_once() -> None:
    corrected = replace(ANSWERED, trace=("read “laons” as “loans”", *ANSWERED.trace))
    assert shown(render_answer(corrected))[1] == "(read “laons” as “loans”)"
    told = replace(corrected, answer="Three weeks. (read “laons” as “loans”)")
    assert shown(render_answer(told))[1] == "    “Loans last three weeks.”"


def test_the_trace_shows_reading_and_steps_in_order() -> None:
    assert shown(render_trace(ANSWERED)) == [
        "question: How long do loans last?",
        "read as: gap last(subj=loans, duration=?duration)",
        "intent: how_long",
        "status: answered",
        "confidence: 0.93",
        "  1. read as a question of how long",
        "  2. matched last(subj=loans)",
    ]
    assert "status: not_stated, no_such_fact" in shown(render_trace(REFUSED))


def test_counts_and_errors() -> None:
    assert (plural(1, "fact"), plural(0, "fact"), plural(1200, "fact")) == ("1 fact", "0 facts", "1,200 facts")
    assert shown(error("first\n\nsecond \x1b")) == ["first", "second \\x1b"]


@given(st.text(), st.text(), st.text())
def test_nothing_shown_of_an_answer_holds_control_characters(sentence: str, quote: str, heading: str) -> None:
    cited = replace(CITATION, quote=quote, section=(heading,), document=heading)
    answer = Answer(quote, "answered", sentence, citations=(cited,), trace=(quote, CORRECTED + quote), query=heading)
    lines = shown(render_answer(answer)) + shown(render_trace(answer))
    assert lines
    assert not [char for line in lines for char in line if ord(char) < 32 or 127 <= ord(char) < 160]
