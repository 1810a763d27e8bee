"""Unifying a query with one sentence: every candidate for the gap with its features, score and trace.

The score is a product of named features, each 0 to 1 and raised to a fitted weight (``weights.toml``): a log-linear
model whose parts can be read off the trace.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.align import Alignment, align
from bot.answers.candidates import Candidate, candidates_of
from bot.answers.constraints import amount_fit, modifier_fit, negation_fit, number_of_extra_modifiers, time_fit
from bot.answers.types import type_fit
from bot.answers.unify import KnownFit, PredicateFit, holds, known_fit, predicate_fit, role_fit
from bot.answers.view import View
from bot.answers.weights import Weights
from bot.answers.world import World
from bot.facts.model import Fact
from bot.questions.query import Query, Term

SAID = 0.7
# Adjectives that add nothing to a noun that the question has already.
EMPTY = frozenset({"other", "various", "different", "several", "many", "such", "certain", "some", "further", "more"})
MISSING = {"name": 0.06, "n": 0.15, "v": 0.25, "a": 0.2, "r": 0.6, "m": 0.06}


@dataclass(frozen=True, slots=True)
class Cover:
    """How the terms of a query are met by a sentence; ``missing`` are those that nothing meets."""

    alignments: dict[int, tuple[Alignment, ...]]
    weight: float
    missing: tuple[Term, ...]
    unmet_predicate: bool = False

    def weight_with(self, predicate: PredicateFit | None) -> float:
        """The weight with the question's predicate counted as missing, unless the fact's says the same in other
        words."""
        if self.unmet_predicate and (predicate is None or predicate.weight < SAID):
            return self.weight * MISSING["v"]
        return self.weight


@dataclass(frozen=True, slots=True)
class FactFit:
    """How a fact meets the predicate and the known arguments of a query."""

    fact: Fact
    predicate: PredicateFit
    known: tuple[KnownFit, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate for the gap, or (``candidate`` None) a sentence that says what a yes/no question asks."""

    view: View
    fit: FactFit | None
    candidate: Candidate | None
    features: tuple[tuple[str, float], ...]
    score: float
    trace: tuple[str, ...]
    missing: tuple[Term, ...] = ()


def cover(query: Query, view: View, world: World) -> Cover:
    """Align every term; the product of their best weights, a missing one at its cost."""
    alignments: dict[int, tuple[Alignment, ...]] = {}
    weight, missing, unmet = 1.0, [], False
    for n, term in enumerate(query.terms):
        places = align(term, view, world)
        alignments[n] = places
        if term.place == "gap" and not (query.gap and query.gap.counted):
            continue
        if _is_time(term, query):
            continue
        if places:
            weight *= max(p.weight for p in places) ** 0.5
        elif term.place == "predicate":
            unmet = bool(query.predicate)
            if unmet:
                missing.append(term)
        else:
            missing.append(term)
            weight *= MISSING["name"] if term.entities else MISSING.get(term.pos, 0.5)
    return Cover(alignments, weight, tuple(missing), unmet)


def _is_time(term: Term, query: Query) -> bool:
    """A term that is part of a time given in the question is checked as a value, not as a word."""
    return any(v.start <= query.sentence.tokens[i].start < v.end for v in query.times for i in term.tokens)


def fit_facts(query: Query, view: View, covered: Cover, world: World) -> list[FactFit]:
    """Every fact of the sentence with how well it meets the query, best first."""
    heads = {term.argument: n for n, term in enumerate(query.terms) if term.place == "argument"}
    fits = []
    for fact in view.facts:
        predicate = predicate_fit(query, fact, covered.alignments, world)
        known, weight = [], predicate.weight
        for n, argument in enumerate(query.arguments):
            place = heads.get(n)
            if place is None or _is_time(query.terms[place], query):
                continue
            term = query.terms[place]
            fit = known_fit(argument, term, fact, predicate, covered.alignments[place], view, query)
            known.append(fit)
            weight *= fit.weight if fit.weight else 0.35
        fits.append(FactFit(fact, predicate, tuple(known), weight))
    return sorted(fits, key=lambda f: (-f.weight, f.fact.predicate_tokens, f.fact.predicate))


def match_gap(query: Query, view: View, world: World, weights: Weights) -> list[Match]:
    """All candidates of a sentence for the query's gap, best first."""
    gap = query.gap
    if gap is None:
        return []
    covered = cover(query, view, world)
    if covered.weight < weights.least_cover:
        return []
    fits = fit_facts(query, view, covered, world)
    matches: dict[tuple[object, ...], Match] = {}
    for candidate in candidates_of(query, view, world):
        if _is_known(candidate, query, covered, view):
            continue
        kind = type_fit(
            gap, set(candidate.types), view.sentence.tokens[candidate.head] if candidate.nominal else None, view, world
        )
        if candidate.kind_word and gap.noun and not gap.counted and world.same_word(candidate.kind_word, gap.noun):
            kind = 1.0
        if kind <= 0.0:
            continue
        match = _best(query, view, candidate, fits, covered, kind, world, weights)
        if match is not None:
            key = (candidate.tokens, candidate.text)
            if key not in matches or match.score > matches[key].score:
                matches[key] = match
    return sorted(matches.values(), key=lambda m: (-m.score, m.candidate.head if m.candidate else 0))


def _is_known(candidate: Candidate, query: Query, covered: Cover, view: View) -> bool:
    """A candidate whose head is what the question already names, or that says nothing new, is no answer to it."""
    if candidate.nominal and candidate.tokens and not (query.gap and query.gap.role == "modifier"):
        tokens = [view.sentence.tokens[i] for i in candidate.tokens]
        asked = {t.lemma.lower() for t in query.sentence} | {t.text.lower() for t in query.sentence}
        content = [t for t in tokens if t.upos not in ("DET", "ADP", "PUNCT", "PART", "CCONJ")]
        if content and all(
            t.lemma.lower() in asked or t.text.lower() in asked or t.lemma.lower() in EMPTY for t in content
        ):
            return True
    for n, term in enumerate(query.terms):
        if term.place in ("argument", "modifier", "loose", "predicate") and not (
            query.gap and query.gap.role == "modifier"
        ):
            for place in covered.alignments.get(n, ()):
                if place.token == candidate.head and place.weight > 0.6 and not place.member and candidate.nominal:
                    return True
    return False


def _best(
    query: Query,
    view: View,
    candidate: Candidate,
    fits: list[FactFit],
    covered: Cover,
    kind: float,
    world: World,
    weights: Weights,
) -> Match | None:
    gap = query.gap
    assert gap is not None
    found: Match | None = None
    extra = number_of_extra_modifiers(query, covered.alignments, view)
    tried: list[FactFit | None] = [*fits[:12]]
    for fit in tried or [None]:
        role, step = _gap_fit(query, candidate, fit, view)
        near = candidate.nearness(
            query,
            view,
            covered.alignments,
            _shared(fit) if candidate.value else frozenset(),
            world.values_of(view.stored.id),
        )
        features = {
            "cover": covered.weight_with(fit.predicate if fit else None),
            "predicate": fit.predicate.weight if fit else 0.3,
            "arguments": _mean([k.weight for k in fit.known]) if fit else 0.4,
            "role": role,
            "type": kind,
            "near": near,
            "modifiers": modifier_fit(
                query, fit.fact if fit else None, fit.known if fit else (), candidate, covered.alignments, view
            ),
            "time": time_fit(query, view, candidate, world) * amount_fit(query, view, world),
            "negation": negation_fit(query, fit, candidate),
            "plain": 0.3**extra,
            "fact": fit.fact.confidence if fit else 0.4,
        }
        score = weights.score(features)
        if found is None or score > found.score:
            trace = _trace(fit, candidate, step, covered, features)
            found = Match(view, fit, candidate, tuple(features.items()), score, trace, covered.missing)
    return found


def _shared(fit: FactFit | None) -> frozenset[int]:
    """The predicate and subject of a fact, to which all its values are equally near."""
    if fit is None:
        return frozenset()
    subject = fit.fact.argument("subj")
    return frozenset(fit.fact.predicate_tokens) | frozenset(subject.tokens if subject else ())


def _gap_fit(query: Query, candidate: Candidate, fit: FactFit | None, view: View) -> tuple[float, str]:
    """How well a candidate's place in the fact is the gap's place."""
    gap = query.gap
    assert gap is not None
    if fit is None:
        return 0.35, "no fact links it"
    if gap.role == "modifier" and gap.of >= 0:
        head = next((k for k in fit.known if k.argument is not None), None)
        if head is not None and head.argument is not None and candidate.head in head.argument.tokens:
            below = candidate.head in view.sentence.subtree(head.token) if head.token >= 0 else True
            return (1.0 if below else 0.6), f"modifier of {head.argument.text}"
    best, step = (0.4, "in the sentence, outside the fact")
    for argument in fit.fact.arguments:
        inside = candidate.argument is argument or holds(argument, candidate.head, view)
        if not inside:
            continue
        top = candidate.head == argument.head or candidate.argument is argument
        same = any(k.argument is argument for k in fit.known)
        value = role_fit(gap.role, argument.role, fit.predicate.mapping, query) * (
            1.0 if top else 0.85 if candidate.value else 0.7
        )
        if same and gap.role not in ("place", "date", "time", "modifier") and not candidate.value:
            value *= 0.5
        if value > best:
            best, step = value, f"gap {gap.role} filled by {argument.role}"
    return best, step


def _mean(values: list[float]) -> float:
    product = 1.0
    for value in values:
        product *= value if value else 0.35
    return product ** (1 / len(values)) if values else 0.8


def _trace(
    fit: FactFit | None, candidate: Candidate, step: str, covered: Cover, features: dict[str, float]
) -> tuple[str, ...]:
    lines = []
    if fit:
        lines.append(fit.predicate.step)
        lines += [k.step for k in fit.known if k.step]
        lines += [f"rule {s.rule}" for s in fit.fact.trace]
    lines.append(step)
    if covered.missing:
        lines.append("not met: " + ", ".join(t.text for t in covered.missing))
    lines.append(" ".join(f"{name} {value:.2f}" for name, value in features.items()))
    return tuple(lines)
