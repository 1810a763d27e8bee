"""``related``: whether, how and how far one word may stand for another.

Every way is tried and the heaviest kept; ties go to the kind that comes first in ``KINDS``.  The weights are set by
hand here, in one table, as a prior for whoever fits the matching on top of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from bot.language.lexicon.records import PredicateFrame, Relation, RelationKind
from bot.language.lexicon.spelling_variants import variant_key

if TYPE_CHECKING:
    from bot.language.lexicon.lexicon import Lexicon

WEIGHT: Final = {
    "variant": 0.98,
    "zero_derivation": 0.95,  # link (noun), link (verb)
    "derived": 0.92,
    "derived_twice": 0.6,  # founder ← found → foundation
    "synonym": 0.9,
    "class": 0.75,  # the same paraphrase class with the same subject role
    "converse": 0.75,
    "entailed": 0.6,
    "hypernym": 0.55,
    "hyponym": 0.45,
}
SENSE_LOSS: Final = 0.1  # a synonym loses this much for every sense before the shared one, in either word
SYNONYM_SENSES: Final = {"n": 3, "v": 3, "a": 2, "r": 2}
DERIVED_SENSES: Final = 4
KIND_DEPTH: Final = {"n": 6, "v": 2}
KIND_SENSES: Final = 2
KIND_LOSS: Final = 0.85  # per further step up
TOO_BROAD: Final = {"n": 1500, "v": 120}  # synsets below: 'act', 'change', 'entity' say nothing
KINDS: Final = (
    "equal",
    "variant",
    "derived",
    "synonym",
    "derived_synonym",
    "converse",
    "entailed",
    "hypernym",
    "hyponym",
)


class Relater:
    """Computes relations over a lexicon (which caches them)."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def relate(self, a: str, a_pos: str, b: str, b_pos: str) -> Relation | None:
        """The heaviest relation from (a, a_pos) to (b, b_pos), or None."""
        if a == b and a_pos == b_pos:
            return Relation("equal", 1.0, a)
        ways = [*self._spelled(a, a_pos, b, b_pos), *self._derived(a, a_pos, b, b_pos)]
        if a_pos == b_pos:
            if b in self._lexicon.antonyms(a, a_pos):  # buy, sell: converse or nothing
                ways = [way for way in self._same_class(a, a_pos, b, b_pos) if way.kind == "converse"]
                return self._heaviest(ways)
            ways.extend(self._same_pos(a, b, a_pos))
        if not ways:
            ways.extend(self._derived_synonym(a, a_pos, b, b_pos))
        ways.extend(self._same_class(a, a_pos, b, b_pos))
        return self._heaviest(ways)

    def _heaviest(self, ways: list[Relation]) -> Relation | None:
        return min(ways, key=lambda way: (-way.weight, KINDS.index(way.kind), way.step), default=None)

    def _spelled(self, a: str, a_pos: str, b: str, b_pos: str) -> Iterator[Relation]:
        if a_pos != b_pos or a == b or variant_key(a) != variant_key(b):
            return
        known = self._lexicon.senses(a, a_pos) and self._lexicon.senses(b, b_pos)
        if not known or self.synonymy(a, b, a_pos):  # 'prise' and 'prize' are two words
            yield Relation("variant", WEIGHT["variant"], f"{a} = {b} (spelling)")

    def synonymy(self, a: str, b: str, pos: str) -> float:
        """Weight of the best synset shared by the first senses of both words, or 0."""
        limit = SYNONYM_SENSES.get(pos, 1)
        b_senses = self._lexicon.senses(b, pos)[:limit]
        best = 0.0
        for rank, synset in enumerate(self._lexicon.senses(a, pos)[:limit]):
            if synset in b_senses:
                best = max(best, WEIGHT["synonym"] - SENSE_LOSS * (rank + b_senses.index(synset)))
        return round(best, 3)

    def derivation(self, a: str, a_pos: str, b: str, b_pos: str) -> float:
        """Weight of a direct derivation between two words, or 0."""
        if (b, b_pos) not in self._lexicon.derivations(a, a_pos, max_senses=DERIVED_SENSES):
            return 0.0
        return WEIGHT["zero_derivation"] if a == b else WEIGHT["derived"]

    def _derived(self, a: str, a_pos: str, b: str, b_pos: str) -> Iterator[Relation]:
        weight = self.derivation(a, a_pos, b, b_pos)
        if weight:
            yield Relation("derived", weight, f"{a} ← {b} (derivation)")
            return
        through = self._lexicon.derivations(a, a_pos, max_senses=DERIVED_SENSES)
        shared = sorted(through & self._lexicon.derivations(b, b_pos, max_senses=DERIVED_SENSES))
        if shared:
            yield Relation("derived", WEIGHT["derived_twice"], f"{a} ← {shared[0][0]} → {b} (derivation)")

    def _same_pos(self, a: str, b: str, pos: str) -> Iterator[Relation]:
        weight = self.synonymy(a, b, pos)
        if weight:
            yield Relation("synonym", weight, f"{a} ≈ {b} (synonym)")
            return
        if pos == "v" and self._entails(a, b):
            yield Relation("entailed", WEIGHT["entailed"], f"{a} ⇒ {b} (entailed)")
        up, down = self._steps_up(a, b, pos), self._steps_up(b, a, pos)
        if up:
            yield Relation("hypernym", round(WEIGHT["hypernym"] * KIND_LOSS ** (up - 1), 3), f"{a} ⊂ {b} (kind of)")
        if down:
            yield Relation("hyponym", round(WEIGHT["hyponym"] * KIND_LOSS ** (down - 1), 3), f"{a} ⊃ {b} (kind of)")

    def _entails(self, a: str, b: str) -> bool:
        b_senses = self._lexicon.senses(b, "v")[:KIND_SENSES]
        a_senses = self._lexicon.senses(a, "v")[:KIND_SENSES]
        return any(target in b_senses for synset in a_senses for target in self._lexicon.entailed(synset))

    def _steps_up(self, a: str, b: str, pos: str) -> int:
        if pos not in KIND_DEPTH:
            return 0
        ancestors = self._lexicon.ancestors(a, pos, KIND_SENSES)
        return min(
            (
                ancestors[synset]
                for synset in self._lexicon.senses(b, pos)[:KIND_SENSES]
                if 0 < ancestors.get(synset, 0) <= KIND_DEPTH[pos] and self._lexicon.breadth(synset) <= TOO_BROAD[pos]
            ),
            default=0,
        )

    def _derived_synonym(self, a: str, a_pos: str, b: str, b_pos: str) -> Iterator[Relation]:
        for middle, pos in sorted(self._lexicon.derivations(a, a_pos, max_senses=DERIVED_SENSES)):
            weight = self.synonymy(middle, b, pos) if pos == b_pos else 0.0
            if weight:
                step = f"{a} ← {middle} (derivation) ≈ {b} (synonym)"
                yield Relation("derived_synonym", round(weight * WEIGHT["derived"], 3), step)
        for middle, pos in sorted(self._lexicon.derivations(b, b_pos, max_senses=DERIVED_SENSES)):
            weight = self.synonymy(a, middle, pos) if pos == a_pos else 0.0
            if weight:
                step = f"{a} ≈ {middle} (synonym) ← {b} (derivation)"
                yield Relation("derived_synonym", round(weight * WEIGHT["derived"], 3), step)

    def _same_class(self, a: str, a_pos: str, b: str, b_pos: str) -> Iterator[Relation]:
        bleached = self._lexicon.words.sets["bleached_verbs"]
        empty = (a_pos == "v" and a in bleached) or (b_pos == "v" and b in bleached)
        for frame in self._lexicon.predicate_classes(a, a_pos):
            for other in self._lexicon.predicate_classes(b, b_pos):
                kind = self._class_kind(frame, other) if frame.name == other.name else None
                if kind == "converse" or (kind and not empty):
                    weight = WEIGHT["converse" if kind == "converse" else "class"]
                    yield Relation(kind, weight, f"{a} ~ {b} ({frame.name})")

    def _class_kind(self, frame: PredicateFrame, other: PredicateFrame) -> RelationKind | None:
        if frame.light or other.light:
            return None
        shared = [slot for slot in ("subj", "obj") if slot in frame.roles and slot in other.roles]
        if frame.pos == other.pos == "n":  # 'founder' and 'foundation' name different things
            return "synonym" if "subj" in shared and frame.roles["subj"] == other.roles["subj"] else None
        if any(frame.roles[slot] != other.roles[slot] for slot in shared):
            return "converse" if frame.pos == other.pos else None
        return "synonym" if frame.pos == other.pos else "derived_synonym"
