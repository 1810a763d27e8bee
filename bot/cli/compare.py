"""``diff`` and ``gaps``: what changed between two bases, and what went unanswered."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.cli.bases import open_base, open_bot
from bot.cli.command import Command, add_kb
from bot.cli.facts import silent_lines
from bot.cli.streams import show
from bot.errors import UsageError

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
        for line in changed_answers(options.old, options.new, _lines(options.questions)):
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


def _gaps_options(parser: ArgumentParser) -> None:
    text = "a file that ask --json wrote; without it, sentences of the base that yielded no fact"
    parser.add_argument("answers", type=Path, metavar="ANSWERS", nargs="?", help=text)
    add_kb(parser)


def _gaps(options: Namespace) -> int:
    if options.answers is None:
        with open_base(options.kb) as base:
            for text in silent_lines(base):
                show(text)
        return 0
    for text in gap_lines(_lines(options.answers), str(options.answers)):
        show(text)
    return 0


def gap_lines(lines: Iterable[str], name: str) -> Iterator[str]:
    """Unanswered questions by the reason they went unanswered, the most frequent reason first, then by name.

    lines: answers as JSON. name: the file's, for errors.
    """
    by_reason: dict[str, Counter[str]] = {}
    for number, line in enumerate(lines, 1):
        try:
            answer = json.loads(line)
            kind, question = (answer.get("reason") or {}).get("kind"), answer["question"]
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise UsageError(f"{name}, answer {number}: expected a JSON object as ask --json prints") from error
        if kind:
            by_reason.setdefault(kind, Counter())[question] += 1
    for kind, questions in sorted(by_reason.items(), key=lambda item: (-item[1].total(), item[0])):
        yield f"{kind}: {questions.total()}"
        for question, count in sorted(questions.items(), key=lambda item: (-item[1], item[0])):
            yield f"  {question}" + (f" ({count} times)" if count > 1 else "")


def _lines(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8") from error


DIFF = Command("diff", "show which facts, and which answers, differ between two bases", _diff_options, _diff)
GAPS = Command("gaps", "list what went unanswered or was not understood", _gaps_options, _gaps)
