"""The word lists of ``words.toml``."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

import tomli
from msgspec import Struct


class Pronoun(Struct, frozen=True):
    """What a pronoun asks of its antecedent."""

    number: str
    genders: frozenset[str]
    use: str


class AnaphoraWords(Struct, frozen=True):
    """See ``words.toml`` for what each is for."""

    pronouns: dict[str, Pronoun]
    gender_of: dict[str, str]
    lists: dict[str, frozenset[str]]
    kinds: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def words() -> AnaphoraWords:
    """The lists, read once."""
    data = tomli.loads(files("bot.facts.anaphora").joinpath("words.toml").read_text(encoding="utf-8"))
    return AnaphoraWords(
        {form: Pronoun(number, frozenset(genders), use) for form, (number, genders, use) in data["pronouns"].items()},
        {noun: gender for gender, nouns in data["genders"].items() for noun in nouns},
        {name: frozenset(listed) for name, listed in data["lists"].items()},
        {kind: frozenset(listed) for kind, listed in data["kinds"].items()},
    )
