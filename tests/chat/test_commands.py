from __future__ import annotations

import pytest

from bot.chat.commands import COMMANDS, Command, find, nearest


def test_the_commands_are_these() -> None:
    assert [command.name for command in COMMANDS] == ["/help", "/sources", "/why", "/facts", "/reset", "/quit"]


def test_no_name_or_alias_stands_for_two_commands() -> None:
    words = [word for command in COMMANDS for word in (command.name, *command.aliases)]
    assert len(words) == len(set(words))
    assert words == [word.casefold() for word in words]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_explains_itself_in_sentences(command: Command) -> None:
    assert command.usage.startswith(command.name)
    assert command.help[0].isupper()
    assert command.help.endswith(".")


@pytest.mark.parametrize(
    ("word", "name"),
    [("/help", "/help"), ("/HELP", "/help"), ("quit", "/quit"), ("Exit", "/quit"), ("?", "/help"), ("/q", "/quit")],
)
def test_find_knows_names_and_aliases_in_any_case(word: str, name: str) -> None:
    command = find(word)
    assert command
    assert command.name == name


def test_find_knows_nothing_else() -> None:
    assert find("/nope") is None
    assert find("Who quit?") is None


def test_nearest_mends_a_misspelt_command() -> None:
    assert nearest("/sorces") == "/sources"
    assert nearest("/HELO") == "/help"
    assert nearest("/zzzz") == ""
