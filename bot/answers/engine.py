"""The one way from a query to an answer: the look-up of its family, then wording, citations and, failing that,
refusal."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from bot.answers.cite import citation_of, distinct
from bot.answers.compare import look_up_extreme
from bot.answers.conflicting import with_conflicts
from bot.answers.describe import look_up_definition, look_up_keywords, look_up_topic
from bot.answers.gap import look_up_gap
from bot.answers.model import Answer, Reason
from bot.answers.outcome import Found, NotFound, Outcome
from bot.answers.refuse import ambiguous_name, refusal
from bot.answers.weights import Weights
from bot.answers.world import World
from bot.answers.yesno import look_up_yesno
from bot.questions.intents import Intent
from bot.questions.query import Query, describe
from bot.questions.variants import variants

FEW, MANY = 4, 8
LONGEST = 318  # characters of a plain answer; topics and definitions may be longer


def look_up_either(query: Query, world: World, weights: Weights) -> Outcome:
    """A definition; where the documents define nothing of that name, what stands in the relation that was asked for."""
    found = look_up_definition(query, world, weights)
    if isinstance(found, Found) or query.gap is None:
        return found
    other = look_up_gap(query, world, weights)
    return other if isinstance(other, Found) else found


LOOKUPS: dict[str, Callable[[Query, World, Weights], Outcome]] = {
    "gap": look_up_gap,
    "count": look_up_gap,
    "yesno": look_up_yesno,
    "define": look_up_either,
    "topic": look_up_topic,
    "keyword": look_up_keywords,
}


def best_outcome(query: Query, world: World, weights: Weights) -> Outcome:
    """The surest answer of the query and its variants; where none answers, why the query itself does not."""
    outcomes = [LOOKUPS[q.lookup](q, world, weights) for q in variants(query, world.lexicon)]
    found = [o for o in outcomes if isinstance(o, Found)]
    if not found:
        return outcomes[0]
    best = max(found, key=lambda o: o.confidence)
    return merged(best, [o for o in found if o is not best and o.many]) if best.many else best


def merged(best: Found, others: list[Found]) -> Found:
    """A list with what other readings of the same question add."""
    for other in others:
        known = {value.lower() for value in best.values}
        more = tuple(v for v in other.values if v.lower() not in known)
        if more:
            best = replace(
                best,
                values=best.values + more,
                evidence=best.evidence + other.evidence,
                sentence=f"{best.sentence} {other.sentence}"[:318],
            )
    return best


def answer_query(query: Query, intent: Intent, world: World, weights: Weights) -> Answer:
    """Answer a query that has a look-up."""
    outcome: Outcome = NotFound("no_such_fact", "")
    if intent.compare:
        outcome = look_up_extreme(query, world)
    if not isinstance(outcome, Found):
        outcome = best_outcome(query, world, weights)
    if isinstance(outcome, Found):
        doubt = ambiguous_name(query, world, outcome.evidence)
        return doubt if doubt is not None else answered(query, outcome, world)
    return ambiguous_name(query, world) or refusal(query, intent, outcome, world)


def answered(query: Query, found: Found, world: World) -> Answer:
    """Word and cite what was found; where the documents disagree on it, all that they say."""
    found = with_conflicts(found, query, world)
    most = MANY if found.many else FEW
    citations = distinct((citation_of(view, world, around) for view, around in found.evidence), most)
    notes = "".join(f" ({note})" for note in query.notes)
    return Answer(
        question=query.text,
        status="answered",
        answer=found.sentence + notes if len(found.sentence) + len(notes) <= LONGEST else found.sentence,
        values=found.values,
        intent=query.intent,
        answer_type=found.answer_type,
        confidence=found.confidence,
        citations=citations,
        trace=(*query.trace, describe(query), *found.trace),
        query=describe(query),
    )


def not_understood(text: str, kind: str, detail: str, suggestions: tuple[str, ...]) -> Answer:
    """A line that is no question for this bot."""
    return Answer(
        question=text,
        status="not_understood",
        answer=f"I could not read that as a question: {detail}.",
        suggestions=suggestions,
        reason=Reason(kind, detail),  # type: ignore[arg-type]
    )


def with_confidence(answer: Answer, least: float | None) -> Answer:
    """Refuse an answer whose confidence is below what the caller wants."""
    if least is None or answer.status != "answered" or answer.confidence >= least:
        return answer
    detail = f"the best answer has confidence {answer.confidence:.2f}, below the {least:.2f} asked for"
    return replace(
        answer,
        status="not_stated",
        answer=f"I will not answer this: {detail}.",
        values=(),
        citations=(),
        reason=Reason("no_such_fact", detail),
    )
