"""Documents in, knowledge base out: the only path by which facts are made."""

from __future__ import annotations

import gc
import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from bot.documents.clean import clean_span, clean_text, stored_span
from bot.documents.model import Document, Passage
from bot.documents.reading import ENTITIES, find, read
from bot.errors import DocumentError, KnowledgeBaseError
from bot.facts.connect import connect
from bot.facts.fingerprint import parsing_fingerprint
from bot.facts.model import Context, Fact
from bot.facts.reuse import Reusable, reusable
from bot.facts.store.lock import locked
from bot.facts.store.records import ParsedDocument, ParsedPassage
from bot.facts.store.writer import remove_leftovers, write_base
from bot.facts.workers import Result, Task, jobs_for, work
from bot.language.analysis import Source
from bot.language.sentence import Sentence
from bot.version import __version__

Stage: TypeAlias = Literal["reading", "parsing", "linking", "writing"]
Progress: TypeAlias = Callable[[Stage, int, int], None]
"""Called with the stage, how much of it is done, and how much there is (files, characters, documents, files)."""


class BuiltDocument(Struct, frozen=True):
    """One document of a build. ``silent`` counts its sentences, headings left out, that yielded no fact; ``reused``
    says whether its parse was taken from the base built before."""

    path: str
    sentences: int
    facts: int
    silent: int
    reused: bool


class Unread(Struct, frozen=True):
    """A file that is not in the base, and why. ``failed`` is false for one that was never meant to be read."""

    path: str
    reason: str
    failed: bool

    @property
    def told(self) -> str:
        """The reason with the file's name before it, which some reasons begin with already."""
        return self.reason if self.reason.startswith(self.path) else f"{self.path}: {self.reason}"


class BuildReport(Struct, frozen=True):
    """What a build did; ``conflicts`` counts the pairs of facts that cannot both hold."""

    documents: tuple[BuiltDocument, ...]
    unread: tuple[Unread, ...]
    words: int
    conflicts: int = 0

    @property
    def sentences(self) -> int:
        return sum(document.sentences for document in self.documents)

    @property
    def facts(self) -> int:
        return sum(document.facts for document in self.documents)


def build(
    folder: Path, kb: Path, *, progress: Progress | None = None, jobs: int | None = None, wait: float = 0.0
) -> BuildReport:
    """Build the knowledge base of a folder.

    folder: a knowledge folder or a folder of documents. kb: the file to make; an old base there is replaced in one
    step at the end, and kept when anything fails. progress: told how far the build is. jobs: processes, by default as
    many as pay. wait: seconds to wait for another build of the same base.
    RETURNS: what was built. Raises CitebotError when the folder has nothing that can be read, its entities do not
    validate, or the base cannot be written.
    """
    tell = progress or (lambda stage, done, total: None)
    if kb.is_dir():
        raise KnowledgeBaseError(f"{kb}: this is a folder. Name the file to make, such as {kb / 'answers.kb'}.")
    if not kb.parent.is_dir():
        raise KnowledgeBaseError(f"{kb}: there is no folder {kb.parent}. Make it first, or name another place.")
    with locked(kb, wait):
        return build_locked(folder, kb, tell, jobs)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Without Python's search for circles of garbage: the records of a build form none, and there are so many of them
    that going through them all, again and again, takes a tenth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def build_locked(folder: Path, kb: Path, tell: Progress, jobs: int | None = None) -> BuildReport:
    """:func:`build` for a caller that holds the lock of ``kb`` already."""
    with _no_collection():
        return _built(folder, kb, tell, jobs)


def _built(folder: Path, kb: Path, tell: Progress, jobs: int | None) -> BuildReport:
    remove_leftovers(kb)
    documents, unread = read_all(folder, tell)
    parsing = parsing_fingerprint()
    old = reusable(kb, parsing)
    parsed = _parsed(documents, old, jobs, tell)
    entities = folder / ENTITIES
    linked, content = connect(parsed, entities if entities.is_file() else None, partial(tell, "linking"))
    meta = {"program": __version__, "parsing": parsing, "content": content_key(documents, folder)}
    tell("writing", 0, len(linked))
    disputed = write_base(kb, linked, replace(content, meta=meta))
    tell("writing", len(linked), len(linked))
    return replace(_report(linked, unread, old), conflicts=disputed)


def read_all(folder: Path, tell: Progress) -> tuple[list[Document], list[Unread]]:
    """Every document of a folder that can be read, and the rest; DocumentError when there is nothing to read at all."""
    found = find(folder)
    documents: list[Document] = []
    unread = [Unread(_relative(item.path, folder), item.reason, False) for item in found.skipped]
    for done, path in enumerate(found.paths):
        tell("reading", done, len(found.paths))
        try:
            documents.append(_encodable(read(path, folder)))
        except DocumentError as error:
            unread.append(Unread(_relative(path, folder), str(error), True))
        except Exception as error:  # a damaged file makes the libraries that read it raise anything
            reason = f"cannot be read ({type(error).__name__}: {error}). Save it again, or leave it out."
            unread.append(Unread(_relative(path, folder), reason, True))
    tell("reading", len(found.paths), len(found.paths))
    if not documents:
        reasons = "".join(f"\n  {item.told}" for item in unread)
        raise DocumentError(f"{folder}: there is no document that can be read, so nothing was built.{reasons}")
    return documents, sorted(unread, key=lambda item: item.path)


def _encodable(document: Document) -> Document:
    """The document; DocumentError where its name or text holds what UTF-8, and so no base and no answer, can."""
    try:
        f"{document.path}{document.title}{document.text}".encode()
    except UnicodeEncodeError as error:
        name = ascii(document.path)
        raise DocumentError(f"{name}: its name or text cannot be written as UTF-8. Rename or convert it.") from error
    return document


def understand_lines(lines: Sequence[str]) -> list[tuple[Fact, ...]]:
    """The facts of some passages that stand alone, each as a build of it alone would store them."""
    documents = []
    for line in lines:
        passage = Passage(0, len(line), "paragraph")
        documents.append(Document("", "", line, (passage,), "txt", ""))
    found = []
    for parsed in _parsed(documents, Reusable(), 1, lambda stage, done, total: None):
        linked, _ = connect([parsed], None, lambda done, total: None)
        found.append(tuple(fact for item in linked[0].passages for facts in item.facts for fact in facts))
    return found


def content_key(documents: Sequence[Document], folder: Path) -> str:
    """A digest of what a base is built from: paths and bytes of the documents, and the entity list."""
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.path}\0{document.sha256}\0".encode())
    entities = folder / ENTITIES
    digest.update(entities.read_bytes() if entities.is_file() else b"")
    return digest.hexdigest()


def _parsed(documents: Sequence[Document], old: Reusable, jobs: int | None, tell: Progress) -> list[ParsedDocument]:
    """The documents with their sentences and facts; facts still know nothing but their own sentence."""
    tasks = [task for document in documents for task in _tasks(document, old)]
    total = sum(len(task.source.text) for task in tasks)
    new = sum(len(task.source.text) for task in tasks if task.sentences is None)
    results: list[Result] = []
    done = 0
    tell("parsing", 0, total)
    for batch in work(tasks, jobs or jobs_for(new)):
        done += sum(len(task.source.text) for task in tasks[len(results) : len(results) + len(batch)])
        results += batch
        tell("parsing", done, total)
    at = iter(zip(tasks, results, strict=True))
    return [
        ParsedDocument(document, tuple(_passage(document, passage, *next(at)) for passage in document.passages))
        for document in documents
    ]


def _tasks(document: Document, old: Reusable) -> Iterator[Task]:
    parses = old.passages(document)
    for n, passage in enumerate(document.passages):
        text, offsets = clean_text(document, passage)
        bounds = tuple((bisect_left(offsets, cell.start), bisect_left(offsets, cell.end)) for cell in passage.cells)
        cells = tuple(
            (cell.header, text[start:end], cell.start, cell.end)
            for cell, (start, end) in zip(passage.cells, bounds, strict=True)
        )
        source = Source(text, offsets, parts=bounds)
        yield Task(source, context_of(document, passage), cells, parses[n] if parses else None)


def context_of(document: Document, passage: Passage) -> Context:
    """What stands around a passage of a document."""
    lead = clean_span(document, *passage.lead)[0] if passage.lead else ""
    return Context(document.path, document.title, passage.section, passage.kind, passage.lead, lead, passage.page)


def _passage(document: Document, passage: Passage, task: Task, result: Result) -> ParsedPassage:
    sentences, facts = result
    placed = tuple(_placed(document, passage, task.source, sentence) for sentence in sentences)
    return ParsedPassage(passage, placed, facts, task.context.lead_text)


def _placed(document: Document, passage: Passage, source: Source, sentence: Sentence) -> Sentence:
    """The sentence with the bounds to quote it by: a row whole, and no quote that begins or ends inside markup."""
    if passage.kind == "row":
        return replace(sentence, start=passage.start, end=passage.end)
    offsets = source.offsets
    if not isinstance(offsets, list) or offsets[-1] - offsets[0] == len(offsets) - 1:
        return sentence
    first, last = bisect_left(offsets, sentence.tokens[0].start), bisect_left(offsets, sentence.tokens[-1].end - 1)
    start, end = stored_span(document, offsets, first, last + 1)
    return replace(
        sentence,
        start=start if first else passage.start,
        end=end if last + 1 < len(offsets) else passage.end,
    )


def _report(linked: Sequence[ParsedDocument], unread: Sequence[Unread], old: Reusable) -> BuildReport:
    built, words = [], 0
    for parsed in linked:
        pairs = [
            (item.passage.kind, sentence, facts)
            for item in parsed.passages
            for sentence, facts in zip(item.sentences, item.facts, strict=True)
        ]
        silent = sum(not facts for kind, _, facts in pairs if kind not in {"title", "heading"})
        words += sum(len(sentence) for _, sentence, _ in pairs)
        facts_made = sum(len(facts) for *_, facts in pairs)
        reused = old.passages(parsed.document) is not None
        built.append(BuiltDocument(parsed.document.path, len(pairs), facts_made, silent, reused))
    return BuildReport(tuple(built), tuple(unread), words)


def _relative(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
