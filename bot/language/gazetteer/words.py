"""The word lists of ``words.toml``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import tomli
from msgspec import Struct

from bot.errors import ModelError

FILE = Path(__file__).with_name("words.toml")


class NameWords(Struct, frozen=True):
    """See ``words.toml`` for what each is for."""

    everyday: frozenset[str]
    connectors: frozenset[str]
    particles: frozenset[str]
    titles: frozenset[str]
    indefinite: frozenset[str]
    alias_cues: frozenset[str]
    generic: frozenset[str]
    ignored: frozenset[str]
    calendar: frozenset[str]
    types: dict[str, str]


@lru_cache(maxsize=1)
def words() -> NameWords:
    """The lists, read once.

    RAISES: ModelError if the file is missing or damaged.
    """
    try:
        data = tomli.loads(FILE.read_text(encoding="utf-8"))
        types = {word: kind for kind, listed in data.pop("types").items() for word in listed}
        return NameWords(**{name: frozenset(listed) for name, listed in data.items()}, types=types)
    except (OSError, tomli.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"{FILE.name} of the gazetteer is missing or damaged: {error}. Reinstall citebot.") from error
