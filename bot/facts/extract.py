"""Facts of a sentence: the one analysis that documents and questions go through.

The parse is mended (``repair``), rules find predicates and their arguments, share what is said once, tell conjuncts
apart, and add what noun phrases say. Pure: the same sentence gives the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from bot.facts.confidence import confidence
from bot.facts.model import Context, Fact
from bot.facts.openie import to_openie
from bot.facts.rules import STAGES, Rule, at_stage
from bot.facts.rules.base import Analysis, facts_of
from bot.language.sentence import Sentence, Token

LONGEST = 600
"""Words of a sentence. More are noise (*what is the ferry what is …*), and phrases within phrases take time that grows
with their square: seconds for 2,400 words."""


def extract(sentence: Sentence, context: Context | None = None) -> tuple[Fact, ...]:
    """The facts that a sentence states.

    sentence: parsed. context: what stands around it; supplies what a bullet or heading leaves out.
    RETURNS: facts in the order of their predicates, each with its trace; none where nothing is said, or where so many
    words run on that they are no sentence.
    """
    if not 0 < len(sentence.tokens) <= LONGEST:
        return ()
    a = Analysis(sentence, context)
    _mend(a)
    order = tuple(_top_down(a.sentence))
    for stage in STAGES[1:]:
        if stage == "fact":
            for head in sorted(a.clauses):
                if a.clauses[head].slots:
                    a.facts += facts_of(a, a.clauses[head])
        clauses = a.copulas if stage == "clause" else a.clauses
        for token in order:
            key = (stage, token.dep, token.i in clauses or (stage == "clause" and token.upos in VERBAL))
            rules = _RULES_AT.get(key)
            if rules is None:
                rules = _RULES_AT[key] = _rules_at(*key)
            for rule in rules:
                a.rule = rule.name
                rule.apply(a, token)
    return _finished(a)


VERBAL = frozenset({"VERB", "AUX"})
_RULES_AT: dict[tuple[str, str, bool], tuple[Rule, ...]] = {}


def _rules_at(stage: str, dep: str, clause: bool) -> tuple[Rule, ...]:
    """Rules of a stage that look at tokens of a relation; ``clause``: also those that look at a clause's head."""
    wanted = {"*", dep, dep.partition(":")[0], "@clause" if clause else "*"}
    return tuple(r for r in at_stage(stage) if wanted & r.at)


def _mend(a: Analysis) -> None:
    """Run the repairs, each over the whole sentence as the ones before it left it."""
    places: dict[str, list[int]] = {}
    parsed = None
    for rule in _REPAIRS:
        if parsed is not a.sentence:
            parsed, places = a.sentence, {}
            for token in parsed.tokens:
                places.setdefault(token.dep, []).append(token.i)
                if token.rel != token.dep:
                    places.setdefault(token.rel, []).append(token.i)
        named = [places[name] for name in rule.at if name in places]
        if not named:
            continue
        a.rule = rule.name
        for i in named[0] if len(named) == 1 else sorted({i for found in named for i in found}):
            token = a.sentence.tokens[i]
            if token.dep in rule.at or token.rel in rule.at:
                rule.apply(a, token)
    a.__dict__.pop("copulas", None)


_REPAIRS = at_stage("repair")


def _top_down(s: Sentence) -> Iterator[Token]:
    """Tokens, governors before dependents, left to right at each depth."""
    level = [t.i for t in s.tokens if t.head == t.i]
    while level:
        yield from (s.tokens[i] for i in level)
        level = sorted(j for i in level for j in s.children_of[i])


def _finished(a: Analysis) -> tuple[Fact, ...]:
    """Facts with their repairs and confidence, each proposition once."""
    seen: set[object] = set()
    kept = []
    for fact in a.facts:
        if a.repairs:
            heads = {*fact.predicate_tokens, *(x.head for x in fact.arguments)}
            fact = replace(fact, trace=(*(step for step in a.repairs if heads & {*step.tokens}), *fact.trace))
        key = (fact.predicate, fact.polarity, fact.kind, tuple((x.role, x.text, x.head) for x in fact.arguments))
        if key not in seen:
            seen.add(key)
            kept.append(replace(fact, confidence=confidence(fact)))
    return tuple(kept)


__all__ = ["extract", "to_openie"]
