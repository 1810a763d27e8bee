"""What goes into a knowledge base and what comes out of it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from bot.documents.model import Document, Passage
from bot.facts.model import Context, Fact
from bot.language.sentence import Sentence


class ParsedPassage(Struct, frozen=True):
    """A passage with its sentences and, in step with them, the facts of each. ``lead_text`` is the cleaned text of
    ``passage.lead``."""

    passage: Passage
    sentences: tuple[Sentence, ...]
    facts: tuple[tuple[Fact, ...], ...] = ()
    lead_text: str = ""


class ParsedDocument(Struct, frozen=True):
    """A document with its passages in order."""

    document: Document
    passages: tuple[ParsedPassage, ...]

    def context(self, item: ParsedPassage) -> Context:
        """What stands around one of its passages."""
        passage, document = item.passage, self.document
        return Context(
            document.path,
            document.title,
            passage.section,
            passage.kind,
            passage.lead,
            item.lead_text,
            passage.page,
        )


class BaseContent(Struct, frozen=True):
    """What a base holds beside its documents. ``mentions`` lists, for each sentence in order, the ids of the entities
    named in it; ``gazetteer`` is the entity list as text, ``meta`` further keys."""

    gazetteer: str = ""
    mentions: tuple[tuple[str, ...], ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)


class Scope(Struct, frozen=True):
    """A run of sentences that stand under some words: ``first`` to ``last`` (inclusive). ``level`` is 0 for the
    document's title, 1 and up for headings from the outermost in, -1 for the lead-in of a list or table."""

    first: int
    last: int
    level: int


class StoredDocument(Struct, frozen=True):
    """A document of the base without its text; ``first`` to ``last`` are its sentences (``last < first``: none)."""

    path: str
    title: str
    format: str
    sha256: str
    source: tuple[str, ...]
    first: int
    last: int


class StoredSentence(Struct, frozen=True):
    """A sentence of the base with all that matching needs. ``previous`` and ``next`` are its neighbours' ids within
    the same section, None at its ends."""

    id: int
    sentence: Sentence
    context: Context
    passage: Passage
    facts: tuple[Fact, ...]
    previous: int | None
    next: int | None

    @property
    def document(self) -> str:
        return self.context.document

    @property
    def title(self) -> str:
        return self.context.title


class StoredFact(Struct, frozen=True):
    """A fact with its id and its sentence's."""

    id: int
    sentence: int
    fact: Fact


class StoredConflict(Struct, frozen=True):
    """Two facts that cannot both hold. ``kind`` is value, polarity or name; ``first_value`` and ``second_value`` are
    what each claims, as written (*yes* and *no* for a polarity); ``detail`` says what they disagree about."""

    kind: str
    first: StoredFact
    second: StoredFact
    first_value: str
    second_value: str
    detail: str
