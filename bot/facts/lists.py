"""The word lists that extraction rules refer to, read once from ``data/*.toml``; no rule holds a list of its own."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import tomli

from bot.language.lexicon import lexicon


@cache
def _table(name: str) -> dict[str, Any]:
    return tomli.loads(files("bot.facts").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """A closed class of words, by its name in ``words.toml``."""
    return frozenset(_table("words")[name])


@cache
def control(name: str) -> frozenset[str]:
    """Verbs by what they say of the clause they govern: a list of ``verbs.toml``'s ``[control]``."""
    return frozenset(_table("verbs")["control"][name])


@cache
def names_a_deed(noun: str) -> bool:
    """Whether a noun comes from a verb or takes prepositions of its own: *link*, *assistance*, not *community*."""
    known = lexicon.load()
    return bool(prepositions_of_noun(noun)) or any(pos == "v" for _, pos in known.derivations(noun, "n", max_senses=1))


@cache
def ditransitives() -> frozenset[str]:
    """Verbs with two objects."""
    return frozenset(_table("verbs")["ditransitive"]["verbs"])


@cache
def light_verbs() -> dict[str, dict[str, str]]:
    """Verb → (its argument → role of its object noun)."""
    return dict(_table("verbs")["light_verbs"])


@cache
def expressions() -> dict[str, frozenset[str]]:
    """Verb → nouns that make one predicate with it."""
    return {verb: frozenset(nouns) for verb, nouns in _table("verbs")["expressions"].items()}


@cache
def prepositions_of(verb: str) -> frozenset[str]:
    """Prepositions that the verb takes beside its object, as the lexicon has them."""
    return lexicon.load().words.verb_prepositions.get(verb, frozenset())


@cache
def prepositions_of_noun(noun: str) -> frozenset[str]:
    """Prepositions that a noun takes, as the lexicon has them."""
    return lexicon.load().words.noun_prepositions.get(noun, frozenset())


@cache
def nominal_prepositions() -> frozenset[str]:
    """Prepositions that mark an argument of a noun naming a deed."""
    return frozenset(_table("verbs")["nominal"]["prepositions"])


@cache
def confidences() -> dict[str, dict[str, float]]:
    """Confidence by ``kind`` of fact and by ``rule`` that fired; see ``fit_confidence.py``."""
    return dict(_table("confidence"))
