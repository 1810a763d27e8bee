"""Parallel parts that the parser cut wrongly: rows of names, quantities and times in pairs, gapped clauses."""

from __future__ import annotations

from itertools import pairwise

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token
from bot.language.values import values_in

LOOSE = frozenset({"ADP", "DET", "PUNCT", "CCONJ", "SCONJ"})


@rule(
    "repair",
    "obl obj nsubj dep",
    example=(
        "It/it/PRON/2/nsubj goes/go/VERB/0/root to//ADP/5/case the//DET/5/det director//NOUN/2/obl "
        ",/,/PUNCT/7/punct Vogel/Vogel/PROPN/2/obl"
    ),
    yields=("director(subj=Vogel; attr=the director)",),
    counter=(
        "It/it/PRON/2/nsubj goes/go/VERB/0/root to//ADP/5/case the//DET/5/det director//NOUN/2/obl "
        ",/,/PUNCT/7/punct Monday/Monday/PROPN/2/obl"
    ),
)
def name_after_noun(a: Analysis, t: Token) -> None:
    """A name after a comma, without preposition, says who the noun before the comma is."""
    s = a.sentence
    first = s.subtree(t.i)[0]
    comma = first if s.tokens[first].text == "," else first - 1
    if t.upos != "PROPN" or comma <= 0 or s.tokens[comma].text != "," or phrases.marker_of(s, t.i) or t.head > t.i:
        return
    if (
        t.text.lower() in lists.words("time_nouns")
        or s.child(t.i, "cc", "nummod", "conj")
        or (t.rel == "nsubj" and t.i < t.head)
    ):
        return
    noun = s.tokens[comma - 1]
    if noun.upos == "NOUN" and noun.head == t.head and noun.rel in ("obl", "obj", "nsubj", "nmod") and t.head < comma:
        a.mend((t.i, noun.i, "appos"))


@rule(
    "repair",
    "appos",
    example=(
        "It/it/PRON/2/nsubj links/link/VERB/0/root Iran/Iran/PROPN/2/obj ,/,/PUNCT/5/punct "
        "Turkey/Turkey/PROPN/3/appos ,/,/PUNCT/8/punct and//CCONJ/8/cc China/China/PROPN/3/conj"
    ),
    yields=("link(subj=It; obj=Iran)", "link(subj=It; obj=Turkey)", "link(subj=It; obj=China)"),
    counter=(
        "the//DET/2/det director//NOUN/0/root ,/,/PUNCT/4/punct Adler/Adler/PROPN/2/appos ,/,/PUNCT/7/punct "
        "and//CCONJ/7/cc Vogel/Vogel/PROPN/2/conj"
    ),
)
def series(a: Analysis, t: Token) -> None:
    """Names in a row with commas and a last *and* are conjuncts, not appositions of each other."""
    s = a.sentence
    first = s.subtree(t.i)[0]
    comma = first if s.tokens[first].text == "," else first - 1
    if t.upos != "PROPN" or comma <= 0 or s.tokens[comma].text != "," or t.head > t.i:
        return
    before = s.tokens[comma - 1]
    while (
        before.rel in ("flat", "compound", "conj", "case", "punct") and before.head < comma and before.head != before.i
    ):
        before = s.tokens[before.head]
    later = [c for i in (t.head, t.i, before.i) for c in s.children(i, "conj", "appos") if c.i > t.i]
    if before.upos == "PROPN" and any(c.upos == "PROPN" and s.child(c.i, "cc") for c in later):
        # 'to Europe, the U.S. and Canada': the name before the comma heads the row, not the noun it hangs on
        a.mend((t.i, before.i, "conj"))


@rule(
    "repair",
    "conj",
    example=(
        "They/they/PRON/2/nsubj help//VERB/0/root in//SCONJ/4/mark reforming/reform/VERB/2/advcl "
        ",/,/PUNCT/6/punct equipping/equip/VERB/4/conj ,/,/PUNCT/9/punct and//CCONJ/9/cc "
        "training/train/VERB/2/conj forces/force/NOUN/9/obj"
    ),
    yields=("help(subj=They; obl:in=reforming , equipping , and training forces)",),
    counter=(
        "They/they/PRON/2/nsubj help//VERB/0/root ,/,/PUNCT/5/punct and//CCONJ/5/cc train//VERB/2/conj "
        "forces/force/NOUN/5/obj"
    ),
)
def participle_series(a: Analysis, t: Token) -> None:
    """In a row of *-ing* words with commas and a last *and*, the last belongs to the row, not to the main verb."""
    s = a.sentence
    if not t.text.endswith("ing") or not s.child(t.i, "cc") or s.child(t.i, "aux", "nsubj"):
        return
    if s.tokens[t.head].text.endswith("ing"):
        return
    at = s.child(t.i, "cc")
    before = s.tokens[max(0, at.i - 1 if at else 0)]
    before = s.tokens[max(0, before.i - 1)] if before.text == "," else before
    if not before.text.endswith("ing") or before.upos not in ("VERB", "NOUN") or before.i == t.head:
        return
    first = s.tokens[before.head] if before.rel == "conj" else before
    if first.head != first.i and first.i > t.head:
        a.mend((t.i, first.i, "conj"))


@rule(
    "repair",
    "conj parataxis appos obl dep nmod nsubj",
    example=(
        "Books/book/NOUN/3/nsubj:pass are/be/AUX/3/aux:pass lent/lend/VERB/0/root for//ADP/6/case "
        "four//NUM/6/nummod weeks/week/NOUN/3/obl ,/,/PUNCT/8/punct films/film/NOUN/6/conj for//ADP/11/case "
        "one//NUM/11/nummod week//NOUN/3/obl"
    ),
    yields=("lend(obj=Books; duration=four weeks)", "lend(obj=films; duration=one week)"),
    counter=(
        "Books/book/NOUN/3/nsubj:pass are/be/AUX/3/aux:pass lent/lend/VERB/0/root for//ADP/6/case "
        "four//NUM/6/nummod weeks/week/NOUN/3/obl ,/,/PUNCT/8/punct films/film/NOUN/6/conj"
    ),
)
def gapped(a: Analysis, t: Token) -> None:
    """After a comma, a noun phrase and an amount marked like one before it repeat the clause without its verb."""
    s = a.sentence
    if t.upos not in ("NOUN", "PROPN", "PRON") or phrases.marker_of(s, t.i) or s.child(t.i, "cop", "nsubj"):
        return
    first = s.subtree(t.i)[0]
    comma = first if s.tokens[first].text == "," else first - 1
    if comma <= 0 or s.tokens[comma].text not in (",", ";"):
        return
    verb = next((s.tokens[i] for i in (t.i, *s.ancestors(t.i)) if s.tokens[i].upos == "VERB" and i < comma), None)
    if verb is None or not s.child(verb.i, "nsubj"):
        return
    last = len(s) - 1
    while last > t.i and s.tokens[last].upos == "PUNCT":
        last -= 1
    rest = s.tokens[comma + 1 : last + 1]
    if any(w.upos in ("VERB", "AUX", "SCONJ") or w.text in (",", ";") for w in rest):
        return
    number = next((w for w in rest if w.upos == "NUM" and w.i > t.i), None)
    marks = [w for w in rest if t.i < w.i < (number.i if number else 0) and w.upos in ("ADP", "ADV") and w.i > t.i]
    if number is None or not marks:
        return
    start = marks[0].i if len(marks) == number.i - marks[0].i else number.i
    words = [w.text.lower() for w in s.tokens[start : number.i]]
    if not words or not _said_before(s, verb, comma, words):
        return
    noun = s.tokens[last] if s.tokens[last].upos in ("NOUN", "PROPN", "SYM", "NUM") else number
    edits = [(t.i, verb.i, "conj"), (noun.i, t.i, "orphan")]
    edits += [(w.i, t.i, w.dep) for w in rest if w.i < start and w.head in (verb.i, s.tokens[t.head].i) and w.i != t.i]
    if number.i != noun.i:
        edits.append((number.i, noun.i, "nummod"))
    for k, i in enumerate(range(start, number.i)):
        bound = words == ["up", "to"]
        edits.append(
            (
                i,
                number.i if bound and not k else start if k else noun.i,
                "advmod" if bound and not k else "fixed" if k else "case",
            )
        )
    a.mend(*edits)


def _said_before(s: Sentence, verb: Token, comma: int, words: list[str]) -> bool:
    """Whether a number with the same words before it stands between the verb and the comma."""
    for i in range(verb.i + 1, comma - len(words)):
        here = [w.text.lower() for w in s.tokens[i : i + len(words)]]
        if here == words and s.tokens[i + len(words)].upos == "NUM":
            return True
    return False


@rule(
    "repair",
    "conj",
    example=(
        "It/it/PRON/2/nsubj moved/move/VERB/0/root 40//NUM/4/nummod %//SYM/2/obj of//ADP/6/case food//NOUN/4/nmod "
        "and//CCONJ/9/cc 85//NUM/9/nummod %//SYM/6/conj of//ADP/11/case fuel//NOUN/9/nmod"
    ),
    yields=("move(subj=It; obj=40 % of food)", "move(subj=It; obj=85 % of fuel)"),
    counter=(
        "It/it/PRON/2/nsubj moved/move/VERB/0/root 40//NUM/4/nummod %//SYM/2/obj of//ADP/6/case food//NOUN/4/nmod "
        "and//CCONJ/8/cc fuel//NOUN/6/conj"
    ),
)
def parallel_quantity(a: Analysis, t: Token) -> None:
    """A quantity after *and* goes with the quantity before it, not with what that was a quantity of."""
    s = a.sentence
    noun = s.tokens[t.head]
    first = s.tokens[noun.head]
    if noun.rel != "nmod" or not s.child(t.i, "nummod") or not s.child(first.i, "nummod") or s.child(noun.i, "nummod"):
        return
    if t.upos == first.upos and first.i < noun.i < t.i:
        # 12 euros for adults and 5 euros [for children]
        after = (*s.children(first.i, "nmod", "obl"), *s.children(noun.i, "nmod"))
        its = [(c.i, t.i, c.dep) for c in after if c.i > t.i]
        a.mend((t.i, first.i, "conj"), *its)


@rule(
    "repair",
    "conj",
    example=(
        "opens/open/VERB/0/root to//ADP/3/case 8/8/NUM/1/obl on//ADP/5/case weekdays/weekday/NOUN/1/obl "
        "and//CCONJ/10/cc until//ADP/8/case 5/5/NUM/10/nmod on//ADP/10/case Saturdays/Saturday/PROPN/5/conj"
    ),
    yields=("open(time=to 8 on weekdays)", "open(time=until 5 on Saturdays)"),
    counter=(
        "opens/open/VERB/0/root to//ADP/3/case 8/8/NUM/1/obl on//ADP/5/case weekdays/weekday/NOUN/1/obl "
        "and//CCONJ/7/cc Saturdays/Saturday/PROPN/5/conj"
    ),
)
def paired_times(a: Analysis, t: Token) -> None:
    """*10 to 8 on weekdays and until 5 on Saturdays*: each day has its own hours, and none has the other's."""
    s = a.sentence
    day = s.tokens[t.head]
    edits: list[tuple[int, int, str]] = []
    after = s.subtree(t.i)[-1] + 1
    second = next((c for c in s.children(day.head, "obl") if c.i > t.i and s.subtree(c.i)[0] == after), None)
    if t.upos == "NUM" and second is not None and second.text.lower() in lists.words("time_nouns"):
        # 'on weekdays and until 5 | on Saturdays' with 'until 5' joined to 'weekdays'
        edits = [(second.i, day.i, "conj"), (t.i, second.i, "nmod:unmarked")]
        edits += [(c.i, second.i, "cc") for c in s.children(t.i, "cc")]
    own = [c for c in s.children(t.i) if c.i < t.i and (c.upos == "NUM" or s.child(c.i, "nummod"))]
    if day.rel != "obl" or not (own or edits) or not phrases.marker_of(s, day.i):
        return
    verb = s.tokens[day.head]
    edge = phrases.marker_of(s, day.i)[0]
    hours = [
        c for c in s.children(verb.i, "obl") if verb.i < c.i < edge and (c.upos == "NUM" or s.child(c.i, "nummod"))
    ]
    if hours:
        a.mend(*edits, *((c.i, day.i, "nmod:unmarked") for c in hours))


@rule(
    "repair",
    "nsubj",
    example=(
        "mill//NOUN/3/nsubj:pass was/be/AUX/3/aux:pass built/build/VERB/0/root by//ADP/6/case the//DET/6/det "
        "brothers/brother/NOUN/8/nsubj ,/,/PUNCT/8/punct worked/work/VERB/3/conj"
    ),
    yields=("build(obj=mill; subj=the brothers)",),
    counter=(
        "mill//NOUN/3/nsubj:pass was/be/AUX/3/aux:pass built/build/VERB/0/root ,/,/PUNCT/6/punct "
        "brothers/brother/NOUN/6/nsubj worked/work/VERB/3/conj"
    ),
)
def agent_before(a: Analysis, t: Token) -> None:
    """What stands after *by* did what was said before, not what comes: *built by the brothers, worked until 1958*."""
    s = a.sentence
    case = s.child(t.i, "case")
    if case is None or case.text.lower() != "by" or t.head <= t.i:
        return
    verb = next((w for w in reversed(s.tokens[: case.i]) if w.upos == "VERB"), None)
    if verb is not None and s.child(verb.i, "aux:pass") and verb.i not in s.subtree(t.i):
        a.mend((t.i, verb.i, "obl"))


@rule(
    "repair",
    "cc",
    example=(
        "opens/open/VERB/0/root at//ADP/4/case 9//NUM/4/nummod a.m.//NOUN/1/obl on//ADP/6/case "
        "weekdays/weekday/NOUN/1/obl and//CCONJ/10/cc at//ADP/10/case 8//NUM/10/nummod a.m.//NOUN/6/conj "
        "at//ADP/12/case weekends/weekend/NOUN/1/obl"
    ),
    yields=("open(time=at 9 a.m. on weekdays)", "open(time=at 8 a.m. at weekends)"),
    counter=(
        "opens/open/VERB/0/root at//ADP/4/case 9//NUM/4/nummod a.m.//NOUN/1/obl and//CCONJ/8/cc at//ADP/8/case "
        "8//NUM/8/nummod a.m.//NOUN/4/conj"
    ),
)
def hours_of_days(a: Analysis, t: Token) -> None:
    """*at 9 a.m. on weekdays and at 8 a.m. at weekends*: an hour and its days, twice, wherever the parser hung them."""
    s = a.sentence
    if not any(c.isdigit() for c in s.text):
        return
    spans = [(hour, tokens) for hour, tokens in _hours_and_days(s) if tokens]
    after = next((n for n, (_, tokens) in enumerate(spans) if tokens[0] > t.i), len(spans))
    if not 2 <= after <= len(spans) - 2 or [hour for hour, _ in spans[after - 2 : after + 2]] != [True, False] * 2:
        return
    four = [tokens for _, tokens in spans[after - 2 : after + 2]]
    if any(s.tokens[i].upos not in LOOSE for one, two in pairwise(four) for i in range(one[-1] + 1, two[0])):
        return
    above = (s.tokens[i] for i in s.ancestors(four[0][0]))
    verb = next((w.i for w in above if w.upos in ("VERB", "AUX") or s.child(w.i, "cop")), -1)
    heads = [next((i for i in tokens if s.tokens[i].upos in ("NUM", "NOUN", "PROPN")), tokens[-1]) for tokens in four]
    if verb < 0 or verb in heads:
        return
    first, day, second, other = heads
    edits = [(day, verb, "obl"), (first, day, "nmod:unmarked"), (other, day, "conj"), (second, other, "nmod:unmarked")]
    edits.append((t.i, other, "cc"))
    for head, tokens in zip(heads, four, strict=True):
        inside = [s.tokens[i] for i in tokens if i != head]
        edits += [(w.i, head, "nmod" if s.child(w.i, "case") else "nmod:unmarked") for w in inside if w.upos != "ADP"]
        edits += [(w.i, head, "case") for w in inside if w.upos == "ADP" and w.head not in tokens]
        edits += [(i, head, "case") for i in (tokens[0] - 1,) if s.tokens[i].upos == "ADP"]
    a.mend(*edits)


def _hours_and_days(s: Sentence) -> list[tuple[bool, tuple[int, ...]]]:
    """The times of day (True) and the days, seasons and parts of the year (False) of a sentence, by their tokens."""
    base = s.tokens[0].start
    found = []
    for value in values_in(s.text):
        hour = value.kind == "time" and (value.low is not None or value.high is not None)
        if hour or value.kind == "time" or (value.kind == "date" and value.unit == "monthday"):
            found.append((hour, tuple(w.i for w in s if value.start <= w.start - base and w.end - base <= value.end)))
    return found


@rule(
    "repair",
    "fixed",
    example=(
        "opens/open/VERB/0/root on//ADP/3/case weekdays/weekday/NOUN/1/obl and//CCONJ/9/cc until//ADP/7/case "
        "5/5/NUM/7/nummod p.m.//NOUN/4/fixed on//ADP/9/case Saturdays/Saturday/PROPN/3/conj"
    ),
    yields=("open(time=weekdays)", "open(time=until 5 p.m. on Saturdays)"),
    counter="because//ADP/3/case of//ADP/1/fixed rain//NOUN/0/root",
)
def not_fixed(a: Analysis, t: Token) -> None:
    """Only little words are fixed to one another; a noun or number after *and* belongs to what *and* joins."""
    s = a.sentence
    head = s.tokens[t.head]
    if t.upos in ("NOUN", "NUM", "PROPN") and head.upos == "CCONJ" and head.head != head.i:
        a.mend((t.i, head.head, "nmod:unmarked"))


@rule(
    "repair",
    "conj",
    example=(
        "cooperate//VERB/0/root in//ADP/6/case the//DET/6/det economic//ADJ/6/amod ,/,/PUNCT/6/punct "
        "security//NOUN/1/obl ,/,/PUNCT/10/punct and//CCONJ/10/cc other//ADJ/10/amod spheres/sphere/NOUN/6/conj"
    ),
    yields=("cooperate(obl:in=the economic , security , and other spheres)",),
    counter=(
        "cooperate//VERB/0/root in//ADP/4/case the//DET/4/det economy//NOUN/1/obl and//CCONJ/7/cc "
        "other//ADJ/7/amod spheres/sphere/NOUN/4/conj"
    ),
)
def shared_noun(a: Analysis, t: Token) -> None:
    """*the economic, security, and other spheres* are spheres, all of them."""
    s = a.sentence
    first = s.tokens[t.head]
    if t.upos != "NOUN" or s.child(t.i, "det") or not any(c.lemma.lower() == "other" for c in s.children(t.i, "amod")):
        return
    if first.i < 2 or s.tokens[first.i - 1].text != "," or s.tokens[first.i - 2].head != first.i:
        return
    if s.tokens[first.i - 2].upos != "ADJ" or "Plur" in first.feats:
        return
    moved = [(c.i, t.i, c.dep) for c in s.children(first.i) if c.i < first.i]
    moved += [(c.i, first.i, c.dep) for c in s.children(t.i, "cc", "punct") if c.i < t.i]
    a.mend((t.i, t.i if first.head == first.i else first.head, first.dep), (first.i, t.i, "compound"), *moved)


RULES = (
    name_after_noun,
    series,
    participle_series,
    parallel_quantity,
    not_fixed,
    agent_before,
    hours_of_days,
    paired_times,
    shared_noun,
    gapped,
)
