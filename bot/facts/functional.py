"""``data/functional.toml`` in the shapes that claims are looked up in: which relations hold one value at a time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import tomli
from msgspec import Struct


class Relation(Struct, frozen=True):
    """A relation of one value: its name, and whether the value never changes, so that time does not matter."""

    name: str
    lasting: bool


class Functional(Struct, frozen=True):
    """``names`` and ``values`` by noun, ``agents`` by verb (who does it is the value), ``places`` by verb, ``counted``
    by unit, ``adjectives`` by word, ``once`` from a verb to its class; ``lists`` are the closed classes."""

    names: Mapping[str, Relation]
    values: Mapping[str, Relation]
    agents: Mapping[str, Relation]
    places: Mapping[str, Relation]
    counted: Mapping[str, Relation]
    adjectives: Mapping[str, Relation]
    once: Mapping[str, str]
    lists: Mapping[str, frozenset[str]]


@cache
def functional() -> Functional:
    """The tables of the package."""
    data = tomli.loads(files("bot.facts").joinpath("data", "functional.toml").read_text(encoding="utf-8"))
    named = {name: Relation(name, row["lasting"]) for name, row in (data["names"] | data["values"]).items()}

    def by(table: str, field: str) -> dict[str, Relation]:
        return {word: named[name] for name, row in data[table].items() for word in row.get(field, ())}

    return Functional(
        by("names", "nouns"),
        by("values", "nouns"),
        {verb: named[name] for verb, name in data["agents"].items()},
        {verb: Relation(row["relation"], row["lasting"]) for verb, row in data["places"].items()},
        by("values", "counted"),
        by("values", "adjectives"),
        {verb: name for name, verbs in data["once"].items() for verb in verbs},
        {name: frozenset(listed) for name, listed in data["words"].items()},
    )
