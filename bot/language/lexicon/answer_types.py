"""Coarse answer types of nouns: what kind of thing *which battalion*, *what fee*, *how many towns* ask for.

``types.toml`` names the types; for each, nouns that ask for it, and WordNet senses ('city:1', the first sense of
*city*) below which every noun does.  A noun listed by name has exactly its listed types; any other takes the types of
the first of its first two senses that has any ('soldier' is a person, although the second sense is an ant).
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bot.language.lexicon.tables import Mistakes, read_table, string_list

if TYPE_CHECKING:
    from bot.language.lexicon.lexicon import Lexicon

THING = "thing"
SENSES = 2
KEYS = frozenset({"about", "nouns", "below", "also"})


class AnswerTypes:
    """Answer types of nouns.

    RAISES: ModelError listing every mistake of ``types.toml``.
    """

    def __init__(self, lexicon: Lexicon, table: dict[str, Any] | None = None) -> None:
        self._lexicon = lexicon
        self._listed: dict[str, set[str]] = defaultdict(set)
        self._below: dict[int, set[str]] = defaultdict(set)
        self._also: dict[str, frozenset[str]] = {}
        self._read(read_table("types.toml") if table is None else table)
        self.of = lru_cache(maxsize=8192)(self._types)

    @property
    def names(self) -> tuple[str, ...]:
        """Every type, sorted, 'thing' included."""
        return tuple(sorted({*self._also, THING}))

    def _read(self, table: dict[str, Any]) -> None:
        mistakes = Mistakes("types.toml")
        for name, entry in table.items():
            if not isinstance(entry, dict) or not isinstance(entry.get("about"), str):
                mistakes.add(name, "expected a table with 'about' and lists 'nouns', 'below', 'also'")
                continue
            for key in sorted(set(entry) - KEYS):
                mistakes.add(name, f"unknown key {key!r}; expected one of {sorted(KEYS)}")
            lists = {key: string_list(entry.get(key, [])) for key in ("nouns", "below", "also")}
            for key in (key for key, items in lists.items() if items is None):
                mistakes.add(name, f"{key!r} must be a list of different strings")
            self._also[name] = frozenset(lists["also"] or ())
            for noun in lists["nouns"] or ():
                self._listed[noun].add(name)
            for anchor in lists["below"] or ():
                self._anchor(name, anchor, mistakes)
        for name, others in self._also.items():
            for other in sorted(others - set(self._also)):
                mistakes.add(name, f"'also' names the type {other!r}, which does not exist")
        mistakes.stop()

    def _anchor(self, name: str, anchor: str, mistakes: Mistakes) -> None:
        noun, _, rank = anchor.partition(":")
        senses = self._lexicon.senses(noun, "n")
        if not rank.isdecimal() or not 1 <= int(rank) <= len(senses):
            mistakes.add(name, f"'below' {anchor!r}: expected 'noun:sense' with sense 1 to {len(senses)}")
            return
        self._below[senses[int(rank) - 1]].add(name)

    def _types(self, noun: str) -> frozenset[str]:
        found = set(self._listed.get(noun, ()))
        for sense in () if found else self._lexicon.senses(noun, "n")[:SENSES]:
            found = {name for synset in self._lexicon.chain(sense) for name in self._below.get(synset, ())}
            if found:
                break
        if not found and " " in noun:  # 'air defence system' asks for what 'system' asks for
            return self.of(noun.split(" ")[-1])
        return frozenset(found.union(*(self._also[name] for name in found))) or frozenset({THING})
