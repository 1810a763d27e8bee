"""Invented pages put into a knowledge base, and what every answer from one owes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot import Answer, Bot
from bot.facts.build import build


def opened(folder: Path, files: Mapping[str, str]) -> Iterator[Bot]:
    """A bot on these files, by name; closed when its fixture ends."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    base = folder.with_suffix(".kb")
    build(folder, base, jobs=1)
    bot = Bot.open(base)
    yield bot
    bot.kb.close()


def answered(bot: Bot, question: str) -> Answer:
    """The answer to a question that has one, each of its citations checked against the document's characters."""
    answer = bot.ask(question)
    assert answer.status == "answered", answer.answer
    for citation in answer.citations:
        assert bot.kb.text(citation.document)[citation.start : citation.end] == citation.quote
    return answer


def refused(bot: Bot, question: str) -> Answer:
    """The refusal of a question that the page does not answer, with its reason."""
    answer = bot.ask(question)
    assert answer.status != "answered", (answer.values, answer.trace)
    assert answer.reason is not None and answer.reason.detail
    return answer
