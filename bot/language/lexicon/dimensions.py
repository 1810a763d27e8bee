"""Adjectives of measure, the nouns of their dimension and the units that are of no other, from ``dimensions.toml``:
*long* and *length*, *large* and *hectare*."""

from __future__ import annotations

from functools import lru_cache

from bot.language.lexicon.tables import Mistakes, read_table, string_list


@lru_cache(maxsize=1)
def load_dimensions() -> dict[str, frozenset[str]]:
    """Each word to the other words of its dimension. Raises ModelError listing every mistake of the file."""
    found: dict[str, set[str]] = {}
    for adjective, words in _table("dimensions").items():
        for word in words:
            found.setdefault(adjective, set()).add(word)
            found.setdefault(word, set()).add(adjective)
    return {word: frozenset(others) for word, others in found.items()}


@lru_cache(maxsize=1)
def load_units() -> dict[str, frozenset[str]]:
    """Each adjective to the units, as values have them, that measure its dimension only. Raises ModelError listing
    every mistake of the file."""
    return {adjective: frozenset(units) for adjective, units in _table("units").items()}


def _table(name: str) -> dict[str, tuple[str, ...]]:
    mistakes = Mistakes("dimensions.toml")
    found: dict[str, tuple[str, ...]] = {}
    for adjective, value in read_table("dimensions.toml").get(name, {}).items():
        found[adjective] = tuple(string_list(value) or ())
        if not found[adjective]:
            mistakes.add(adjective, "expected a list of words, not empty")
    mistakes.stop()
    return found
