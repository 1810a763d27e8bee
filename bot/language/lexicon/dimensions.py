"""Adjectives of measure and the nouns of their dimension, from ``dimensions.toml``: *long* and *length*."""

from __future__ import annotations

from functools import lru_cache

from bot.language.lexicon.tables import Mistakes, read_table, string_list


@lru_cache(maxsize=1)
def load_dimensions() -> dict[str, frozenset[str]]:
    """Each word to the other words of its dimension. Raises ModelError listing every mistake of the file."""
    mistakes = Mistakes("dimensions.toml")
    found: dict[str, set[str]] = {}
    for adjective, value in read_table("dimensions.toml").get("dimensions", {}).items():
        words = string_list(value)
        if not words:
            mistakes.add(adjective, "expected a list of words, not empty")
            continue
        for word in words:
            found.setdefault(adjective, set()).add(word)
            found.setdefault(word, set()).add(adjective)
    mistakes.stop()
    return {word: frozenset(others) for word, others in found.items()}
