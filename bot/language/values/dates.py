"""Dates as written, alone, in ranges and with their bounds (*since*, *until*, *by*, *before*, *after*)."""

from __future__ import annotations

from msgspec.structs import replace

from bot.language.values import calendar
from bot.language.values.model import Bound, Value
from bot.language.values.nouns import counted
from bot.language.values.numbers import digits
from bot.language.values.points import YEARS, Point, day_pair, is_year, point_at
from bot.language.values.tables import tables
from bot.language.values.words import Words


def date_at(words: Words, i: int) -> Value | None:
    """The date, or range of dates, that begins with word ``i``.

    words: the text. i: index of a word.
    RETURNS: a value with its bound; the word that binds it (*since*, *between*) belongs to its text.
    """
    first = day_pair(words, i) or point_at(words, i)
    if first is None:
        return _year_range(words, i)
    joined = _year_range(words, i) or _range(words, first)
    if joined is not None:
        return joined
    if first.bare and not is_year(words, first):
        return None
    return _bounded(words, first)


def _year_range(words: Words, i: int) -> Value | None:
    """*1996-2002*, *1996–97*, *1939/45*, *618–907*, *550–330 BC*."""
    table, j = tables(), i + 1
    separator = words.word(j)
    dash = separator in table.list("dashes") or separator == "/"
    if words.kind(i) != "number" or not (dash or (separator == "to" and words.word(i - 1) == "from")):
        return None
    left, right = words.raw[i], words.raw[j + 1] if words.kind(j + 1) == "number" else ""
    if not (left.isdecimal() and right.isdecimal() and len(left) <= 4 and len(right) <= 4) or digits(words, i) is None:
        return None
    low, high, end = int(left), int(right), j + 2
    if words.word(end) in table.list("before_era") and low > high > 0:
        return _between(words, 1 - low, 1 - high, i, end + 1)
    era = words.word(end) in table.list("common_era")
    if len(left) == 4 and len(right) == 2 and low in YEARS:
        high += low - low % 100
    plain = low in YEARS and high in YEARS
    early = (
        100 <= low < 1000
        and high >= 100
        and len(left) == 3
        and words.word(i - 1) in ("(", ",", ";", "in", "from", "during")
    )
    if low >= high or not (plain or early or era) or words.word(i - 1) in table.list("labels"):
        return None
    if separator == "/" and high != low + 1:
        return None
    if words.word(end) in table.list("dashes") or (not (era or plain) and counted(words, end) is not None):
        return None
    return _between(words, low, high, i, end + era)


def _between(words: Words, low: int, high: int, i: int, j: int) -> Value:
    start = i - 1 if words.word(i - 1) == "from" and "to" in words.low[i:j] else i
    return _value(
        words, start, j, calendar.day_number(low), calendar.last_day(high), "between" if start < i else "exact"
    )


def _range(words: Words, first: Point) -> Value | None:
    """*between 1998 and 2003*, *from 1990 to 1995*, *May 1944 – June 1945*, *24 December to 1 January*."""
    table, i, j = tables(), first.start, first.end
    lead = words.word(i - 1) if words.word(i - 1) in ("between", "from") else ""
    if words.word(i - 1) == "the" and words.word(i - 2) in ("between", "from"):
        lead, i = words.low[i - 2], i - 1
    separator = words.word(j)
    fits = (
        separator == "and"
        if lead == "between"
        else separator in table.list("range_words") or separator in table.list("dashes")
    )
    if not fits or j + 1 >= words.size:
        return None
    k = j + 1 + (words.word(j + 1) == "the" and words.kind(j + 2) != "decade")
    second = point_at(words, k) if k < words.size else None
    if second is None or ((second.bare or first.bare) and not (first.year in YEARS and second.year in YEARS)):
        return None
    low, high = _same_scale(first, second)
    if low is None or high is None or low > high:
        return None
    unit = "monthday" if first.year is None and second.year is None else ""
    start = i - 1 if lead else first.start
    return _value(words, start, second.end, low, high, "between" if lead else "exact", unit)


def _same_scale(first: Point, second: Point) -> tuple[int | None, int | None]:
    """First and last day of a range whose ends may share one year (*24 December – 5 January 2024*)."""
    if first.year is None and second.year is None:
        return first.low, second.high + (calendar.YEAR_DAYS if second.high < first.low else 0)
    if first.year is None and second.year is not None:
        earlier = second.month and (first.month, first.day) > (second.month, second.day or 31)
        return _moved(first, second.year - bool(earlier)).low, second.high
    if second.year is None and first.year is not None:
        later = first.month and (second.month, second.day or 31) < (first.month, first.day)
        return first.low, _moved(second, first.year + bool(later)).high
    return first.low, second.high


def _moved(point: Point, year: int) -> Point:
    day = min(point.day, calendar.month_length(year, point.month))
    low = calendar.day_number(year, point.month, day or 1)
    return replace(point, low=low, high=low if day else calendar.last_day(year, point.month), year=year)


def _bounded(words: Words, point: Point) -> Value:
    table, i = tables(), point.start
    k = i - 1 if words.word(i - 1) == "the" and words.low[i] != "the" else i
    start = words.before(k, table.date_bounds)
    unit = "" if point.year is not None else "monthday"
    if start == k or unit:
        if start != k and table.date_bounds[words.phrase(start, k)] != "about":
            return _value(
                words, start, point.end, point.low, point.high, table.date_bounds[words.phrase(start, k)], unit
            )
        return _value(words, i, point.end, point.low, point.high, "about" if point.loose else "exact", unit)
    bound = table.date_bounds[words.phrase(start, k)]
    low, high = bound_days(bound, point.low, point.high)
    return _value(words, start, point.end, low, high, bound)


def bound_days(bound: Bound, low: int, high: int) -> tuple[int | None, int | None]:
    """First and last day that *since*, *until*, *by*, *before* and *after* leave open, given the period they bind."""
    if bound == "since":
        return low, None
    if bound in ("until", "by"):
        return None, high
    if bound == "before":
        return None, low - 1
    if bound == "after":
        return high + 1, None
    return low, high


def _value(words: Words, i: int, j: int, low: int | None, high: int | None, bound: Bound, unit: str = "") -> Value:
    start, end = words.start[i], words.end[j - 1]
    return Value("date", words.text[start:end], start, end, low, high, unit, bound)
