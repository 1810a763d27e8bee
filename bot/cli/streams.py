"""Standard streams: UTF-8 whatever the locale, and ends of output that are no crash."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from bot.chat.safe import readable, visible
from bot.errors import UsageError


def prepare() -> None:
    """Make the standard streams speak UTF-8 with plain line ends; a closed one swallows what it is given."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace", newline="\n")


def input_lines() -> Iterator[str]:
    """Lines of standard input without their ends and without anything that cannot be encoded again."""
    for line in sys.stdin or ():
        yield readable(line)


def lines_of(path: Path) -> list[str]:
    """The lines of a file that are not blank. Raises UsageError where it is not UTF-8."""
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8") from error


def show(text: str) -> None:
    """One line of output that may hold words of documents or questions, safe for a terminal; indents are kept."""
    print(" " * (len(text) - len(text.lstrip(" "))) + visible(text))


def show_json(data: object) -> None:
    """One JSON object on one line, at once: a bridge on the other end of a pipe waits for it."""
    print(json.dumps(data, ensure_ascii=False), flush=True)


def complain(message: str) -> None:
    """An error or a notice for people, on standard error, line by line."""
    for line in message.splitlines() or [""]:
        print(f"citebot: {visible(line)}", file=sys.stderr, flush=True)


def abandon_output() -> None:
    """After the reader of our output has gone: let the interpreter's last flush go nowhere."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)
