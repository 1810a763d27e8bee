"""Parses taken from the base built before, for documents whose bytes have not changed.

Only parses are reused, never facts: what a fact is linked to depends on every document of the folder.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from msgspec import Struct, field
from msgspec.structs import replace

from bot.documents.model import Document
from bot.errors import KnowledgeBaseError
from bot.facts.store.reader import KnowledgeBase
from bot.language.sentence import Sentence

_Parses: TypeAlias = list[tuple[Sentence, ...]]
_Place: TypeAlias = tuple[int, int, str]


class Reusable(Struct, frozen=True):
    """The parses of an old base by the digest of the document's bytes, and within it by the passage's place."""

    parses: dict[str, dict[_Place, tuple[Sentence, ...]]] = field(default_factory=dict)

    def passages(self, document: Document) -> _Parses | None:
        """The sentences of each passage of the document, in order; None unless the old base has them all."""
        known = self.parses.get(_key(document.format, document.sha256))
        places = [(passage.start, passage.end, passage.kind) for passage in document.passages]
        return [known[place] for place in places] if known and all(place in known for place in places) else None


def reusable(kb: Path, parsing: str) -> Reusable:
    """What the base at ``kb`` offers; nothing where there is none, or it was parsed by other code or weights.

    parsing: the fingerprint of the parsing that is in use now.
    """
    try:
        with KnowledgeBase.open(kb) as old:
            if old.meta.get("parsing") != parsing:
                return Reusable()
            return Reusable({_key(d.format, d.sha256): _passages(old, d.path) for d in old.documents()})
    except KnowledgeBaseError:
        return Reusable()


def _passages(old: KnowledgeBase, path: str) -> dict[_Place, tuple[Sentence, ...]]:
    found: dict[_Place, tuple[Sentence, ...]] = {place: () for place in old.places(path)}
    for stored in old.sentences(path):
        passage, sentence = stored.passage, stored.sentence
        # As the parser gave it: the bounds for quoting are found anew.
        bare = replace(sentence, start=sentence.tokens[0].start, end=sentence.tokens[-1].end)
        found[passage.start, passage.end, passage.kind] += (bare,)
    return found


def _key(form: str, sha256: str) -> str:
    return f"{form}:{sha256}"
