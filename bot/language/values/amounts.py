"""Amounts: money, percentages, durations, quantities with their unit, plain numbers, ordinals and frequencies."""

from __future__ import annotations

from msgspec import Struct

from bot.language.values.model import Bound, Value, ValueKind
from bot.language.values.nouns import counted
from bot.language.values.numbers import Number, number_at, whole_number
from bot.language.values.points import reads_as_year
from bot.language.values.tables import Tables, tables
from bot.language.values.words import Words


class Measure(Struct, frozen=True):
    """What a number measures: its kind, unit, factor from the number as written, and the index after the unit."""

    kind: ValueKind
    unit: str
    factor: float
    end: int


def amount_at(words: Words, i: int) -> Value | None:
    """The amount that begins with word ``i`` (a number, a currency sign or code, or *a* before a unit).

    words: the text. i: index of a word.
    RETURNS: a value with its bound; the words that bind it (*more than*, *or more*) belong to its text.
    """
    table = tables()
    signed = _signed(words, i, table)
    if signed is not None:
        return _finish(words, i, signed[0], signed[1], signed[2])
    first = number_at(words, i)
    if first is None:
        return _article(words, i, table)
    if (words.kind(i) == "number" and not whole_number(words, i)) or (first.bare and reads_as_year(words, i)):
        return None
    second, j = _upper(words, i, first, table)
    after, j = _after(words, j, table)
    measure = _measure(words, j, first, second or first, table)
    if _pronoun(words, first, measure, table) or (measure is None and first.bare and _named(words, i, table)):
        return None
    measure = measure or Measure("number", "", 1.0, j)
    return _finish(words, i, first, second, measure, after)


def ordinal_at(words: Words, i: int) -> Value | None:
    """*third*, *21st*, *twenty-first*; not *a third of*, and not the unit in *ten seconds*."""
    table, word = tables(), words.low[i]
    if words.kind(i) == "ordinal" and len(word) < 12:
        return _value(
            words, i, i + 1, "ordinal", float(word.rstrip("stndrh")), float(word.rstrip("stndrh")), "", "exact"
        )
    tens = table.numbers.get(word, 0)
    k = i + 1 + (words.word(i + 1) in table.list("dashes"))
    if 20 <= tens < 100 and 0 < table.ordinals.get(words.word(k), 99) < 10:
        number = float(tens + table.ordinals[words.low[k]])
        return _value(words, i, k + 1, "ordinal", number, number, "", "exact")
    if word in table.ordinals:
        number = float(table.ordinals[word])
        return _value(words, i, i + 1, "ordinal", number, number, "", "exact")
    return None


def frequency_at(words: Words, i: int) -> Value | None:
    """*twice*, *three times a week*, *once per month*; *once* alone mostly means *formerly*."""
    table, word = tables(), words.low[i]
    if word == "once":
        rate = _rate(words, i + 1, table)
        only = words.word(i - 1) in ("only", "just") or words.phrase(i - 2, i) in ("at least", "at most")
        if rate is None and not only:
            return None
        number, j = 1.0, i + 1
    elif word in table.list("frequency_words"):
        number, j = 2.0 if word == "twice" else 3.0, i + 1
    else:
        count = number_at(words, i)
        if count is None or count.fraction or words.word(count.end) != "times":
            return None
        number, j = count.value, count.end + 1
    rate = _rate(words, j, table)
    start = words.before(i, table.amount_bounds)
    bound = table.amount_bounds[words.phrase(start, i)] if start < i else "exact"
    low, high = bounded(bound, number, number)
    unit, j = rate if rate is not None else ("", j)
    return _value(words, start, j, "frequency", low, high, unit, bound)


def _signed(words: Words, i: int, table: Tables) -> tuple[Number, Number | None, Measure] | None:
    """*$4.25*, *US$ 5bn*, *€3–5 million*, *EUR 25*."""
    word = words.low[i]
    code = word.upper() == words.raw[i] and len(word) == 3 and word in table.money
    if words.kind(i) != "sign" and not code:
        return None
    number = number_at(words, i + 1) if words.kind(i + 1) == "number" else None
    if number is None:
        return None
    if words.word(number.end) in table.money_magnitudes and words.adjacent(number.end):
        number = Number(number.value * table.money_magnitudes[words.low[number.end]], i + 1, number.end + 1)
    second, j = _upper(words, number.start, number, table)
    unit = table.currency_signs[word] if words.kind(i) == "sign" else table.money[word]
    return number, second, Measure("money", unit, 1.0, j)


def _upper(words: Words, i: int, first: Number, table: Tables) -> tuple[Number | None, int]:
    """The second number of *10-15 items*, *three or four*, *between 5 and 10 km*, *€3–5 million*."""
    j = first.end
    between = words.word(i - 1) == "between"
    joins = (
        words.word(j) == "and" if between else words.word(j) in ("to", "or") or words.word(j) in table.list("dashes")
    )
    if not joins:
        return None, j
    k = j + 1 + (words.kind(j + 1) == "sign")
    second = number_at(words, k) if words.kind(k) in ("number", "word") and words.word(k) != "half" else None
    if second is None or second.value <= first.value or second.fraction != first.fraction:
        return None, j
    return second, second.end


def _after(words: Words, j: int, table: Tables) -> tuple[Bound, int]:
    """*20 or more*, *65 or older*, *20+*."""
    if words.word(j) == "+" and words.adjacent(j):
        return "at_least", j + 1
    end = words.longest(j, table.after_bounds, at_most=2)
    return (table.after_bounds[words.phrase(j, end)], end) if end > j else ("exact", j)


def _measure(words: Words, j: int, number: Number, last: Number, table: Tables) -> Measure | None:
    word = words.word(j)
    end = words.longest(j, table.list("percent"), at_most=2)
    if end > j:
        return Measure("percent", "", 1.0, end)
    if (end := words.longest(j, table.money, at_most=2)) > j:
        heavy = word.startswith("pound") and not table.list("weight_words").isdisjoint(words.low)
        return (
            Measure("quantity", "pound", 1.0, end)
            if heavy
            else Measure("money", table.money[words.phrase(j, end)], 1.0, end)
        )
    if word in table.cents:
        return Measure("money", table.cents[word], 0.01, j + 1)
    if number.fraction and word != "of" and last.value < 1 and word not in table.durations:
        return None
    duration = duration_at(words, j, table)
    if duration is not None:
        return Measure("duration", "", duration[0], duration[1])
    k = j + (word in table.list("dashes") and words.adjacent(j) and words.adjacent(j + 1))
    if (end := words.longest(k, table.units, at_most=2)) > k and not (
        words.low[k] == "m" and not words.adjacent(k) and words.raw[k] == "M"
    ):
        return Measure("quantity", table.units[words.phrase(k, end)][0], 1.0, end)
    noun = counted(words, j, one=last.value == 1)
    return Measure("quantity", noun[0], 1.0, noun[1]) if noun is not None else None


def duration_at(words: Words, j: int, table: Tables) -> tuple[float, int] | None:
    """Seconds of the unit of time at word ``j`` and the index after it: *weeks*, *working days*, *-year*."""
    k = j + (words.word(j) in table.list("dashes") and words.adjacent(j) and words.adjacent(j + 1))
    while words.word(k) in table.list("day_kinds"):
        k += 1
    word = words.word(k)
    unit = (
        word if word in table.durations else word[:-1] if word.endswith("s") else word.replace("centuries", "century")
    )
    if unit == "millennia":
        unit = "millennium"
    return (float(table.durations[unit]), k + 1) if unit in table.durations else None


def _pronoun(words: Words, number: Number, measure: Measure | None, table: Tables) -> bool:
    """*one of the*, *no one*, *one should*, *one knows*: *one* without a singular noun is a pronoun."""
    if words.low[number.start] != "one" or number.end != number.start + 1:
        return False
    if measure is None or words.word(number.start - 1) in table.list("one_not_before"):
        return True
    return measure.kind == "quantity" and words.low[measure.end - 1].endswith("s")


def _named(words: Words, i: int, table: Tables) -> bool:
    """*Apollo 11*, *Datanet 1*: a number that is part of the name before it."""
    before = words.raw[i - 1] if i else ""
    return words.kind(i - 1) == "word" and before[0].isupper() and before.lower() not in table.list("stops")


def _article(words: Words, i: int, table: Tables) -> Value | None:
    """*a week*, *an hour*, *half an hour*: a duration unless it is a rate (*twice a week*, *$4 an hour*)."""
    if (
        words.low[i] not in ("a", "an")
        or words.kind(i - 1) in ("number", "sign")
        or words.word(i + 1) in table.list("day_kinds")
    ):
        return None
    before = words.word(i - 1)
    rated = before in ("once", "twice", "times") or before in table.money or before in table.cents
    if rated or before.removesuffix("s") in table.durations:
        return None
    duration = duration_at(words, i + 1, table)
    if duration is None or words.word(i + 1) == "second":
        return None
    half = before == "half"
    number = Number(0.5 if half else 1.0, i - half, i + 1)
    return _finish(words, i - half, number, None, Measure("duration", "", *duration))


def _rate(words: Words, j: int, table: Tables) -> tuple[str, int] | None:
    """*an hour*, *per item*, *a year*: the unit that an amount is for, and the index after it."""
    if words.word(j) not in table.list("per") or words.kind(j + 1) != "word":
        return None
    word = words.low[j + 1]
    if word in table.durations or (words.low[j] in ("per", "/") and word not in table.list("stops")):
        return word, j + 2
    return None


def _compound(words: Words, measure: Measure, amount: float, table: Tables) -> tuple[float, int]:
    """*two hours and 30 minutes*, *1 year 6 months*: smaller units that follow are added."""
    total, end = amount * measure.factor, measure.end
    factor = measure.factor
    while True:
        k = end + (words.word(end) == "and")
        number = number_at(words, k) if words.kind(k) in ("number", "word") else None
        duration = duration_at(words, number.end, table) if number is not None else None
        if number is None or duration is None or duration[0] >= factor:
            return total, end
        factor = duration[0]
        total, end = total + number.value * factor, duration[1]


def _finish(
    words: Words, i: int, first: Number, second: Number | None, measure: Measure, after: Bound = "exact"
) -> Value | None:
    table = tables()
    low, high, end = first.value * measure.factor, (second or first).value * measure.factor, measure.end
    if measure.kind == "duration" and second is None:
        low, end = _compound(words, measure, first.value, table)
        high = low
    if measure.kind == "money" and second is not None and words.low[second.end - 1] in table.magnitudes and low < 1000:
        # '€3–5 million' counts both in millions.
        low *= table.magnitudes[words.low[second.end - 1]]
    start = i - 1 if second is not None and words.word(i - 1) in ("between", "from") else i
    bound: Bound = "between" if second is not None else after
    if bound == "exact":
        start = words.before(i, table.amount_bounds)
        measured = measure.kind == "duration" or measure.unit in table.unit_bases
        if start < i and words.phrase(start, i) == "within" and not measured:
            start = i
        bound = table.amount_bounds[words.phrase(start, i)] if start < i else "exact"
    unit = measure.unit
    rated = measure.kind == "money" or (measure.kind == "quantity" and unit in table.unit_bases)
    if rated and (rate := _rate(words, end, table)) is not None:
        end = rate[1]
        unit = f"{unit} per {rate[0]}" if measure.kind == "quantity" else unit
    low_open, high_open = bounded(bound, low, high)
    return _value(words, start, end, measure.kind, low_open, high_open, unit, bound)


def bounded(bound: Bound, low: float, high: float) -> tuple[float | None, float | None]:
    """The ends that *at least*, *more than*, *at most* and *less than* leave open."""
    if bound in ("at_least", "more_than"):
        return low, None
    if bound in ("at_most", "less_than"):
        return None, high
    return low, high


def _value(
    words: Words, i: int, j: int, kind: ValueKind, low: float | None, high: float | None, unit: str, bound: Bound
) -> Value:
    start, end = words.start[i], words.end[j - 1]
    return Value(kind, words.text[start:end], start, end, low, high, unit, bound)
