"""Clauses without their verb: *Books are lent for four weeks, films for one*; *adults pay £10, children £5*."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from bot.facts import phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token

NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
CURRENCY = "SYM"


class Amount(Struct, frozen=True):
    """A number with what it counts: ``shape`` is equal for amounts of one kind (preposition, symbol, unit)."""

    shape: tuple[str, str, str]
    marker: int
    head: int
    number: int
    end: int


class Part(Struct, frozen=True):
    """A clause that has lost its verb: its subject's tokens and its amount."""

    subject: tuple[int, ...]
    amount: Amount


@rule(
    "repair",
    "obj obl",
    example=(
        "Adults/adult/NOUN/2/nsubj pay//VERB/0/root £//SYM/2/obj 10//NUM/3/nummod and//CCONJ/6/cc "
        "children/child/NOUN/3/conj £//SYM/2/obj 5//NUM/7/nummod"
    ),
    yields=("pay(subj=Adults; obj=£ 10)", "pay(subj=children; obj=£ 5)"),
    counter=(
        "Adults/adult/NOUN/2/nsubj pay//VERB/0/root £//SYM/2/obj 10//NUM/3/nummod and//CCONJ/6/cc tips/tip/NOUN/3/conj"
    ),
)
def gapped_amounts(a: Analysis, t: Token) -> None:
    """After a clause that ends in an amount, noun phrases with amounts of the same kind repeat it without its verb."""
    s = a.sentence
    verb = s.tokens[t.head]
    if verb.upos != "VERB" or verb.i > t.i or not s.child(verb.i, "nsubj"):
        return
    first = _amount(s, _after_adverbs(s, verb.i + 1))
    if first is None or t.i not in (first.head, first.number):
        return
    parts = list(_parts(s, first))
    if not parts:
        return
    edits: list[tuple[int, int, str]] = []
    for part in parts:
        head, amount = part.subject[-1], part.amount
        edits += [(head, verb.i, "conj"), (amount.head, head, "orphan")]
        edits += [(i, head, s.tokens[i].dep) for i in part.subject[:-1] if s.tokens[i].head not in part.subject]
        if amount.number != amount.head:
            edits.append((amount.number, amount.head, "nummod"))
        if amount.marker >= 0:
            edits.append((amount.marker, amount.head, "case"))
        edits += [(i, amount.head, "nmod:unmarked") for i in _tail(s, amount) if s.tokens[i].upos == "NOUN"]
    a.mend(*edits)


def _after_adverbs(s: Sentence, i: int) -> int:
    while i < len(s) and s.tokens[i].upos in ("ADV", "PART"):
        i += 1
    return i


def _amount(s: Sentence, i: int) -> Amount | None:
    """The amount that begins at a token: *for £5*, *£5*, *5 euros*, *at ten*."""
    marker = i if i < len(s) and s.tokens[i].upos == "ADP" else -1
    at = i + (marker >= 0)
    if at + 1 < len(s) and s.tokens[at].upos == CURRENCY and s.tokens[at + 1].upos == "NUM":
        symbol, number, unit, end = at, at + 1, "", at + 2
        head = symbol
    elif at < len(s) and s.tokens[at].upos == "NUM":
        counted = at + 1 < len(s) and s.tokens[at + 1].upos in ("NOUN", CURRENCY)
        head, number, end = at + counted, at, at + 1 + counted
        symbol, unit = -1, s.tokens[head].lemma.lower() if counted else ""
        if not counted and marker < 0:
            return None  # a bare number may count anything
    else:
        return None
    words = s.tokens[marker].text.lower() if marker >= 0 else "", s.tokens[symbol].text if symbol >= 0 else "", unit
    return Amount(words, marker, head, number, end)


def _tail(s: Sentence, amount: Amount) -> range:
    """*[a year]*, *[each]* after an amount."""
    end = amount.end
    while end < len(s) and s.tokens[end].upos in ("DET", "NOUN", "ADP") and end < amount.end + 2:
        end += 1
    return range(amount.end, end)


def _parts(s: Sentence, first: Amount) -> Iterator[Part]:
    """The clauses without verb that follow, none where anything else does."""
    found: list[Part] = []
    last = len(s)
    while last > 0 and s.tokens[last - 1].upos == "PUNCT":
        last -= 1
    at = _tail(s, first).stop
    while at < last:
        start = at
        while at < last and (s.tokens[at].text in (",", ";") or s.tokens[at].upos == "CCONJ"):
            at += 1
        begin = at
        while at < last and s.tokens[at].upos in NOMINAL and not _begins(s, at, first):
            at += 1
        amount = _amount(s, at)
        if start == begin or begin == at or amount is None or amount.shape != first.shape:
            return
        subject = phrases.trimmed(s, tuple(range(begin, at)))
        if s.tokens[subject[-1]].upos not in ("NOUN", "PROPN", "ADJ", "PRON"):
            return
        found.append(Part(subject, amount))
        at = _tail(s, amount).stop
    yield from found


def _begins(s: Sentence, i: int, like: Amount) -> bool:
    amount = _amount(s, i)
    return amount is not None and amount.shape == like.shape


RULES = (gapped_amounts,)
