"""The session at a terminal, driven by keys through a pipe as prompt_toolkit's own tests do."""

from __future__ import annotations

import io

import pytest
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.history import History, InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput, create_output

from bot.chat.completion import Vocabulary, vocabulary
from bot.chat.prompt import Continuation, PromptTerminal, WordCompleter, Words
from bot.chat.render import render_answer
from bot.chat.session import converse
from tests.chat.fakes import ANSWERED, FakeBot

ENTER, CTRL_C, CTRL_D, CTRL_R, UP = "\r", "\x03", "\x04", "\x12", "\x1b[A"


def words() -> Vocabulary:
    return vocabulary(FakeBot().names(), FakeBot().suggestions(10))


def typed(keys: str, history: History | None = None) -> str | None:
    """The line that a prompt reads from these keys."""
    with create_pipe_input() as source:
        source.send_text(keys)
        terminal = PromptTerminal(words, history or InMemoryHistory(), source=source, screen=DummyOutput())
        return terminal.read("hint")


def asked(keys: str) -> list[str]:
    """The questions that a whole session asks, fed with these keys."""
    bot = FakeBot()
    with create_pipe_input() as source:
        source.send_text(keys)
        terminal = PromptTerminal(words, InMemoryHistory(), source=source, screen=DummyOutput())
        assert converse(bot, terminal) == 0
    return [question for conversation in bot.conversations for question in conversation.asked]


def test_a_line_is_read() -> None:
    assert typed("Who may borrow?" + ENTER) == "Who may borrow?"


def test_ctrl_c_clears_the_line() -> None:
    assert typed("a mistake" + CTRL_C + "Who?" + ENTER) == "Who?"


def test_ctrl_d_leaves_on_an_empty_line_only() -> None:
    assert typed(CTRL_D) is None
    assert typed("Who?" + CTRL_D + ENTER) == "Who?"


def test_ctrl_r_searches_the_history() -> None:
    past = InMemoryHistory(["How long do loans last?", "Who may borrow?"])
    assert typed(CTRL_R + "loans" + ENTER + ENTER, past) == "How long do loans last?"


def test_ctrl_c_leaves_the_search_and_keeps_the_session() -> None:
    past = InMemoryHistory(["How long do loans last?"])
    assert typed(CTRL_R + "loans" + CTRL_C + CTRL_C + "Who?" + ENTER, past) == "Who?"


def test_up_brings_back_the_last_line() -> None:
    assert typed(UP + ENTER, InMemoryHistory(["Who may borrow?"])) == "Who may borrow?"


@pytest.mark.parametrize(
    ("text", "completed"),
    [("/wh", "/why"), ("who", "Who may borrow?"), ("Where is the library b", "Where is the Library Board")],
    ids=["command", "question", "name"],
)
def test_completions_replace_what_was_typed(text: str, completed: str) -> None:
    found = list(WordCompleter(Words(words)).get_completions(Document(text), CompleteEvent()))
    assert [text[: len(text) + each.start_position] + each.text for each in found] == [completed]


def test_a_line_goes_on_with_the_history_before_the_questions() -> None:
    suggest = Continuation(Words(words)).get_suggestion
    buffer = Buffer(history=InMemoryHistory(["How much do bikes cost?"]))
    buffer.history.append_string("How much do boats cost?")
    assert [
        found and found.text for found in (suggest(buffer, Document(text)) for text in ("How much", "How long", ""))
    ] == [
        " do boats cost?",
        " do loans last?",
        None,
    ]


def test_the_vocabulary_is_made_once_and_only_when_needed() -> None:
    made: list[Vocabulary] = []

    def make() -> Vocabulary:
        made.append(words())
        return made[-1]

    lazy = Words(make)
    completer = WordCompleter(lazy)
    assert not made
    for text in ("who", "how"):
        assert list(completer.get_completions(Document(text), CompleteEvent()))
    assert len(made) == 1


def test_a_session_asks_until_ctrl_d() -> None:
    assert asked(
        "How long are loans?" + ENTER + CTRL_C + "/why" + ENTER + "Who?" + ENTER + CTRL_D + "Never?" + ENTER
    ) == [
        "How long are loans?",
        "Who?",
    ]


def test_a_session_ends_with_quit() -> None:
    assert asked("/reset" + ENTER + "How long are loans?" + ENTER + "/quit" + ENTER) == ["How long are loans?"]


class Sheet:
    """A stand-in for standard output that keeps what is written."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None: ...
    def isatty(self) -> bool:
        return True

    def fileno(self) -> int:
        raise io.UnsupportedOperation("not a file")


@pytest.mark.parametrize("no_color", ["", "1"], ids=["colours", "NO_COLOR"])
def test_answers_are_coloured_unless_no_color_is_set(no_color: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setenv("TERM", "xterm-256color")
    sheet = Sheet()
    screen = create_output(stdout=sheet)  # type: ignore[arg-type]
    with create_pipe_input() as source:
        PromptTerminal(words, InMemoryHistory(), source=source, screen=screen).show(render_answer(ANSWERED))
    assert ANSWERED.answer in sheet.text
    assert ("\x1b[0;36m" in sheet.text) is not bool(no_color)
