"""How sure a fact is: the logistic of a sum over what it was made by, fitted on known facts (``fit_confidence.py``)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bot.facts import lists
from bot.facts.model import Fact
from bot.facts.openie import says_something, subject_of

LEAST, MOST = 0.02, 0.98
SUBJECT_SIZES, REST_SIZES, RELATION_SIZES = (2, 4, 7, 12), (1, 2, 4, 8, 14, 22), (1, 2, 3)
"""Numbers of words at which what is printed may change its worth."""


def confidence(fact: Fact) -> float:
    """The logistic of the weights of the fact's kind, rules and traits of shape in ``data/confidence.toml``."""
    table = lists.confidences()
    score = 0.0
    for group, name in features(fact):
        score += table[group].get(name, 0.0)
    return round(max(LEAST, min(1 / (1 + math.exp(-score)), MOST)), 3)


def features(fact: Fact) -> Iterator[tuple[str, str]]:
    """What the confidence is a function of, each once: (group, name)."""
    yield "kind", fact.kind
    for name in dict.fromkeys(step.rule for step in fact.trace):
        yield "rule", name
    yield from (("shape", name) for name in _shapes(fact))


def _shapes(fact: Fact) -> Iterator[str]:
    subject = subject_of(fact)
    words = set(fact.predicate_tokens)
    others = [a for a in fact.arguments if a is not subject and not (a.tokens and words.issuperset(a.tokens))]
    if subject is None:
        yield "no_subject"
    elif subject.text.lower() in lists.words("empty_subjects"):
        yield "empty_subject"
    elif len(subject.tokens) == 1 and subject.text.islower():
        yield "small_subject"
    if not says_something(fact):
        yield "subject_only"
    yield from _sizes("subject", len(subject.tokens) if subject else 0, SUBJECT_SIZES)
    yield from _sizes("rest", sum(len(a.tokens) for a in others), REST_SIZES)
    yield from _sizes("relation", len(words), RELATION_SIZES)
    if len(others) > 2:
        yield "many_arguments"
    if any(a.role == "comp" for a in others):
        yield "infinitive" if any(a.role == "comp" and a.text.startswith("to ") for a in others) else "complement"
    if fact.hedge:
        yield "hedged"
    if fact.polarity == "negative":
        yield "denied"
    if not fact.tense and fact.kind == "clause":
        yield "tenseless"


def _sizes(what: str, size: int, steps: tuple[int, ...]) -> Iterator[str]:
    """Each step that a number of words is over: ``subject_over_4``."""
    yield from (f"{what}_over_{step}" for step in steps if size > step)
