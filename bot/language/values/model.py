"""Comparable values: what a phrase such as *about 12,000 photographs* or *in the 10th century* amounts to."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

ValueKind = Literal["date", "time", "duration", "money", "percent", "quantity", "number", "ordinal", "frequency"]
Bound = Literal[
    "exact",
    "about",
    "at_least",
    "more_than",
    "at_most",
    "less_than",
    "by",
    "since",
    "until",
    "before",
    "after",
    "between",
]


class Value(Struct, frozen=True, array_like=True):
    """``low`` and ``high`` bound the value in ``unit``; equal for a point, None where open (*since 1996* has no high).

    Units by kind: ``date`` — days since 0001-01-01 of the proleptic Gregorian calendar, first and last day of the
    period named (*1996* is 1 January to 31 December), negative before the common era, with ``unit`` ``monthday`` for
    dates without a year (days of a leap year, past its end where a range passes it); ``time`` — minutes after
    midnight, or for week days and seasons minutes are None and ``unit`` holds the names; ``duration`` — seconds;
    ``money`` — the amount in ``unit`` (ISO 4217 where known); ``percent`` — percent; ``quantity`` — the amount with
    ``unit`` the noun or symbol counted, as lemma; ``number``, ``ordinal``, ``frequency`` (times) — the number.
    ``text`` is the value as written, with its unit and bound; ``start`` and ``end`` are its offsets in the text read.
    """

    kind: ValueKind
    text: str
    start: int
    end: int
    low: int | float | None
    high: int | float | None
    unit: str = ""
    bound: Bound = "exact"
