"""Comparing values: order, containment, and whether two can be said of the same thing."""

from __future__ import annotations

from math import inf
from typing import Literal

from bot.language.values.model import Value
from bot.language.values.tables import tables

Order = Literal["before", "after", "overlaps", "contains", "within", "equal"]
_NUMERIC = frozenset({"number", "quantity"})
TOLERANCE = 0.02
"""Share by which two amounts may differ when one is only *about* right."""


def compare(a: Value, b: Value) -> Order | None:
    """How ``a`` lies to ``b`` on their common scale: *1996* ``within`` *1996-2002*, *5 km* ``after`` *300 m*.

    a, b: values. RETURNS: None where they have no common scale (*5 km* and *5 euros*, *May* and *1996*).
    """
    if a.kind == "time" and b.kind == "time" and (_days(a) or _days(b)):
        return _compare_days(a, b)
    scale = _scale(a, b)
    if scale is None:
        return None
    low, high = _ends(a, scale[0])
    other_low, other_high = _ends(b, scale[1])
    if (low, high) == (other_low, other_high):
        return "equal"
    if high < other_low:
        return "before"
    if low > other_high:
        return "after"
    if low <= other_low and high >= other_high:
        return "contains"
    return "within" if low >= other_low and high <= other_high else "overlaps"


def contains(outer: Value, inner: Value) -> bool:
    """Whether all of ``inner`` lies in ``outer``: *2000* in *1996-2002*, *950* in *the 10th century*."""
    return compare(outer, inner) in ("equal", "contains")


def compatible(a: Value, b: Value) -> bool:
    """Whether both can be true of one thing: the one contains the other, they overlap, or they are about equal."""
    order = compare(a, b)
    if order is None:
        return False
    if order not in ("before", "after"):
        return True
    if "about" not in (a.bound, b.bound) or a.kind in ("date", "time") or None in (a.low, a.high, b.low, b.high):
        return False
    scale = _scale(a, b)
    assert scale is not None
    x, y = _ends(a, scale[0])[0], _ends(b, scale[1])[0]
    return abs(x - y) <= TOLERANCE * max(abs(x), abs(y))


def _ends(value: Value, factor: float) -> tuple[float, float]:
    low = -inf if value.low is None else round(value.low * factor, 6)
    high = inf if value.high is None else round(value.high * factor, 6)
    return low, high


def _scale(a: Value, b: Value) -> tuple[float, float] | None:
    """Factors that bring both values to one unit, None if there is none."""
    if a.kind != b.kind and not {a.kind, b.kind} <= _NUMERIC:
        return None
    if a.unit == b.unit:
        return 1.0, 1.0
    if a.kind in ("money", "number") or b.kind == "number":
        # '30 cents' names no currency, and a bare '64' may answer for '64 seats'.
        return (1.0, 1.0) if not a.unit or not b.unit else None
    if a.kind == "quantity":
        bases = tables().unit_bases
        one, two = bases.get(a.unit), bases.get(b.unit)
        return (one[1], two[1]) if one is not None and two is not None and one[0] == two[0] else None
    return None


def _days(value: Value) -> frozenset[str]:
    return frozenset(value.unit.split())


def _compare_days(a: Value, b: Value) -> Order | None:
    one, two = _days(a), _days(b)
    if not one or not two:
        return None
    if one == two:
        return "equal"
    if one > two:
        return "contains"
    if one < two:
        return "within"
    return "overlaps" if one & two else None
