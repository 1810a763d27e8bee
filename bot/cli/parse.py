"""``parse``: how a question is read, before anything is looked up."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from bot.cli.bases import open_bot
from bot.cli.command import Command, add_kb
from bot.cli.streams import input_lines, show

if TYPE_CHECKING:
    from bot.language.sentence import Sentence
    from bot.questions.query import Query
    from bot.questions.understand import NotUnderstood


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("question", metavar="QUESTION", nargs="?", help="without it, one a line on standard input")
    parser.add_argument("--tree", action="store_true", help="show the parse too, a line for each word")
    add_kb(parser)


def _run(options: Namespace) -> int:
    from bot.chat.safe import readable

    bot = open_bot(options.kb)
    lines = input_lines() if options.question is None else [readable(options.question)]
    for line in lines:
        if not line:
            continue
        for text in reading_lines(bot.parse(line), tree=options.tree):
            show(text)
    return 0


def reading_lines(query: Query | NotUnderstood, *, tree: bool = False) -> list[str]:
    """How a question was read, with the steps that led there; with ``tree``, the parse before it."""
    from bot.questions.query import Query, describe

    if not isinstance(query, Query):
        return [f"not understood: {query.kind}, {query.detail}", *(f"  {step}" for step in query.trace)]
    lines = tree_lines(query.sentence) if tree else []
    lines += [f"{query.intent}: {describe(query)}", f"  answer type: {query.answer_type}"]
    if query.asked is not None:
        lines.append(f"  asks for {query.asked.name} ({query.asked.trace})")
    return lines + [f"  {step}" for step in query.trace]


def tree_lines(sentence: Sentence) -> list[str]:
    """A parse as a table: number, word, lemma, part of speech, relation, governor, entity label."""
    rows = []
    for t in sentence:
        head = 0 if t.head == t.i else t.head + 1
        rows.append(f"{t.i + 1:>3} {t.text:<18} {t.lemma:<18} {t.upos:<6} {t.dep:<14} {head:>3} {t.ent}".rstrip())
    return rows


ABOUT = "print how a question is read: the query it becomes, and the type of answer it asks for"
PARSE = Command("parse", ABOUT, _options, _run)
