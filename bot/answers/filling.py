"""How a candidate fills the query's gap in one fact: which facts hold it, and what it is in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from msgspec import Struct

from bot.answers.candidate import Candidate
from bot.answers.cover import FactFit
from bot.answers.deeds import asks_deed, asks_fate
from bot.answers.features import mean_weight
from bot.answers.types import PLACES
from bot.answers.unify import role_fit
from bot.answers.view import View
from bot.facts.model import Argument, Fact
from bot.questions.query import Query
from bot.questions.roles import case_of

PARTIES = frozenset({"iobj", "obl:to", "obl:for", "obl:from"})
ANOTHER = 0.1  # how well one party of a deed stands for another
STATED = 0.7  # how well a fact's predicate must say the question's to be the one statement on its arguments
SAYS = 0.85  # how well a fact must say what the question does, to place a candidate
MOST_FACTS = 3  # facts that hold a candidate; beside them the best of the sentence is tried


class Tokens(Struct, frozen=True):
    """What a fact holds, whatever is asked: the tokens of each argument, of all with the predicate, those that name a
    span's time, the arguments' heads, and the predicate with its subject, to which all its values are equally near."""

    of_arguments: tuple[frozenset[int], ...]
    all: frozenset[int]
    dated: frozenset[int]
    heads: frozenset[int]
    shared: frozenset[int]


class Opening(Struct, frozen=True):
    """A fact with what every candidate for the gap needs to know of it, worked out once for all of them: the tokens it
    holds, the phrases that met the question's arguments, and how well they are met."""

    fit: FactFit
    tokens: Tokens
    met: tuple[frozenset[int], ...]
    arguments: float

    @property
    def stated(self) -> bool:
        """Whether the fact says what the question does."""
        return self.fit.predicate.weight >= STATED


def openings_of(fits: Sequence[FactFit], view: View) -> list[Opening]:
    """What candidates need to know of the facts of a sentence."""
    number = {id(fact): n for n, fact in enumerate(view.facts)}
    return [
        Opening(
            fit,
            view.kept(("tokens", number[id(fit.fact)]), partial(tokens_of, fit.fact, view)),
            tuple(frozenset((*k.argument.tokens, k.token)) for k in fit.known if k.argument is not None),
            mean_weight([k.weight for k in fit.known]),
        )
        for fit in fits
    ]


def tokens_of(fact: Fact, view: View) -> Tokens:
    """What a fact holds of its sentence."""
    of_arguments = tuple(_tokens(argument, view) for argument in fact.arguments)
    subject = fact.argument("subj")
    times = [own for own, argument in zip(of_arguments, fact.arguments, strict=True) if argument.role == "time"]
    return Tokens(
        of_arguments,
        frozenset(fact.predicate_tokens).union(*of_arguments),
        frozenset().union(*times) if fact.kind == "span" else frozenset(),
        frozenset(argument.head for argument in fact.arguments if argument.head >= 0),
        frozenset((*fact.predicate_tokens, *(subject.tokens if subject else ()))),
    )


def _tokens(argument: Argument, view: View) -> frozenset[int]:
    """The tokens of an argument; for a table's cell, those that stand in it."""
    if argument.head >= 0:
        return frozenset((argument.head, *argument.tokens))
    inside = (t.i for t in view.sentence if argument.start <= t.start < argument.end)
    return frozenset((*argument.tokens, *inside))


def openings_for(
    openings: Sequence[Opening], candidate: Candidate, query: Query, view: View
) -> list[Opening] | list[None]:
    """The facts that hold a candidate, best first, and the best of the sentence."""
    head = candidate.head
    inside = [
        one
        for one in openings
        if head in one.tokens.all
        or (candidate.argument is not None and any(candidate.argument is a for a in one.fit.fact.arguments))
    ][:MOST_FACTS]
    dated = [one for one in inside if head in one.tokens.dated]
    if dated:  # Jules Marot (born [1861]): of nobody else
        return dated
    # how much is the deposit? they pay a deposit of £60, and not they pay £60 …
    copular = not query.predicate and not asks_deed(query) and not asks_fate(query)
    # the directive requires that …, but most states require [28 days]: what they require is not the directive's
    own = {head, view.sentence.tokens[head].head} if candidate.value is not None else {head}
    stated = [
        one
        for one in inside
        if not copular and one.stated and one.fit.fact.pos == "v" and one.fit.predicate.sure
        if not own.isdisjoint(one.tokens.heads)
    ]
    if stated:
        return stated
    if any(one.stated for one in inside):
        return inside  # a bomb damaged the signal in 1942, but the lantern survived: when was the lantern destroyed?
    return inside + [one for one in openings[:1] if all(one is not other for other in inside)] or [None]


def fill(
    query: Query, candidate: Candidate, one: Opening | None, view: View, ends: Mapping[int, Candidate]
) -> tuple[float, str]:
    """How well a candidate's place in a fact is the gap's place, 0 to 1, and the step to show. ends: what is to be done
    to some end, see :func:`bot.answers.deeds.steps_to`."""
    gap, head = query.gap, candidate.head
    assert gap is not None
    if one is None:
        return 0.35, "no fact links it"
    fit = one.fit
    if gap.role == "modifier" and gap.of >= 0:
        known = next((k for k in fit.known if k.argument is not None), None)
        if known is not None and known.argument is not None and head in known.argument.tokens:
            below = head in view.sentence.subtree(known.token) if known.token >= 0 else True
            return (1.0 if below else 0.6), f"modifier of {known.argument.text}"
    if head in fit.fact.predicate_tokens:
        return 1.0, "what is done"
    if gap.role == "manner" and any(
        (steps := ends.get(i)) is not None and steps.tokens == candidate.tokens for i in fit.fact.predicate_tokens
    ):
        return 1.0, "what is to be done to that end"
    best, step = (0.4, "in the sentence, outside the fact")
    for argument, tokens in zip(fit.fact.arguments, one.tokens.of_arguments, strict=True):
        if head not in tokens and candidate.argument is not argument:
            continue
        if query.exception and argument.role == "except":
            return 1.0, "what is left out"
        top = head == argument.head or candidate.argument is argument
        if not top and gap.role == f"obl:{case_of(view.sentence, head)}":
            # launched by the department together [with Kestrin]
            return 0.8, f"gap {gap.role} inside {argument.role}"
        if _is_other_party(gap.role, argument.role) and fit.fact.predicate == query.predicate:
            return ANOTHER, f"{argument.role} where {gap.role} was asked for"  # who sold it? it was sold to a school
        value = _fit_of(query, candidate, fit, argument, top=top)
        if value > best:
            best, step = value, f"gap {gap.role} filled by {argument.role}"
    return best, step


def _fit_of(query: Query, candidate: Candidate, fit: FactFit, argument: Argument, *, top: bool) -> float:
    """top: whether the candidate is the argument, not a part of it."""
    gap = query.gap
    assert gap is not None
    value = role_fit(gap.role, argument.role, fit.predicate.mapping, query) * (
        1.0 if top else 0.85 if candidate.value else 0.7
    )
    if gap.role == "place" and argument.role == "obj" and top and candidate.types & PLACES:
        value = max(value, SAYS)  # where did the dynasty rule? it ruled Annam
    known = gap.role not in ("place", "date", "time", "modifier") and not candidate.value
    return value * 0.5 if known and any(k.argument is argument for k in fit.known) else value


def _is_other_party(asked: str, role: str) -> bool:
    """Whether one role is who does something and the other whom it is done to, or by whom it is had from."""
    return (asked == "subj" and role in PARTIES) or (asked in PARTIES and role == "subj")
