"""Reading a knowledge base: everything the look-up asks for, from one immutable file, safe for threads.

A base is never changed once written (a new build replaces the file), so it is opened as immutable and what is read may
be kept. Nothing here loads spaCy.
"""

from __future__ import annotations

import sqlite3
import sys
from array import array
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from msgspec import json

from bot.documents.model import Cell, Passage, PassageKind
from bot.errors import UsageError
from bot.facts.model import Context, Fact
from bot.facts.store.codec import Tags, decode_facts, decode_sentence
from bot.facts.store.opening import connect, damaged
from bot.facts.store.records import Scope, StoredConflict, StoredDocument, StoredFact, StoredSentence

if TYPE_CHECKING:
    from bot.language.gazetteer import Gazetteer

_SENTENCES_KEPT = 20_000
_TERMS_KEPT = 20_000
_TEXTS_KEPT = 16

_SENTENCE = "SELECT passage, start, end, text, parse FROM sentences WHERE id = ?"
_FACTS = "SELECT payload FROM facts WHERE sentence = ? ORDER BY id"
_PASSAGE = """
SELECT d.path, d.title, p.kind, p.start, p.end, p.level, p.page, p.section, p.lead_start, p.lead_end, p.lead_text,
       p.cells, p.sources, p.section_first, p.section_last
FROM passages p JOIN documents d ON d.id = p.document WHERE p.id = ?"""
_DOCUMENTS = "SELECT path, title, format, sha256, source, first, last FROM documents ORDER BY id"
_ALL_FACTS = """
SELECT f.id, f.sentence, f.payload FROM facts f
WHERE (:entity IS NULL OR f.id IN (SELECT fact FROM fact_entities WHERE entity = :entity))
  AND (:relation IS NULL OR f.predicate = :relation)
  AND f.sentence BETWEEN :first AND :last
ORDER BY f.id"""

_CONFLICTS = """
SELECT c.kind, c.first_value, c.second_value, c.detail, a.id, a.sentence, a.payload, b.id, b.sentence, b.payload
FROM conflicts c JOIN facts a ON a.id = c.first JOIN facts b ON b.id = c.second"""


class KnowledgeBase:
    """A knowledge base opened for reading. Sentence ids run from 0 to ``sentence_count - 1`` in document order."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = db
        self._lock = Lock()
        rows = self._rows("SELECT key, value FROM meta")
        self.meta: Mapping[str, str] = {key: value for key, value in rows if isinstance(value, str)}
        self._lengths = _ids(next((value for key, value in rows if key == "lengths"), b""))
        self._tags: list[Tags] = self._rows("SELECT upos, dep, feats, ent FROM tags ORDER BY id")
        self.sentence_count = len(self._lengths)
        self._documents = {row[0]: _stored_document(row) for row in self._rows(_DOCUMENTS)}
        self._sentence = lru_cache(_SENTENCES_KEPT)(self._read_sentence)
        self._postings = lru_cache(_TERMS_KEPT)(self._read_postings)
        self._scopes = lru_cache(_TERMS_KEPT)(self._read_scopes)
        self._text = lru_cache(_TEXTS_KEPT)(self._read_text)
        self._passage = lru_cache(_SENTENCES_KEPT)(self._read_passage)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a base.

        path: the file that ``build`` wrote.
        RETURNS: the base. Raises KnowledgeBaseError when it is missing, foreign, truncated or of another format.
        """
        db = connect(path)
        try:
            return cls(path, db)
        except BaseException:
            db.close()
            raise

    def close(self) -> None:
        """Close the file; the base is of no use afterwards."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Documents

    def documents(self) -> tuple[StoredDocument, ...]:
        """All documents in order."""
        return tuple(self._documents.values())

    def document(self, path: str) -> StoredDocument:
        """One document by its path; UsageError where the base has none of that path."""
        if path not in self._documents:
            raise UsageError(f"{path}: the knowledge base has no such document. It has: {_some(self._documents)}.")
        return self._documents[path]

    def text(self, path: str) -> str:
        """The text of a document as stored: what the offsets of citations count in."""
        return self._text(path)

    def places(self, path: str) -> list[tuple[int, int, str]]:
        """Start, end and kind of every passage of a document, in order, those without a sentence too."""
        sql = "SELECT p.start, p.end, p.kind FROM passages p JOIN documents d ON d.id = p.document"
        return self._rows(f"{sql} WHERE d.path = ? ORDER BY p.id", path)

    # Sentences

    def sentence(self, number: int) -> StoredSentence:
        """A sentence by its id, with its context and facts; kept once read. KeyError where there is none."""
        return self._sentence(number)

    def sentences(self, document: str | None = None) -> Iterator[StoredSentence]:
        """All sentences, or one document's, in order."""
        first, last = self._range(document)
        return map(self._read_sentence, range(first, last + 1))

    def of_kind(self, kind: PassageKind) -> tuple[int, ...]:
        """Ids of the sentences of all passages of a kind, ascending."""
        rows = self._rows("SELECT first, last FROM passages WHERE kind = ? ORDER BY first", kind)
        return tuple(number for first, last in rows for number in range(first, last + 1))

    def length(self, number: int) -> int:
        """How many content terms a sentence has, repeated ones counted again."""
        return self._lengths[number]

    @cached_property
    def mean_length(self) -> float:
        """The mean of ``length`` over all sentences; 0 for an empty base."""
        return sum(self._lengths) / len(self._lengths) if self._lengths else 0.0

    # Indexes

    def postings(self, term: str) -> tuple[int, ...]:
        """Ids of the sentences that hold a term of ``bot.facts.store.terms``, ascending; kept once read."""
        return self._postings(term)

    def frequency(self, term: str) -> int:
        """How many sentences hold a term."""
        return len(self._postings(term))

    def scopes(self, term: str) -> tuple[Scope, ...]:
        """The runs of sentences that stand under a term: in the title, in a heading, in a lead-in; kept once read."""
        return self._scopes(term)

    def section_postings(self, term: str) -> tuple[int, ...]:
        """Ids of all sentences in some scope of a term, ascending."""
        return tuple(sorted({n for scope in self.scopes(term) for n in range(scope.first, scope.last + 1)}))

    def mentions(self) -> dict[str, int]:
        """In how many sentences each entity is named, those never named left out."""
        return dict(self._rows("SELECT entity, count(*) FROM mentions GROUP BY entity ORDER BY entity"))

    def vocabulary(self) -> dict[str, int]:
        """How often each word, in small letters, occurs."""
        return dict(self._rows("SELECT word, count FROM vocabulary ORDER BY word"))

    def gazetteer(self) -> Gazetteer:
        """The entities and groups of the base: those of its folder's list, and those learnt from its documents."""
        from bot.language.gazetteer import Gazetteer  # a reader of texts and facts does without

        return Gazetteer.from_text(self.meta.get("gazetteer", ""))

    # Facts

    def facts(
        self, *, entity: str | None = None, relation: str | None = None, document: str | None = None
    ) -> Iterator[StoredFact]:
        """Facts in document order.

        entity: only those about this entity id. relation: only those with this predicate. document: only those of the
        document with this path.
        """
        first, last = self._range(document)
        rows = self._rows(_ALL_FACTS, entity=entity, relation=relation, first=first, last=last)
        return (StoredFact(number, sentence, self._decoded([payload])[0]) for number, sentence, payload in rows)

    def conflicts(self) -> tuple[StoredConflict, ...]:
        """Pairs of facts that cannot both hold, in document order."""
        return tuple(map(self._conflict, self._rows(f"{_CONFLICTS} ORDER BY c.first, c.second, c.kind")))

    def conflicts_of(self, sentence: int) -> tuple[StoredConflict, ...]:
        """Those that a fact of a sentence takes part in; the sentence's fact is ``first`` or ``second`` of each."""
        if sentence not in self._disputed:
            return ()
        where = "WHERE a.sentence = :sentence OR b.sentence = :sentence"
        rows = self._rows(f"{_CONFLICTS} {where} ORDER BY c.first, c.second, c.kind", sentence=sentence)
        return tuple(map(self._conflict, rows))

    @cached_property
    def _disputed(self) -> frozenset[int]:
        """Ids of the sentences whose facts conflict with another's."""
        rows = self._rows("SELECT DISTINCT f.sentence FROM conflicts c JOIN facts f ON f.id IN (c.first, c.second)")
        return frozenset(number for (number,) in rows)

    # Reading

    def _conflict(self, row: tuple[Any, ...]) -> StoredConflict:
        kind, first_value, second_value, detail, *pair = row
        first, second = self._decoded([pair[2], pair[5]])
        one, two = StoredFact(pair[0], pair[1], first), StoredFact(pair[3], pair[4], second)
        return StoredConflict(kind, one, two, first_value, second_value, detail)

    def _range(self, document: str | None) -> tuple[int, int]:
        if document is None:
            return 0, self.sentence_count - 1
        found = self.document(document)
        return found.first, found.last

    def _rows(self, sql: str, *values: object, **named: object) -> list[Any]:
        try:
            with self._lock:
                return self._db.execute(sql, named or values).fetchall()
        except sqlite3.DatabaseError as error:
            raise damaged(self.path, error) from error

    def _read_sentence(self, number: int) -> StoredSentence:
        rows = self._rows(_SENTENCE, number)
        if not rows:
            raise KeyError(number)
        passage_number, start, end, text, parse = rows[0]
        context, passage, first, last = self._passage(passage_number)
        try:
            sentence = decode_sentence(text, start, end, parse, self._tags)
        except (ValueError, TypeError, IndexError) as error:
            raise damaged(self.path, error) from error
        facts = self._decoded([payload for (payload,) in self._rows(_FACTS, number)])
        before, after = number - 1 if number > first else None, number + 1 if number < last else None
        return StoredSentence(number, sentence, context, passage, facts, before, after)

    def _read_scopes(self, term: str) -> tuple[Scope, ...]:
        rows = self._rows("SELECT first, last, level FROM scopes WHERE term = ? ORDER BY first, last, level", term)
        return tuple(Scope(*row) for row in rows)

    def _read_passage(self, number: int) -> tuple[Context, Passage, int, int]:
        row = self._rows(_PASSAGE, number)[0]
        path, title, kind, start, end, level, page, heads, lead_start, lead_end, lead_text, columns, said, *bounds = row
        first, last = bounds
        section = tuple(json.decode(heads))
        lead = None if lead_start is None else (lead_start, lead_end)
        cells = tuple(Cell(*cell) for cell in json.decode(columns))
        context = Context(path, title, section, kind, lead, lead_text, page)
        return (
            context,
            Passage(start, end, kind, section, lead, level, cells, page, tuple(json.decode(said))),
            first,
            last,
        )

    def _read_text(self, path: str) -> str:
        self.document(path)
        text: str = self._rows("SELECT text FROM documents WHERE path = ?", path)[0][0]
        return text

    def _read_postings(self, term: str) -> tuple[int, ...]:
        rows = self._rows("SELECT sentences FROM postings WHERE term = ?", term)
        return tuple(_ids(rows[0][0])) if rows else ()

    def _decoded(self, payloads: list[str]) -> tuple[Fact, ...]:
        try:
            return decode_facts(payloads) if payloads else ()
        except (ValueError, TypeError, IndexError) as error:
            raise damaged(self.path, error) from error


def _ids(packed: bytes) -> array[int]:
    ids = array("I")
    ids.frombytes(packed)
    if sys.byteorder == "big":
        ids.byteswap()
    return ids


def _stored_document(row: tuple[str, str, str, str, str, int, int]) -> StoredDocument:
    path, title, form, sha256, source, first, last = row
    return StoredDocument(path, title, form, sha256, tuple(json.decode(source)), first, last)


def _some(names: Mapping[str, object], most: int = 10) -> str:
    listed = list(names)
    return ", ".join(listed[:most]) + (f" and {len(listed) - most} more" if len(listed) > most else "") or "none"
