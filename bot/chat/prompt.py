"""The interactive terminal: prompt_toolkit around the pure parts (completion, rendering, the session's step)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.auto_suggest import AutoSuggest, Suggestion
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output as Screen

from bot.chat.bindings import bindings
from bot.chat.completion import Vocabulary, complete, continuation
from bot.chat.history import prepare
from bot.chat.render import Output
from bot.chat.style import STYLE, styled

PROMPT = FormattedText([("class:prompt", "› ")])


class PromptTerminal:
    """Reads lines with editing, history and completion; writes lines with colours.

    vocabulary: called when something is first completed, so that starting does not wait for it.
    """

    def __init__(
        self,
        vocabulary: Callable[[], Vocabulary],
        history: History,
        *,
        source: Input | None = None,
        screen: Screen | None = None,
    ) -> None:
        words = Words(vocabulary)
        self._session: PromptSession[str] = PromptSession(
            PROMPT,
            history=history,
            completer=WordCompleter(words),
            auto_suggest=Continuation(words),
            complete_while_typing=False,
            key_bindings=bindings(),
            style=STYLE,
            input=source,
            output=screen,
        )

    def read(self, hint: str) -> str | None:
        """The next line, None where the user leaves. hint: shown below the prompt."""
        try:
            return self._session.prompt(bottom_toolbar=hint or None)
        except EOFError:
            return None
        except KeyboardInterrupt:  # from outside the prompt's own key, such as a signal
            return ""

    def show(self, output: Output) -> None:
        """Write the lines, and a blank one after them."""
        if output:
            print_formatted_text(styled(output), style=STYLE, output=self._session.output)


def open_history(path: Path) -> tuple[History, str]:
    """The history kept in the file; where that cannot be written, one that lasts for the session, and why."""
    try:
        prepare(path)
    except OSError as problem:
        return InMemoryHistory(), f"The history of this session will not be kept: {problem.strerror or problem}."
    return KeptHistory(str(path)), ""


class KeptHistory(FileHistory):
    """A history that goes on in memory when its file cannot be read or written any more."""

    def load_history_strings(self) -> Iterable[str]:
        try:
            return list(super().load_history_strings())
        except OSError:
            return []

    def store_string(self, string: str) -> None:
        try:
            super().store_string(string)
        except OSError:
            return


class Words:
    """The vocabulary, made when it is first needed."""

    def __init__(self, make: Callable[[], Vocabulary]) -> None:
        self._make = make

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return self._make()


class WordCompleter(Completer):
    """Offers what :func:`bot.chat.completion.complete` does."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        for found in complete(document.text_before_cursor, self._words.vocabulary):
            yield Completion(found.text, -found.replaces, display_meta=found.note or found.kind)


class Continuation(AutoSuggest):
    """Goes on with an earlier line of the history, or with a question that has an answer."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def get_suggestion(self, buffer: Buffer, document: Document) -> Suggestion | None:
        text = document.text
        if not text.strip():
            return None
        for line in reversed(buffer.history.get_strings()):
            if line.startswith(text) and line != text:
                return Suggestion(line[len(text) :])
        rest = continuation(text, self._words.vocabulary)
        return Suggestion(rest) if rest else None
