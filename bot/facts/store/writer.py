"""Writing a knowledge base: whole or not at all.

Everything goes into a file beside the target, in one transaction, and takes the target's place in one step at the end.
A build that fails or is killed leaves the old base as it was; what it left beside it is removed by the next.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from itertools import groupby
from pathlib import Path

from bot.errors import KnowledgeBaseError
from bot.facts.conflicts import Given, conflicts
from bot.facts.model import Fact
from bot.facts.store.codec import TagTable, encode_fact, encode_sentence, pack
from bot.facts.store.records import BaseContent, ParsedDocument, ParsedPassage
from bot.facts.store.schema import APPLICATION_ID, FORMAT, INDEXES, TABLES
from bot.facts.store.scopes import scopes_of
from bot.facts.store.terms import ENTITY, content_terms, entities_of, sentence_terms, statement
from bot.language.sentence import Sentence


def write_base(target: Path, documents: Sequence[ParsedDocument], content: BaseContent) -> int:
    """Write a base and put it in the place of ``target``. The caller holds the lock of ``target``.

    target: the file to make. documents: in the order that ids shall follow. content: the rest.
    RETURNS: how many conflicts were found. Raises KnowledgeBaseError when it cannot be written; ``target`` is then what
    it was before.
    """
    partial = target.with_name(target.name + "-partial")
    try:
        remove_leftovers(target)
        with closing(sqlite3.connect(partial, isolation_level=None)) as db:
            # No journal: a partial file is thrown away, never recovered.
            db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192;")
            db.executescript(f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT};")
            db.executescript(TABLES)
            db.execute("BEGIN")
            disputed = _Writer(db).write(documents, content)
            db.execute("COMMIT")
            db.executescript(INDEXES)
        _flush(partial)
        os.replace(partial, target)
        return disputed
    except (OSError, sqlite3.Error) as error:
        raise KnowledgeBaseError(
            f"{target}: the knowledge base cannot be written ({error}). The old one, if any, is unchanged."
            " Check the folder's permissions and the free space."
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def remove_leftovers(target: Path) -> None:
    """Remove what a killed build of ``target`` left behind."""
    for ending in ("-partial", "-partial-journal"):
        target.with_name(target.name + ending).unlink(missing_ok=True)


def pack_ids(ids: Sequence[int]) -> bytes:
    """Sentence ids as 32-bit little-endian numbers."""
    packed = array("I", ids)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


class _Writer:
    """The rows of one base, in order; terms are gathered in memory and written last."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._tags = TagTable()
        self._sentence = 0
        self._passage = 0
        self._fact = 0
        self._postings: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._lengths = array("I")
        self._scopes: set[tuple[str, int, int, int]] = set()
        self._vocabulary: Counter[str] = Counter()
        self._mentions: tuple[tuple[str, ...], ...] = ()
        self._given: list[Given] = []

    def write(self, documents: Sequence[ParsedDocument], content: BaseContent) -> int:
        self._mentions = content.mentions
        for number, parsed in enumerate(documents):
            self._document(number, parsed)
        put = self._db.executemany
        put("INSERT INTO postings VALUES (?, ?, ?)", _ranked(self._postings))
        put("INSERT INTO scopes VALUES (?, ?, ?, ?)", sorted(self._scopes))
        put("INSERT INTO vocabulary VALUES (?, ?)", sorted(self._vocabulary.items()))
        put("INSERT INTO tags VALUES (?, ?, ?, ?, ?)", [(i, *tags) for i, tags in enumerate(self._tags.rows())])
        found = conflicts(self._given)
        rows = [(c.first, c.second, c.kind, c.first_value, c.second_value, c.detail) for c in found]
        put("INSERT INTO conflicts VALUES (?, ?, ?, ?, ?, ?)", rows)
        meta = {**content.meta, "gazetteer": content.gazetteer, "sentences": str(self._sentence)}
        put("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        put("INSERT INTO meta VALUES (?, ?)", [("lengths", pack_ids(self._lengths))])
        return len(found)

    def _document(self, number: int, parsed: ParsedDocument) -> None:
        document, first = parsed.document, self._sentence
        for term, scope in scopes_of(parsed, first):
            self._scopes.add((term, scope.first, scope.last, scope.level))
        for _, run in groupby(parsed.passages, key=lambda item: item.passage.section):
            passages = list(run)
            section_first = self._sentence
            section_last = section_first + sum(len(item.sentences) for item in passages) - 1
            for item in passages:
                self._parsed_passage(number, document.path, item, (section_first, section_last))
        row = (document.path, document.title, document.format, document.sha256, pack(document.source))
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, *row, first, self._sentence - 1, document.text),
        )

    def _parsed_passage(self, document: int, path: str, parsed: ParsedPassage, section: tuple[int, int]) -> None:
        passage, first = parsed.passage, self._sentence
        for i, sentence in enumerate(parsed.sentences):
            facts = parsed.facts[i] if i < len(parsed.facts) else ()
            self._given += (
                Given(self._fact + n, self._sentence, fact, path, passage.section) for n, fact in enumerate(facts)
            )
            self._parsed_sentence(sentence, facts)
        cells = pack([(cell.header, cell.start, cell.end) for cell in passage.cells])
        row = (
            *(self._passage, document, passage.kind, passage.start, passage.end, passage.level, passage.page),
            *(pack(passage.section), *(passage.lead or (None, None)), parsed.lead_text, cells),
            pack(passage.sources),
            *(first, self._sentence - 1, *section),
        )
        self._db.execute("INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._passage += 1

    def _parsed_sentence(self, sentence: Sentence, facts: Sequence[Fact]) -> None:
        number = self._sentence
        mentions = set(self._mentions[number]) if number < len(self._mentions) else set()
        for fact in facts:
            entities = entities_of(fact)
            mentions |= entities
            self._stored_fact(number, fact, entities)
        words = list(content_terms(sentence.tokens))
        terms = sentence_terms(words, facts) | {ENTITY + entity for entity in mentions}
        for term in terms:
            self._postings[term].append(number)
        self._lengths.append(len(words))
        self._vocabulary.update(token.text.lower() for token in sentence.tokens if token.text.isalpha())
        self._db.executemany("INSERT INTO mentions VALUES (?, ?)", [(entity, number) for entity in sorted(mentions)])
        row = (number, self._passage, sentence.start, sentence.end, len(facts), sentence.text)
        parse = encode_sentence(sentence, self._tags)
        self._db.execute("INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?, ?)", (*row, parse))
        self._sentence += 1

    def _stored_fact(self, sentence: int, fact: Fact, entities: set[str]) -> None:
        row = (self._fact, sentence, fact.predicate, fact.kind, fact.polarity, fact.confidence, statement(fact))
        self._db.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (*row, encode_fact(fact)))
        self._db.executemany(
            "INSERT INTO fact_entities VALUES (?, ?)", [(entity, self._fact) for entity in sorted(entities)]
        )
        self._fact += 1


def _ranked(postings: dict[str, array[int]]) -> Iterator[tuple[str, int, bytes]]:
    for term in sorted(postings):
        yield term, len(postings[term]), pack_ids(postings[term])
