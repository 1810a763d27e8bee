"""Attachment mended where it can be known that the parser erred: what a verb takes, series, stranded prepositions.

Each repair is a rule like the others and leaves its step in the trace of every fact that an affected word heads an
argument of. All are conservative: they need a word list or a pattern that leaves one reading.
"""

from __future__ import annotations

from bot.facts import lists, phrases
from bot.facts.rules.base import Analysis, rule
from bot.language.sentence import Sentence, Token

UNDER_OBJECT = frozenset({"nmod", "conj", "appos", "acl", "obl", "flat", "compound"})


@rule(
    "repair",
    "nmod obl",
    example="It/it/PRON/2/nsubj links/link/VERB/0/root states/state/NOUN/2/obj with//ADP/5/case China/China/PROPN/3/nmod",
    yields=("link(subj=It; obj=states; obl:with=China)",),
    counter="It/it/PRON/2/nsubj sees/see/VERB/0/root states/state/NOUN/2/obj with//ADP/5/case China/China/PROPN/3/nmod",
)
def valency(a: Analysis, t: Token) -> None:
    """A preposition that the verb takes beside its object marks the verb's argument, not the object's: *link X with Y*."""
    s = a.sentence
    marker = phrases.marker_of(s, t.i)
    if len(marker) != 1 or t.rel == "obl" and s.tokens[t.head].upos == "VERB":
        return
    word = s.tokens[marker[0]].text.lower()
    path = []
    for i in s.ancestors(t.i):
        token = s.tokens[i]
        if token.upos == "VERB" and path:
            break
        path.append(token)
        if token.dep == "obj" or token.dep == "nsubj:pass":
            continue
        if token.rel not in UNDER_OBJECT:
            return
    else:
        return
    verb, top = s.tokens[path[-1].head], path[-1]
    if top.rel not in ("obj", "nsubj") or verb.i > t.i or word not in lists.prepositions_of(verb.lemma.lower()):
        return
    if any(phrases.marker_text(s, phrases.marker_of(s, o.i)) == word for o in s.children(verb.i, "obl")):
        return
    if path[0].upos == "NOUN" and path[0].i != top.i:
        return
    a.rewire(t.i, verb.i, "obl", note=f"{verb.lemma} … {word}")


@rule(
    "repair",
    "appos",
    example="It/it/PRON/2/nsubj links/link/VERB/0/root Iran/Iran/PROPN/2/obj ,/,/PUNCT/5/punct Turkey/Turkey/PROPN/3/appos ,/,/PUNCT/8/punct and//CCONJ/8/cc China/China/PROPN/3/conj",
    yields=("link(subj=It; obj=Iran)", "link(subj=It; obj=Turkey)", "link(subj=It; obj=China)"),
    counter="the//DET/2/det director//NOUN/0/root ,/,/PUNCT/4/punct Adler/Adler/PROPN/2/appos ,/,/PUNCT/7/punct and//CCONJ/7/cc Vogel/Vogel/PROPN/2/conj",
)
def series(a: Analysis, t: Token) -> None:
    """Names in a row with commas and a last *and* are conjuncts, not appositions of each other."""
    s = a.sentence
    head = s.tokens[t.head]
    first = s.subtree(t.i)[0]
    if t.upos != "PROPN" or head.upos != "PROPN" or first == 0 or head.i > t.i:
        return
    if s.tokens[first].text != "," and s.tokens[first - 1].text != ",":
        return
    later = [c for c in (*s.children(head.i, "conj", "appos"), *s.children(t.i, "conj")) if c.i > t.i]
    if any(c.upos == "PROPN" and s.child(c.i, "cc") for c in later):
        a.rewire(t.i, head.i, "conj")


@rule(
    "repair",
    "obl advmod compound nmod dep case mark",
    example="Which//DET/2/det states/state/NOUN/5/obj does/do/AUX/5/aux it/it/PRON/5/nsubj link//VERB/0/root us/we/PRON/5/obj with//ADP/5/obl ?/?/PUNCT/5/punct",
    yields=("link(obl:with=Which states; subj=it; obj=us)",),
    counter="Who/who/PRON/2/nsubj set//VERB/0/root it/it/PRON/2/obj up//ADP/2/compound:prt ?/?/PUNCT/2/punct",
)
def stranded(a: Analysis, t: Token) -> None:
    """A preposition left at the end of a question belongs to the question's *which*, *what* or *whom*."""
    s = a.sentence
    if t.upos not in ("ADP", "ADV", "SCONJ") or s.children_of[t.i] or t.i == 0:
        return
    verb = s.tokens[t.head]
    if verb.i > t.i or verb.upos not in ("VERB", "ADJ"):
        return
    if t.i + 1 < len(s) and s.tokens[t.i + 1].upos not in ("PUNCT", "CCONJ"):
        return
    asked = [c for c in s.children(verb.i, "obj", "obl", "nsubj", "dep", "advmod", "iobj") if c.i < verb.i and _asks(s, c)]
    takes = t.lemma.lower() in lists.prepositions_of(verb.lemma.lower())
    if len(asked) != 1 or phrases.marker_of(s, asked[0].i) or asked[0].upos == "ADV":
        return
    if t.dep == "compound:prt" and not takes or t.upos == "ADV" and not takes:
        return
    subject = next((c for c in s.children(verb.i, "nsubj") if c.i != asked[0].i), None)
    if asked[0].rel == "nsubj" and subject is None:
        return
    a.rewire(t.i, asked[0].i, "case")
    a.rewire(asked[0].i, verb.i, "obl")


def _asks(s: Sentence, t: Token) -> bool:
    words = (t, *s.children(t.i, "det", "amod", "nmod:poss", "advmod"))
    return any("Int" in w.feats or w.lemma.lower() in ("which", "what", "who", "whom", "whose", "how") for w in words)


RULES = (valency, series, stranded)
