"""Clauses and series that the parser cut wrongly: lost subjects and predicates, rows of names, gapped parts."""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token

NAME_PARTS = ("compound", "amod", "det", "flat", "nummod", "nmod:poss", "nmod:desc", "case")

CLAUSAL = frozenset({"root", "conj", "ccomp", "advcl", "parataxis"})

HELPERS = frozenset({"aux", "aux:pass", "cop", "mark"})


def _finite(s: Sentence, t: Token) -> bool:
    return t.upos == "VERB" and ("VerbForm=Fin" in t.feats or bool(s.child(t.i, "aux", "aux:pass")))


@rule(
    "repair",
    "compound nmod nsubj amod",
    example="The//DET/3/det OSCE/OSCE/PROPN/3/compound links/link/VERB/0/root/VerbForm=Fin states/state/NOUN/3/obj",
    yields=("link(subj=The OSCE; obj=states)",),
    counter="The//DET/2/det OSCE/OSCE/PROPN/3/nsubj links/link/VERB/0/root/VerbForm=Fin states/state/NOUN/3/obj",
)
def lost_subject(a: Analysis, t: Token) -> None:
    """A noun that the parser compounds with the finite verb after it is the verb's subject."""
    s = a.sentence
    verb = s.tokens[t.head]
    if (
        t.rel not in ("compound", "nmod")
        or not _finite(s, verb)
        or t.i > verb.i
        or s.child(verb.i, "nsubj", "csubj", "cop")
    ):
        return
    if t.upos not in ("NOUN", "PROPN") or phrases.marker_of(s, t.i) or verb.rel not in CLAUSAL:
        return
    left = [c for c in s.children(verb.i, *NAME_PARTS) if c.i < t.i]
    if any(c.i > t.i and c.i < verb.i and c.upos in ("NOUN", "PROPN") for c in s.children(verb.i)):
        return
    a.mend((t.i, verb.i, "nsubj"), *((c.i, t.i, c.dep) for c in left))


@rule(
    "repair",
    "nmod obl",
    example=(
        "The//DET/2/det Commission/Commission/PROPN/0/root for//ADP/5/case Water/Water/PROPN/5/compound "
        "links/link/VERB/2/nmod/VerbForm=Fin states/state/NOUN/5/obj"
    ),
    yields=("link(subj=The Commission for Water; obj=states)",),
    counter=(
        "The//DET/2/det Commission/Commission/PROPN/0/root for//ADP/5/case Water/Water/PROPN/5/compound "
        "Resources/Resources/PROPN/2/nmod"
    ),
)
def swallowed_verb(a: Analysis, t: Token) -> None:
    """A finite verb with an object that the parser takes for the last word of its own subject is the predicate."""
    s = a.sentence
    head = s.tokens[t.head]
    if not _finite(s, t) or not s.child(t.i, "obj", "obl") or s.child(t.i, "nsubj") or head.head != head.i:
        return
    if head.upos not in ("NOUN", "PROPN") or head.i > t.i or head.i in a.copulas:
        return
    left = [c for c in s.children(t.i) if c.i < t.i and c.upos in ("NOUN", "PROPN")]
    if not left or not phrases.marker_of(s, t.i):
        return
    noun = left[-1]
    moved = [c for c in s.children(t.i, *NAME_PARTS) if c.i < t.i and c.i != noun.i]
    after = [c for c in s.children(head.i, "punct", "obl", "nmod", "parataxis") if c.i > t.i]
    a.mend(
        (t.i, t.i, "root"),
        (head.i, t.i, "nsubj"),
        (noun.i, head.i, "nmod"),
        *((c.i, noun.i, c.dep) for c in moved),
        *((c.i, t.i, "obl" if c.rel == "nmod" else c.dep) for c in after),
    )


@rule(
    "repair",
    "parataxis acl conj appos dep",
    example=(
        "The//DET/2/det director//NOUN/0/root ,/,/PUNCT/4/punct Adler/Adler/PROPN/2/appos ,/,/PUNCT/6/punct "
        "founded/found/VERB/2/parataxis/VerbForm=Fin it/it/PRON/6/obj"
    ),
    yields=("found(subj=The director; obj=it)",),
    counter=(
        "The//DET/2/det director//NOUN/0/root ,/,/PUNCT/5/punct who//PRON/5/nsubj "
        "left/leave/VERB/2/acl:relcl/VerbForm=Fin"
    ),
)
def lost_predicate(a: Analysis, t: Token) -> None:
    """A finite verb without a subject that the parser hangs on the sentence's noun is that noun's predicate."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.head != head.i or head.upos not in ("NOUN", "PROPN", "PRON") or head.i in a.copulas or head.i > t.i:
        return
    if not _finite(s, t) or s.child(t.i, "nsubj", "csubj", "mark", "expl") or phrases.marker_of(s, head.i):
        return
    if any(c.text in (":", ";") for c in s.tokens[head.i : t.i]) or s.child(head.i, "nsubj"):
        return
    if any(c.i < t.i and c.upos == "VERB" and _finite(s, c) for c in s.children(head.i)):
        return
    after = [c for c in s.children(head.i) if c.i > t.i]
    a.mend((t.i, t.i, "root"), (head.i, t.i, "nsubj"), *((c.i, t.i, c.dep) for c in after))


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
    "conj parataxis appos obl dep nmod",
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
    "nsubj obj obl advmod aux cop xcomp ccomp advcl",
    example="vehicles/vehicle/NOUN/2/nsubj have//AUX/3/aux improved/improve/VERB/0/root morale//NOUN/3/obj",
    yields=("improve(subj=vehicles; obj=morale)",),
    counter="vehicles/vehicle/NOUN/3/nsubj have//AUX/3/aux improved/improve/VERB/0/root morale//NOUN/3/obj",
)
def under_helper(a: Analysis, t: Token) -> None:
    """Auxiliaries, articles and conjunctions govern nothing: what hangs on one belongs to the word that it helps."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.dep in HELPERS and head.head != head.i:
        a.mend((t.i, head.head, t.dep))


@rule(
    "repair",
    "parataxis conj",
    example=(
        "Having/have/AUX/2/aux/VerbForm=Ger returned/return/VERB/0/root/Tense=Past|VerbForm=Part "
        ",/,/PUNCT/5/punct they/they/PRON/5/nsubj gained/gain/VERB/2/parataxis/VerbForm=Fin it/it/PRON/5/obj"
    ),
    yields=("gain(manner=Having returned; subj=they; obj=it)",),
    counter=(
        "They/they/PRON/2/nsubj returned/return/VERB/0/root/VerbForm=Fin ,/,/PUNCT/5/punct "
        "they/they/PRON/5/nsubj gained/gain/VERB/2/parataxis/VerbForm=Fin it/it/PRON/5/obj"
    ),
)
def participle_first(a: Analysis, t: Token) -> None:
    """Where a participle without subject comes first and a whole clause follows, the clause is the main one."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.head != head.i or head.upos != "VERB" or t.i < head.i or not _finite(s, t) or not s.child(t.i, "nsubj"):
        return
    if (
        s.child(head.i, "nsubj", "csubj", "expl")
        or s.child(t.i, "cc")
        or ("VerbForm=Part" not in head.feats and "Ger" not in head.feats)
    ):
        return
    if any("VerbForm=Fin" in c.feats for c in s.children(head.i, "aux", "aux:pass")):
        return
    after = [c for c in s.children(head.i) if c.i > t.i]
    a.mend((t.i, t.i, "root"), (head.i, t.i, "advcl"), *((c.i, t.i, c.dep) for c in after))


@rule(
    "repair",
    "conj",
    example=(
        "institutions/institution/NOUN/0/root and//CCONJ/6/cc the//DET/4/det university//NOUN/6/nsubj:pass "
        "were/be/AUX/6/aux:pass moved/move/VERB/1/conj/VerbForm=Part"
    ),
    yields=("move(obj=institutions)", "move(obj=the university)"),
    counter=(
        "institutions/institution/NOUN/6/nsubj:pass and//CCONJ/4/cc the//DET/4/det university//NOUN/1/conj "
        "were/be/AUX/6/aux:pass moved/move/VERB/0/root/VerbForm=Part"
    ),
)
def joined_subject(a: Analysis, t: Token) -> None:
    """A sentence is not a noun joined to a clause by *and*: both are its subject together."""
    s = a.sentence
    head = s.tokens[t.head]
    if head.head != head.i or head.upos not in ("NOUN", "PROPN", "PRON") or head.i in a.copulas or not _finite(s, t):
        return
    joiner, subject = s.child(t.i, "cc"), s.child(t.i, "nsubj")
    if joiner is None or subject is None or phrases.marker_of(s, head.i) or not head.i < joiner.i < subject.i < t.i:
        return
    if any(w.upos in ("VERB", "AUX") or w.text in (":", ";") for w in s.tokens[: joiner.i]) or s.child(head.i, "nsubj"):
        return
    after = [c for c in s.children(head.i) if c.i > t.i]
    a.mend(
        (t.i, t.i, "root"),
        (head.i, t.i, subject.dep),
        (subject.i, head.i, "conj"),
        (joiner.i, subject.i, "cc"),
        *((c.i, t.i, c.dep) for c in after),
    )


RULES = (
    joined_subject,
    participle_first,
    swallowed_verb,
    lost_subject,
    lost_predicate,
    name_after_noun,
    series,
    participle_series,
    gapped,
)
