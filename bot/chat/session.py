"""The session from first to last line, on a terminal or in a pipe."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Protocol, TextIO

from bot.chat.completion import Vocabulary, vocabulary
from bot.chat.history import history_file
from bot.chat.ports import ChatBot
from bot.chat.render import Line, Output, error, note, plural
from bot.chat.safe import readable, visible
from bot.chat.state import State, start
from bot.chat.step import step
from bot.errors import CitebotError

SUGGESTED_QUESTIONS = 200
DUMB = ("dumb", "unknown")


class Terminal(Protocol):
    """Where lines come from and go to."""

    def read(self, hint: str, /) -> str | None:
        """The next line, None at the end."""
        ...

    def show(self, output: Output, /) -> None: ...


class PlainTerminal:
    """Lines in, lines out, without any control sequence: for pipes, files and terminals that know none. Errors go to
    standard error.

    typed: whether a person types the lines, who then sees a prompt; otherwise each line read is repeated, for a
    transcript that can be read on its own.
    """

    def __init__(self, stdin: TextIO, stdout: TextIO, stderr: TextIO, *, typed: bool = False) -> None:
        self._stdin, self._stdout, self._stderr, self._typed = stdin, stdout, stderr, typed

    def read(self, hint: str) -> str | None:
        if self._typed:
            self._write(self._stdout, "> ", end="")
        try:
            line = self._stdin.readline()
        except KeyboardInterrupt:
            if not self._typed:
                raise
            line = "\n"  # Ctrl-C cleared the line
            self._write(self._stdout, "")
        if self._typed and not line:
            self._write(self._stdout, "")  # Ctrl-D ends no line
        if line.strip() and not self._typed:
            self._write(self._stdout, f"> {visible(readable(line))}")
        return line or None

    def show(self, output: Output) -> None:
        for line in output:
            self._write(self._stderr if line.kind == "error" else self._stdout, line.text)
        if output:
            self._write(self._stdout, "")

    @staticmethod
    def _write(stream: TextIO, text: str, end: str = "\n") -> None:
        print(text, file=stream, end=end, flush=True)


def run(bot_factory: Callable[[], ChatBot], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Chat until the user leaves or the input ends.

    On a terminal, with editing, history, completion and colours; otherwise line by line.

    bot_factory: opens the bot; what it raises is the caller's. stdin, stdout, stderr: streams that can carry any text.
    RETURNS: the exit code, 1 when an error took the place of an answer.
    """
    bot = bot_factory()
    typed = stdin.isatty() and stdout.isatty()
    if typed and os.environ.get("TERM") not in DUMB:
        return converse(bot, _interactive(bot, stderr))
    return converse(bot, PlainTerminal(stdin, stdout, stderr, typed=typed))


def converse(bot: ChatBot, terminal: Terminal) -> int:
    """The loop: greet, then read, step, show."""
    terminal.show(greeting(bot))
    state, failed = start(bot), False
    while not state.done:
        line = terminal.read(hint(state))
        if line is None:
            break
        try:
            state, output = step(state, line)
        except CitebotError as problem:
            failed, output = True, error(str(problem))
        except KeyboardInterrupt:
            output = note("Interrupted.")
        terminal.show(output)
    return int(failed)


def greeting(bot: ChatBot) -> Output:
    """What there is to ask about."""
    documents = sum(1 for _ in bot.kb.documents())
    counts = f"{plural(documents, 'document')}, {plural(bot.kb.sentence_count, 'sentence')}"
    return (Line("plain", f"citebot: {counts}. Ask in plain English; /help lists the commands."),)


def hint(state: State) -> str:
    """The line below the prompt."""
    keys = "Tab completes · Ctrl-R searches the history · Ctrl-D leaves"
    return f"/why explains the last answer · {keys}" if state.last else keys


def _interactive(bot: ChatBot, stderr: TextIO) -> Terminal:
    from bot.chat.prompt import PromptTerminal, open_history  # a pipe does not pay for prompt_toolkit

    history, problem = open_history(history_file())
    if problem:
        print(visible(problem), file=stderr)
    return PromptTerminal(lambda: _vocabulary(bot), history)


def _vocabulary(bot: ChatBot) -> Vocabulary:
    return vocabulary(bot.names(), bot.suggestions(SUGGESTED_QUESTIONS))
