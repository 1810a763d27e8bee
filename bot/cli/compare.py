"""``diff``: what changed between two bases."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.cli.bases import open_base, open_bot
from bot.cli.command import Command
from bot.cli.streams import lines_of, show

if TYPE_CHECKING:
    from bot.facts.store.reader import KnowledgeBase

_Said: TypeAlias = tuple[str, str]


def _diff_options(parser: ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="a knowledge base")
    parser.add_argument("new", type=Path, metavar="NEW", help="the one to hold against it")
    parser.add_argument("--questions", type=Path, metavar="FILE", help="also ask both these questions, one a line")


def _diff(options: Namespace) -> int:
    with open_base(options.old) as old, open_base(options.new) as new:
        for sign, path, text in changed_facts(old, new):
            show(f"{sign} {path}: {text}")
    if options.questions:
        for line in changed_answers(options.old, options.new, lines_of(options.questions)):
            show(line)
    return 0


def changed_facts(old: KnowledgeBase, new: KnowledgeBase) -> Iterator[tuple[str, str, str]]:
    """Facts that only one of two bases has: ``-`` or ``+``, the document, and the fact on one line."""
    before, after = _facts(old), _facts(new)
    for sign, only in (("-", before - after), ("+", after - before)):
        for (path, text), count in sorted(only.items()):
            for _ in range(count):
                yield sign, path, text


def _facts(base: KnowledgeBase) -> Counter[_Said]:
    from bot.facts.store.terms import statement

    return Counter((stored.document, statement(fact)) for stored in base.sentences() for fact in stored.facts)


def changed_answers(old: Path, new: Path, questions: Iterable[str]) -> Iterator[str]:
    """Questions that two bases answer differently, with both answers."""
    first, second = open_bot(old), open_bot(new)
    for question in questions:
        before, after = first.ask(question), second.ask(question)
        if (before.status, before.values) != (after.status, after.values):
            yield f"? {question}: {before.status} {_joined(before.values)} -> {after.status} {_joined(after.values)}"


def _joined(values: tuple[str, ...]) -> str:
    return f"“{'; '.join(values)}”" if values else "(nothing)"


DIFF = Command("diff", "show which facts, and which answers, differ between two bases", _diff_options, _diff)
