"""Parsing and extracting, on one core or on all: what a build spends its time on.

A task is a batch of passages; what comes back is the sentences of each with their facts, in order. Worker processes
send both in the base's own JSON form, which is many times faster than pickling the records.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from bot.errors import CitebotError
from bot.facts.model import Context, Fact
from bot.facts.store.codec import Tags, TagTable, decode_facts, decode_sentence, encode_fact, encode_sentence
from bot.language.analysis import Source, analyse_many
from bot.language.sentence import Sentence

if TYPE_CHECKING:
    from spacy.language import Language

    from bot.facts.rules.tables import Cell

BATCH_CHARS = 20_000
WORTHWHILE_CHARS = 240_000
"""Text (about 40,000 words) from which on starting worker processes pays."""


class Task(Struct, frozen=True):
    """A passage to work on. ``cells`` are those of a table row: header, text, start and end in the stored text.
    ``sentences`` is the passage's parse where an earlier base has it already."""

    source: Source
    context: Context
    cells: tuple[Cell, ...] = ()
    sentences: tuple[Sentence, ...] | None = None


Result: TypeAlias = tuple[tuple[Sentence, ...], tuple[tuple[Fact, ...], ...]]
Batch: TypeAlias = list[list[Task]]
_Sent: TypeAlias = tuple[str, int, int, str, list[str]]
_Reply: TypeAlias = tuple[list[Tags], list[list[_Sent]]]


def work(tasks: Sequence[Task], jobs: int) -> Iterator[list[Result]]:
    """The results of all tasks, in order and in batches.

    tasks: the passages. jobs: processes to use; one keeps to this one.
    """
    batches = list(_batches(tasks))
    if jobs < 2 or len(batches) < 2:
        yield from map(_understood, batches)
        return
    yield from _in_processes(batches, min(jobs, len(batches)))


def jobs_for(chars: int) -> int:
    """How many processes a text of so many characters is worth on this machine."""
    available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return available if chars >= WORTHWHILE_CHARS else 1


def _batches(tasks: Iterable[Task]) -> Iterator[Batch]:
    batch: Batch = []
    chars = 0
    for chunk in _chunks(tasks):
        batch.append(chunk)
        chars += _new_chars(chunk)
        if chars >= BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _chunks(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """Tasks that are parsed together: always of one document, and cut at places that depend on nothing else.

    The last bits of the parser's arithmetic, and so now and then a parse, depend on what shares its batch; a document
    must have the same parse in whatever company it is built.
    """
    for _, document in groupby(tasks, key=lambda task: task.context.document):
        chunk: list[Task] = []
        chars = 0
        for task in document:
            chunk.append(task)
            chars += _new_chars([task])
            if chars >= BATCH_CHARS:
                yield chunk
                chunk, chars = [], 0
        if chunk:
            yield chunk


def _new_chars(chunk: list[Task]) -> int:
    return sum(len(task.source.text) for task in chunk if task.sentences is None)


def _understood(batch: Batch) -> list[Result]:
    return [result for chunk in batch for result in _understood_chunk(chunk)]


def _understood_chunk(chunk: list[Task]) -> list[Result]:
    """Parse what is not parsed yet, then extract."""
    from bot.facts.extract import extract
    from bot.facts.rules.tables import row_facts

    new = [task.source for task in chunk if task.sentences is None]
    parsed = analyse_many(_pipeline(), new) if new else iter(())
    results: list[Result] = []
    for task in chunk:
        sentences = task.sentences if task.sentences is not None else next(parsed)
        facts: tuple[tuple[Fact, ...], ...]
        if task.cells:  # a row's facts come from its columns, not from reading it as a sentence
            facts = (row_facts(task.cells, task.context),) if sentences else ()
        else:
            facts = tuple(extract(sentence, task.context) for sentence in sentences)
        results.append((sentences, facts))
    return results


def _pipeline() -> Language:
    from bot.language.pipeline import load

    return load()


def _in_processes(batches: list[Batch], jobs: int) -> Iterator[list[Result]]:
    forked = sys.platform == "linux" and threading.active_count() == 1
    if forked:
        _pipeline()  # loaded once, shared by all
    method = multiprocessing.get_context("fork" if forked else "spawn")
    with ProcessPoolExecutor(jobs, mp_context=method, initializer=_begin) as pool:
        waiting: list[Future[_Reply]] = [pool.submit(_encoded, batch) for batch in batches]
        try:
            for future in waiting:
                yield _decoded(future.result())
        except BrokenProcessPool as error:
            raise CitebotError(
                "a worker process of the build ended unexpectedly, probably for want of memory."
                " Build with --jobs 1, or split the folder."
            ) from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Let this worker end with the build: quietly when that is interrupted, and at all when that is killed, after which
    the pool would leave it waiting for work for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # as the build itself, which a worker does not take after where it is started afresh
    parent = multiprocessing.parent_process()
    if parent is not None:

        def watch() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()


def _encoded(batch: Batch) -> _Reply:
    table = TagTable()
    passages = []
    for sentences, facts in _understood(batch):
        pairs = zip(sentences, facts, strict=True)
        passages.append(
            [(s.text, s.start, s.end, encode_sentence(s, table), [encode_fact(f) for f in found]) for s, found in pairs]
        )
    return table.rows(), passages


def _decoded(reply: _Reply) -> list[Result]:
    tags, passages = reply
    return [
        (
            tuple(decode_sentence(text, start, end, parse, tags) for text, start, end, parse, _ in passage),
            tuple(decode_facts(payloads) for *_, payloads in passage),
        )
        for passage in passages
    ]
