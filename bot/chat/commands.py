"""The commands of a session in one table; help, completion and README are checked against it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from bot.chat.render import (
    Line,
    Output,
    note,
    plural,
    render_citations,
    render_document,
    render_fact,
    render_suggestions,
    render_trace,
)
from bot.chat.state import State, start
from bot.facts.store.terms import has_words

SHOWN_FACTS = 20
SHOWN_QUESTIONS = 5


class Command(Struct, frozen=True):
    """One command. ``aliases`` without a slash count only when they are all that the line says (*quit*)."""

    name: str
    aliases: tuple[str, ...]
    usage: str
    help: str
    run: Callable[[State, str], tuple[State, Output]]


def find(word: str) -> Command | None:
    """The command of this name or alias, in any case."""
    return _BY_WORD.get(word.casefold())


def nearest(word: str) -> str:
    """The command that a misspelt one most likely means, or nothing."""
    close = get_close_matches(word.casefold(), [w for w in _BY_WORD if w.startswith("/")], n=1)
    return _BY_WORD[close[0]].name if close else ""


def _help(state: State, _: str) -> tuple[State, Output]:
    width = max(len(command.usage) for command in COMMANDS)
    lines = [Line("plain", f"  {command.usage:<{width}}  {command.help}") for command in COMMANDS]
    head = Line("plain", "Type a question in plain English, or a command:")
    return state, (head, *lines, *render_suggestions(state.bot.suggestions(SHOWN_QUESTIONS)))


def _sources(state: State, rest: str) -> tuple[State, Output]:
    if state.last and state.last.citations and rest.casefold() != "all":
        return state, render_citations(state.last.citations)
    shown = tuple(render_document(document) for document in state.bot.kb.documents())
    return state, shown or note("The base holds no documents.")


def _why(state: State, _: str) -> tuple[State, Output]:
    if state.last is None:
        return state, note("Nothing has been asked yet.")
    return state, render_trace(state.last)


def _facts(state: State, rest: str) -> tuple[State, Output]:
    rows = (row for row in state.bot.kb.facts() if has_words(row.fact, rest))
    first = list(islice(rows, SHOWN_FACTS))
    more = sum(1 for _ in rows)
    if not first:
        return state, note(f"No fact has the words {rest}." if rest.strip() else "The base holds no facts.")
    shown = tuple(line for row in first for line in render_fact(row, state.bot.kb.sentence(row.sentence)))
    return state, shown + (note(f"… and {plural(more, 'more fact')}: narrow them with /facts WORDS.") if more else ())


def _reset(state: State, _: str) -> tuple[State, Output]:
    return start(state.bot), note("The next question stands on its own.")


def _quit(state: State, _: str) -> tuple[State, Output]:
    return replace(state, done=True), ()


COMMANDS: tuple[Command, ...] = (
    Command("/help", ("/h", "/?", "help", "?"), "/help", "List the commands and a few questions to ask.", _help),
    Command("/sources", ("/s",), "/sources [all]", "Show where the last answer stands, or all documents.", _sources),
    Command("/why", ("/trace", "/w"), "/why", "Show how the last question was read and which rules answered it.", _why),
    Command("/facts", ("/fact", "/f"), "/facts [WORDS]", "List the facts that have all these words.", _facts),
    Command("/reset", ("/new", "/r"), "/reset", "Forget the conversation so far.", _reset),
    Command("/quit", ("/exit", "/q", "quit", "exit"), "/quit", "Leave; Ctrl-D does the same.", _quit),
)

_BY_WORD: dict[str, Command] = {word: command for command in COMMANDS for word in (command.name, *command.aliases)}
