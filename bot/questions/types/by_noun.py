"""Rules that go by the noun that is asked for: *what city*, *what is the capital of*, or a definition of the noun."""

from __future__ import annotations

from bot.language.sentence import Token
from bot.questions.types.context import Context, Found
from bot.questions.wh import NOMINAL

RENAMED = frozenset({"former", "previous", "common", "other", "scientific"})
VAGUE = ("", "ENTY:other")


def named_noun(c: Context) -> Found:
    """*What city …*, *Name the ship that …*, *Which of the rivers …*"""
    f = c.focus
    if f.shape not in ("kind", "name") or f.head is None:
        return None
    unknown = "HUM:ind" if f.head.upos == "PROPN" and f.shape == "name" else "ENTY:other"
    return _of_head(c, unknown)


def copula(c: Context) -> Found:
    """*What is the capital of Chile?*"""
    f = c.focus
    return _of_head(c, "ENTY:other") if f.shape == "is" and f.head is not None else None


def definition(c: Context) -> Found:
    """*What is a factor?*, *What are pomegranates?*, *What is the feudal system?*"""
    f = c.focus
    if f.shape != "is" or f.head is None or f.wh not in ("what", "which") or f.label or f.article == "poss":
        return None
    if not f.article and len(f.phrase) == 1 and not f.tail_words and f.head.text.isupper():
        return "ABBR:exp", "what is, with a word in capitals"
    listed = c.heads.of(f.phrase_lemmas)[0]
    if f.article == "the":
        return _the(c, listed)
    if _asks_for_kind(c, listed):
        return None
    return "DESC:def", "what is, with a thing"


def _the(c: Context, listed: str) -> Found:
    """*What is the [Kashmir issue]?* but not *What is the [longest river]?* or *What is the [issue] of …?*"""
    f = c.focus
    if f.tail_words or f.head is None:
        return None
    inside = [f.sentence.tokens[i] for i in f.phrase]
    if any(t.lemma.lower() in c.cues.selecting or _selects(t) for t in inside):
        return None
    if listed in VAGUE or (len(f.phrase_lemmas) == 1 and not listed.startswith("NUM")):  # what is the league?
        return "DESC:def", "what is, with a thing"
    named = f.head.upos == "PROPN" or (any(t.text in "\"'" for t in inside) and all(t.upos != "ADJ" for t in inside))
    return ("DESC:def", "what is, with a name") if named else None


def _selects(token: Token) -> bool:
    return "Degree=Sup" in token.feats or "NumType=Ord" in token.feats


def _asks_for_kind(c: Context, listed: str) -> bool:
    """Whether what follows a noun without *the* makes it the kind of what is asked for: *what are [rivers] in Peru*,
    *what is a [term] for …*; and not *what is [fibre] in food*."""
    f, rest = c.focus, c.focus.tail_words
    if not rest or not listed:
        return False
    if rest[0] in ("that", "which", "who"):
        return True
    if f.noun in c.cues.relational and rest[0] in ("of", "for"):
        return True
    coarse = listed.partition(":")[0]
    if f.article == "a":
        return coarse in ("ABBR", "DESC") or listed in ("ENTY:termeq", "ENTY:word", "ENTY:techmeth")
    if coarse in ("NUM", "DESC", "ABBR"):
        return True
    if rest[0] == "in":
        return coarse in ("LOC", "HUM")
    return f.plural or rest[0] in ("of", "for") or listed in ("ENTY:termeq", "ENTY:word", "ENTY:techmeth")


def _of_head(c: Context, unknown: str) -> Found:
    f = c.focus
    if f.noun == "part":
        return _part(c)
    following = f.tail_words[:1] == ("of",)
    inner = next((i for i in f.tail[1:] if f.sentence.tokens[i].upos in NOMINAL), None) if following else None
    found, why = c.heads.listed(f"{f.noun} of {f.lemmas[inner]}") if inner is not None else ("", "")
    if not found:
        found, why = c.heads.of(f.phrase_lemmas)
    return (_turned(c, found), why) if found else (unknown, "no known kind")


def _part(c: Context) -> Found:
    """*What part of the body …*, *in what part of Africa …*"""
    f = c.focus
    inner = next((f.sentence.tokens[i] for i in f.tail if f.sentence.tokens[i].upos in NOMINAL), None)
    if f.tail_words[:1] != ("of",) or inner is None:
        return "ENTY:other", "part"
    lemma = inner.lemma.lower()
    if lemma == "body" or c.heads.is_below(lemma, ("body part:1",)):
        return "ENTY:body", "part of a body"
    if inner.text[:1].isupper() or lemma == "world" or c.heads.of([lemma])[0].startswith("LOC"):
        return "LOC:other", "part of a place"
    return "ENTY:other", "part"


def _turned(c: Context, found: str) -> str:
    """What stands beside a noun can turn its type: *a [member] of the band*, *the [words] to the song*, *[Mao]'s second
    name*."""
    f = c.focus
    if f.label == "member" and found == "HUM:gr":
        return "HUM:ind"
    if f.noun == "word" and f.plural and f.tail_words[:1] == ("to",):
        return "DESC:desc"
    if found != "ENTY:termeq" or RENAMED & set(f.phrase_lemmas):
        return found
    if f.article == "poss":
        before = f.phrase[0] - 1
        owner = before - 1 if f.words[before] in ("'s", "'", "’s", "’") else before
        return _bearer(c, owner) or found
    named = next((i for i in f.tail if f.sentence.tokens[i].upos in NOMINAL), None)
    of_name = f.tail_words[:1] == ("of",) and f.noun in c.cues.names
    return (_bearer(c, named) or found) if of_name and named is not None else found


def _bearer(c: Context, at: int) -> str:
    """The type of whoever bears a name, where that is a person or an animal."""
    token = c.focus.sentence.tokens[at]
    if token.ent == "PERSON" or token.text.lower() in ("his", "her", "their", "your"):
        return "HUM:ind"
    kind = c.heads.of([token.lemma.lower()])[0] if token.upos == "NOUN" else ""
    return kind if kind in ("HUM:ind", "ENTY:animal") else ""
