"""``gaps``: what went unanswered, or what of the documents was not understood."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.bases import open_base, open_bot
from bot.cli.command import Command, add_kb
from bot.cli.facts import silent_lines
from bot.cli.streams import lines_of, show

if TYPE_CHECKING:
    from bot.answers.gaps import Gap


def _options(parser: ArgumentParser) -> None:
    text = "a file that --log or ask --json wrote; without it, sentences of the base that yielded no fact"
    parser.add_argument("asked", type=Path, metavar="ASKED", nargs="?", help=text)
    add_kb(parser)


def _run(options: Namespace) -> int:
    if options.asked is None:
        with open_base(options.kb) as base:
            for text in silent_lines(base):
                show(text)
        return 0
    from bot.answers.gaps import gaps_of
    from bot.log import read_asked

    asked = list(read_asked(lines_of(options.asked), str(options.asked)))
    gaps = gaps_of(asked, open_bot(options.kb))
    show(f"{sum(gap.count for gap in gaps)} of {len(asked)} questions were not answered.")
    for gap in gaps:
        for text in gap_lines(gap):
            show(text)
    return 0


def gap_lines(gap: Gap) -> Iterator[str]:
    """A gap as lines: what it is about, the questions, then what to review."""
    yield f"{gap.about}: {gap.missing} ({gap.count})"
    for question, count in gap.questions:
        yield f"    {question}" + (f" ({count} times)" if count > 1 else "")
    for proposal in gap.proposals:
        yield f"    review: {proposal}"


GAPS = Command("gaps", "list what went unanswered, or what of the documents was not understood", _options, _run)
