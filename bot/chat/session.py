"""The session from first to last line, on a terminal or in a pipe."""

from __future__ import annotations

import io
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


class Terminal(Protocol):
    """Where lines come from and go to."""

    def read(self, hint: str, /) -> str | None:
        """The next line, None at the end."""
        ...

    def show(self, output: Output, /) -> None: ...


class PlainTerminal:
    """Lines in, lines out, without any control sequence: for pipes, files and tests. Errors go to stderr.

    echo: repeat each line read, for a transcript that can be read on its own.
    """

    def __init__(self, stdin: TextIO, stdout: TextIO, stderr: TextIO, *, echo: bool) -> None:
        self._stdin, self._stdout, self._stderr, self._echo = stdin, stdout, stderr, echo

    def read(self, hint: str) -> str | None:
        line = self._stdin.readline()
        if not line:
            return None
        if self._echo and line.strip():
            self._write(self._stdout, f"> {visible(readable(line))}")
        return line

    def show(self, output: Output) -> None:
        for line in output:
            self._write(self._stderr if line.kind == "error" else self._stdout, line.text)
        if output:
            self._write(self._stdout, "")

    @staticmethod
    def _write(stream: TextIO, text: str) -> None:
        print(text, file=stream, flush=True)


def run(bot_factory: Callable[[], ChatBot], stdin: TextIO, stdout: TextIO, stderr: TextIO) -> int:
    """Chat until the user leaves or the input ends, and return the exit code: 1 when an error ended a question, else 0.

    On a terminal, with editing, history, completion and colours; otherwise line by line. What the factory raises is the
    caller's, who reports errors in opening a base the same way for every command.
    """
    for stream in (stdin, stdout, stderr):
        _as_utf8(stream)
    bot = bot_factory()
    if stdin.isatty() and stdout.isatty():
        return converse(bot, _interactive(bot, stderr))
    return converse(bot, PlainTerminal(stdin, stdout, stderr, echo=not stdin.isatty()))


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


def _as_utf8(stream: TextIO) -> None:
    """UTF-8 whatever the locale; bytes that are none are shown as such instead of ending the session."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="replace" if stream.readable() else "backslashreplace")
