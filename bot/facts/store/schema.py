"""The layout of a knowledge base: one SQLite file that any SQLite tool can open and read.

``sentences.parse`` and ``facts.payload`` are JSON arrays (see ``codec``); what a person would want to look at is in
plain columns beside them. Ids are dense and in document order, so a sentence's neighbours are its id plus and minus
one, and nothing in the file depends on a clock or on the machine.
"""

from __future__ import annotations

APPLICATION_ID = 0x63697465  # "cite"
FORMAT = 3
"""Raised whenever a base written before can no longer be read; ``PRAGMA user_version`` of the file."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE documents (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, title TEXT NOT NULL, format TEXT NOT NULL, sha256 TEXT NOT NULL,
    source TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, text TEXT NOT NULL);
CREATE TABLE passages (
    id INTEGER PRIMARY KEY, document INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    level INTEGER NOT NULL, page INTEGER, section TEXT NOT NULL, lead_start INTEGER, lead_end INTEGER,
    lead_text TEXT NOT NULL, cells TEXT NOT NULL, sources TEXT NOT NULL,
    first INTEGER NOT NULL, last INTEGER NOT NULL,
    section_first INTEGER NOT NULL, section_last INTEGER NOT NULL);
CREATE TABLE sentences (
    id INTEGER PRIMARY KEY, passage INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    facts INTEGER NOT NULL, text TEXT NOT NULL, parse TEXT NOT NULL);
CREATE TABLE facts (
    id INTEGER PRIMARY KEY, sentence INTEGER NOT NULL, predicate TEXT NOT NULL, kind TEXT NOT NULL,
    polarity TEXT NOT NULL, confidence REAL NOT NULL, statement TEXT NOT NULL, payload TEXT NOT NULL);
CREATE TABLE conflicts (
    first INTEGER, second INTEGER, kind TEXT, first_value TEXT NOT NULL, second_value TEXT NOT NULL,
    detail TEXT NOT NULL, PRIMARY KEY (first, second, kind)) WITHOUT ROWID;
CREATE TABLE fact_entities (entity TEXT, fact INTEGER, PRIMARY KEY (entity, fact)) WITHOUT ROWID;
CREATE TABLE mentions (entity TEXT, sentence INTEGER, PRIMARY KEY (entity, sentence)) WITHOUT ROWID;
CREATE TABLE postings (term TEXT PRIMARY KEY, frequency INTEGER NOT NULL, sentences BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE scopes (
    term TEXT, first INTEGER, last INTEGER, level INTEGER, PRIMARY KEY (term, first, last, level)) WITHOUT ROWID;
CREATE TABLE vocabulary (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE tags (
    id INTEGER PRIMARY KEY, upos TEXT NOT NULL, dep TEXT NOT NULL, feats TEXT NOT NULL, ent TEXT NOT NULL);
"""

INDEXES = """
CREATE INDEX facts_by_sentence ON facts (sentence);
CREATE INDEX passages_by_kind ON passages (kind, first, last);
CREATE INDEX facts_by_predicate ON facts (predicate);
"""
