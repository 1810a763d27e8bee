"""Unifying a query with one sentence: every candidate for the gap with what speaks for it, its rank and its trace.

What speaks for a candidate comes in three parts, each weighed once for all candidates that share it: the sentence, the
fact, the candidate itself (``features.py``). ``score`` is the plain product of the fits between 0 and 1
(``weights.toml``), by which items of a list are told alike; ``rank`` is the fitted sum (``ranking.toml``).
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from bot.answers.candidate import Candidate, Named, named_by
from bot.answers.candidates import candidates_of
from bot.answers.constraints import (
    amount_fit,
    modifier_fit,
    negation_fit,
    number_of_extra_modifiers,
    own_tokens,
    placed,
    time_fit,
)
from bot.answers.cover import Cover, FactFit, cover, fit_facts
from bot.answers.deeds import steps_to
from bot.answers.features import (
    fact_features,
    kind_features,
    logarithm,
    mean_weight,
    place_features,
    sentence_features,
    word_features,
)
from bot.answers.filling import ANOTHER, SAYS, Opening, fill, openings_for, openings_of
from bot.answers.meeting import Coverage, Meeting, coverage, meet
from bot.answers.ranking import Ranking, load_ranking
from bot.answers.shape import Shape
from bot.answers.types import GUESSED, type_fit
from bot.answers.unify import role_fit
from bot.answers.vetoes import possible
from bot.answers.view import View
from bot.answers.weights import Weights
from bot.answers.world import World
from bot.questions.query import Query, Term

# Fits at or below which a constraint of the question is violated, not merely badly met: another row's cell, the amount
# of another thing, what is said of another subject, another time, what is denied, *the deputy director* for *the
# director*.
CONSTRAINTS = {
    "role": ANOTHER,
    "arguments": 0.25,
    "near": 0.16,
    "modifiers": 0.02,
    "time": 0.16,
    "negation": 0.3,
    "plain": 0.5,
}
OF_A_KIND, OF_NO_KIND = 0.55, 0.15  # beside what may be of the kind asked for, what is not is not looked at
LAWS = ("violated", "renamed", "misdescribed")  # observations that cost what the law says, and no fitted weight besides
VIOLATION = 4.0  # what each costs in rank; law, not fitted
LEAST_COVERED = 0.25  # of the question's rare words, for a sentence to be looked at
ACTED = 0.7  # how well a name of unsure kind fits where it is said to have done what is asked
MET = 0.6  # how well a fact must have what the question names, to place a candidate
WEAK = 0.15  # what an exact statement may lack in the words of the question


class Match(Struct, frozen=True):
    """A candidate for the gap, or (``candidate`` None) a sentence that says what a yes/no question asks. ``features``
    are the fits of which ``score`` is the product; ``parts`` what ``rank`` is the sum of."""

    view: View
    fit: FactFit | None
    candidate: Candidate | None
    features: tuple[tuple[str, float], ...]
    score: float
    trace: tuple[str, ...]
    missing: tuple[Term, ...] = ()
    rank: float = 0.0
    parts: tuple[Mapping[str, float], ...] = ()

    def evidence(self) -> dict[str, float]:
        """All that speaks for and against it, by name."""
        return {name: value for part in self.parts for name, value in part.items()}


class Begun(Struct, frozen=True):
    """A sentence of which only the words have been held against a query's. ``place`` is its place in retrieval, from
    0."""

    query: Query
    shape: Shape
    view: View
    world: World
    place: int
    covered: Cover
    has: Coverage


class Held(Struct):
    """A sentence held against a query, with what all its candidates share."""

    query: Query
    shape: Shape
    view: View
    world: World
    weights: Weights
    ranking: Ranking
    covered: Cover
    meeting: Meeting
    shared: dict[str, float]
    plain: float
    amounts: float
    base: float
    named: list[Named]
    placed: tuple[frozenset[int], ...]
    ends: Mapping[int, Candidate]
    openings: list[Opening] = field(default_factory=list)
    facts: dict[int, tuple[dict[str, float], float]] = field(default_factory=dict)
    fillers: frozenset[int] = frozenset()

    def fact_part(self, fit: FactFit | None) -> tuple[dict[str, float], float]:
        """What speaks for a fact, and its sum; worked out once."""
        key = id(fit)
        if key not in self.facts:
            part = fact_features(self.query, fit, self.meeting)
            self.facts[key] = part, self.ranking.sum(part)
        return self.facts[key]


def begin(query: Query, shape: Shape, view: View, world: World, place: int) -> Begun | None:
    """How far a sentence has what a question names; None where it has too little. place: see :class:`Begun`."""
    covered = cover(query, view, world, shape)
    has = coverage(query, shape, covered.alignments, world)
    return Begun(query, shape, view, world, place, covered, has) if has.share >= LEAST_COVERED else None


def hold(begun: Begun, weights: Weights, asked: Mapping[str, float]) -> Held:
    """A sentence held against a query: what of it is met, before any candidate is looked at. asked: see
    ``question_features``."""
    query, shape, view, world, covered = begun.query, begun.shape, begun.view, begun.world, begun.covered
    tree = world.tree(view.stored.id)
    meeting = meet(query, shape, view, covered.alignments, begun.has, tree, world)
    shared = {**asked, **sentence_features(view, meeting, begun.place)}
    ranking = load_ranking()
    neutral = world.lexicon.words.sets["neutral"]
    plain = 0.3 ** number_of_extra_modifiers(query, covered.alignments, view, neutral)
    amounts, base = amount_fit(query, view, world), ranking.sum(shared)
    named, places = named_by(query, covered.alignments), placed(query, covered.alignments)
    ends = steps_to(view) if query.gap is not None and query.gap.role == "manner" else {}
    return Held(
        query, shape, view, world, weights, ranking, covered, meeting, shared, plain, amounts, base, named, places, ends
    )


def match_gap(held: Held) -> list[Match]:
    """All candidates of a sentence for the query's gap, best first."""
    query, view, world = held.query, held.view, held.world
    if query.gap is None:
        return []
    fits = fit_facts(query, view, held.covered, world)
    held.openings = openings_of(fits, view)
    held.fillers = _fillers(held, fits)
    matches: dict[tuple[object, ...], Match] = {}
    found = candidates_of(query, view, world)
    answering = possible(found, query, held.shape.asked, held.covered, fits, view, world)
    closest = _closeness(answering, held.meeting, query)
    kinds = [_of_kind(held, candidate) for candidate in answering]
    kinds = _of_whole(answering, kinds, view)
    least = OF_NO_KIND if max(kinds, default=0.0) >= OF_A_KIND else 0.0
    for candidate, close, kind in zip(answering, closest, kinds, strict=True):
        if kind > least:
            match = _match(held, candidate, close, kind)
            key = (candidate.tokens, candidate.text)
            if key not in matches or match.rank > matches[key].rank:
                matches[key] = match
    return sorted(matches.values(), key=lambda m: (-m.rank, m.candidate.head if m.candidate else 0))


def _fillers(held: Held, fits: list[FactFit]) -> frozenset[int]:
    """The tokens of what stands where the gap is, in the facts that say what the question does of what it names."""
    gap = held.query.gap
    assert gap is not None
    return frozenset(
        i
        for fit in fits
        if fit.predicate.sure and fit.predicate.weight >= SAYS
        if mean_weight([k.weight for k in fit.known]) >= MET
        for argument in fit.fact.arguments
        if role_fit(gap.role, argument.role, fit.predicate.mapping, held.query) >= SAYS
        if not any(k.argument is argument for k in fit.known)
        for i in (argument.head, *argument.tokens)
    )


def _closeness(candidates: list[Candidate], meeting: Meeting, query: Query) -> list[float]:
    """For each candidate, of how many of the question's words it is the nearest of its sort: *by Taqi al-Din in 1551
    and by Giovanni Branca in 1629* names one for each year."""
    places = [at for at, term in zip(meeting.places, query.terms, strict=True) if at and term.place != "gap"]
    if not places:
        return [0.0] * len(candidates)
    sorts = [(c.value.kind if c.value else "", bool(c.types)) for c in candidates]
    won = [0] * len(candidates)
    for at in places:
        nearest: dict[tuple[str, bool], tuple[int, list[int]]] = {}
        for n, candidate in enumerate(candidates):
            if not candidate.tokens:
                continue
            low, high = candidate.tokens[0], candidate.tokens[-1]
            gap = min(max(low - i, i - high, 0) for i in at)
            best, held = nearest.get(sorts[n], (gap + 1, []))
            if gap < best:
                nearest[sorts[n]] = gap, [n]
            elif gap == best:
                held.append(n)
        for _, winners in nearest.values():
            for n in winners:
                won[n] += 1
    return [count / len(places) for count in won]


def _of_whole(candidates: list[Candidate], kinds: list[float], view: View) -> list[float]:
    """*given the [Rumford] medal*: a name before a noun that is of the kind asked for as well is no answer alone."""
    best: dict[int, float] = {}
    for candidate, kind in zip(candidates, kinds, strict=True):
        best[candidate.head] = max(kind, best.get(candidate.head, 0.0))
    found = []
    for candidate, kind in zip(candidates, kinds, strict=True):
        token = view.sentence.tokens[candidate.head]
        part = candidate.value is None and token.rel == "compound" and token.head > token.i
        found.append(0.0 if part and best.get(token.head, 0.0) >= max(kind, OF_A_KIND) else kind)
    return found


def _of_kind(held: Held, candidate: Candidate) -> float:
    """How well a candidate is of the kind that is asked for, 0 for one that cannot be."""
    gap, view = held.query.gap, held.view
    assert gap is not None
    if candidate.kind_word and gap.noun and not gap.counted and held.world.same_word(candidate.kind_word, gap.noun):
        return 1.0
    head = view.sentence.tokens[candidate.head] if candidate.nominal else None
    kind = type_fit(gap, set(candidate.types), head, view, held.world)
    acts = gap.role == "subj" and bool(held.query.predicate) and not gap.noun
    if kind == GUESSED and acts and head is not None and candidate.head in held.fillers:
        return ACTED  # made by Barbier: whatever the recogniser takes Barbier for
    return kind


def _match(held: Held, candidate: Candidate, close: float, kind: float) -> Match:
    """The candidate with the fact that places it best. kind: how well it is of the kind asked for."""
    query, view = held.query, held.view
    time = time_fit(query, view, candidate, held.world) * held.amounts
    own = {
        **kind_features(query, held.shape, candidate, kind, view, held.meeting),
        **place_features(query, held.shape, candidate, held.meeting, view),
        **word_features(held.shape, candidate, view),
        "time": logarithm(time),
        "plain": logarithm(held.plain),
        "closest": close,
    }
    # AvtoZAZ, a Ukrainian manufacturer, is no South Korean one; the Edict of Fontainebleau is not that of Nantes
    broken = own["misdescribed"] + float(held.shared["renamed"] > 0)
    mine = own_tokens(candidate, view)
    near = None if candidate.value else _near(held, candidate, None)
    best: tuple[float, float, Opening | None, str, dict[str, float]] | None = None
    for one in openings_for(held.openings, candidate, query, view):
        beside = near if near is not None else _near(held, candidate, one)
        fits, step = _fits(held, candidate, one, kind, time, beside, mine)
        other = float(one is not None and (one.fit.another or one.fit.then))
        violated = broken + other + sum([fits[name] <= least for name, least in CONSTRAINTS.items()])
        score = held.weights.score(fits)
        if best is None or (-violated, score) > (-best[0], best[1]):
            best = violated, score, one, step, fits
    assert best is not None  # where no fact holds it, none is tried
    violated, score, one, step, fits = best
    fit = one.fit if one is not None else None
    part, worth_of_fact = held.fact_part(fit)
    placed = {name: logarithm(fits[name]) for name in ("cover", "role", "near", "modifiers", "negation")}
    placed["violated"] = violated
    says = fits["role"] >= 0.9 and fits["predicate"] >= SAYS
    placed["unified"] = float(held.meeting.whole and says and kind >= 0.9)
    placed["placed"] = float(says and fits["arguments"] >= MET)
    placed["exact"] = float(placed["unified"] and part["all_met"] and held.shared["weak"] <= WEAK)
    rank = held.base + held.ranking.sum(own) + worth_of_fact + held.ranking.sum(placed) - VIOLATION * violated
    parts = (held.shared, part, own, placed, {"product": logarithm(score)})
    return Match(view, fit, candidate, tuple(fits.items()), score, (step,), held.covered.missing, rank, parts)


def _near(held: Held, candidate: Candidate, one: Opening | None) -> float:
    shared = one.tokens.shared if one is not None else frozenset[int]()
    values = held.world.values_of(held.view.stored.id)
    return candidate.nearness(held.query, held.view, held.covered.alignments, held.named, shared, values)


def _fits(
    held: Held,
    candidate: Candidate,
    one: Opening | None,
    kind: float,
    time: float,
    near: float,
    own: frozenset[int],
) -> tuple[dict[str, float], str]:
    """The fits of a candidate in one fact, each 0 to 1, and the step to show."""
    role, step = fill(held.query, candidate, one, held.view, held.ends)
    fit = one.fit if one is not None else None
    met = one.met if one is not None else ()
    return {
        "cover": held.covered.weight_with(fit.predicate if fit else None),
        "predicate": fit.predicate.weight if fit else 0.3,
        "arguments": one.arguments if one is not None else 0.4,
        "role": role,
        "type": kind,
        "near": near,
        "modifiers": modifier_fit(held.query, met, candidate, held.placed, held.view, own),
        "time": time,
        "negation": negation_fit(held.query, fit, candidate),
        "plain": held.plain,
        "fact": fit.fact.confidence if fit else 0.4,
    }, step


def traced(match: Match) -> tuple[str, ...]:
    """The steps of a match, in order, with what it was weighed by."""
    fit, lines = match.fit, []
    if fit:
        lines.append(fit.predicate.step)
        lines += [k.step for k in fit.known if k.step]
        lines += [f"rule {s.rule}" for s in fit.fact.trace]
    lines += match.trace
    if match.missing:
        lines.append("not met: " + ", ".join(t.text for t in match.missing))
    lines.append(" ".join(f"{name} {value:.2f}" for name, value in match.features))
    return tuple(lines)
