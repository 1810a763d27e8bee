"""Predicates that deny each other, from ``opposites.toml``: *free* and *pay*, *closed* and *open*."""

from __future__ import annotations

from functools import lru_cache

from bot.language.lexicon.tables import Mistakes, read_table, string_list


@lru_cache(maxsize=1)
def load_opposites() -> dict[str, frozenset[str]]:
    """Lemma to the lemmas that deny it. Raises ModelError listing every mistake of the file."""
    mistakes = Mistakes("opposites.toml")
    found: dict[str, set[str]] = {}
    for number, entry in enumerate(read_table("opposites.toml").get("opposites", []), start=1):
        says, denies = string_list(entry.get("says")), string_list(entry.get("denies"))
        if not says or not denies or set(entry) != {"says", "denies"}:
            mistakes.add(f"opposites {number}", "expected the lists 'says' and 'denies', not empty")
            continue
        for one in says:
            found.setdefault(one, set()).update(denies)
        for one in denies:
            found.setdefault(one, set()).update(says)
    mistakes.stop()
    return {lemma: frozenset(others) for lemma, others in found.items()}


def opposed(a: str, b: str) -> bool:
    """Whether saying ``b`` of something denies ``a`` of it."""
    return b in load_opposites().get(a, frozenset())
