"""Names that are nearly right: mistyped words, words cut short (*org*), names in part.

A word counts as mistyped only when no English word is written so: *organizations* is not a misspelt *Organization*.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import islice, takewhile

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from bot.language.gazetteer.keys import Part, name_key, parts_of, sentence_parts
from bot.language.gazetteer.records import How, Mention, Near
from bot.language.gazetteer.words import words
from bot.language.lexicon import load as load_lexicon
from bot.language.sentence import Sentence

ENOUGH = 0.8
"""Score from which a name is taken for what was meant."""
MARGIN = 0.04
"""Lead over the next entity; nearer ones stay in as ambiguous."""
ALIKE = 0.74
"""Share of letters in place from which two words may be one."""
WINDOW = 8
"""Words of a question that one name may have."""
_PREFIX, _LONGER = 3, 3
_likeness = DamerauLevenshtein.normalized_similarity


class _Name(Struct, frozen=True):
    entity: str
    alias: str
    words: tuple[str, ...]
    letters: int


class Nearest:
    """All names, ready for comparison with what was typed."""

    def __init__(self, names: Iterable[tuple[str, str, How]], name_of: Callable[[str], str]) -> None:
        self._name_of = name_of
        self._names: list[_Name] = []
        self._having: dict[str, set[int]] = {}
        for entity, alias, how in names:
            keys = tuple(key for key in name_key(alias) if key not in words().ignored)
            if not keys or how == "acronym":
                continue
            for key in keys:
                self._having.setdefault(key, set()).add(len(self._names))
            self._names.append(_Name(entity, alias, keys, sum(map(len, keys))))
        self._with = lru_cache(maxsize=4096)(self._names_with)

    def closest(self, text: str, limit: int) -> list[Near]:
        """See ``Gazetteer.closest``."""
        return self._ranked(tuple(part.key for part in parts_of(text)))[:limit]

    def mentions(self, sentence: Sentence, exact: Sequence[Mention]) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
        """See ``Gazetteer.fuzzy_mentions``."""
        taken = {i for mention in exact for i in mention.tokens}
        parts = sentence_parts(sentence)
        longer = self._longer(sentence, parts, exact)
        if longer is not None:
            rest = tuple(m for m in exact if not set(m.tokens) & set(longer.tokens))
            more, notes_of_more = self.mentions(sentence, (*rest, longer))
            note = f"read “{sentence.words(longer.tokens)}” as “{self._name_of(longer.entities[0])}”"
            return (longer, *more), (note, *notes_of_more)
        found: list[Mention] = []
        notes: list[str] = []
        start = 0
        while start < len(parts):
            end, near = self._window(sentence, parts, start, taken)
            if not near:
                start += 1
                continue
            tokens = tuple(range(parts[start].token, parts[end - 1].token + 1))
            entities = tuple(sorted({one.entity for one in near}))
            found.append(Mention(entities, tokens, near[0].alias, "fuzzy"))
            meant = " or ".join(dict.fromkeys(self._name_of(one.entity) for one in near))
            notes.append(f"read “{sentence.words(tokens)}” as “{meant}”")
            start = end
        return tuple(found), tuple(notes)

    def _longer(self, sentence: Sentence, parts: Sequence[Part], exact: Sequence[Mention]) -> Mention | None:
        """A name typed with a slip, of which an exact mention is only a part: *shanghai cooperation org*, where
        *Shanghai* is known too. Every word of the name must be there."""
        for mention in exact:
            first = next((n for n, part in enumerate(parts) if part.token in mention.tokens), None)
            if first is None or len(mention.entities) != 1:
                continue
            for end in range(self._reach(parts, first), first + len(mention.tokens), -1):
                typed = tuple(part.key for part in parts[first:end])
                near = self._ranked(typed)
                if not near or near[0].score < ENOUGH or near[0].entity == mention.entities[0]:
                    continue
                named = [key for key in name_key(near[0].alias) if key not in words().ignored]
                alone = len(near) == 1 or near[1].score < near[0].score - MARGIN
                if alone and len(named) == len([key for key in typed if key not in words().ignored]) > 1:
                    tokens = tuple(range(parts[first].token, parts[end - 1].token + 1))
                    return Mention((near[0].entity,), tokens, near[0].alias, "fuzzy")
        return None

    def _window(self, sentence: Sentence, parts: Sequence[Part], start: int, taken: set[int]) -> tuple[int, list[Near]]:
        """The longest run of words from ``start`` that is near a name: its end and the nearest names."""
        before = sentence.tokens[parts[start].token - 1].text.lower() if parts[start].token else ""
        if before in words().indefinite or parts[start].key in words().ignored:
            return start, []
        reach = self._reach(parts, start)
        last = next((n for n in range(start, reach) if parts[n].token in taken), reach)
        for end in range(last, start, -1):
            if parts[end - 1].key in words().ignored or not _may_name(sentence, parts[start:end]):
                continue
            ranked = self._ranked(tuple(part.key for part in parts[start:end]))
            if ranked and ranked[0].score >= ENOUGH:
                return end, [near for near in ranked if near.score > ranked[0].score - MARGIN]
        return start, []

    def _reach(self, parts: Sequence[Part], start: int) -> int:
        """The end of the longest run of words from ``start`` that one name could have."""
        holding: frozenset[int] | None = None
        last = min(start + WINDOW, len(parts))
        for n in range(start, last):
            if parts[n].key not in words().ignored:
                having = self._with(parts[n].key)
                holding = having if holding is None else holding & having
                if not holding:
                    return n
        return last

    def _ranked(self, typed: tuple[str, ...]) -> list[Near]:
        content = tuple(key for key in typed if key not in words().ignored)
        if not content:
            return []
        best: dict[str, Near] = {}
        for n in sorted(frozenset.intersection(*(self._with(key) for key in content))):
            name = self._names[n]
            score = _score(content, name)
            if score > 0 and (name.entity not in best or score > best[name.entity].score):
                best[name.entity] = Near(name.entity, name.alias, round(score, 4))
        return sorted(best.values(), key=lambda near: (-near.score, near.entity))

    def _names_with(self, typed: str) -> frozenset[int]:
        """Names that have a word which ``typed`` may stand for: those for which :func:`_alike` is not 0. A known word
        stands for itself only, so that most words of a question cost one look-up, however many names there are."""
        if _is_word(typed):
            return frozenset(self._having.get(typed, ()))
        keys = {typed} & self._having.keys()
        if len(typed) >= _PREFIX:
            at = bisect_left(self._keys, typed)
            keys |= set(takewhile(lambda key: key.startswith(typed), islice(self._keys, at, None)))
        for length in range(len(typed) - _LONGER, len(typed) + _LONGER + 1):
            near = self._of_length.get(length, ())
            keys |= {key for key, *_ in process.extract(typed, near, scorer=_likeness, score_cutoff=ALIKE, limit=None)}
        return frozenset(n for key in keys if _alike(typed, key) for n in self._having[key])

    @cached_property
    def _keys(self) -> list[str]:
        return sorted(self._having)

    @cached_property
    def _of_length(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for key in self._keys:
            found.setdefault(len(key), []).append(key)
        return found


def _score(typed: tuple[str, ...], name: _Name) -> float:
    """How well the words typed stand for a name: all must, each for a word of its own; the share of the name that
    they cover counts as well."""
    if len(typed) > len(name.words) + 1:
        return 0.0
    left = list(name.words)
    total, covered = 0.0, 0
    for word in typed:
        scored = [(_alike(word, other), -n) for n, other in enumerate(left)]
        score, place = max(scored, default=(0.0, 0))
        if score == 0:
            return 0.0
        total += score * len(word)
        covered += len(left.pop(-place))
    coverage = covered / name.letters
    if coverage < 1 and (len(typed) < 2 or all(word in words().generic for word in typed)):
        return 0.0
    return total / sum(map(len, typed)) * (0.7 + 0.3 * coverage)


@lru_cache(maxsize=65536)
def _alike(typed: str, word: str) -> float:
    """From 0 to 1: whether a typed word is a word of a name, begins it, or misspells it."""
    if typed == word:
        return 1.0
    if len(typed) >= _PREFIX and len(word) > len(typed) + 1 and word.startswith(typed) and not _is_word(typed):
        return 0.95
    if len(typed) < 4 or abs(len(typed) - len(word)) > _LONGER:
        return 0.0
    likeness = _likeness(typed, word, score_cutoff=ALIKE)
    if likeness == 0 or _is_word(typed):
        return 0.0
    return likeness


@lru_cache(maxsize=16384)
def _is_word(word: str) -> bool:
    return load_lexicon().known(word)


def _may_name(sentence: Sentence, parts: Sequence[Part]) -> bool:
    """Whether a run of words can be a name: it holds a content word and no verb, pronoun or question word."""
    tokens = [sentence.tokens[part.token] for part in parts]
    if any(token.upos in ("AUX", "PRON", "SCONJ", "PUNCT") for token in tokens):
        return False
    return any(len(token.text) > 3 and token.text.lower() not in words().everyday for token in tokens)
