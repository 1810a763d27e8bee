"""A phrase that stands for a whole question: the question before it with the part of the same kind exchanged.

*And the west wing?* after *What did the roof of the east wing cost?* exchanges *the east wing*: the phrase that shares
a word goes first, then one of the same kind, preposition or sort of value. A phrase of time or place that has no
counterpart is added at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from bot.language.sentence import Sentence, Token
from bot.language.values import values_in
from bot.questions.query import Query, Term

PREPOSITIONS = (
    "since|until|till|by|from|in|for|with|to|at|on|within|through|after|before|under|near|above|below|between|of|about"
    "|during|against|over|without|into|across|behind|outside|inside|around"
)
PREPOSITION = re.compile(rf"^(?:{PREPOSITIONS})\b\s*", re.I)
DETERMINED = re.compile(r"^(?:the|a|an|its|their|his|her|this|that|these|those|each|every|some|any|no)\b", re.I)
OWNER = re.compile(r"(?:its|their|his|her)\s+(?=\w)", re.I)
ONE = re.compile(r"\bones?$", re.I)
HOW_MANY = re.compile(r"^how (?:many|much)\s+(?P<rest>[^\s].*)$", re.I)
TIMES = frozenset({"date", "time", "duration", "frequency"})
STOP = frozenset({"the", "a", "an", "of", "and", "or", "one", "ones", "other"})


class Slot(Struct, frozen=True):
    """A phrase of the earlier question that could be exchanged, by its tokens: ``first`` to ``last`` without article,
    ``article`` and ``case`` (a preposition) before them, -1 for none."""

    term: Term
    first: int
    last: int
    article: int
    case: int
    kinds: frozenset[str]
    described: int


def exchange(
    fragment: str,
    query: Query,
    type_of: Callable[[Term], str],
    terms_of: Callable[[str], tuple[Term, ...]],
) -> str | None:
    """The earlier question with the part of the same kind replaced; None where nothing in it is like the fragment.

    fragment: a phrase without its lead (*and*, *what about*) and end mark. type_of, terms_of: as in
    :func:`bot.questions.followup.complete`.
    """
    amount = HOW_MANY.match(fragment)
    if amount:
        return _other_amount(amount.group("rest"), fragment, query)
    preposition = PREPOSITION.match(fragment)
    phrase = fragment[preposition.end() :] if preposition else fragment
    new = terms_of(phrase) if phrase else ()
    new = tuple(t for t in new if t.lemma not in ("one", "ones") or t.value is None or len(new) == 1)
    timely = _is_time(phrase, new, type_of)
    if not new and not timely:
        return None
    figure = _only_figure(phrase, new, query)
    if figure is not None:
        return figure
    slots = [_slot(query, term, type_of) for term in query.terms if term.pos in ("n", "m", "a") or term.entities]
    word = preposition.group().strip().lower() if preposition else ""
    ranked = sorted((-_likeness(slot, phrase, word, new, timely, query, type_of), n) for n, slot in enumerate(slots))
    if not ranked or (word and -ranked[0][0] < 2.0) or (timely and -ranked[0][0] < 1.5):
        return _added(fragment, query) if word or timely else None
    return _replaced(slots[ranked[0][1]], fragment, phrase, word, new, query)


def _only_figure(phrase: str, new: tuple[Term, ...], query: Query) -> str | None:
    """*And for five?* after *What does it cost for one computer?*: a figure for the only figure."""
    sentence = query.sentence
    dated = [v for v in query.times if v.kind in TIMES]
    figures = [
        t
        for t in sentence
        if t.upos == "NUM" and not any(v.start <= t.start < v.end for v in dated) and t.text.lower() != "one another"
    ]
    if len(figures) != 1 or len(phrase.split()) != 1 or len(new) != 1 or (new[0].pos != "m" and new[0].value is None):
        return None
    return _cut(sentence.text, sentence, figures[0].i, figures[0].i, phrase)


def _is_time(phrase: str, new: tuple[Term, ...], type_of: Callable[[Term], str]) -> bool:
    if any(value.kind in TIMES and value.kind != "duration" for value in values_in(phrase)):
        return True
    return bool(new) and all(set(type_of(t).split("/")) & TIMES for t in new[-1:]) and not new[-1].entities


def _slot(query: Query, term: Term, type_of: Callable[[Term], str]) -> Slot:
    """The phrase around a term: with the adjectives, nouns and figures that belong to it."""
    sentence = query.sentence
    tokens = set(term.tokens)
    head = term.tokens[-1]
    if not term.entities:
        for child in sentence.children(head, "amod", "compound", "nummod"):
            if child.lemma not in ("many", "much", "which", "what"):
                tokens.add(child.i)
    first, last = min(tokens), max(tokens)
    following = sentence.tokens[last + 1] if last + 1 < len(sentence) else None
    if following is not None and following.upos == "NUM" and following.head in (head, last):
        last += 1
    article = first - 1 if first and sentence.tokens[first - 1].upos in ("DET", "PRON") else -1
    before = article if article >= 0 else first
    case = before - 1 if before and sentence.tokens[before - 1].upos in ("ADP", "SCONJ") else -1
    if case >= 0 and sentence.tokens[case].i == 0 and term.place == "gap":
        case = -1
    kinds = frozenset(type_of(term).split("/")) - {"", "thing"}
    described = next((c.i for c in sentence.children(head, "amod") if c.i < head), -1)
    return Slot(term, first, last, article, case, kinds, described)


def _likeness(
    slot: Slot,
    phrase: str,
    preposition: str,
    new: tuple[Term, ...],
    timely: bool,
    query: Query,
    type_of: Callable[[Term], str],
) -> float:
    sentence, term = query.sentence, slot.term
    head = next((t for t in new if t.entities), new[-1]) if new else None
    words = {w for w in re.findall(r"\w+", phrase.lower()) if w not in STOP}
    own = {t.text.lower() for t in sentence.tokens[slot.first : slot.last + 1]} | {term.lemma}
    score = {"argument": 0.5, "gap": 0.3, "modifier": 0.2}.get(term.place, 0.1)
    if term.argument >= 0 and query.arguments[term.argument].role == "subj" and term.place == "argument":
        score += 0.3
    if words & own or (head is not None and head.lemma in own):
        score += 4.0
    if ONE.search(phrase):
        score += 3.0 * (slot.described >= 0) + (1.0 if "n" in term.pos else 0.0)
    slot_timely = bool(slot.kinds & TIMES) or (term.value is not None and term.value.kind in TIMES)
    slot_timely = slot_timely or any(
        v.start <= sentence.tokens[slot.first].start < v.end for v in query.times if v.kind in TIMES
    )
    if timely or slot_timely:
        score += 2.5 if timely and slot_timely else -2.0
    if preposition and slot.case >= 0 and sentence.tokens[slot.case].text.lower() == preposition:
        score += 2.0
    if head is not None:
        kinds = frozenset(type_of(head).split("/")) - {"", "thing"}
        score += 2.0 * bool(kinds & slot.kinds) + (bool(term.entities) == bool(head.entities))
        score += 1.5 * (term.pos == head.pos == "a") + 1.5 * ((term.value or term.pos == "m") and head.pos == "m")
        if (head.pos == "a") != (term.pos == "a") and not ONE.search(phrase):
            score -= 1.0
    return float(score)


def _replaced(slot: Slot, fragment: str, phrase: str, preposition: str, new: tuple[Term, ...], query: Query) -> str:
    sentence = query.sentence
    text = sentence.text
    owner = OWNER.match(phrase)
    if owner and sentence.child(slot.term.tokens[-1], "nmod:poss"):
        # what share of NATO's fuel … and of [its] material: the owner stays where it is
        phrase, preposition = phrase[owner.end() :], ""
        fragment = phrase
    if ONE.search(phrase):
        phrase = ONE.sub(sentence.tokens[slot.term.tokens[-1]].text, phrase)
        fragment = f"{preposition} {phrase}".strip()
    bounded = _bounded(slot, fragment, query)
    if bounded is not None:
        return _cut(text, sentence, *bounded, fragment)
    first, last = slot.first, slot.last
    only_adjectives = bool(new) and all(t.pos == "a" for t in new) and slot.term.pos == "n" and slot.described >= 0
    figure = next((t.i for t in sentence.children(slot.term.tokens[-1], "nummod")), -1)
    if only_adjectives and not ONE.search(fragment) and not _names_noun(phrase, slot):
        first = last = slot.described
    elif len(new) == 1 and new[0].pos == "m" and figure >= 0 and len(phrase.split()) == 1:
        return _cut(text, sentence, figure, figure, phrase)
    if preposition and slot.case >= 0:
        return _cut(text, sentence, slot.case, last, fragment)
    if slot.article >= 0:
        if DETERMINED.match(phrase):
            first = slot.article
        elif sentence.tokens[slot.article].text.lower() in ("a", "an"):
            plural_or_name = any(t.entities for t in new) or phrase.lower().endswith("s")
            first = slot.article if plural_or_name else first
    return _cut(text, sentence, first, last, phrase if not preposition else fragment)


def _bounded(slot: Slot, fragment: str, query: Query) -> tuple[int, int] | None:
    """*And between 60 and 15 days?* after *more than 60 days*: an amount goes with its bound; first and last token."""
    new = [value.kind for value in values_in(fragment)]
    start = query.sentence.tokens[slot.first].start
    for value in (*query.amounts, *query.times):
        if value.kind in new and value.bound != "exact" and value.start <= start < value.end:
            inside = [t.i for t in query.sentence if value.start <= t.start < value.end]
            return min(inside), max(inside)
    return None


def _names_noun(phrase: str, slot: Slot) -> bool:
    return slot.term.lemma in phrase.lower().split()


def _cut(text: str, sentence: Sentence, first: int, last: int, new: str) -> str:
    start, end = sentence.tokens[first].start, sentence.tokens[last].end
    return " ".join(f"{text[:start]}{new}{text[end:]}".split())


def _added(fragment: str, query: Query) -> str:
    """The question with a phrase of time, place or purpose added at its end."""
    return f"{query.sentence.text.rstrip(' ?.!')} {fragment}?"


def put_right(fragment: str, query: Query) -> str | None:
    """*No, I meant each year* after *What does a family pay to join?*: where nothing in the question is like the new
    words, they stand for what it ends in; None where that is its subject or object."""
    sentence = query.sentence
    last = max((t.i for t in sentence if t.upos != "PUNCT"), default=-1)
    for known in query.arguments:
        if known.role in ("comp", "purpose", "manner", "time") or known.role.startswith("obl:"):
            tokens = set(sentence.subtree(known.head)) - {t.i for t in sentence if t.upos == "PUNCT"}
            if last in tokens and min(tokens) > query.predicate_token:
                return _cut(sentence.text, sentence, min(tokens), last, fragment)
    return None


def _other_amount(rest: str, fragment: str, query: Query) -> str | None:
    """*How many bicycles?* after *How many stations does it have?*; *How many of them in Oslo?* is not of that kind."""
    gap, sentence = query.gap, query.sentence
    if gap is None or gap.head < 0 or len(rest.split()) > 3 or rest.lower().startswith("of "):
        return None
    wh = next((t for t in sentence if t.text.lower() in ("how", "what", "which")), None)
    if wh is None or wh.i > gap.head:
        return None
    return _cut(sentence.text, sentence, wh.i, gap.head, fragment[:1].upper() + fragment[1:])


def _other_verb(fragment: str, query: Query, root: Token) -> str | None:
    """*And to quit?* after *Which keys pause copying on macOS?*: *Which keys quit on macOS?*"""
    if not fragment.lower().startswith("to ") or root.upos != "VERB" or query.predicate_token < 0:
        return None
    last = query.predicate_token
    for known in query.arguments:
        if known.role in ("obj", "comp") and min(known.tokens) == last + 1:
            last = max(known.tokens)
    return _cut(query.sentence.text, query.sentence, query.predicate_token, last, fragment[3:])


def other_action(fragment: str, query: Query, parsed: Sentence | None) -> str | None:
    """*And delete them?* after *Can guests restore files?*: the same asked of another action; None where the fragment
    is none, or the question has no verb for another."""
    if parsed is None or not query.arguments:
        return None
    root = parsed.root
    if query.lookup != "yesno":
        return _other_verb(fragment, query, root)
    begins = root.i == 0 and root.upos == "VERB" and not parsed.child(0, "nsubj") and "VerbForm=Part" not in root.feats
    subject = next((k for k in query.arguments if k.role == "subj"), None)
    first = query.sentence.tokens[0]
    if not begins or subject is None or first.upos != "AUX":
        return None
    end = query.sentence.tokens[max(subject.tokens)].end
    return f"{query.sentence.text[:end]} {fragment}?"
