"""The tables of this package, read and checked: the taxonomy and the cues."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Any

import tomli
from msgspec import Struct

from bot.errors import ModelError

PACKAGE = "bot.questions.types"


class Taxonomy(Struct, frozen=True):
    """``about`` and ``admits`` by fine type; ``nouns`` and ``below`` (anchors such as ``city:1``) to fine type."""

    about: Mapping[str, str]
    admits: Mapping[str, tuple[str, ...]]
    nouns: Mapping[str, str]
    below: Mapping[str, str]


class Cues(Struct, frozen=True):
    """The word lists of ``cues.toml``, where each is explained; ``degrees`` are types of *how far* and the like."""

    copulas: frozenset[str]
    naming: frozenset[str]
    describing: frozenset[str]
    shells: frozenset[str]
    labels: frozenset[str]
    expanding: frozenset[str]
    called: frozenset[str]
    calling: frozenset[str]
    relational: frozenset[str]
    names: frozenset[str]
    sharing: frozenset[str]
    living: frozenset[str]
    causing: frozenset[str]
    famed: frozenset[str]
    creating: frozenset[str]
    languages: frozenset[str]
    eating: frozenset[str]
    material: frozenset[str]
    producing: frozenset[str]
    costing: frozenset[str]
    weighing: frozenset[str]
    telling: frozenset[str]
    selecting: frozenset[str]
    stemming: frozenset[str]
    degrees: Mapping[str, str]
    extended_below: tuple[str, ...]
    extended: frozenset[str]


def read(name: str) -> dict[str, Any]:
    """One TOML file of this package, parsed; raises ModelError where it is missing or no TOML."""
    try:
        return tomli.loads(resources.files(PACKAGE).joinpath(name).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ModelError(f"{name} of {PACKAGE}: cannot be read ({error}); reinstall citebot") from error


@lru_cache(maxsize=1)
def load_taxonomy() -> Taxonomy:
    """The taxonomy; raises ModelError listing nouns or anchors that stand under two types."""
    table = read("taxonomy.toml")
    nouns: dict[str, str] = {}
    below: dict[str, str] = {}
    mistakes = []
    for name, entry in table.items():
        for key, found in (("nouns", nouns), ("below", below)):
            for item in entry.get(key, ()):
                if found.setdefault(item, name) != name:
                    mistakes.append(f"  [{name}] {key} {item!r} stands under {found[item]!r} too")
    if mistakes:
        raise ModelError("taxonomy.toml: " + "\n".join(mistakes))
    return Taxonomy(
        {name: entry["about"] for name, entry in table.items()},
        {name: tuple(entry.get("admits", ())) for name, entry in table.items()},
        nouns,
        below,
    )


@lru_cache(maxsize=1)
def load_cues() -> Cues:
    """The word lists of the rules; raises ModelError where one is missing."""
    table = read("cues.toml")
    missing = sorted(set(Cues.__struct_fields__) - {*table, "extended_below"})
    if missing:
        raise ModelError(f"cues.toml of {PACKAGE} lacks {', '.join(missing)}; reinstall citebot")
    lists = {key: frozenset(value) for key, value in table.items() if isinstance(value, list)}
    degrees = {word: name for name, words in table["degrees"].items() for word in words}
    extended = table["extended"]
    return Cues(
        **lists, degrees=degrees, extended_below=tuple(extended["below"]), extended=frozenset(extended["nouns"])
    )
