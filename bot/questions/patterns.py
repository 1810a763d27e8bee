"""The compact pattern notation of intents, compiled to spaCy ``Matcher`` patterns.

=============  =====================================================================
``word``       the word, in any case; ``a|b`` either
``=be|do``     any form of the lemmas
``<NOUN|ADJ>`` a token with one of the universal parts of speech
``{noun:T}``   a noun whose answer type (``bot.language.lexicon``) is T, after any words that describe it
``{name}``     a name or noun phrase; ``{verb}`` a verb
``{superlative}`` ``{comparative}``  a graded adjective or adverb, or *most*/*more*
``...``        any words, or none
``^`` ``$``    the question begins, or ends (end punctuation aside)
=============  =====================================================================

A ``?`` after a word, lemma or tag makes it optional.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from bot.language import lexicon

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Token

ANY = {"OP": "*"}
GRADED = {"superlative": ("Degree=Sup", ["most", "least"]), "comparative": ("Degree=Cmp", ["more", "less", "fewer"])}
NOUNS = ["NOUN", "PROPN"]
NAME_TAGS = ["NOUN", "PROPN", "ADJ", "ADP", "DET", "NUM", "PUNCT", "CCONJ", "X", "SYM", "PART"]


class PatternError(ValueError):
    """A pattern that is not in the notation; the message says what is wrong with which part."""


class Pattern(Struct, frozen=True):
    """A compiled pattern. ``specificity`` weighs its parts (a word, lemma or typed slot 2, a tag or
    anchor 1, a wildcard 0): the more, the more it claims."""

    source: str
    matcher: tuple[dict[str, Any], ...]
    starts: bool
    ends: bool
    specificity: int


def compile_pattern(source: str) -> Pattern:
    """Compile one pattern; raises PatternError for anything outside the notation."""
    parts = source.split()
    if not parts:
        raise PatternError("is empty")
    starts, ends = parts[0] == "^", parts[-1] == "$"
    body = parts[starts : len(parts) - ends]
    if not body:
        raise PatternError("has anchors only")
    compiled: list[dict[str, Any]] = []
    weight = 0
    for part in body:
        if part in ("^", "$"):
            raise PatternError(f"“{part}” must stand at the {'start' if part == '^' else 'end'}")
        tokens, counts = _part(part)
        compiled += tokens
        weight += counts
    return Pattern(source, tuple(compiled), starts, ends, weight + starts + ends)


def _part(part: str) -> tuple[list[dict[str, Any]], int]:
    if part == "...":
        return [dict(ANY)], 0
    if part.startswith("{"):
        return _slot(part)
    optional = part.endswith("?") and len(part) > 1
    part = part.removesuffix("?")
    if part.startswith("<"):
        if not re.fullmatch(r"<[A-Z]+(\|[A-Z]+)*>", part):
            raise PatternError(f"“{part}”: expected tags such as <NOUN|PROPN>")
        token: dict[str, Any] = {"POS": {"IN": part[1:-1].split("|")}}
    elif part.startswith("="):
        token = {"LEMMA": {"IN": part[1:].split("|")}}
    elif re.fullmatch(r"[\w’'.,:-]+(\|[\w’'.,:-]+)*", part):
        words = [word.lower() for word in part.split("|")]
        token = {"LOWER": {"IN": words}}
    else:
        raise PatternError(f"“{part}” is not a word, =lemma, <TAG>, {{slot}} or ...")
    if optional:
        token["OP"] = "?"
    return [token], 0 if optional else 1 if "POS" in token else 2


def _slot(part: str) -> tuple[list[dict[str, Any]], int]:
    name, _, kind = part.strip("{}").partition(":")
    if name == "noun" and kind:
        wanted = {"_": {"answer_types": {"INTERSECTS": [kind]}}, "POS": {"IN": NOUNS}}
        return [{"POS": {"IN": ["ADJ", "NOUN", "PROPN", "NUM"]}, "OP": "*"}, wanted], 2
    if name == "name":
        return [{"POS": {"IN": NAME_TAGS}, "OP": "+"}], 0
    if name == "verb":
        return [{"POS": "VERB"}], 1
    if name in GRADED:
        return [{"_": {"graded": name}}], 2
    raise PatternError(
        f"unknown slot “{part}”; expected {{noun:TYPE}}, {{name}}, {{verb}}, {{superlative}} or {{comparative}}"
    )


def register_extensions() -> None:
    """Token extensions that slots test: the answer types of a noun, and the degree of an adjective."""
    from spacy.tokens import Token

    if Token.has_extension("answer_types"):
        return
    Token.set_extension("answer_types", getter=_answer_types)
    Token.set_extension("graded", getter=_graded)


def _answer_types(token: Token) -> list[str]:
    return sorted(lexicon.load().answer_types_of(token.lemma_.lower()))


def _graded(token: Token) -> str:
    for name, (feature, words) in GRADED.items():
        if feature in str(token.morph).split("|") or token.lower_ in words:
            return name
    return ""


def _without_ends(pattern: Pattern) -> list[dict[str, Any]]:
    """What must be found: wildcards at an open end match anything, and would only multiply the matcher's states."""
    parts = list(pattern.matcher)
    while len(parts) > 1 and parts[-1] == ANY and not pattern.ends:
        parts.pop()
    while len(parts) > 1 and parts[0] == ANY and not pattern.starts:
        parts.pop(0)
    return parts


Word = tuple[str, frozenset[str], bool]  # attribute, values, of the first token
Slot = tuple[str, str]  # extension, value
Required = tuple[frozenset[Word], frozenset[Slot]]


def _required(pattern: Pattern) -> Required:
    """What a text that matches must hold: words and lemmas of which it must have one each, the first where the pattern
    begins there; and what must be true of some token."""
    words: set[Word] = set()
    slots: set[Slot] = set()
    for n, part in enumerate(pattern.matcher):
        for attribute in ("LOWER", "LEMMA") if "OP" not in part else ():
            if attribute in part:
                words.add((attribute, frozenset(part[attribute]["IN"]), pattern.starts and n == 0))
        for extension, wanted in part.get("_", {}).items():
            slots |= {(extension, value) for value in (wanted["INTERSECTS"] if isinstance(wanted, dict) else [wanted])}
    return frozenset(words), frozenset(slots)


def _slots(doc: Doc) -> set[Slot]:
    """What is true of some token of a text, of all that a pattern may require."""
    graded = {("graded", _graded(token)) for token in doc}
    return graded | {("answer_types", kind) for t in doc if t.pos_ in NOUNS for kind in _answer_types(t)}


class IntentMatcher:
    """All intents' patterns in spaCy ``Matcher``s, each asked only where what its patterns require occurs; the
    vocabulary is the pipeline's."""

    def __init__(self, nlp: Language, patterns: dict[str, tuple[Pattern, ...]]) -> None:
        from spacy.matcher import Matcher

        register_extensions()
        self._matchers: dict[int, dict[Required, Matcher]] = {}  # by specificity, the highest first
        self._by_key: dict[str, tuple[str, Pattern]] = {}
        self._by_value: dict[tuple[str, str], list[Word]] = {}
        for specificity in sorted({p.specificity for own in patterns.values() for p in own}, reverse=True):
            self._matchers[specificity] = {}
        for intent in sorted(patterns):
            for n, pattern in enumerate(patterns[intent]):
                key = f"{intent}#{n}"
                self._by_key[key] = (intent, pattern)
                alike = self._matchers[pattern.specificity]
                matcher = alike.setdefault(_required(pattern), Matcher(nlp.vocab, validate=True))
                matcher.add(key, [_without_ends(pattern)])
        for word in sorted({word for own in self._matchers.values() for words, _ in own for word in words}, key=repr):
            for value in word[1]:
                self._by_value.setdefault((word[0], value), []).append(word)

    def matches(self, doc: Doc) -> Iterator[tuple[int, str, str]]:
        """(specificity, intent, pattern) of all that match, most specific first, ties by name; each is looked for when
        it is asked for."""
        last = len(doc)
        while last and doc[last - 1].is_punct:
            last -= 1
        words, slots = self._words(doc), None
        for specificity, alike in self._matchers.items():
            found = set()
            for (needed, needed_slots), matcher in alike.items():
                if not needed <= words:
                    continue
                if needed_slots and slots is None:
                    slots = _slots(doc)
                if needed_slots and not needed_slots <= (slots or set()):
                    continue
                for key, start, end in matcher(doc):
                    intent, pattern = self._by_key[doc.vocab.strings[key]]
                    if (not pattern.starts or start == 0) and (not pattern.ends or end >= last):
                        found.add((specificity, intent, pattern.source))
            yield from sorted(found)

    def _words(self, doc: Doc) -> set[Word]:
        """The words that patterns may require, of those that a text has."""
        return {
            word
            for token in doc
            for value in (("LOWER", token.lower_), ("LEMMA", token.lemma_))
            for word in self._by_value.get(value, ())
            if token.i == 0 or not word[2]
        }
