"""The knowledge base: one SQLite file, written whole or not at all, read by many threads."""

from bot.facts.store.reader import KnowledgeBase
from bot.facts.store.records import (
    BaseContent,
    ParsedDocument,
    ParsedPassage,
    Scope,
    StoredConflict,
    StoredDocument,
    StoredFact,
    StoredSentence,
)

__all__ = [
    "BaseContent",
    "KnowledgeBase",
    "ParsedDocument",
    "ParsedPassage",
    "Scope",
    "StoredConflict",
    "StoredDocument",
    "StoredFact",
    "StoredSentence",
]
