"""Which role a prepositional phrase plays: a time, a duration, a price, or what its preposition says."""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.model import Role
from bot.language.sentence import Sentence, Token


def is_time(s: Sentence, t: Token) -> bool:
    """Whether a phrase's head names a time: a noun of the list, a year, or a value that is one."""
    if (
        t.lemma.lower() in ("when", "then", "now")
        or t.lemma.lower() in lists.words("time_nouns")
        or t.text.lower() in lists.words("time_nouns")
    ):
        return True
    if t.upos == "NUM" and t.text.isdigit() and len(t.text) == 4:
        return True
    value = phrases.value_of(s, t.i, phrases.phrase(s, t.i))
    return value is not None and value.kind in ("date", "time", "duration")


def tells_why(marker: str) -> bool:
    """Whether what stands under a preposition is a reason; *as* and *since* are more often something else."""
    return marker in lists.words("reason_markers") and marker not in ("as", "since")


def oblique_role(s: Sentence, t: Token, marker: tuple[int, ...]) -> Role:
    """The role of a prepositional phrase: by its value where it has one, else by its preposition."""
    word = phrases.marker_text(s, marker)
    value = phrases.value_of(s, t.i, phrases.phrase(s, t.i))
    kind = value.kind if value else ""
    counted = bool(s.child(t.i, "nummod", "det", "amod"))
    if kind == "money" or (kind == "percent" and word in ("", "by", "to")):
        return "quantity"
    if kind == "frequency":
        return "quantity"
    if is_time(s, t) and word in lists.words("time_prepositions") | {""}:
        long = kind == "duration" or (kind == "" and t.lemma.lower() in lists.words("duration_nouns") and counted)
        if long and word in lists.words("duration_prepositions") | {""} and not (word == "" and "Int" in t.feats):
            return "duration" if word or _measured(s, t) else "time"
        if word not in ("for", "of", "about", "over"):
            return "time"
    if tells_why(word):
        return "reason"
    if not word:
        return "quantity" if kind in ("quantity", "number") else "obl"
    return f"obl:{word}"


def _measured(s: Sentence, t: Token) -> bool:
    """*stayed three weeks*, *how many years*; not *last year*."""
    return bool(s.child(t.i, "nummod")) or any(c.lemma.lower() == "many" for c in s.children(t.i, "amod"))
