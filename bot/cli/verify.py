"""``verify``: prove that every fact's evidence, and every citation of an answer file, stands where it says."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from bot.cli.bases import open_base
from bot.cli.command import Command, add_kb
from bot.cli.streams import complain, show
from bot.errors import CitebotError, UsageError

if TYPE_CHECKING:
    from bot.facts.store.reader import KnowledgeBase
    from bot.facts.store.records import StoredSentence


class Proof(Struct, frozen=True):
    """How many pieces of evidence were checked, and what is wrong with those that do not hold."""

    checked: int
    failures: tuple[str, ...]


def _options(parser: ArgumentParser) -> None:
    parser.add_argument("answers", metavar="ANSWERS", nargs="?", type=Path, help="a file that ask --json wrote")
    add_kb(parser)


def _run(options: Namespace) -> int:
    with open_base(options.kb) as base:
        facts = verify_facts(base)
        show(f"{facts.checked:,} facts checked, {len(facts.failures):,} without their evidence")
        failures = list(facts.failures)
        if options.answers is not None:
            citations = verify_citations(base, _answers(options.answers))
            show(f"{citations.checked:,} citations checked, {len(citations.failures):,} not as quoted")
            failures += citations.failures
    for failure in failures:
        complain(failure)
    return 1 if failures else 0


def verify_facts(base: KnowledgeBase) -> Proof:
    """Check that each sentence, and each argument of its facts, is found in the stored text at its offsets."""
    checked = 0
    failures: list[str] = []
    for document in base.documents():
        text = base.text(document.path)
        for stored in base.sentences(document.path):
            checked += len(stored.facts)
            failures += _misplaced(stored, text)
    return Proof(checked, tuple(failures))


def _misplaced(stored: StoredSentence, text: str) -> Iterator[str]:
    sentence = stored.sentence
    place = f"{stored.document} [{sentence.start}:{sentence.end}]"
    if not 0 <= sentence.start < sentence.end <= len(text):
        yield f"{place}: the sentence lies outside the document"
        return
    for token in sentence.tokens:
        if not sentence.start <= token.start < token.end <= sentence.end:
            yield f"{place}: “{token.text}” at {token.start} lies outside its sentence"
        elif not _same(text[token.start : token.end], token.text):
            yield f"{place}: the document has “{text[token.start : token.end]}” where the parse has “{token.text}”"
    for fact in stored.facts:
        for argument in fact.arguments:
            inside = sentence.start <= argument.start < argument.end <= sentence.end
            if (argument.head >= 0 or stored.passage.kind == "row") and not inside:
                yield f"{place}: “{argument.text}” at {argument.start} lies outside its sentence"


def _same(stored: str, parsed: str) -> bool:
    """Whether a stored stretch is the parsed word, leaving aside what cleaning leaves out of it."""
    rest = iter(stored)
    return all(char in rest for char in parsed)


def verify_citations(base: KnowledgeBase, answers: Iterable[dict[str, Any]]) -> Proof:
    """Check that each citation's document holds its quote at its offsets."""
    known = {document.path for document in base.documents()}
    checked = 0
    failures: list[str] = []
    for answer in answers:
        for citation in answer.get("citations", ()):
            checked += 1
            path, start, end = citation.get("document"), citation.get("start"), citation.get("end")
            if path not in known:
                failures.append(f"{answer.get('question')}: the base has no document {path}")
            elif base.text(path)[start:end] != citation.get("quote"):
                failures.append(f"{answer.get('question')}: {path} [{start}:{end}] does not read as quoted")
    return Proof(checked, tuple(failures))


def _answers(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise CitebotError(f"{path}: not UTF-8. Expected the answers that ask --json wrote.") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                answer = json.loads(line)
            except ValueError as error:
                raise UsageError(f"{path}, line {number}: not JSON ({error}). Expected one answer a line.") from error
            if not isinstance(answer, dict):
                raise UsageError(f"{path}, line {number}: expected a JSON object as ask --json prints")
            yield answer


VERIFY = Command("verify", "prove every fact's evidence, and every citation of an answer file", _options, _run)
