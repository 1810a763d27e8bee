"""What could be typed next: the text before the cursor in, suggestions out. Knows nothing of the prompt."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from bot.chat.commands import COMMANDS

Kind = Literal["command", "name", "question"]
LIMIT = 12
MOST_WORDS_OF_A_NAME = 4


class Suggestion(Struct, frozen=True):
    """A text that replaces the last ``replaces`` characters typed."""

    text: str
    replaces: int
    kind: Kind
    note: str = ""


class Index(Struct, frozen=True):
    """Texts by their folded prefix: sorted once, found by bisection."""

    entries: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, texts: Iterable[str]) -> Index:
        return cls(tuple(sorted({(text.casefold(), text) for text in texts if text.strip()})))

    def starting(self, prefix: str, limit: int = LIMIT) -> tuple[str, ...]:
        """The texts that start so, in any case, in alphabetical order."""
        folded = prefix.casefold()
        at = bisect_left(self.entries, (folded, ""))
        return tuple(text for key, text in self.entries[at : at + limit] if key.startswith(folded))


class Vocabulary(Struct, frozen=True):
    """All that can be offered: names from the base and questions that have answers in it."""

    names: Index = Index()
    questions: Index = Index()


def vocabulary(names: Iterable[str], questions: Iterable[str]) -> Vocabulary:
    """The vocabulary of these names and questions."""
    return Vocabulary(Index.of(names), Index.of(questions))


def complete(text: str, words: Vocabulary) -> tuple[Suggestion, ...]:
    """Suggestions for the text before the cursor: commands after a slash, else questions that start so, then names that
    start with the last words typed."""
    if text.startswith("/"):
        return _commands(text, words)
    typed = text.lstrip()
    questions = tuple(Suggestion(question, len(typed), "question") for question in words.questions.starting(typed))
    return (questions + _names(text, words))[:LIMIT]


def continuation(text: str, words: Vocabulary) -> str:
    """What the first question that starts with the text goes on with; shown faintly after the cursor."""
    typed = text.lstrip()
    found = words.questions.starting(typed, 1) if len(typed) > 1 else ()
    return found[0][len(typed) :] if found and len(found[0].casefold()) == len(found[0]) else ""


def _commands(text: str, words: Vocabulary) -> tuple[Suggestion, ...]:
    name, blank, rest = text.partition(" ")
    if blank:
        return _names(rest, words) if name.casefold() == "/facts" else ()
    return tuple(
        Suggestion(command.name, len(text), "command", command.help)
        for command in COMMANDS
        if command.name.startswith(text.casefold())
    )


def _names(text: str, words: Vocabulary) -> tuple[Suggestion, ...]:
    """Names for the longest run of last words that starts one (*Where is the Shanghai Coop…*), from two letters on."""
    starts = [0, *(i + 1 for i, char in enumerate(text) if char in " (\"'“‘")]
    for start in starts[-MOST_WORDS_OF_A_NAME:]:
        typed = text[start:]
        found = words.names.starting(typed) if len(typed) > 1 else ()
        if found:
            return tuple(Suggestion(name, len(typed), "name") for name in found)
    return ()
