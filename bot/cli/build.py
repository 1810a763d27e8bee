"""``build``: documents in, knowledge base out, and a report of what was and was not understood."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat.render import plural
from bot.cli.command import Command
from bot.cli.progress import ProgressLine
from bot.cli.streams import complain, show
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.facts.build import BuildReport, BuiltDocument


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a knowledge folder, or a folder of documents")
    parser.add_argument("--kb", type=Path, metavar="FILE", required=True, help="the knowledge base to make")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes to use; by default as many as pay")
    parser.add_argument("--silent", action="store_true", help="list the sentences that yielded no fact")


def _run(options: Namespace) -> int:
    from bot.facts.build import build

    if options.jobs is not None and options.jobs < 1:
        raise UsageError(f"--jobs {options.jobs}: expected a number of processes from 1 up")
    with ProgressLine() as line:
        report = build(options.folder, options.kb, progress=line.update, jobs=options.jobs)
    for text in report_lines(report):
        show(text)
    for item in report.unread:
        if item.failed:
            complain(item.told)
    if options.silent:
        _show_silent(options.kb)
    return 0


def report_lines(report: BuildReport) -> list[str]:
    """The report in words: totals, then a line for each document and each file left out."""
    failed = sum(item.failed for item in report.unread)
    totals = [plural(len(report.documents), "document"), *_counts(report)]
    lines = [
        ", ".join(totals)
        + (f"; {failed} could not be read" if failed else "")
        + (f"; {plural(report.conflicts, 'conflict')} (facts --conflicts lists them)" if report.conflicts else "")
    ]
    for document in report.documents:
        parts = [*_counts(document), f"{document.silent:,} without a fact"]
        lines.append(f"  {document.path}: {', '.join(parts)}" + (" (unchanged)" if document.reused else ""))
    lines += [f"  {item.path}: left out, {item.reason}" for item in report.unread if not item.failed]
    return lines


def _counts(of: BuildReport | BuiltDocument) -> list[str]:
    return [plural(of.sentences, "sentence"), plural(of.facts, "fact")]


def _show_silent(kb: Path) -> None:
    from bot.cli.facts import silent_lines
    from bot.facts.store.reader import KnowledgeBase

    with KnowledgeBase.open(kb) as base:
        for text in silent_lines(base):
            show(text)


BUILD = Command("build", "make the knowledge base of a folder of documents", _options, _run)
