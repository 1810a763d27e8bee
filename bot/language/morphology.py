"""English inflection and a word's classes in the Open English WordNet, from one small compiled table.

The table (made by ``bot.language.training.wordnet``) holds, for each single-word entry, the parts of speech it can
have and the lexicographer file of its first sense as noun, verb and name (``noun.person``, ``noun.location``, ...),
and the irregular forms. Regular forms are taken back to their entry by the detachment rules below, in the manner of
WordNet's own *morphy*. The parser sees these classes as features of words that its treebanks never showed.
"""

from __future__ import annotations

import zlib
from functools import lru_cache

from msgspec import Struct, field

VOWELS = frozenset("aeiou")


class Base(Struct, frozen=True):
    """One way to read a form: the entry's part of speech (``n v a r``), the entry, and the ending that was detached."""

    pos: str
    lemma: str
    ending: str


class Morphology(Struct):
    """The table, decoded. ``classes`` maps an entry to its class such as ``nv|04|41|15``; see the recipe."""

    classes: dict[str, str] = field(default_factory=dict)
    irregular: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    @staticmethod
    @lru_cache(maxsize=2)
    def decode(blob: bytes) -> Morphology:
        """Read the compiled table: a part of classes and a part of irregular forms, each one line an item."""
        first, second = zlib.decompress(blob).decode("utf-8").split("\n\n")
        table = Morphology()
        for line in first.split("\n"):
            name, _, words = line.partition("\t")
            table.classes.update(dict.fromkeys(words.split(" "), name))
        for line in second.split("\n"):
            pos, lemma, *forms = line.split(" ")
            for form in forms:
                table.irregular.setdefault(form, []).append((pos, lemma))
        return table

    def has(self, lemma: str, pos: str) -> bool:
        """Whether WordNet has this entry with this part of speech."""
        return pos in self.classes.get(lemma, "").partition("|")[0]

    def bases(self, form: str) -> list[Base]:
        """Every reading of a lower-case form: itself, an irregular form, or a regular inflection of an entry."""
        found = [Base(pos, form, "") for pos in self.classes.get(form, "").partition("|")[0]]
        found += [Base(pos, lemma, "*") for pos, lemma in self.irregular.get(form, ())]
        for pos, ending in (("n", "s"), ("v", "s"), ("v", "ed"), ("v", "ing"), ("a", "er"), ("a", "est")):
            if form.endswith(ending) and len(form) > len(ending) + 1:
                lemma = self.detach(form, pos, ending)
                if lemma is not None:
                    found.append(Base(pos, lemma, ending))
        return found

    def detach(self, form: str, pos: str, ending: str) -> str | None:
        """The entry of this part of speech that ``form`` is regularly inflected from, or ``None``."""
        return next((stem for stem in stems(form, ending) if self.has(stem, pos)), None)


def stems(form: str, ending: str) -> list[str]:
    """What may be left of ``form`` without ``ending``, the likelier spelling first.

    *hoped* was *hope* and *hopped* was *hop*, but *singing* was *sing* and *changing* *change*: a silent e comes back
    first after one vowel and one consonant, last elsewhere.
    """
    stem = form[: -len(ending)]
    if ending == "s":
        if form.endswith("ss"):
            return []
        if form.endswith("ies") and len(form) > 4:
            return [form[:-3] + "y", form[:-1]]
        if form.endswith(("ches", "shes", "sses", "xes", "zzes", "oes")):
            return [form[:-2], form[:-1]]
        return [stem, form[:-2]] if form.endswith("es") else [stem]
    if len(stem) < 2:
        return []
    if stem.endswith("i") and ending != "ing":
        return [stem[:-1] + "y", stem + "e"]
    short = stem[-1] not in VOWELS and stem[-2] in VOWELS and not (len(stem) > 2 and stem[-3] in VOWELS)
    if short:
        return [stem + "e", stem]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        return [stem, stem[:-1], stem + "e"]
    return [stem, stem + "e"]
