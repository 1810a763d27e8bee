"""Spelling correction of single words against the words of a knowledge base and of the lexicon.

A word is corrected only if nothing knows it and one candidate is clearly the nearest.  Candidates come from buckets by
first letter and length, their distance is the optimal string alignment of rapidfuzz, and a small cost model decides
between equal distances: a doubled letter or a swapped pair is likelier than a wrong letter, a wrong first letter is
least likely, and frequent words are likelier, those of the base most of all.  The caller shows every correction.

Three special rules.
- A rare word of the lexicon that the base does not have ('sumer', if a lexicon holds it) gives way to a word of the
  base, if that differs by one doubled letter or one swapped pair and is far more frequent ('summer'); one that no text
  of the lexicon has gives way to a word with a letter more, too ('animas', 'animals').
- A form that the lexicon accepts by rule only ('begining', from 'begin') gives way to the one that texts have, if
  both are forms of one word and a doubled letter or a swapped pair is all that differs.
- A capitalised word inside a sentence is taken for a name: only capitalised words of the base can correct it.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from typing import Final

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.lexicon import Lexicon
from bot.language.lexicon.spelling_variants import variant_key

MIN_LENGTH: Final = 3
ACRONYM_LENGTH: Final = 5
BASE_FACTOR: Final = 20  # an occurrence in the base counts as much as this many in the lexicon's texts
PRIOR: Final = 0.15  # what a tenfold frequency is worth, in edits
BASE_BONUS: Final = 0.7  # what a word of the base is worth beside, in edits: a question is about the base
NEAR: Final = 0.5  # below this, a word of the base explains a form better than a usual prefix does
MARGIN: Final = 0.1  # by how much the best candidate must beat the next, in edits
RARE: Final = 1  # occurrences in the lexicon's texts up to which a word is rare
RARE_LENGTH: Final = 5  # shorter rare words have too many neighbours (llama and lama are close enough)
FAR_MORE: Final = 40  # times as frequent as the rare word
COST: Final = {"double": 0.5, "swap": 0.6, "missing": 0.8, "vowel": 0.85, "extra": 0.95, "wrong": 1.0}
FIRST_LETTER: Final = 0.7
VOWELS: Final = frozenset("aeiouy")
LEXICON_COUNT: Final = 3  # a word must occur this often in the lexicon's texts to be offered
# How American endings of the lexicon's texts are respelled, where the lexicon knows the result.
BRITISH: Final = tuple(
    (re.compile(pattern), british)
    for pattern, british in (
        (r"(?<=\w\w)iz(?=e|ing|ation)", "is"),
        (r"(?<=l)yz(?=e|ing)", "ys"),
        (r"(?<=[bdlmnpv])or(?=s?$|ed$|ing$|able$|ful$|ite)", "our"),
        (r"(?<=[bnt])ter(?=s?$)", "tre"),
        (r"ense(?=s?$)", "ence"),
        (r"(?<=[aeiou]l)(?=ed$|ing$|er$)", "l"),
    )
)


class Correction(Struct, frozen=True):
    """One corrected word.

    word, replacement: as written and as it should be, in the same case.
    distance: number of edits (insertion, deletion, substitution, swap of neighbours).
    in_base: whether the knowledge base has the replacement.
    """

    word: str
    replacement: str
    distance: int
    in_base: bool

    @property
    def text(self) -> str:
        """The line to show: 'ecconomic → economic'."""
        return f"{self.word} → {self.replacement}"


class Speller:
    """Corrects unknown words.

    counts (Mapping[str, int]): the written words of a knowledge base, in their own case, with how often they occur.
    lexicon (Lexicon): further words, and which words are known.
    """

    def __init__(self, counts: Mapping[str, int], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._base: dict[str, int] = defaultdict(int)
        written: dict[str, tuple[int, str]] = {}
        for word, count in sorted(counts.items()):
            lower = word.lower()
            self._base[lower] += count
            if count > written.get(lower, (0, ""))[0]:
                written[lower] = (count, word)
        self._names = {lower: word for lower, (_, word) in written.items() if word[:1].isupper()}
        self._correct = lru_cache(maxsize=8192)(self._find)

    def known(self, word: str) -> bool:
        """Whether the base or the lexicon has the word, in any case."""
        lower = word.lower()
        return lower in self._base or self._lexicon.known(lower)

    def correct(self, word: str, *, sentence_start: bool = False) -> Correction | None:
        """The correction of one word, or None if it is known, too short, not a word, or has no clear neighbour.

        sentence_start (bool): the word opens the sentence, so that a capital says nothing.
        """
        return self._correct(word, sentence_start)

    def correct_all(self, words: Iterable[str]) -> tuple[Correction, ...]:
        """Corrections of the words of one sentence, in order; known words give none."""
        found = (self.correct(word, sentence_start=place == 0) for place, word in enumerate(words))
        return tuple(correction for correction in found if correction)

    def _find(self, word: str, sentence_start: bool) -> Correction | None:
        lower = word.lower()
        shouting = word.isupper() and len(word) > 1
        if not word.isalpha() or len(word) < MIN_LENGTH or lower in self._base:
            return None
        if shouting and len(word) <= ACRONYM_LENGTH:
            return None
        name = word[0].isupper() and not shouting and not sentence_start
        if self._lexicon.known(lower):
            return self._rescue_name(word, lower) if name else self._rescue(word, lower)
        ranked = self._ranked(lower, names=name) or (self._ranked_slips(lower) if name else [])
        if not name and self._derived(lower) and not (ranked and ranked[0][0] < NEAR and ranked[0][1] in self._base):
            return None
        if not ranked or not self._clear(ranked):
            return None
        return self._correction(word, lower, ranked[0][1])

    def _derived(self, lower: str) -> bool:
        """Whether a known word with a usual prefix, or a quality in *-ivity* or *-ability*, explains the word."""
        stems = [
            lower.removeprefix(prefix) for prefix in self._lexicon.words.sets["prefixes"] if lower.startswith(prefix)
        ]
        stems.extend([lower.removesuffix("ity") + "e"] if lower.endswith("ivity") else [])
        stems.extend([lower.removesuffix("ility") + "le"] if lower.endswith(("ability", "ibility")) else [])
        return any(len(stem) > MIN_LENGTH and self._lexicon.frequency(stem) > RARE for stem in stems)

    def _rescue(self, word: str, lower: str) -> Correction | None:
        """The rules for known words: 'sumer' where the base writes of 'summer', 'begining' anywhere."""
        if self._lexicon.frequency(lower) > RARE or lower in self._lexicon.words.function_words:
            return None
        lemmas = set(self._lemmas(lower))
        usual = max(self._lexicon.frequency(form) for form in (lower, *lemmas))
        ranked = sorted(
            (self._cost(lower, other, 1) - self._prior(other), other)
            for other in self._neighbours(lower, limit=1)
            if edit_kind(lower, other) in (("double", "swap") if usual else ("double", "swap", "missing"))
            and self._usage(other) >= FAR_MORE * max(1, self._lexicon.frequency(lower))
            and (self._same_word(lower, other, lemmas) or (usual <= RARE and self._may_yield(lower, other)))
        )
        return self._correction(word, lower, ranked[0][1]) if ranked and self._clear(ranked) else None

    def _rescue_name(self, word: str, lower: str) -> Correction | None:
        """'Asin', a word of the lexicon that no text has, where the base has the name 'Asian'."""
        if self._lexicon.frequency(lower) or len(lower) < RARE_LENGTH - 1:
            return None
        ranked = [(c, w) for c, w in self._ranked(lower, names=True) if edit_kind(lower, w) in ("missing", "swap")]
        return self._correction(word, lower, ranked[0][1]) if ranked and self._clear(ranked) else None

    def _may_yield(self, lower: str, other: str) -> bool:
        unheard = not self._lexicon.frequency(lower)
        long_enough = len(lower) >= (RARE_LENGTH - 1 if unheard else RARE_LENGTH)
        return other in self._base and long_enough and variant_key(lower) != variant_key(other)

    def _same_word(self, lower: str, other: str, lemmas: set[str]) -> bool:
        return (
            lower not in lemmas and variant_key(lower) != variant_key(other) and bool(lemmas & set(self._lemmas(other)))
        )

    def _ranked(self, lower: str, *, names: bool) -> list[tuple[float, str]]:
        """(cost, candidate), the best first; equal costs by alphabet."""
        found = []
        for other, distance in self._neighbours(lower, limit=max_edits(lower)).items():
            if other == lower or (names and (other not in self._names or _inflected(lower, other))):
                continue
            if len(lower) == MIN_LENGTH and not self._fits_short(lower, other):
                continue
            found.append((round(self._cost(lower, other, distance) - self._prior(other), 6), other))
        return sorted(found)

    def _ranked_slips(self, lower: str) -> list[tuple[float, str]]:
        """Words of the base that a slip of the fingers explains: for what is a name to its document only."""
        ranked = self._ranked(lower, names=False)
        return [(cost, w) for cost, w in ranked if w in self._base and edit_kind(lower, w) == "swap"]

    def _fits_short(self, lower: str, other: str) -> bool:
        common = other in self._lexicon.words.function_words
        return common and edit_kind(lower, other) in ("swap", "missing", "double")

    def _clear(self, ranked: list[tuple[float, str]]) -> bool:
        best, word = ranked[0]
        return all(cost - best >= MARGIN or self._as_good(word, other) for cost, other in ranked[1:4])

    def _as_good(self, word: str, other: str) -> bool:
        """Whether it is all one which of two is meant: *color* and *colour*, *begin* and *begun*."""
        return variant_key(other) == variant_key(word) or bool(set(self._lemmas(word)) & set(self._lemmas(other)))

    def _correction(self, word: str, lower: str, replacement: str) -> Correction:
        shown = replacement if self._lexicon.known(replacement) else self._names.get(replacement, replacement)
        if word.isupper():
            shown = shown.upper()
        elif word[0].isupper():
            shown = shown[0].upper() + shown[1:]
        return Correction(word, shown, OSA.distance(lower, replacement), replacement in self._base)

    def _cost(self, lower: str, other: str, distance: int) -> float:
        cost = COST[edit_kind(lower, other)] if distance == 1 else distance * 0.95
        return cost + (FIRST_LETTER if lower[0] != other[0] and sorted(lower[:2]) != sorted(other[:2]) else 0.0)

    def _usage(self, word: str) -> int:
        return BASE_FACTOR * self._base.get(word, 0) + self._offered.get(word, 0)

    def _prior(self, word: str) -> float:
        return PRIOR * min(math.log10(1 + self._usage(word)), 5.0) + (BASE_BONUS if word in self._base else 0.0)

    def _lemmas(self, word: str) -> list[str]:
        return [lemma for lemma, _ in self._lexicon.lemmas_of(word)]

    def _neighbours(self, lower: str, *, limit: int) -> dict[str, int]:
        """Candidates within ``limit`` edits -> distance; a wrong first letter only with one edit."""
        found: dict[str, int] = {}
        for size in range(len(lower) - limit, len(lower) + limit + 1):
            bucket = self._buckets.get((lower[0], size), ())
            found.update(_within(lower, bucket, limit))
        other_first = [
            *self._buckets.get((lower[1], len(lower)), ()),  # swapped: hte, the
            *self._buckets.get((lower[1], len(lower) - 1), ()),  # extra letter in front
        ]
        for size in (len(lower), len(lower) + 1):  # wrong or missing first letter
            other_first.extend(self._endings.get((lower[-2:], size), ()))
        found.update({word: distance for word, distance in _within(lower, other_first, 1) if word not in found})
        return found

    @cached_property
    def _offered(self) -> dict[str, int]:
        """Words of the lexicon's texts that may be offered, with their counts."""
        offered = {word: n for word, n in self._lexicon.common_words(min_count=LEXICON_COUNT) if word.isalpha()}
        for word, count in list(offered.items()):
            for pattern, british in BRITISH:
                respelled = pattern.sub(british, word)
                if respelled != word and respelled not in offered and self._lexicon.lemmas_of(respelled):
                    offered[respelled] = count
        for word in self._lexicon.words.function_words:
            offered.setdefault(word, LEXICON_COUNT)
        return offered

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(word for word in {*self._base, *self._offered} if word.isalpha() and len(word) >= MIN_LENGTH - 1)

    @cached_property
    def _buckets(self) -> dict[tuple[str, int], list[str]]:
        buckets = defaultdict(list)
        for word in self._vocabulary:
            buckets[word[0], len(word)].append(word)
        return dict(buckets)

    @cached_property
    def _endings(self) -> dict[tuple[str, int], list[str]]:
        buckets = defaultdict(list)
        for word in self._vocabulary:
            buckets[word[-2:], len(word)].append(word)
        return dict(buckets)


def max_edits(word: str) -> int:
    """How many edits a word of this length may need."""
    return 1 if len(word) < 7 else 2 if len(word) < 13 else 3


def edit_kind(wrong: str, right: str) -> str:
    """The kind of the one edit between two words, a key of ``COST``; 'wrong' for a substitution or more edits."""
    start = next((i for i, (a, b) in enumerate(zip(wrong, right, strict=False)) if a != b), min(len(wrong), len(right)))
    if len(right) == len(wrong) + 1:
        doubled = right[start] in (right[start - 1 : start] or " ", right[start + 1 : start + 2] or " ")
        return "double" if doubled else "missing"
    if len(right) == len(wrong) - 1:
        doubled = wrong[start] in (wrong[start - 1 : start] or " ", wrong[start + 1 : start + 2] or " ")
        return "double" if doubled else "extra"
    if wrong[start : start + 2] == right[start : start + 2][::-1] and wrong[start + 2 :] == right[start + 2 :]:
        return "swap"
    same_length = len(wrong) == len(right) and start < len(wrong)
    return "vowel" if same_length and wrong[start] in VOWELS and right[start] in VOWELS else "wrong"


def _inflected(name: str, other: str) -> bool:
    """Whether two names differ by a final s or n only: Williams is not William, Carpathia not Carpathian."""
    short, long = sorted((name, other), key=len)
    return long[:-1] == short and long[-1] in "sn"


def _within(word: str, candidates: Iterable[str], limit: int) -> list[tuple[str, int]]:
    found = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=limit, limit=None)  # type: ignore[arg-type]
    return [(candidate, int(distance)) for candidate, distance, _ in found]
