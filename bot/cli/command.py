"""What a command is: a row of the table in ``main``, from which parser and help are made."""

from __future__ import annotations

from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct


class Command(Struct, frozen=True):
    """``run`` gets the parsed options and returns the exit code; errors it raises are reported by ``main``."""

    name: str
    help: str
    options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int]


def add_kb(parser: ArgumentParser) -> None:
    """The option that names a knowledge base, before a command's name or behind it."""
    text = "a base made by build; without it, the bundled one"
    parser.add_argument("--kb", type=Path, metavar="FILE", default=SUPPRESS, help=text)


def add_log(parser: ArgumentParser) -> None:
    """The option that names a log of questions, before a command's name or behind it."""
    text = "append each question to this file, with its status and why it went unanswered, for gaps to read"
    parser.add_argument("--log", type=Path, metavar="FILE", default=SUPPRESS, help=text)
