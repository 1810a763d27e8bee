"""How sure a fact is: the logistic of a sum over what it was made by, fitted on known facts (``fit_confidence.py``)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from bot.facts import lists
from bot.facts.model import Fact
from bot.facts.openie import says_something

LEAST, MOST = 0.02, 0.98
LONG = 12


def confidence(fact: Fact) -> float:
    """The logistic of the weights of the fact's kind, rules and traits of shape in ``data/confidence.toml``."""
    table = lists.confidences()
    score = sum(table[group].get(name, 0.0) for group, name in features(fact))
    return round(max(LEAST, min(1 / (1 + math.exp(-score)), MOST)), 3)


def features(fact: Fact) -> Iterator[tuple[str, str]]:
    """What the confidence is a function of, each once: (group, name)."""
    yield "kind", fact.kind
    for name in dict.fromkeys(step.rule for step in fact.trace):
        yield "rule", name
    yield from (("shape", name) for name in _shapes(fact))


def _shapes(fact: Fact) -> Iterator[str]:
    subject = fact.argument("subj") or fact.argument("obj", "iobj", "poss")
    words = set(fact.predicate_tokens)
    others = [a for a in fact.arguments if a is not subject and not (a.tokens and words.issuperset(a.tokens))]
    if subject is None:
        yield "no_subject"
    elif subject.text.lower() in lists.words("empty_subjects"):
        yield "empty_subject"
    elif len(subject.tokens) == 1 and subject.text.islower():
        yield "small_subject"
    elif len(subject.tokens) > LONG:
        yield "long_subject"
    if not says_something(fact):
        yield "subject_only"
    if len(others) > 2:
        yield "many_arguments"
    if any(len(a.tokens) > LONG for a in others):
        yield "long_argument"
    if any(a.role == "comp" for a in others):
        yield "infinitive" if any(a.role == "comp" and a.text.startswith("to ") for a in others) else "complement"
    if fact.hedge:
        yield "hedged"
    if fact.polarity == "negative":
        yield "denied"
    if not fact.tense and fact.kind == "clause":
        yield "tenseless"
