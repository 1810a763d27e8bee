"""How a sentence covers a question's terms, and how each of its facts meets the question's predicate and arguments."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from bot.answers.align import Alignment, align
from bot.answers.predicates import PredicateFit, predicate_fit
from bot.answers.shape import Shape
from bot.answers.together import BESIDE, renamed
from bot.answers.unify import KnownFit, known_fit
from bot.answers.view import View
from bot.answers.world import World
from bot.facts.model import Fact
from bot.language.values import compatible
from bot.language.values.model import Value
from bot.questions.query import Known, Query, Term

SAID = 0.7
EXACT, NOT_ITS = 0.95, 0.25  # a fact of just what is asked, and a name that it does not have
KIN = 0.65  # how well a word stands for one right above or below it
MISSING = {"name": 0.06, "n": 0.15, "v": 0.25, "a": 0.2, "r": 0.6, "m": 0.06}


class Cover(Struct, frozen=True):
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


class FactFit(Struct, frozen=True):
    """How a fact meets the predicate and the known arguments of a query. ``another``: it says of another name just what
    was asked of one; ``then``: it has a time of its own, and the time asked about is its like's."""

    fact: Fact
    predicate: PredicateFit
    known: tuple[KnownFit, ...]
    weight: float
    another: bool = False
    then: bool = False


def cover(query: Query, view: View, world: World, shape: Shape | None = None) -> Cover:
    """Align every term; the product of their best weights, a missing one at its cost. shape: of the query, where
    namesakes are to be told apart."""
    alignments = {n: align(term, view, world) for n, term in enumerate(query.terms)}
    for n, places in alignments.items():
        if not places:
            alignments[n] = _kin(query.terms[n], alignments, view, world)
    if shape is not None:
        tell_apart(query, alignments, shape, view, world)
    weight, missing, unmet = 1.0, [], False
    for n, term in enumerate(query.terms):
        places = alignments[n]
        if term.place == "gap" and not (query.gap and query.gap.counted):
            continue
        if _is_time(term, query):
            continue
        said: tuple[Alignment, ...] = ()
        if term.place == "predicate" and all(p.denies for p in places):
            said = _said_by_fact(query, view, alignments, world, denied=bool(places))
        if said:
            alignments[n] = said
            weight *= said[0].weight ** 0.5
        elif places:
            weight *= max(p.weight for p in places) ** 0.5
        elif term.place == "predicate":
            unmet = bool(query.predicate)
            if unmet:
                missing.append(term)
        else:
            missing.append(term)
            weight *= MISSING["name"] if term.entities else MISSING.get(term.pos, 0.5)
    return Cover(alignments, weight, tuple(missing), unmet)


def _kin(term: Term, alignments: dict[int, tuple[Alignment, ...]], view: View, world: World) -> tuple[Alignment, ...]:
    """*the first railway [trip]* and *the first railway journey*: a word right above or below one that is not there."""
    if term.entities or term.pos not in ("n", "v") or term.place == "gap" or term.text[:1].isupper():
        return ()
    taken = {a.token for places in alignments.values() for a in places}
    return tuple(
        Alignment(i, KIN, "sentence", f"{term.lemma} ~ {lemma} (kind)")
        for i, lemma, _, pos, named in view.content
        if pos == term.pos and not named and i not in taken and world.is_kin(term.lemma, lemma, pos)
    )


def tell_apart(
    query: Query, alignments: dict[int, tuple[Alignment, ...]], shape: Shape, view: View, world: World
) -> None:
    """Of several places of a noun, keep those with the question's name, figure or compound where others have another:
    *he issued the Edict of Fontainebleau, revoking [the Edict of Nantes]*."""
    for n, above in enumerate(shape.parents):
        if above < 0 or shape.edges[n] != "modifier":
            continue
        at = [a.token for a in alignments[above] if a.token >= 0]
        own = [a.token for a in alignments[n] if a.token >= 0]
        if len(at) < 2 or not own:
            continue
        tree = world.tree(view.stored.id)
        # version [3] is supported: a figure right behind a noun is the noun's, wherever the parse hangs it
        near = {i for i in at if any(tree.distance(i, j) <= BESIDE or j == i + 1 for j in own)}
        compound = query.sentence.tokens[query.terms[n].tokens[-1]].rel == "compound"
        others = {
            i
            for i in at
            if i not in near
            and (
                renamed(view.sentence, [own], [i], shape, shape.classes[n])
                or (compound and _has_other_compound(view, i, shape))
            )
        }
        if near and others:
            alignments[above] = tuple(a for a in alignments[above] if a.token not in others)


def _has_other_compound(view: View, noun: int, shape: Shape) -> bool:
    return any(c.lemma.lower() not in shape.asked for c in view.sentence.children(noun, "compound"))


def _said_by_fact(
    query: Query, view: View, alignments: dict[int, tuple[Alignment, ...]], world: World, *, denied: bool
) -> tuple[Alignment, ...]:
    """Where a fact says what the question's verb does though none of its words is one for it: *led conservation* and
    *the head of conservation*, *cost* and *is 12 euros*. denied: the sentence has its contrary, so that the fact must
    be about what is asked of: *4 euros for students* beside *children are admitted free*."""
    best: Alignment | None = None
    asked_of = {a.token for n, term in enumerate(query.terms) if term.place == "argument" for a in alignments[n]}
    taken = {a.token for places in alignments.values() for a in places}  # who wrote the [report]: a report is no writer
    for fact in view.facts if query.predicate else ():
        if denied and not any(i in asked_of for argument in fact.arguments for i in argument.tokens):
            continue
        fit = predicate_fit(query, fact, alignments, world)
        attribute = fact.argument("attr") or (fact.argument("time") if fact.kind == "span" else None)
        at = fact.predicate_tokens[-1] if fact.predicate_tokens else attribute.head if attribute is not None else -1
        says = fit.weight >= SAID and not fit.denies and (at >= 0 or fact.kind == "table")
        if says and (fit.sure or at not in taken) and (best is None or fit.weight > best.weight):
            best = Alignment(at, fit.weight, "sentence" if at >= 0 else "above", fit.step)
    return (best,) if best is not None else ()


def _is_time(term: Term, query: Query) -> bool:
    """A term that is part of a time given in the question is checked as a value, not as a word."""
    return any(v.start <= query.sentence.tokens[i].start < v.end for v in query.times for i in term.tokens)


def fit_facts(query: Query, view: View, covered: Cover, world: World) -> list[FactFit]:
    """Every fact of the sentence with how well it meets the query, best first."""
    heads = {term.argument: n for n, term in enumerate(query.terms) if term.place == "argument"}
    fits = []
    for fact in view.facts:
        predicate = predicate_fit(query, fact, covered.alignments, world)
        known, weight, another = [], predicate.weight, False
        exact = fact.pos == "v" and predicate.sure and predicate.weight >= EXACT
        for n, argument in enumerate(query.arguments):
            place = heads.get(n)
            if place is None or _is_time(query.terms[place], query):
                continue
            term = query.terms[place]
            fit = known_fit(argument, term, fact, predicate, covered.alignments[place], view, query)
            known.append(fit)
            weight *= fit.weight if fit.weight else 0.35
            another = another or (exact and fit.token >= 0 and fit.weight <= NOT_ITS and _is_name(argument, query))
        fits.append(FactFit(fact, predicate, tuple(known), weight, another))
    if query.times:
        fits = [replace(fit, then=_at_another_time(fit, fits, query)) for fit in fits]
    return sorted(fits, key=lambda f: (-f.weight, f.fact.predicate_tokens, f.fact.predicate))


def _is_name(known: Known, query: Query) -> bool:
    return known.role in ("subj", "obj") and query.sentence.tokens[known.head].upos == "PROPN"


def _at_another_time(fit: FactFit, fits: list[FactFit], query: Query) -> bool:
    """*described by Rees in 1551 and by Branca in 1629*: whether a fact has a time that is not asked about, while
    another with its predicate has the time that is."""
    mine = _times(fit.fact)
    if not mine or any(compatible(asked, value) for asked in query.times for value in mine):
        return False
    return any(
        compatible(asked, value)
        for other in fits
        if other.fact is not fit.fact and other.fact.predicate == fit.fact.predicate
        for value in _times(other.fact)
        for asked in query.times
    )


def _times(fact: Fact) -> list[Value]:
    return [a.value for a in fact.arguments if a.role == "time" and a.value is not None and a.value.kind == "date"]
