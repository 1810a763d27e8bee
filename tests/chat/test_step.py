from __future__ import annotations

import pytest
from msgspec.structs import replace

from bot.chat.commands import COMMANDS, SHOWN_FACTS
from bot.chat.state import State, start
from bot.chat.step import step
from bot.errors import CitebotError
from bot.facts.store.records import StoredFact
from tests.chat.fakes import ANSWERED, FakeBase, FakeBot, FakeConversation


def after(*lines: str) -> tuple[State, list[str]]:
    """The state after these lines, and what the last one showed."""
    state, output = start(FakeBot()), ()
    for line in lines:
        state, output = step(state, line)
    return state, [line.text for line in output]


def test_a_question_is_asked_and_remembered() -> None:
    state, shown = after("  How long are loans?\n")
    assert state.last == ANSWERED
    assert shown[0] == "three weeks"
    assert isinstance(state.conversation, FakeConversation)
    assert state.conversation.asked == ["How long are loans?"]


@pytest.mark.parametrize("line", ["", "  ", "\n", "\t \r\n"])
def test_a_blank_line_does_nothing(line: str) -> None:
    state = start(FakeBot())
    assert step(state, line) == (state, ())


def test_help_lists_every_command_and_some_questions() -> None:
    _, shown = after("/help")
    text = "\n".join(shown)
    assert COMMANDS
    for command in COMMANDS:
        assert command.usage in text
        assert command.help in text
    assert "How long do loans last?" in text


def test_sources_are_those_of_the_last_answer_or_all_documents() -> None:
    assert after("/sources")[1] == ["rules.md  Rules"]
    assert after("How long are loans?", "/sources")[1][-1] == "    rules.md › Loans › Length [10:33]"
    assert after("How long are loans?", "/sources all")[1] == ["rules.md  Rules"]
    assert after("Who?", "/sources")[1] == ["rules.md  Rules"]


def test_why_traces_the_last_answer() -> None:
    assert after("/why")[1] == ["Nothing has been asked yet."]
    assert "  1. read as a question of how long" in after("How long are loans?", "/why")[1]


def test_facts_are_listed_with_their_place() -> None:
    place = "    rules.md › Loans › Length [10:33]"
    assert after("/facts")[1] == ["Loans | last | three weeks", place, "Cards | cost | nothing", place]
    assert after("/facts NOTHING card")[1] == ["Cards | cost | nothing", place]
    assert after("/facts penguins")[1] == ["No fact has the words penguins."]


def test_many_facts_are_cut_and_counted() -> None:
    class Full(FakeBase):
        def facts(self) -> tuple[StoredFact, ...]:
            return tuple(replace(super(Full, self).facts()[0], id=n) for n in range(SHOWN_FACTS + 3))

    bot = FakeBot()
    bot.kb = Full()
    _, output = step(start(bot), "/facts loans")
    assert output[-1].text == "… and 3 more facts: narrow them with /facts WORDS."
    assert len(output) == 2 * SHOWN_FACTS + 1


def test_reset_starts_a_conversation_of_its_own() -> None:
    before, _ = after("How long are loans?")
    state, output = step(before, "/reset")
    assert state.conversation is not before.conversation
    assert state.last is None
    assert output


@pytest.mark.parametrize("line", ["/quit", "/q", "quit", "EXIT", " /exit "])
def test_quit_ends_the_session(line: str) -> None:
    assert after(line)[0].done


def test_a_question_may_start_with_the_word_of_a_command() -> None:
    state, _ = after("Quit membership: how are loans then?")
    assert state.last == ANSWERED


def test_an_unknown_command_is_named_with_the_nearest_one() -> None:
    assert after("/sorces")[1] == ["There is no command /sorces. Did you mean /sources? /help lists them."]
    assert after("/\x1b[2J")[1] == ["There is no command /\\x1b[2J. /help lists them."]


def test_lone_surrogates_never_reach_the_bot() -> None:
    state, _ = after("loans \udcff?")
    assert isinstance(state.conversation, FakeConversation)
    assert state.conversation.asked == ["loans \ufffd?"]


def test_an_error_of_the_bot_is_the_callers() -> None:
    with pytest.raises(CitebotError, match="the base is gone"):
        after("fail")
