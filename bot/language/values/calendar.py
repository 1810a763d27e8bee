"""Days of the proleptic Gregorian calendar for any year, before the common era too (``datetime`` stops at year 1)."""

from __future__ import annotations

from datetime import date

_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
YEAR_DAYS = 366
"""Days of the year that month days without a year are counted in: a leap year, so that 29 February has a place."""


def is_leap(year: int) -> bool:
    """Whether an astronomical year (1 BC is 0) has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Days of a month."""
    return _LENGTHS[month - 1] + (month == 2 and is_leap(year))


def day_number(year: int, month: int = 1, day: int = 1) -> int:
    """Days since 0001-01-01 of a date in an astronomical year (334 BC is -333)."""
    past = year - 1
    leaps = past // 4 - past // 100 + past // 400
    return past * 365 + leaps + _BEFORE[month - 1] + (month > 2 and is_leap(year)) + day - 1


def last_day(year: int, month: int = 12) -> int:
    """Day number of the last day of a month (of a year)."""
    return day_number(year, month, month_length(year, month))


def month_day(month: int, day: int) -> int:
    """Place of a date without a year in a leap year, 1 January being 0."""
    return day_number(2000, month, day) - day_number(2000)


def day_of_year(number: int) -> int:
    """Place in a leap year of a day number of the common era, as :func:`month_day` counts; ValueError before it."""
    day = date.fromordinal(number + 1)
    return month_day(day.month, day.day)
