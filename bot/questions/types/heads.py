"""The type that a noun asks for: the one under which it is listed, or that of what it is a kind of."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.errors import ModelError
from bot.questions.types.tables import Taxonomy

if TYPE_CHECKING:
    from bot.language.lexicon import Lexicon

SENSES = 2
VAGUE = frozenset({"", "ENTY:other", "DESC:desc"})
LONGEST = 4  # words of a listed compound


class Heads:
    """Types of nouns by the taxonomy's lists and the lexicon's hypernyms."""

    def __init__(self, lexicon: Lexicon, taxonomy: Taxonomy) -> None:
        self._lexicon = lexicon
        self._listed = taxonomy.nouns
        self._anchors: dict[int, tuple[str, str]] = {}
        for anchor, name in taxonomy.below.items():
            self._anchors[self._sense(anchor)] = (name, anchor)
        self._single = lru_cache(maxsize=4096)(self._of_noun)

    def of(self, words: Iterable[str]) -> tuple[str, str]:
        """(type, why) of a noun phrase by its lemmas, the last of which is its head; ('', '') where nothing is
        known."""
        lemmas = tuple(words)
        if not lemmas:
            return "", ""
        for length in range(min(LONGEST, len(lemmas)), 1, -1):
            compound = " ".join(lemmas[-length:])
            if compound in self._listed:
                return self._listed[compound], f"“{compound}” is listed"
        found = self._single(lemmas[-1])
        if found[0] in VAGUE and lemmas[-1] not in self._listed:
            # what radio [stations] air: the parser took the verb for a noun
            earlier = next((n for n in reversed(lemmas[:-1]) if self._listed.get(n, "") not in VAGUE), None)
            if earlier is not None:
                return self._listed[earlier], f"“{earlier}” is listed"
        return found

    def listed(self, words: str) -> tuple[str, str]:
        """(type, why) of a listed noun or compound such as *body of water*."""
        return (self._listed[words], f"“{words}” is listed") if words in self._listed else ("", "")

    def _of_noun(self, noun: str) -> tuple[str, str]:
        # *which of the [rivers]*: tagged as a name, whose lemma is as it is written
        for lemma in (noun, *(base for base, pos in self._lexicon.lemmas_of(noun) if pos == "n" and base != noun)):
            if lemma in self._listed:
                return self._listed[lemma], f"“{lemma}” is listed"
            found = self.above(lemma)
            if found[0]:
                return found
        return "", ""

    def above(self, noun: str) -> tuple[str, str]:
        """(type, why) by the nearest anchored sense above the noun's first senses."""
        vague = None
        for sense in self._lexicon.senses(noun, "n")[:SENSES]:
            found = self._nearest(sense)
            if found is not None and found[0] not in VAGUE:
                return found[0], f"“{noun}” is below {found[1]}"
            vague = vague or found
        return (vague[0], f"“{noun}” is below {vague[1]}") if vague else ("", "")

    def _nearest(self, sense: int) -> tuple[str, str] | None:
        layer, seen = [sense], {sense}
        while layer:
            hits = sorted(self._anchors[s] for s in layer if s in self._anchors)
            if hits:
                return hits[0]
            layer = [up for s in layer for up in self._lexicon.parents(s) if up not in seen]
            seen.update(layer)
        return None

    def is_below(self, noun: str, anchors: tuple[str, ...]) -> bool:
        """Whether the first sense of a noun is below one of the anchors."""
        return any(self._lexicon.is_below(noun, anchor) for anchor in anchors)

    def _sense(self, anchor: str) -> int:
        """The synset of an anchor; raises ModelError where the lexicon has no such sense."""
        noun, _, rank = anchor.partition(":")
        senses = self._lexicon.senses(noun, "n")
        if not rank.isdecimal() or not 1 <= int(rank) <= len(senses):
            raise ModelError(f"“{anchor}” in the question types: expected noun:sense with sense 1 to {len(senses)}")
        return senses[int(rank) - 1]
