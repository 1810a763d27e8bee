"""Dates, times, durations, money, percentages, quantities and numbers, read from text as comparable values."""

from bot.language.values.comparing import compare, compatible, contains
from bot.language.values.model import Bound, Value, ValueKind
from bot.language.values.reading import values_in

__all__ = ["Bound", "Value", "ValueKind", "compare", "compatible", "contains", "values_in"]
