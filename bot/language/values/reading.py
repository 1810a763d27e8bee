"""Every value of a text.

Own readers instead of a library: dateparser and its like fill a missing year from the clock, give no offsets and take
milliseconds; quantulum needs a model; none reads *10th and 11th centuries* or *up to 20 items*.
"""

from __future__ import annotations

from functools import lru_cache
from math import isfinite

from bot.language.values.amounts import amount_at, frequency_at, ordinal_at
from bot.language.values.clock import season_at, time_at, weekday_at
from bot.language.values.dates import date_at
from bot.language.values.model import Value
from bot.language.values.tables import tables
from bot.language.values.words import Words


@lru_cache(maxsize=2_048)
def values_in(text: str) -> tuple[Value, ...]:
    """The values that a text writes, by place; where readings overlap the longest is kept, then the first.

    text: any text; offsets count in it. A sentence is read when its attachment is mended, when its facts are linked,
    and when its pronouns are resolved: remembered meanwhile.
    """
    words = Words(text)
    triggers = _triggers()
    found: list[Value] = []
    for i in range(words.size):
        shape = words.shape[i]
        if shape == "mark" or (shape == "word" and words.low[i] not in triggers):
            continue
        found += _at(words, i)
    return _apart(found)


@lru_cache(maxsize=1)
def _triggers() -> frozenset[str]:
    """Words that a value can begin with, bounds aside (they are read backwards from it)."""
    table = tables()
    return frozenset(
        {
            "a", "an", "half", "once", "the",
            *table.numbers, *table.ordinals, *table.months, *table.seasons, *table.weekdays, *table.weekday_groups,
            *table.clock_words, *table.part_words, *table.list("frequency_words"), *table.list("common_era"),
            *(code for code in table.money if len(code) == 3),
        }
    )  # fmt: skip


def _at(words: Words, i: int) -> list[Value]:
    """The readings that begin with word ``i``, at most one of each reader."""
    low, table = words.low[i], tables()
    readings = [date_at(words, i)]
    if low not in table.months and low != "the":
        readings += [
            time_at(words, i),
            weekday_at(words, i),
            season_at(words, i),
            frequency_at(words, i),
            amount_at(words, i),
        ]
    readings.append(ordinal_at(words, i))
    return [value for value in readings if value is not None and _finite(value)]


def _finite(value: Value) -> bool:
    """Whether a value is a number at all: four hundred digits in a row, as damaged files have them, are none."""
    return all(bound is None or isfinite(bound) for bound in (value.low, value.high))


def _apart(values: list[Value]) -> tuple[Value, ...]:
    """The longest values that do not overlap; of readings of the same words the first reader's, dates first."""
    kept: list[Value] = []
    for value in sorted(values, key=lambda value: (value.start - value.end, value.start)):
        if all(value.end <= other.start or other.end <= value.start for other in kept):
            kept.append(value)
    return tuple(sorted(kept, key=lambda value: value.start))
