"""What a round trip checks: articles written out, built, and every fact's evidence looked up again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.cli.verify import verify_facts
from bot.facts.build import build
from bot.facts.store import KnowledgeBase
from bot.facts.store.records import StoredSentence
from tests.articles import Article, write_article

LEAST_YIELD = 0.97
"""The part of the sentences holding a verb that must yield a fact."""


@dataclass(frozen=True)
class RoundTrip:
    """What one article in one format gave. ``misplaced`` are failures of ``verify``, ``loose`` quotes that are more
    than a sentence, bullet or row; ``verbal`` counts sentences with a verb, ``silent`` are those without a fact."""

    facts: int
    misplaced: tuple[str, ...]
    loose: tuple[str, ...]
    verbal: int
    silent: tuple[str, ...]
    quotes: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part of the sentences holding a verb that yielded a fact."""
        return 1 - len(self.silent) / self.verbal if self.verbal else 1.0


def round_trip(article: Article, form: str, place: Path) -> RoundTrip:
    """Write an article in a format, build a base of it and look at all evidence in it."""
    folder = place / form
    folder.mkdir(parents=True)
    write_article(article, form, folder)
    build(folder, place / f"{form}.kb", jobs=1)
    with KnowledgeBase.open(place / f"{form}.kb") as base:
        proof = verify_facts(base)
        stored = list(base.sentences())
        texts = {document.path: base.text(document.path) for document in base.documents()}
    ends: dict[str, int] = {}
    loose = []
    for one in stored:
        if not _one_unit(one, ends.get(one.document, 0)):
            loose.append(texts[one.document][one.sentence.start : one.sentence.end])
        ends[one.document] = one.sentence.end
    verbal = [one for one in stored if _holds_verb(one)]
    return RoundTrip(
        proof.checked,
        proof.failures,
        tuple(loose),
        len(verbal),
        tuple(one.sentence.text for one in verbal if not one.facts),
        tuple(texts[one.document][one.sentence.start : one.sentence.end] for one in stored if one.facts),
    )


def _one_unit(stored: StoredSentence, before: int) -> bool:
    """Whether a sentence has one root, keeps inside its passage and begins no earlier than the one before it ends; of
    a table it is the row, no more and no less."""
    sentence, passage = stored.sentence, stored.passage
    if passage.kind == "row":
        return (sentence.start, sentence.end) == (passage.start, passage.end)
    roots = sum(token.head == token.i for token in sentence.tokens)
    return max(before, passage.start) <= sentence.start < sentence.end <= passage.end and roots == 1


def _holds_verb(stored: StoredSentence) -> bool:
    """Whether a sentence of the running text or a row has a verb; titles and headings state nothing."""
    if stored.passage.kind in {"title", "heading"}:
        return False
    return any(token.upos in {"VERB", "AUX"} for token in stored.sentence.tokens)
