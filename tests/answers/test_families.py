"""Families of sentences and questions, each on an invented page: what it answers, and what it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Bot
from tests.answers.pages import answered, opened

PAGE = """# Tarn Lake Ferries: Annual Report 2022

## Boats

The Heron, which was given to the company by the widow of Otto Lind in 1994, was built in 1931 by the brothers Emil \
and Karl Voss, sailed until 1958, and was restored later. An earthquake in 1931 cracked four piers, but no one was \
killed. The company was founded in 1902 by three captains, Edith Marlow, Peter Quill and Samuel Oyelaran. It leases \
two boats from the town of Selby. Women bought 44% of the tickets, compared with 37% in 2019.

## Service

The office opens at 9 a.m. on weekdays and at 11 a.m. at weekends. It closes at 8 p.m. from April to September and \
at 5 p.m. from October to March. The gate is locked at 9 p.m. in summer and at 6 p.m. in winter. Complaints fell \
from 212 in 2021 to 143 in 2022. The ferry carried 48,200 passengers in 2021, compared with 31,500 in 2020 and \
74,000 in 2019. A permit costs $45 a year for one person and $120 a year for up to five persons. The far shore is 15 \
kilometres (9 miles) away.

The office is an example of Renaissance architecture. Its benches stand in rooms where the light is dim. The boats are \
kept in the Tarn Dock near Selby. Famous captains include Jonas Reith and Ruth Calloway.

The company runs two lines:

- "Northern Star", planned by Amara Bell;
- "Lake Arrow", planned by Ida Roe.
"""
TABLE = "District,Stops,Boats\nOld Harbour,38,980\nUniversity,31,840\n"

ANSWERED = {
    "Who gave the Heron to the company?": "widow of Otto Lind",
    "By whom was the Heron built?": "Voss",
    "What did the earthquake of 1931 crack?": "four piers",
    "Who founded the company?": "Edith Marlow",
    "What share of the tickets did women buy in 2022?": "44%",
    "When does the office open at weekends?": "11 a.m.",
    "When does the office open on weekdays?": "9 a.m.",
    "When is the gate locked in winter?": "6 p.m.",
    "When is the gate locked in summer?": "9 p.m.",
    "How many complaints were there in 2022?": "143",
    "How many complaints were there in 2021?": "212",
    "How many passengers did the ferry carry in 2019?": "74,000",
    "How many passengers did the ferry carry in 2021?": "48,200",
    "What does a permit for five persons cost?": "$120 a year",
    "What does a permit for one person cost?": "$45 a year",
    "How many stops does the University district have?": "31",
}
SHORTEST = {
    "What type of architecture is the office an example of?": "Renaissance",
    "Where do the benches stand?": "rooms where the light is dim",
    "Which dock are the boats kept in?": "Tarn Dock",
}
SILENT = (
    "Who is Jonas Reith?",
    "Who was killed in the earthquake of 1931?",
    "What share of the tickets did women buy in 2015?",
    "How many complaints were there in 2007?",
    "What does a permit for seven persons cost?",
)


@pytest.fixture(scope="module")
def ferries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    yield from opened(tmp_path_factory.mktemp("ferries"), {"report.md": PAGE, "districts.csv": TABLE})


@pytest.mark.parametrize("question", ANSWERED)
def test_answered(ferries: Bot, question: str) -> None:
    assert ANSWERED[question] in ", ".join(answered(ferries, question).values)


@pytest.mark.parametrize("question", SILENT)
def test_not_answered(ferries: Bot, question: str) -> None:
    answer = ferries.ask(question)
    assert answer.status != "answered", answer.answer


def test_a_bare_question_word_asks_of_the_question_before(ferries: Bot) -> None:
    talk = ferries.conversation()
    assert talk.ask("When was the company founded?").values == ("1902",)
    answer = talk.ask("By whom?")
    assert "Edith Marlow" in answer.values and "Samuel Oyelaran" in answer.values
    assert talk.turn is not None and "By whom was the company founded?" in talk.turn.inherited


def test_what_somebody_does_is_a_verb_with_what_follows(ferries: Bot) -> None:
    answer = ferries.ask("What did the earthquake of 1931 do?")
    assert answer.values == ("cracked four piers",)


@pytest.mark.parametrize("question", SHORTEST)
def test_a_value_is_the_shortest_complete_form(ferries: Bot, question: str) -> None:
    assert ferries.ask(question).values == (SHORTEST[question],)
