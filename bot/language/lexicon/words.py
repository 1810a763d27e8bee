"""Function words by what they do to a statement (``words.toml``) and light verbs (``verbs.toml``), typed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, get_args

from msgspec import Struct

from bot.language.lexicon.records import LightVerb, Monotone, Quantifier
from bot.language.lexicon.tables import Mistakes, read_table, string_list

WORD_SETS = (
    "hedges",
    "attributions",
    "negators",
    "negative_prefix_verbs",
    "bleached_verbs",
    "changing",
    "naming",
    "pricing",
    "duty",
    "beginning",
    "ending",
    "prices",
    "supplying",
    "creating",
    "neutral",
    "incidental",
    "passing",
    "bearing",
    "placing",
    "unsorting",
    "restrictors",
    "degrees",
    "turning",
    "exceptions",
    "at_least",
    "at_most",
    "more_than",
    "less_than",
    "about",
    "temporal_prepositions",
    "temporal_adverbs",
    "temporal_nouns",
    "frequencies",
    "now",
    "months",
    "weekdays",
    "seasons",
    "question_words",
    "pronouns",
    "auxiliaries",
    "modals",
    "prepositions",
    "conjunctions",
    "articles",
    "number_words",
    "ordinals",
    "group_nouns",
    "each_other",
    "additive",
    "contrast",
    "prefixes",
)


class Words(Struct, frozen=True):
    """Closed word lists; every phrase is lower case with single spaces.

    sets: list name (see ``WORD_SETS``) to its words and phrases.
    hedge_strength: hedge to certainty, 0 (ruled out) to 1 (certain).
    quantifiers: written quantifier to its record.
    light_verbs: verb lemma to its uses as a light verb.
    verb_prepositions: verb lemma to the prepositions that its arguments take, for mending attachment.
    noun_prepositions: the same for nouns.
    function_words: every single word of the closed classes, for spelling.
    """

    sets: Mapping[str, frozenset[str]]
    hedge_strength: Mapping[str, float]
    quantifiers: Mapping[str, Quantifier]
    light_verbs: Mapping[str, tuple[LightVerb, ...]]
    verb_prepositions: Mapping[str, frozenset[str]]
    noun_prepositions: Mapping[str, frozenset[str]]
    function_words: frozenset[str]

    def words(self, name: str) -> frozenset[str]:
        """One closed list; KeyError if there is none of that name."""
        return self.sets[name]

    @property
    def hedges(self) -> frozenset[str]:
        """Words that weaken a claim: likely, may, expected …"""
        return frozenset(self.hedge_strength)

    @property
    def negators(self) -> frozenset[str]:
        """Words that deny: not, never, no longer …"""
        return self.sets["negators"]

    @property
    def exceptions(self) -> frozenset[str]:
        """Words and phrases that take something out: except, apart from …"""
        return self.sets["exceptions"]

    @property
    def restrictors(self) -> frozenset[str]:
        """Words that claim nothing else holds: only, solely …"""
        return self.sets["restrictors"]

    @property
    def degrees(self) -> frozenset[str]:
        """Words of degree that single something out: most, least, only …"""
        return self.sets["degrees"]

    @property
    def turning(self) -> frozenset[str]:
        """Prepositions that nothing but themselves can stand for: before, without …"""
        return self.sets["turning"]

    @property
    def approximators(self) -> frozenset[str]:
        """Words before a number that loosen it: about, nearly, at least, up to …"""
        names = ("about", "at_least", "at_most", "more_than", "less_than")
        return frozenset().union(*(self.sets[name] for name in names))


def load_words() -> Words:
    """The closed lists of the package.

    RAISES: ModelError listing every mistake of either file.
    """
    return read_words(read_table("words.toml"), read_table("verbs.toml"))


def read_words(words: dict[str, Any], verbs: dict[str, Any]) -> Words:
    """The same, from parsed tables."""
    mistakes = Mistakes("words.toml")
    sets = {name: frozenset(_phrases(words, name, mistakes)) for name in WORD_SETS if name != "hedges"}
    hedges = _hedges(words.get("hedges"), mistakes)
    quantifiers = _quantifiers(words.get("quantifiers"), mistakes)
    for name in sorted(set(words) - set(WORD_SETS) - {"quantifiers"}):
        mistakes.add(name, f"unknown list; expected one of {sorted([*WORD_SETS, 'quantifiers'])}")
    mistakes.stop()
    mistakes = Mistakes("verbs.toml")
    light = _light_verbs(verbs.get("light"), mistakes)
    verb_prepositions = _prepositions(verbs, "prepositions", sets["prepositions"], mistakes)
    noun_prepositions = _prepositions(verbs, "noun_prepositions", sets["prepositions"], mistakes)
    mistakes.stop()
    phrases = [*hedges, *quantifiers, *(phrase for group in sets.values() for phrase in group)]
    return Words(
        sets=MappingProxyType({**sets, "hedges": frozenset(hedges)}),
        hedge_strength=MappingProxyType(hedges),
        quantifiers=MappingProxyType(quantifiers),
        light_verbs=MappingProxyType(light),
        verb_prepositions=MappingProxyType(verb_prepositions),
        noun_prepositions=MappingProxyType(noun_prepositions),
        function_words=frozenset(word for phrase in phrases for word in phrase.replace("-", " ").split()),
    )


def _phrases(table: dict[str, Any], name: str, mistakes: Mistakes) -> list[str]:
    items = string_list(table.get(name))
    if not items:
        mistakes.add(name, "expected a list of different strings, not empty")
        return []
    for item in items:
        if item != " ".join(item.lower().split()):
            mistakes.add(name, f"{item!r} must be lower case with single spaces")
    return items


def _hedges(value: object, mistakes: Mistakes) -> dict[str, float]:
    if not isinstance(value, dict):
        mistakes.add("hedges", "expected strength = [words], such as likely = { certainty = 0.8, words = [...] }")
        return {}
    found: dict[str, float] = {}
    for name, entry in value.items():
        certainty = entry.get("certainty") if isinstance(entry, dict) else None
        items = string_list(entry.get("words")) if isinstance(entry, dict) else None
        if not isinstance(certainty, float) or not 0 <= certainty <= 1 or items is None:
            mistakes.add(f"hedges.{name}", "expected 'certainty' from 0.0 to 1.0 and a list 'words'")
            continue
        for word in items:
            if word in found:
                mistakes.add(f"hedges.{name}", f"{word!r} is listed twice")
            found[word] = certainty
    return found


def _quantifiers(value: object, mistakes: Mistakes) -> dict[str, Quantifier]:
    found: dict[str, Quantifier] = {}
    for name, items in value.items() if isinstance(value, dict) else ():
        words = string_list(items)
        if name not in get_args(Monotone) or words is None:
            kinds = ", ".join(get_args(Monotone))
            mistakes.add(f"quantifiers.{name}", f"expected one of {kinds} with a list of different strings")
            continue
        for text in words:
            if text in found:
                mistakes.add(f"quantifiers.{name}", f"{text!r} is listed twice")
            found[text] = Quantifier(text, name, negative=name in ("none", "few"))
    if not found:
        mistakes.add("quantifiers", "expected lists of quantifiers by what they claim")
    return found


def _light_verbs(value: object, mistakes: Mistakes) -> dict[str, tuple[LightVerb, ...]]:
    found: dict[str, list[LightVerb]] = {}
    keys = set(LightVerb.__struct_fields__)
    for number, entry in enumerate(value if isinstance(value, list) else (), start=1):
        verbs = string_list(entry.get("verbs"))
        other, nouns = string_list(entry.get("other", [])), string_list(entry.get("nouns", []))
        agent = entry.get("agent")
        bad = set(entry) - keys - {"verbs"}
        if verbs is None or other is None or nouns is None or agent not in ("subject", "other") or bad:
            mistakes.add(f"light {number}", "expected lists 'verbs', 'other', 'nouns' and agent = 'subject' or 'other'")
            continue
        for verb in verbs:
            found.setdefault(verb, []).append(LightVerb(verb, agent, tuple(other), tuple(sorted(nouns))))
    if not found:
        mistakes.add("light", "expected at least one [[light]] entry")
    return {verb: tuple(uses) for verb, uses in found.items()}


def _prepositions(
    table: dict[str, Any], name: str, known: frozenset[str], mistakes: Mistakes
) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    entries = table.get(name)
    for lemma, value in entries.items() if isinstance(entries, dict) else ():
        items = value.split() if isinstance(value, str) else []
        unknown = sorted(item for item in items if item.replace("_", " ") not in known)
        if not items or unknown:
            mistakes.add(f"{name}.{lemma}", f"expected prepositions separated by spaces, got {value!r}")
        found[lemma] = frozenset(item.replace("_", " ") for item in items)
    if not found:
        mistakes.add(name, "expected lemma = 'preposition preposition'")
    return found
