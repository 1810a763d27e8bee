"""``extract``: the facts of single sentences, exactly as ``build`` would store them."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from bot.cli.command import Command
from bot.cli.streams import input_lines, show, show_json

if TYPE_CHECKING:
    from bot.facts.model import Fact

_BATCH = 64


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="one JSON object for each line, on one line")


def _run(options: Namespace) -> int:
    from bot.facts.extract import to_openie
    from bot.facts.store.terms import statement

    for line, facts in extracted(input_lines()):
        if options.json:
            show_json({"sentence": line, "facts": [to_openie(fact) for fact in facts]})
        else:
            show(line)
            for fact in facts:
                show(f"  {statement(fact)}  ({fact.confidence:.2f})")
    return 0


def extracted(lines: Iterable[str]) -> Iterator[tuple[str, tuple[Fact, ...]]]:
    """Each line that is not blank, with the facts of the passage it makes."""
    from bot.facts.build import understand_lines

    waiting = (line for line in lines if line)
    while batch := list(islice(waiting, _BATCH)):
        yield from zip(batch, understand_lines(batch), strict=True)


EXTRACT = Command(
    "extract", "print the facts of each line of standard input, as build would store them", _options, _run
)
