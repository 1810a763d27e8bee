"""The log of questions and what ``gaps`` makes of it, on an invented handbook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.answers.gaps import Gap, gaps_of
from bot.api import Bot
from bot.errors import LogError, UsageError
from bot.log import Asked, QuestionLog, read_asked

DOCUMENT = """# Rules

The Harbour Rowing Club owns 14 boats. The annual fee is 40 euros. Members of the Harbour Rowing Club meet on Tuesdays.
"""
ENTITIES = '[[entity]]\nid = "club"\nname = "Harbour Rowing Club"\ntype = "club"\n'


@pytest.fixture(scope="module")
def kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from bot.facts.build import build

    folder = tmp_path_factory.mktemp("rules")
    (folder / "documents").mkdir()
    (folder / "documents" / "rules.md").write_text(DOCUMENT, encoding="utf-8")
    (folder / "entities.toml").write_text(ENTITIES, encoding="utf-8")
    build(folder, folder / "rules.kb")
    return folder / "rules.kb"


@pytest.fixture(scope="module")
def bot(kb: Path) -> Bot:
    return Bot.open(kb)


def logged(path: Path) -> list[Asked]:
    return list(read_asked(path.read_text(encoding="utf-8").splitlines(), path.name))


def gaps(bot: Bot, *questions: str, kind: str = "no_such_fact") -> tuple[Gap, ...]:
    return gaps_of([Asked(question, "not_stated", kind, "it is not stated") for question in questions], bot)


# The log


def test_nothing_is_logged_unless_asked_for(kb: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Bot.open(kb).ask("Who owns the crane?")
    assert not list(tmp_path.iterdir())


def test_the_log_tells_question_status_and_reason(kb: Path, tmp_path: Path) -> None:
    file = tmp_path / "folder" / "log.jsonl"
    bot = Bot.open(kb, log=file)
    bot.ask("What is the annual fee?")
    bot.ask("Who painted the crane?")
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines[0] == {"question": "What is the annual fee?", "status": "answered"}
    assert lines[1]["status"] == "not_stated"
    assert set(lines[1]["reason"]) == {"kind", "detail"}
    Bot.open(kb, log=file).ask("What is the annual fee?")
    assert [asked.status for asked in logged(file)] == ["answered", "not_stated", "answered"]


def test_follow_ups_are_logged_so_that_they_can_be_read(kb: Path, tmp_path: Path) -> None:
    talk = Bot.open(kb, log=tmp_path / "log.jsonl").conversation()
    for turn in ("How many boats does the Harbour Rowing Club own?", "And jetties?", "And since when?"):
        talk.ask(turn)
    _, completed, bare = logged(tmp_path / "log.jsonl")
    assert "jetties" in completed.question and "Harbour Rowing Club" in completed.question
    assert (bare.question, bare.after) == ("Since when does the Harbour Rowing Club own jetties?", "")


def test_a_log_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="cannot be written"):
        QuestionLog(tmp_path)


def test_a_log_that_fails_later_costs_no_answer(kb: Path, tmp_path: Path) -> None:
    file = tmp_path / "log.jsonl"
    bot = Bot.open(kb, log=file)
    assert not bot.log_problem
    file.unlink()
    file.mkdir()
    assert bot.ask("What is the annual fee?").status == "answered"
    assert "not logged" in bot.log_problem


@pytest.mark.parametrize("line", ["[]", "x", '{"question": "A?"}', '{"question": 3, "status": "answered"}'])
def test_a_line_that_is_no_question_is_named(line: str) -> None:
    with pytest.raises(UsageError, match="log, line 2"):
        list(read_asked(['{"question": "A?", "status": "answered"}', line], "log"))


# Gaps


def test_gaps_are_grouped_by_name_and_by_what_is_missing(bot: Bot) -> None:
    founded = ("Who founded the Harbour Rowing Club?", "When was the Harbour Rowing Club founded?")
    found = gaps(bot, *founded, "Who sweeps the jetty?")
    assert [(gap.about, gap.count) for gap in found] == [("Harbour Rowing Club", 2), ("no name", 1)]
    assert "found" in found[0].missing
    assert "sweep" in found[1].missing


def test_answered_questions_are_no_gaps(bot: Bot) -> None:
    assert gaps_of([Asked("What is the annual fee?", "answered")], bot) == ()


def test_repeated_questions_are_counted(bot: Bot) -> None:
    (gap,) = gaps(bot, "Who sweeps the jetty?", "Who sweeps the jetty?")
    assert gap.questions == (("Who sweeps the jetty?", 2),)


def test_a_bare_follow_up_counts_for_what_it_came_after(bot: Bot) -> None:
    after = "Who founded the Harbour Rowing Club?"
    (gap,) = gaps_of([Asked("And when?", "not_stated", "no_such_fact", "", after)], bot)
    assert gap.about == "Harbour Rowing Club"
    assert "found" in gap.missing and "date" in gap.missing


@pytest.mark.parametrize(
    ("question", "proposal"),
    [
        ("What does the HRC own?", 'if Harbour Rowing Club is meant: acronyms = ["HRC"]'),
        ("What does the Harbour Rowers Club own?", "if Harbour Rowing Club is meant: aliases = ["),
    ],
    ids=["acronym", "near name"],
)
def test_a_name_that_no_document_has_may_be_an_alias(bot: Bot, question: str, proposal: str) -> None:
    (gap,) = gaps(bot, question, kind="unknown_entity")
    assert gap.missing == "named nowhere in the documents"
    assert any(proposal in line for line in gap.proposals), gap


def test_a_question_that_no_family_reads_may_be_an_example_of_one(bot: Bot) -> None:
    (gap,) = gaps(bot, "Whereabouts is the Harbour Rowing Club based?")
    (line,) = gap.proposals
    assert 'patterns = ["^ whereabouts =be ' in line
    assert 'examples = ["Whereabouts is the Harbour Rowing Club based?"]' in line
    assert gaps(bot, "rowing club crane")[0].proposals == ()
