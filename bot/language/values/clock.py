"""Times of day (*10 a.m.*, *14:30*, *noon*), days of the week (*Tuesdays and Thursdays*, *Monday to Friday*), and
seasons of any year (*in winter*)."""

from __future__ import annotations

from bot.language.values.calendar import YEAR_DAYS, month_day
from bot.language.values.model import Bound, Value
from bot.language.values.numbers import number_at
from bot.language.values.tables import Tables, tables
from bot.language.values.words import Words

DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NOON = 720


def time_at(words: Words, i: int) -> Value | None:
    """The time of day or range of times that begins with word ``i``, with its bound (*until 5 p.m.*)."""
    table = tables()
    first = _clock(words, i, table)
    if first is None:
        return _unmarked_range(words, i, table)
    low, j = first
    lead = words.word(i - 1) if words.word(i - 1) in ("between", "from") else ""
    joined = words.word(j) == "and" if lead == "between" else _separates(words, j, table)
    second = _clock(words, j + 1, table) if joined else None
    if second is not None and second[0] >= low:
        return _time(words, i - bool(lead), second[1], low, second[0], "between" if lead else "exact")
    start = words.before(i, table.date_bounds)
    bound = table.date_bounds[words.phrase(start, i)] if start < i else "exact"
    if bound in ("since", "after"):
        return _time(words, start, j, low, None, bound)
    if bound in ("until", "by", "before"):
        return _time(words, start, j, None, low, bound)
    return _time(words, start, j, low, low, bound)


def weekday_at(words: Words, i: int) -> Value | None:
    """The day or days of the week that begin with word ``i``; the unit names each, in the order of the week."""
    table = tables()
    days, j = _days(words, i, table), i + 1
    if not days:
        return None
    while True:
        k = j
        while words.word(k) in (",", "and", "or", "&"):
            k += 1
        span = k == j and _separates(words, k, table)
        k += span
        more = _days(words, k, table)
        if k == j or not more:
            break
        days |= _through(max(days), min(more)) if span and len(more) == 1 else more
        j = k + 1
    if words.raw[i].lower() in table.list("short_weekdays") and j == i + 1:
        return None
    start, end = words.start[i], words.end[j - 1]
    unit = " ".join(DAY_NAMES[day] for day in sorted(days))
    return Value("time", words.text[start:end], start, end, None, None, unit)


def season_at(words: Words, i: int) -> Value | None:
    """The season of any year that is word ``i``, after a preposition (*in winter*, *during the summer*): a spring may
    be a well, and fall a verb. The unit names it; one of a year is a date."""
    table = tables()
    k = i - 1 - (words.word(i - 1) == "the")
    if words.word(i) not in table.seasons or words.word(k) not in table.list("season_words"):
        return None
    name = next(other for other, months in table.seasons.items() if months == table.seasons[words.low[i]])
    start, end = words.start[i], words.end[i]
    return Value("time", words.text[start:end], start, end, None, None, name.capitalize())


def _days(words: Words, i: int, table: Tables) -> set[int]:
    word = words.word(i)
    if word in table.list("short_weekdays") and not words.raw[i][0].isupper():
        return set()
    if word in table.weekdays:
        return {table.weekdays[word]}
    return set(table.weekday_groups.get(word, ()))


def _through(first: int, last: int) -> set[int]:
    return {day % 7 for day in range(first, last + 1 + 7 * (last < first))}


def _separates(words: Words, j: int, table: Tables) -> bool:
    return words.word(j) in table.list("dashes") or words.word(j) in table.list("range_words")


def _half(word: str, table: Tables) -> int | None:
    """Minutes that *a.m.* or *p.m.* add, None if the word is neither."""
    return 0 if word in table.list("morning") else _NOON if word in table.list("evening") else None


def _clock(words: Words, i: int, table: Tables) -> tuple[int, int] | None:
    """Minutes after midnight and the index after the time."""
    word = words.word(i)
    if word in table.clock_words:
        return table.clock_words[word], i + 1
    if words.kind(i) == "clock":
        hour, minute = (int(part) for part in word.split(":"))
    elif words.kind(i) == "number":
        whole, _, part = word.partition(".")
        if not whole.isdecimal() or len(part) not in (0, 2):
            return None
        hour, minute = int(whole), int(part or 0)
    elif (number := number_at(words, i) if word in table.numbers else None) is not None and number.end == i + 1:
        hour, minute = int(number.value), 0
    else:
        return None
    shift = _half(words.word(i + 1), table)
    if shift is not None and 1 <= hour <= 12 and minute < 60:
        return hour % 12 * 60 + minute + shift, i + 2
    if words.word(i + 1) in ("o'clock", "o’clock") and 1 <= hour <= 12:
        return hour * 60, i + 2
    if words.kind(i) == "clock" and hour < 24 and minute < 60:
        return hour * 60 + minute, i + 1
    if words.shape[i] == "word" and 1 <= hour <= 12 and words.word(i - 1) in table.list("clock_before"):
        after = words.word(i + 1)  # it opens [at seven]; not at seven metres
        if not after[:1].isalnum() or after in table.list("clock_after"):
            return hour * 60, i + 1
    return None


def _unmarked_range(words: Words, i: int, table: Tables) -> Value | None:
    """*9 to 11 a.m.*, *9-5 p.m.*, *between 9 and 11 a.m.*: only the end says which half of the day."""
    lead = words.word(i - 1) if words.word(i - 1) in ("between", "from") else ""
    joined = words.word(i + 1) == "and" if lead == "between" else _separates(words, i + 1, table)
    second = _clock(words, i + 2, table) if joined and words.kind(i) == "number" else None
    if second is None or not words.raw[i].isdecimal() or not 1 <= int(words.raw[i]) <= 12:
        return None
    hour = int(words.raw[i]) % 12 * 60
    low = hour + _NOON if hour + _NOON < second[0] else hour
    if low > second[0]:
        return None
    return _time(words, i - bool(lead), second[1], low, second[0], "between" if lead else "exact")


def _time(words: Words, i: int, j: int, low: int | None, high: int | None, bound: Bound) -> Value:
    start, end = words.start[i], words.end[j - 1]
    return Value("time", words.text[start:end], start, end, low, high, "", bound)


def season_days(name: str) -> tuple[int, int] | None:
    """First and last day of a season in a leap year, past its end where it passes it, 1 January being 0; None for
    another word."""
    if name not in tables().seasons:
        return None
    first, length = tables().seasons[name]
    after = first + length - 1
    return month_day(first, 1), month_day(after % 12 + 1, 1) + (YEAR_DAYS if after >= 12 else 0) - 1
