"""README is run: its transcripts are typed again and compared, its program is started, its tables held to the code."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.chat.commands import COMMANDS
from bot.cli.main import COMMANDS as CLI_COMMANDS
from bot.questions.intents import KEYS, load_intents

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language, in order."""
    return [text for name, text in BLOCK.findall(README) if name == language]


@dataclass(frozen=True, slots=True)
class Typed:
    """A command of a transcript and what it prints."""

    command: str
    output: str


def transcript(block: str) -> list[Typed]:
    """The commands of a console block: lines after ``$ ``, each with the lines up to the next. A line that ends with a
    backslash goes on in the next."""
    parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert parts[0] == "", f"a console block starts with a command, this one with {parts[0]!r}"
    return [Typed(*re.split(r"(?<!\\)\n", part, maxsplit=1)) for part in parts[1:]]


TRANSCRIPTS = [transcript(block) for block in blocks("console")]


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which ``citebot`` is this checkout's."""
    folder = tmp_path_factory.mktemp("bin")
    for name, arguments in (("citebot", "-m bot"), ("python", "")):
        (folder / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {arguments} "$@"\n')
        (folder / name).chmod(0o755)
    path = os.pathsep.join([str(folder), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}


def test_the_transcripts_show_answers() -> None:
    commands = [typed.command for block in TRANSCRIPTS for typed in block]
    assert any("citebot ask" in command for command in commands)
    assert any(command.endswith("| citebot") for command in commands)


@pytest.mark.parametrize("typed", TRANSCRIPTS, ids=lambda typed: typed[0].command)
def test_a_transcript_is_what_the_program_prints(typed: list[Typed], shell: dict[str, str], tmp_path: Path) -> None:
    for step in typed:
        done = subprocess.run(
            step.command, shell=True, env=shell, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.rstrip("\n") == step.output.rstrip("\n")


def test_the_program_answers_a_channel(shell: dict[str, str]) -> None:
    (program,) = blocks("python")
    assert len(program.splitlines()) <= 10
    question = re.search(r'"text": "(.+?)"', program)
    assert question
    lines = [json.dumps({"channel": "general", "text": text}) for text in (question[1], "Why?")]
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="\n".join(lines),
        env=shell,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(replies) == 2
    assert replies[0]["text"]
    assert replies[0]["sources"]


def test_a_transcript_opens_and_the_two_commands_follow() -> None:
    first, second = (block.strip() for block in blocks("sh")[:2])
    names = [name for name, _ in BLOCK.findall(README)]
    assert names[0] == "console"
    assert [name for name in names if name != "console"][:2] == ["sh", "sh"]
    for command in (first, second):
        assert "\n" not in command
        assert command.startswith("python3 -m venv .venv && .venv/bin/pip install -q ")
    assert first.endswith(".venv/bin/citebot")
    assert second.endswith(".venv/bin/python -m pytest")


def test_the_checks_run_the_commands_of_readme() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    function = re.search(r"^command_of_readme\(\) .*$", script, re.MULTILINE)
    assert function
    for number, block in enumerate(blocks("sh")[:2], 1):
        line = f"{function[0]}\ncommand_of_readme {number}"
        done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
        assert done.stdout == block
        assert f"command=$(command_of_readme {number})" in script


def test_every_command_of_the_session_is_described() -> None:
    rows = [f"| `{command.usage}` | {command.help} |" for command in COMMANDS]
    assert not [row for row in rows if row not in README]


def test_every_command_of_the_command_line_is_described() -> None:
    assert not [command.name for command in CLI_COMMANDS if f"| `{command.name}` |" not in README]


def test_every_key_of_an_intent_is_described() -> None:
    assert not [key for key in KEYS if f"`{key}`" not in README and f"`{key} = " not in README]


def test_the_intent_of_readme_is_valid(tmp_path: Path) -> None:
    (block,) = [block for block in blocks("toml") if "lookup" in block]
    (tmp_path / "new.toml").write_text(block, encoding="utf-8")
    (intent,) = load_intents(tmp_path)
    assert intent.examples


def test_the_entities_of_readme_are_valid_toml() -> None:
    (block,) = [block for block in blocks("toml") if "[[entity]]" in block]
    assert set(tomllib.loads(block)) == {"entity", "group"}


@pytest.mark.parametrize("document", ["README.md", "NOTICE", "LICENSE"])
def test_documents_hold_no_paths_of_a_machine(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    assert not re.findall(r"(?<![\w:/.)`])/[a-z]+/\S*", text)
