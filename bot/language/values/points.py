"""Single dates as written: days, months, years, decades, centuries and their parts, in either era."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.language.values import calendar
from bot.language.values.nouns import counted
from bot.language.values.numbers import digits, whole_number
from bot.language.values.tables import Tables, tables
from bot.language.values.words import Words

Grain = Literal["day", "month", "season", "year", "decade", "century"]
YEARS = range(1000, 2200)
"""Four digits that are taken for a year without further sign."""


class Point(Struct, frozen=True):
    """A calendar period from word ``start`` up to ``end``. ``year`` is None for *24 December*; ``low`` and ``high`` are
    then places in a leap year."""

    low: int
    high: int
    start: int
    end: int
    grain: Grain
    year: int | None
    month: int = 0
    day: int = 0
    loose: bool = False
    bare: bool = False


def point_at(words: Words, i: int) -> Point | None:
    """The single date that begins with word ``i``."""
    word, shape, table = words.low[i], words.shape[i], tables()
    if shape == "iso":
        return _iso(words, i)
    if shape in ("number", "ordinal"):
        return _day_month(words, i, table) or _century(words, i, table) or _year(words, i, table)
    if shape == "decade":
        return _decade(words, i, table)
    if word in table.months:
        return _month(words, i, table)
    if word in table.part_words or word == "the":
        return _part(words, i, table)
    if word in table.ordinals:
        return _century(words, i, table)
    if word in table.seasons:
        return _season(words, i, table)
    if word in table.weekdays:
        return _after_weekday(words, i)
    if word in table.list("common_era") and (value := digits(words, i + 1)) is not None and value < YEARS.stop:
        return _whole_year(int(value), i, i + 2)
    return None


def _iso(words: Words, i: int) -> Point | None:
    year, month, day = (int(part) for part in words.raw[i].split("-"))
    if not (year and 1 <= month <= 12 and 1 <= day <= calendar.month_length(year, month)):
        return None
    number = calendar.day_number(year, month, day)
    return Point(number, number, i, i + 1, "day", year, month, day)


def _day(words: Words, i: int) -> int | None:
    """A day of the month: *9*, *9th*."""
    raw = (
        words.raw[i].rstrip("stndrh")
        if words.kind(i) == "ordinal"
        else words.raw[i]
        if words.kind(i) == "number"
        else ""
    )
    return int(raw) if raw.isdecimal() and len(raw) <= 2 and 1 <= int(raw) <= 31 else None


def _comma_year(words: Words, j: int) -> tuple[int | None, int]:
    """A year after a month or day, with or without a comma, with an era: the year and the index after it."""
    k = j + (words.word(j) in (",", "of"))
    if words.kind(k) == "number" and words.raw[k].isdecimal() and len(words.raw[k]) <= 4:
        year = int(words.raw[k])
        era = words.word(k + 1)
        table = tables()
        if era in table.list("before_era") and year:
            return 1 - year, k + 2
        if era in table.list("common_era") and year:
            return year, k + 2
        if year in YEARS:
            return year, k + 1
    return None, j


def _dated(year: int | None, month: int, day: int, start: int, end: int) -> Point | None:
    if day > calendar.month_length(2000 if year is None else year, month):
        return None
    number = calendar.month_day(month, day) if year is None else calendar.day_number(year, month, day)
    return Point(number, number, start, end, "day", year, month, day)


def _day_month(words: Words, i: int, table: Tables) -> Point | None:
    """*9 September 2023*, *the 9th of September*, *24 December*."""
    day = _day(words, i)
    j = i + 1 + (words.word(i + 1) == "of")
    if day is None or words.word(j) not in table.months or (words.adjacent(i) and words.word(i - 1) in (".", ":")):
        return None
    year, end = _comma_year(
        words, j + 1 + (words.word(j + 1) == "." and words.adjacent(j + 1) and len(words.low[j]) < 5)
    )
    return _dated(year, table.months[words.low[j]], day, i, end if year is not None else j + 1)


def _month(words: Words, i: int, table: Tables) -> Point | None:
    """*September 9, 2023*, *May 1944*, *in May*; *may* and *march* are mostly other words."""
    month, word = table.months[words.low[i]], words.low[i]
    j = i + 1 + (words.word(i + 1) == "." and words.adjacent(i + 1) and len(word) < 5)
    capital = words.raw[i][0].isupper()
    day = _day(words, j)
    if day is not None and (capital or counted(words, j + 1) is None) and words.kind(j + 1) != "sign":
        year, end = _comma_year(words, j + 1)
        return _dated(year, month, day, i, end if year is not None else j + 1)
    year, end = _comma_year(words, j)
    if year is not None:
        low = calendar.day_number(year, month)
        return Point(low, calendar.last_day(year, month), i, end, "month", year, month)
    if word in table.list("ambiguous_months") or len(word) < 4:
        sure = capital and words.raw[i] != words.raw[i].upper()
        if (
            not sure
            or words.word(i - 1) not in table.list("temporal")
            or (words.kind(i + 1) == "word" and words.raw[i + 1][0].isupper())
        ):
            return None
    low = calendar.month_day(month, 1)
    return Point(low, low + calendar.month_length(2000, month) - 1, i, i + 1, "month", None, month)


def _season(words: Words, i: int, table: Tables) -> Point | None:
    """*autumn 2025*, *the summer of 1944*: the northern seasons, so never exact."""
    year, end = _comma_year(words, i + 1)
    if year is None:
        return None
    first, length = table.seasons[words.low[i]]
    last_year, last = (year, first + length - 1) if first + length <= 13 else (year + 1, first + length - 13)
    low = calendar.day_number(year, first)
    return Point(low, calendar.last_day(last_year, last), i, end, "season", year, first, loose=True)


def _after_weekday(words: Words, i: int) -> Point | None:
    """*Tuesday, 5 May 2020*: the day of the week adds nothing to compare."""
    j = i + 1 + (words.word(i + 1) in (",", "the"))
    if j >= words.size or words.shape[j] not in ("number", "ordinal", "word") or words.low[j] in tables().weekdays:
        return None
    point = point_at(words, j)
    return replace(point, start=i) if point is not None and point.grain == "day" else None


def _whole_year(year: int, i: int, j: int, *, bare: bool = False) -> Point:
    return Point(calendar.day_number(year), calendar.last_day(year), i, j, "year", year, bare=bare)


def _year(words: Words, i: int, table: Tables) -> Point | None:
    raw = words.raw[i]
    if not raw.isdecimal() or len(raw) > 4 or digits(words, i) is None or int(raw) == 0:
        return None
    year, era = int(raw), words.word(i + 1)
    if era in table.list("before_era"):
        return _whole_year(1 - year, i, i + 2)
    if era in table.list("common_era"):
        return _whole_year(year, i, i + 2)
    return _whole_year(year, i, i + 1, bare=True) if len(raw) >= 3 else None


def is_year(words: Words, point: Point) -> bool:
    """Whether digits without a month or era are a year: *in 1996*, *(1996)*, *in 907 the*; not *2000 photographs*."""
    table, i, j = tables(), point.start, point.end
    after = words.word(j)
    if words.word(i - 1) in table.list("labels") or words.kind(i - 1) == "sign" or after in table.list("percent"):
        return False
    if after in table.units or after in table.magnitudes or after in table.money or not whole_number(words, i):
        return False
    noun = counted(words, j)
    if point.year in YEARS and len(words.raw[i]) == 4:
        # 'In 1698 Thomas Savery', 'the 1994 Works Council' end in s without being counted.
        capital = noun is not None and words.low[j : noun[1]] != words.raw[j : noun[1]]
        before = words.word(i - 1)
        return noun is None or capital or before in table.list("strong_temporal") or before in table.months
    ends = not after or words.kind(j) == "mark" or after in table.list("stops")
    return words.word(i - 1) in ("in", "since", "until", "year") and ends and noun is None


def reads_as_year(words: Words, i: int) -> bool:
    """Whether the digits at ``i`` are a year rather than an amount."""
    point = _year(words, i, tables()) if words.kind(i) == "number" else None
    return point is not None and (not point.bare or is_year(words, point))


def _decade(words: Words, i: int, table: Tables) -> Point | None:
    """*the 1990s*, *the '90s*; the centuries that end in 00 are decades here too, as usual (*the 1800s* aside)."""
    raw = words.raw[i].strip("'’s")
    year = int(raw) + (1900 if len(raw) == 2 else 0)
    if year < 100 or len(raw) == 3:
        return None
    span = 100 if year % 100 == 0 and year < 2000 else 10
    low, end = year, i + 1
    if words.word(end) in table.list("before_era"):
        return Point(
            calendar.day_number(2 - year - span), calendar.last_day(1 - year), i, end + 1, "decade", 2 - year - span
        )
    return Point(calendar.day_number(low), calendar.last_day(low + span - 1), i, end, "decade", low)


def _ordinal(words: Words, i: int, table: Tables) -> int | None:
    if words.kind(i) == "ordinal":
        return int(words.raw[i].rstrip("stndrh")) if len(words.raw[i]) <= 5 else None
    return table.ordinals.get(words.word(i))


def _century(words: Words, i: int, table: Tables) -> Point | None:
    """*10th century*, *10th and 11th centuries*, *4th century BC*, *10th-century*."""
    first, j = _ordinal(words, i, table), i + 1
    if first is None or not 0 < first < 30:
        return None
    last = first
    if _joins(words, j, table):
        k = j + 1 + (words.word(j + 1) == "the")
        more = _ordinal(words, k, table)
        if more is not None and first != more < 30 and words.word(k + 1) in table.list("century"):
            last, j = more, k + 1
    j += words.word(j) in table.list("dashes") and words.adjacent(j)
    if words.word(j) not in table.list("century"):
        return None
    span = 1000 if words.word(j) == "millennium" else 100
    end = j + 1
    if words.word(end) in table.list("before_era"):
        oldest, newest = max(first, last), min(first, last)
        low, high = 1 - oldest * span, 1 - ((newest - 1) * span + 1)
        return Point(calendar.day_number(low), calendar.last_day(high), i, end + 1, "century", low)
    end += words.word(end) in table.list("common_era")
    if first > last:
        return None
    low, high = (first - 1) * span + 1, last * span
    return Point(calendar.day_number(low), calendar.last_day(high), i, end, "century", low)


def _part(words: Words, i: int, table: Tables) -> Point | None:
    """*early 2005*, *late 19th century*, *mid-1990s*, *the end of 2011*, *the 1990s*."""
    j = words.longest(i, table.parts, at_most=4)
    if j == i:
        if words.word(i) == "the" and words.kind(i + 1) == "decade":
            point = point_at(words, i + 1)
            return replace(point, start=i) if point is not None else None
        return None
    part = table.parts[words.phrase(i, j)]
    while j < words.size and (words.low[j] == "the" or words.low[j] in table.list("dashes") or words.low[j] == "to"):
        j += 1
    if j >= words.size or words.low[j] in table.part_words or words.low[j] == "the":
        return None
    point = point_at(words, j)
    if point is None or point.grain == "day" or (point.bare and point.year not in YEARS):
        return None
    days = point.high - point.low + 1
    low, high = point.low + days * part[0] // 12, point.low + days * part[1] // 12 - 1
    return replace(point, low=low, high=high, start=i, loose=True, bare=False)


def day_pair(words: Words, i: int) -> Point | None:
    """*9-10 May 2023*, *9 and 10 May*, *June 5-9, 2023*: two days that share their month."""
    table = tables()
    if words.low[i] in table.months:
        first, j = _day(words, i + 1), i + 2
        last = _day(words, j + 1) if _joins(words, j, table) else None
        month, (year, end) = table.months[words.low[i]], _comma_year(words, j + 2)
        end = end if year is not None else j + 2
    else:
        first, j = _day(words, i), i + 1
        last = _day(words, j + 1) if _joins(words, j, table) else None
        if last is None or words.word(j + 2) not in table.months:
            return None
        month, (year, end) = table.months[words.low[j + 2]], _comma_year(words, j + 3)
        end = end if year is not None else j + 3
    if first is None or last is None or first >= last:
        return None
    one, two = _dated(year, month, first, i, end), _dated(year, month, last, i, end)
    return replace(one, high=two.low) if one is not None and two is not None else None


def _joins(words: Words, j: int, table: Tables) -> bool:
    return words.word(j) in table.list("dashes") or words.word(j) in ("and", "to", "or")
