"""The word lists of ``words.toml``, read once, in the shapes that the readers look things up in."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli

from bot.errors import ModelError
from bot.language.values.model import Bound

WORDS = Path(__file__).with_name("words.toml")


class Tables:
    """Every table of ``words.toml`` as an attribute; word lists as frozen sets."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.numbers: dict[str, int] = data["numbers"]
        self.magnitudes: dict[str, int] = data["magnitudes"]
        self.money_magnitudes: dict[str, int] = data["money_magnitudes"]
        self.ordinals: dict[str, int] = data["ordinals"]
        self.fractions: dict[str, int] = data["fractions"]
        self.glyphs: dict[str, float] = data["glyphs"]
        self.months: dict[str, int] = data["months"]
        self.seasons: dict[str, tuple[int, int]] = {name: (first, n) for name, (first, n) in data["seasons"].items()}
        self.weekdays: dict[str, int] = data["weekdays"]
        self.weekday_groups: dict[str, list[int]] = data["weekday_groups"]
        self.clock_words: dict[str, int] = data["clock_words"]
        self.parts: dict[str, tuple[int, int]] = {name: (low, high) for name, (low, high) in data["parts"].items()}
        self.date_bounds: dict[str, Bound] = data["date_bounds"]
        self.amount_bounds: dict[str, Bound] = data["amount_bounds"]
        self.after_bounds: dict[str, Bound] = data["after_bounds"]
        self.durations: dict[str, int] = data["durations"]
        self.money: dict[str, str] = data["money"]
        self.cents: dict[str, str] = data["cents"]
        self.currency_signs: dict[str, str] = data["currency_signs"]
        self.units: dict[str, tuple[str, str, float]] = {key: (a, b, c) for key, (a, b, c) in data["units"].items()}
        self.plurals: dict[str, str] = data["plurals"]
        self.unit_bases: dict[str, tuple[str, float]] = {name: (base, f) for name, base, f in self.units.values()}
        self._lists: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in data["lists"].items()}
        self.part_words = frozenset(name.partition(" ")[0] for name in self.parts)

    def list(self, name: str) -> frozenset[str]:
        """The words of ``[lists]`` under a name."""
        return self._lists[name]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables of the package.

    RAISES: ModelError if ``words.toml`` is missing or damaged.
    """
    try:
        return Tables(tomli.loads(WORDS.read_text(encoding="utf-8")))
    except (OSError, tomli.TOMLDecodeError, KeyError) as error:
        raise ModelError(
            f"{WORDS.name} of the value reader is missing or damaged ({error}). Install citebot again."
        ) from error
