"""Cardinal numbers in digits and words: *12,000*, *1.2 million*, *twenty-one*, *one and a half million*, *a third*."""

from __future__ import annotations

from msgspec import Struct

from bot.language.values.tables import Tables, tables
from bot.language.values.words import Words

HIGHEST = 1e15
"""Longer runs of digits are codes, not amounts."""


class Number(Struct, frozen=True):
    """A number from word ``start`` up to ``end``; ``fraction`` for *two thirds*, ``bare`` for digits alone."""

    value: float
    start: int
    end: int
    fraction: bool = False
    bare: bool = False


def number_at(words: Words, i: int) -> Number | None:
    """The number that begins with word ``i``.

    words: the text. i: index of a word.
    RETURNS: the longest reading, or None; *one* is a number here whatever it means.
    """
    table = tables()
    shape = words.kind(i)
    if shape == "glyph":
        return Number(table.glyphs[words.raw[i]], i, i + 1, fraction=True)
    if shape == "number":
        return _from_digits(words, i, table)
    if shape == "word":
        return _from_words(words, i, table)
    return None


def digits(words: Words, i: int) -> float | None:
    """The amount that the digits at ``i`` write, None for codes (*B-52*, *3D*, *007007007007007007*)."""
    if words.kind(i) != "number":
        return None
    if words.adjacent(i) and words.kind(i - 1) in ("word", "mark") and not _may_precede(words, i):
        return None
    value = float(words.raw[i].replace(",", "").replace("\u00a0", "").replace("\u202f", "").replace(" ", ""))
    return value if value < HIGHEST else None


def whole_number(words: Words, i: int) -> bool:
    """Whether the digits at ``i`` stand for themselves; not so in *139/2004/EC*, *§622*, *Article 101(1)*, *(3) be*."""
    table = tables()
    before, after = words.word(i - 1), words.word(i + 1)
    if (words.adjacent(i) and before in ("/", "§")) or (
        after == "/" and words.adjacent(i + 1) and words.adjacent(i + 2)
    ):
        return False
    if words.word(i - 1) in table.list("labels"):
        return False
    joins = before in ("to", "and", "or", ",") or before in table.list("dashes")
    if joins and words.kind(i - 2) == "number" and words.word(i - 3) in table.list("labels"):
        # 'articles 1 to 4'
        return False
    if before != "(" or not words.adjacent(i):
        return True
    return not words.adjacent(i - 1) and not (after == ")" and len(words.raw[i]) < 4)


def _may_precede(words: Words, i: int) -> bool:
    table = tables()
    before = words.low[i - 1]
    if before in table.list("dashes"):
        # mid-1990, 1996-2002 and -5, but not B-52 or COVID-19.
        joined = words.adjacent(i - 1) and words.kind(i - 2) == "word"
        return not joined or words.low[i - 2] in table.list("prefixes") or words.low[i - 2] in table.months
    return words.kind(i - 1) == "mark" and before not in "._#@\\"


def _from_digits(words: Words, i: int, table: Tables) -> Number | None:
    value = digits(words, i)
    if value is None:
        return None
    j = i + 1
    if words.kind(j) == "glyph" and words.adjacent(j):
        value, j = value + table.glyphs[words.raw[j]], j + 1
    if words.kind(j) == "word" and words.adjacent(j) and not _suffix(words.low[j], table):
        return None
    value, end = _multiplied(words, j, value, table)
    return Number(value, i, end, bare=end == i + 1)


def _suffix(word: str, table: Tables) -> bool:
    """Whether a word may be glued to digits: *5bn*, *40kg*, *10am*."""
    return (
        word in table.magnitudes
        or word in table.money_magnitudes
        or word in table.units
        or word in table.list("morning")
        or word in table.list("evening")
        or word in table.list("before_era")
        or word in table.money
    )


def _multiplied(words: Words, j: int, value: float, table: Tables) -> tuple[float, int]:
    """``value`` times the magnitudes that follow (*1.2 million*, *12 hundred thousand*, *two dozen*)."""
    while words.word(j) in table.magnitudes and value < HIGHEST:
        value *= table.magnitudes[words.low[j]]
        j += 1
    return value, j


def _from_words(words: Words, i: int, table: Tables) -> Number | None:
    first = words.low[i]
    if first in ("a", "an"):
        return _after_article(words, i, table)
    if first == "half":
        return _half(words, i, table)
    if first not in table.numbers:
        return None
    value, j = _below_hundred(words, i, table)
    if (fraction := _fraction(words, j, value, table)) is not None:
        return Number(fraction, i, j + 1 + (words.word(j) in table.list("dashes")), fraction=True)
    value, j = _and_a_half(words, j, value, table)
    value, j = _tail(words, j, value, table)
    return Number(value, i, j)


def _below_hundred(words: Words, i: int, table: Tables) -> tuple[float, int]:
    """*twenty-one*, *twenty one*, *seven*."""
    value = table.numbers[words.low[i]]
    j = i + 1
    if value >= 20:
        k = j + (words.word(j) in table.list("dashes"))
        if 0 < table.numbers.get(words.word(k), 0) < 10:
            return float(value + table.numbers[words.low[k]]), k + 1
    return float(value), j


def _tail(words: Words, j: int, value: float, table: Tables) -> tuple[float, int]:
    """The rest of a number in words: *hundred and five*, *million two hundred thousand*."""
    total = 0.0
    while j < words.size:
        word = words.low[j]
        if word in table.magnitudes and value < HIGHEST:
            size = table.magnitudes[word]
            if size > 100:
                total, value = total + value * size, 0.0
            else:
                value *= size
            j += 1
            continue
        k = j + (word == "and")
        follows = words.low[j - 1] in table.magnitudes and words.low[j - 1] != "dozen"
        if not follows or words.word(k) not in table.numbers:
            break
        more, end = _below_hundred(words, k, table)
        # 'two million and three thousand' is one number, 'two hundred and 3' of another kind never gets here.
        value, j = value + more, end
    return total + value, j


def _and_a_half(words: Words, j: int, value: float, table: Tables) -> tuple[float, int]:
    if words.phrase(j, j + 3) == "and a half":
        return value + 0.5, j + 3
    return value, j


def _fraction(words: Words, j: int, value: float, table: Tables) -> float | None:
    """*two thirds*, *two-thirds*, *one fifth*: the numerator has been read."""
    k = j + (words.word(j) in table.list("dashes"))
    below = table.fractions.get(words.word(k))
    plural = words.word(k).endswith("s") or words.word(k) == "halves"
    if below is None or value >= below or plural != (value != 1):
        return None
    return value / below


def _after_article(words: Words, i: int, table: Tables) -> Number | None:
    """*a hundred*, *a dozen*, *a third of*, *a quarter of*, *a million and a half*, *a couple of*."""
    word = words.word(i + 1)
    if word in table.magnitudes:
        value, j = _multiplied(words, i + 1, 1.0, table)
        if words.phrase(j, j + 3) == "and a half":
            return Number(value * 1.5, i, j + 3)
        return Number(value, i, j)
    if word == "couple" and words.word(i + 2) == "of":
        return Number(2.0, i, i + 3)
    if word in table.fractions and words.word(i + 2) == "of":
        return Number(1 / table.fractions[word], i, i + 2, fraction=True)
    return None


def _half(words: Words, i: int, table: Tables) -> Number | None:
    """*half a million*, *half of the*, *half the population*; not *first half*, *half-hearted*."""
    if words.word(i + 1) in ("a", "an"):
        if words.word(i + 2) in table.magnitudes:
            value, j = _multiplied(words, i + 2, 0.5, table)
            return Number(value, i, j)
        return Number(0.5, i, i + 1, fraction=True)
    if (
        words.word(i + 1) in ("of", "the", "its", "their", "his", "her", "all")
        and words.word(i - 1) not in table.ordinals
    ):
        return Number(0.5, i, i + 1, fraction=True)
    return None
