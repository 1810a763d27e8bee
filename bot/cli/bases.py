"""The knowledge base that a command works on: the one named, or the bundled one, built if this is the first start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.cli.progress import ProgressLine
from bot.cli.streams import complain

if TYPE_CHECKING:
    from bot.api import Bot
    from bot.facts.store.reader import KnowledgeBase


def base_path(kb: Path | None) -> Path:
    """The file to open.

    kb: what ``--kb`` named, if anything. Progress of a first build is shown on standard error.
    """
    if kb is not None:
        return kb
    from bot.facts.cache import bundled_base

    with ProgressLine("building the bundled knowledge base, once: ") as line:
        return bundled_base(line.update, complain)


def open_base(kb: Path | None) -> KnowledgeBase:
    """The base, opened for reading."""
    from bot.facts.store.reader import KnowledgeBase

    return KnowledgeBase.open(base_path(kb))


def open_bot(
    kb: Path | None, least: float | None = None, *, intents: Path | None = None, log: Path | None = None
) -> Bot:
    """A bot on the base.

    least: the confidence below which it holds an answer back, its own limit if None. intents: a folder of intents
    instead of the bundled one. log: where to log the questions.
    """
    from bot.api import Bot

    return Bot.open(base_path(kb), min_confidence=least, intents=intents, log=log)
