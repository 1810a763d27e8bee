"""What a number counts, judged without a parse: the plural noun soon after it (*12,000 old photographs*)."""

from __future__ import annotations

from bot.language.values.tables import Tables, tables
from bot.language.values.words import Words

REACH = 3
"""Words that may stand between the number and its noun, the noun included."""


def counted(words: Words, j: int, *, one: bool = False) -> tuple[str, int] | None:
    """The noun counted by a number that ends before word ``j``.

    words: the text. j: index after the number. one: whether the number is one, so that its noun is singular.
    RETURNS: the noun's lemma and the index after it, or None.
    """
    table = tables()
    hyphen = words.word(j) in table.list("dashes") and words.adjacent(j) and words.adjacent(j + 1)
    k = j + hyphen
    if hyphen or one:
        # '30-seat room', 'one week'
        return (singular(words.low[k], table), k + 1) if _noun_like(words, k, table) and words.word(k) else None
    for k in range(j, min(j + REACH, words.size)):
        if not _noun_like(words, k, table):
            return None
        lemma = singular(words.low[k], table)
        if lemma != words.low[k] or words.low[k] in table.plurals:
            return lemma, k + 1
    return None


def singular(word: str, table: Tables) -> str:
    """The singular of a regular or listed plural, the word itself if it looks like no plural."""
    if word in table.plurals:
        return table.plurals[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "'s", "’s")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


def _noun_like(words: Words, k: int, table: Tables) -> bool:
    if words.kind(k) != "word":
        return False
    word = words.low[k]
    return not (
        word in table.list("stops")
        or word in table.list("not_unit")
        or word in table.numbers
        or word in table.magnitudes
        or word in table.months
        or word.endswith("ly")
        or "." in word
    )
