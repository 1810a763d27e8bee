"""When things began and ended, as encyclopedias say it in brackets: *Ilse Rademann (12 May 1850 – 3 June 1923)*, *the
Olden dynasty (1820–1911)*, *Jules Marot (born 1861)*."""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token
from bot.language.values import values_in
from bot.language.values.tables import tables

KIND = "span"


@rule(
    "fact",
    "punct",
    example=(
        "Ilse/Ilse/PROPN/8/nsubj Rademann/Rademann/PROPN/1/flat (/(/PUNCT/4/punct 1850/1850/NUM/1/appos "
        "–/–/SYM/6/case 1923/1923/NUM/4/nmod )/)/PUNCT/4/punct wrote/write/VERB/0/root"
    ),
    yields=("begin(subj=Ilse Rademann; time=1850)", "end(subj=Ilse Rademann; time=1923)"),
    counter=(
        "Ilse/Ilse/PROPN/6/nsubj Rademann/Rademann/PROPN/1/flat (/(/PUNCT/4/punct 1850/1850/NUM/1/appos "
        ")/)/PUNCT/4/punct wrote/write/VERB/0/root"
    ),
)
def lifespan(a: Analysis, t: Token) -> None:
    """Two dates in brackets right after a name are its beginning and end; one date after *born* or *died* is one."""
    s = a.sentence
    close = next((c.i for c in s.tokens[t.i + 1 :] if c.text == ")"), -1)
    subject = _before(s, t.i) if t.text == "(" and t.i > 0 and close - t.i > 1 else None
    if subject is None:
        return
    head, named = subject
    for event, date in _dates(s, range(t.i + 1, close)):
        arguments = [a.arg("subj", head, named), a.arg("time", date[0], date)]
        a.noun_fact(KIND, head, arguments, relation="is from" if event == "begin" else "is to", name=event, pos="v")


def _before(s: Sentence, i: int) -> tuple[int, tuple[int, ...]] | None:
    """Head and tokens of the noun phrase that ends before token ``i``."""
    token = s.tokens[i - 1]
    while token.rel in ("flat", "compound", "nmod") and token.head < token.i:
        above = s.tokens[token.head]
        parted = token.rel != "flat" and any(c.upos == "PUNCT" for c in s.tokens[above.i : token.i])
        if above.upos not in ("NOUN", "PROPN") or parted:
            break
        token = above
    if token.upos not in ("NOUN", "PROPN"):
        return None
    tokens = phrases.trimmed(s, tuple(k for k in phrases.phrase(s, token.i) if k < i))
    return (token.i, tokens) if tokens and tokens[-1] == i - 1 and token.i in tokens else None


def _dates(s: Sentence, inside: range) -> list[tuple[str, tuple[int, ...]]]:
    """The events that a bracket dates, each with its date's tokens."""
    first = s.tokens[inside[0]].text.lower()
    word = first.rstrip(".")
    named = "begin" if word in lists.words("span_starts") else "end" if word in lists.words("span_ends") else ""
    rest = inside[1:] if named else inside
    if rest and s.tokens[rest[0]].text == ".":
        rest = rest[1:]
    dashes = [i for i in rest if s.tokens[i].text in tables().list("dashes")]
    if named and not dashes:
        return [(named, tuple(rest))] if _is_date(s, tuple(rest)) else []
    if named or len(dashes) != 1:
        return []
    low, high = tuple(i for i in rest if i < dashes[0]), tuple(i for i in rest if i > dashes[0])
    return [("begin", low), ("end", high)] if _is_date(s, low) and _is_date(s, high) else []


def _is_date(s: Sentence, tokens: tuple[int, ...]) -> bool:
    """Whether some tokens are one date with its year, and nothing else."""
    text = s.words(tokens) if tokens else ""
    found = values_in(text)
    return len(found) == 1 and found[0].kind == "date" and not found[0].unit and len(found[0].text) >= len(text) - 3


RULES = (lifespan,)
