"""Subordinate clauses that the parser hung on the wrong word: relatives of place, participles of time."""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token


@rule(
    "repair",
    "advcl",
    example=(
        "They/they/PRON/2/nsubj came/come/VERB/0/root to//ADP/4/case Rome/Rome/PROPN/2/obl ,/,/PUNCT/8/punct "
        "where//ADV/8/advmod they/they/PRON/8/nsubj built/build/VERB/2/advcl temples/temple/NOUN/8/obj"
    ),
    yields=("build(place=Rome; subj=they; obj=temples)",),
    counter=(
        "They/they/PRON/2/nsubj left/leave/VERB/0/root ,/,/PUNCT/6/punct when//ADV/6/advmod it/it/PRON/6/nsubj "
        "rained/rain/VERB/2/advcl"
    ),
)
def relative_place(a: Analysis, t: Token) -> None:
    """A clause with *where* after a noun and a comma tells of the place that the noun names."""
    s = a.sentence
    where, comma = _relative(s, t, "where")
    if where is None:
        return
    if [i for i in range(comma + 1, where.i) if s.tokens[i].upos != "ADP"]:
        return  # 'the river, north of where': the pronoun does not begin the clause
    noun = _phrase_before(s, comma)
    if noun is not None and noun.head != noun.i and noun.i > t.head:
        a.mend((t.i, noun.i, "acl:relcl"), (where.i, t.i, "advmod"))


@rule(
    "repair",
    "advcl",
    example=(
        "They/they/PRON/2/nsubj stayed/stay/VERB/0/root until//ADP/4/case 1954/1954/NUM/2/obl ,/,/PUNCT/9/punct "
        "when//ADV/9/advmod it/it/PRON/9/nsubj:pass was//AUX/9/aux:pass sold/sell/VERB/2/advcl"
    ),
    yields=("stay(subj=They; time=1954)", "sell(time=1954; obj=it)"),
    counter=(
        "They/they/PRON/2/nsubj left/leave/VERB/0/root Rome/Rome/PROPN/2/obj ,/,/PUNCT/8/punct when//ADV/8/advmod "
        "it/it/PRON/8/nsubj:pass was//AUX/8/aux:pass sold/sell/VERB/2/advcl"
    ),
)
def relative_time(a: Analysis, t: Token) -> None:
    """A clause with *when* after a date and a comma tells what happened at the date."""
    s = a.sentence
    when, comma = _relative(s, t, "when")
    if when is None or when.i != comma + 1:
        return
    date = s.tokens[comma - 1]
    while date.dep in ("nmod:unmarked", "nummod", "flat") and date.head < date.i:
        date = s.tokens[date.head]  # until [May] 1944
    value = phrases.value_of(s, date.i, phrases.phrase(s, date.i))
    if value is not None and value.kind == "date" and date.head != date.i and date.rel in ("obl", "nmod", "nummod"):
        a.mend((t.i, date.i, "acl:relcl"))


def _relative(s: Sentence, t: Token, word: str) -> tuple[Token | None, int]:
    """The relative word of a clause that a comma cuts off from what stands before it, and the comma."""
    found = next((c for c in s.children(t.i, "advmod", "obl", "mark") if c.lemma.lower() == word), None)
    first = s.subtree(t.i)[0]
    comma = first if s.tokens[first].text == "," else first - 1
    if comma <= 0 or s.tokens[comma].text != "," or t.head > comma:
        return None, comma
    return found, comma


def _phrase_before(s: Sentence, comma: int) -> Token | None:
    """The noun whose phrase ends right before a comma; of a name in several words its head."""
    word = s.tokens[comma - 1]
    while word.rel in ("flat", "compound", "fixed") and word.head < comma and word.head != word.i:
        word = s.tokens[word.head]
    named = word.upos in ("NOUN", "PROPN") and word.lemma.lower() not in lists.words("time_nouns")
    return word if named and not phrases.value_of(s, word.i, (word.i,)) else None


@rule(
    "repair",
    "acl",
    example=(
        "He/he/PRON/2/nsubj stayed/stay/VERB/0/root for//ADP/5/case a//DET/5/det year//NOUN/2/obl "
        "before//SCONJ/7/mark leaving/leave/VERB/5/acl Rome/Rome/PROPN/7/obj"
    ),
    yields=("stay(subj=He; duration=a year; time=leaving Rome)", "leave(subj=He; obj=Rome)"),
    counter=(
        "They/they/PRON/2/nsubj found/find/VERB/0/root ways/way/NOUN/2/obj of//SCONJ/5/mark "
        "leaving/leave/VERB/3/acl Rome/Rome/PROPN/5/obj"
    ),
)
def participle_of_time(a: Analysis, t: Token) -> None:
    """A participle after *before*, *after* or *while* says when the main verb's deed was done, not which noun."""
    s = a.sentence
    mark = next((m for m in s.children(t.i, "mark") if m.i < t.i), None)
    if mark is None or mark.lemma.lower() not in lists.words("time_markers") or mark.lemma.lower() in ("as", "since"):
        return
    if t.upos not in ("VERB", "AUX") or s.child(t.i, "nsubj"):
        return
    above = s.tokens[t.head]
    while above.upos != "VERB" and above.rel in ("obl", "obj", "nmod") and above.i < t.i:
        above = s.tokens[above.head]
    if above.upos == "VERB" and above.i < mark.i:
        a.mend((t.i, above.i, "advcl"))


RULES = (relative_place, relative_time, participle_of_time)
