"""The shape of a question: which of its terms hangs on which, which hang on the gap, and the small words that turn its
sense (*first*, *most*, *not*, *before*). A sentence answers it only as far as it has the same shape.
"""

from __future__ import annotations

import math
from typing import Literal

from msgspec import Struct

from bot.answers.retrieve import index_terms
from bot.answers.world import World
from bot.language.lexicon.words import Words
from bot.language.sentence import Sentence, Token
from bot.questions.query import Query, Term
from bot.questions.roles import stranded_preposition

TermClass = Literal["name", "number", "noun", "modifier", "verb", "adverb"]
Edge = Literal["modifier", "argument"]
MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod", "flat", "appos", "acl"})
GAP, ROOT = -1, -2  # in ``Shape.parents``


class Shape(Struct, frozen=True):
    """Everything about a query that is the same for all sentences. Tuples run parallel to ``Query.terms``.

    ``classes``: what kind of word a term is; ``rarity``: its inverse document frequency, 0 to 1; ``parents``: the index
    of the term above it, GAP or ROOT; ``edges``: whether it modifies that term or is an argument of it; ``timed``: it
    is part of a time, compared as a value. ``beside``: the terms next to the gap. ``kind`` is the term that names what
    is asked for (-1: none), ``described`` the terms that modify it. ``asked`` holds the words of the question;
    ``degrees`` its words of degree (*most*, *only*), ``negations`` the number of its negations, and ``markers`` the
    prepositions of time and exclusion with the term they mark (*before the [war]*). ``gap_marker`` is the gap's own
    preposition (*where did he move to*).
    """

    classes: tuple[TermClass, ...]
    rarity: tuple[float, ...]
    parents: tuple[int, ...]
    edges: tuple[Edge, ...]
    timed: tuple[bool, ...]
    beside: tuple[int, ...]
    kind: int
    described: tuple[int, ...]
    asked: frozenset[str]
    degrees: frozenset[str]
    negations: int
    markers: tuple[tuple[int, str], ...]
    gap_marker: str = ""


def shape_of(query: Query, world: World) -> Shape:
    """The shape of a query."""
    terms, sentence, words = query.terms, query.sentence, world.lexicon.words
    owner: dict[int, int] = {}
    for n, term in enumerate(terms):
        for i in term.tokens:
            owner.setdefault(i, n)
    gap = query.gap
    at = gap.head if gap is not None and gap.role != "modifier" else -1
    tops = [_top(sentence, term) for term in terms]
    parents = tuple(_above(sentence, top, owner, at) for top in tops)
    above_gap = _above(sentence, at, owner, -1) if at >= 0 else ROOT
    beside = tuple(n for n, term in enumerate(terms) if term.place != "gap" and (parents[n] == GAP or n == above_gap))
    gaps = [n for n, term in enumerate(terms) if term.place == "gap"]
    kind = next((n for n in gaps if gap is not None and terms[n].lemma == gap.noun), -1)
    lower = [t.text.lower() for t in sentence]
    total = world.kb.sentence_count + 1
    return Shape(
        tuple(map(class_of, terms)),
        tuple(_rarity(term, world, total) for term in terms),
        parents,
        tuple("modifier" if sentence.tokens[top].rel in MODIFIERS else "argument" for top in tops),
        tuple(_timed(term, query) for term in terms),
        beside,
        kind,
        tuple(n for n in gaps if n != kind),
        frozenset({t.lemma.lower() for t in sentence} | set(lower)),
        (frozenset(lower) | {word.partition("-")[0] for word in lower if "-" in word}) & words.degrees,
        0 if query.excluded else _negations(sentence, words),  # with Norway but [not] Denmark
        tuple(
            (n, case.lemma.lower())
            for n, top in enumerate(tops)
            for case in sentence.children(top, "case", "mark")
            if case.lemma.lower() in words.turning
        ),
        _gap_marker(query),
    )


def is_refused(token: Token, sentence: Sentence, words: Words) -> bool:
    """Whether the verb above an infinitive says that it was not done: *declined to [sign]*."""
    above = sentence.tokens[token.head].lemma.lower()
    return token.rel == "xcomp" and above in words.sets["negative_prefix_verbs"]


def _negations(sentence: Sentence, words: Words) -> int:
    """Words that deny, and verbs that say that something was not done: *which state declined to sign it*."""
    refused = any(t.lemma != "do" and is_refused(t, sentence, words) for t in sentence)  # what did it fail to [do]?
    return sum(t.text.lower() in words.negators for t in sentence) + refused


def _gap_marker(query: Query) -> str:
    gap, sentence = query.gap, query.sentence
    if gap is None or gap.head < 0:
        return ""
    own = next((c.lemma.lower() for c in sentence.children(gap.head, "case")), "")
    return own or gap.bound or stranded_preposition(sentence, query.predicate_token)


def class_of(term: Term) -> TermClass:
    """What kind of word a term is, for what it costs where nothing meets it."""
    if term.value is not None or term.pos == "m" or any(c.isdigit() for c in term.text):
        return "number"
    if term.entities or term.text[:1].isupper():
        return "name"
    if term.place == "predicate" and term.pos == "v":
        return "verb"
    if term.pos == "r":
        return "adverb"
    if term.place == "modifier" or term.pos == "a":
        return "modifier"
    return "verb" if term.pos == "v" else "noun"


def _timed(term: Term, query: Query) -> bool:
    return any(v.start <= query.sentence.tokens[i].start < v.end for v in query.times for i in term.tokens)


def _top(sentence: Sentence, term: Term) -> int:
    return next(
        (i for i in term.tokens if sentence.tokens[i].head == i or sentence.tokens[i].head not in term.tokens),
        term.tokens[-1],
    )


def _above(sentence: Sentence, i: int, owner: dict[int, int], gap: int) -> int:
    own = owner.get(i, ROOT)
    while sentence.tokens[i].head != i:
        i = sentence.tokens[i].head
        if i == gap:
            return GAP
        if owner.get(i, own) != own:
            return owner[i]
    return ROOT


def _rarity(term: Term, world: World, total: int) -> float:
    keys = index_terms(term, world)
    own = [key for key, weight in keys if weight >= 0.99] or [key for key, _ in keys]
    seen = max((len(world.kb.postings(key)) for key in own), default=0)
    return math.log(1 + total / (1 + seen)) / math.log(1 + total)
