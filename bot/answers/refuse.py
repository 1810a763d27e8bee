"""Typed refusals: what was understood, what is missing, and what could be asked instead."""

from __future__ import annotations

from bot.answers.model import Answer, Reason, ReasonKind
from bot.answers.outcome import NotFound
from bot.answers.retrieve import index_terms
from bot.answers.view import View
from bot.answers.wording import listed, said
from bot.answers.world import World
from bot.facts.store.terms import ENTITY
from bot.questions.intents import Intent
from bot.questions.query import Query, Term, describe

Evidence = tuple[tuple[View, tuple[int, int] | None], ...]
RELATED_COVER = 0.5


def refusal(query: Query, intent: Intent, outcome: NotFound, world: World) -> Answer:
    """Word a refusal from what stood in the way."""
    unknown = [t for t in query.terms if t.pos == "n" and not is_known(t, world)]
    unmet = [t for t in query.terms if t.place == "predicate" and not is_known(t, world)]
    kind: ReasonKind = outcome.kind
    about = [t for t in query.terms if t.pos == "n" and t not in unknown]
    if unknown:
        kind = "unknown_entity"
        detail = f"nothing in the documents is called {listed([f'“{t.text}”' for t in unknown])}"
    elif unmet:
        kind = "unknown_relation"
        detail = f"nothing in the documents says “{unmet[0].text}” or the like"
    elif outcome.kind == "outside_time":
        detail = f"the documents say nothing of it at the time asked for ({', '.join(v.text for v in query.times)})"
    else:
        detail = outcome.detail
    understood = _understood(query, intent, about)
    text = f"{understood} {detail[0].upper() + detail[1:] if detail else 'The documents do not say'}."
    related = _related(outcome)
    if related:
        text += f" Related, but not an answer: {related}"
    return Answer(
        question=query.text,
        status="not_stated",
        answer=text,
        intent=query.intent,
        answer_type=query.answer_type,
        reason=Reason(kind, detail or "the documents do not say"),
        trace=(*query.trace, describe(query), *outcome.trace),
        query=describe(query),
    )


def _understood(query: Query, intent: Intent, about: list[Term]) -> str:
    names = list(dict.fromkeys(t.text for t in about))[:3]
    if not names:
        return f"I looked for {intent.asks}, and the documents do not say."
    return f"The documents mention {listed(names)}, but do not say {intent.asks}, as far as I can tell."


def _related(outcome: NotFound) -> str:
    match = outcome.closest
    if match is None or dict(match.features).get("cover", 0.0) < RELATED_COVER:
        return ""
    return said(match.view, match, 160)


def is_known(term: Term, world: World) -> bool:
    """Whether the base mentions a term at all, in its own words or in words that may stand for it."""
    own = [ENTITY + e for e in term.entities] + [ENTITY + g for e in term.entities for g in world.groups_of(e)]
    own += [term.lemma, term.text.lower(), *term.words]
    if any(world.kb.frequency(key) for key in own):
        return True
    if term.pos != "n" and any(world.kb.frequency(key) for key, _ in index_terms(term, world)):
        return True
    if term.lemma in world.columns():
        return True
    if any(world.kb.scopes(word) for word in (term.lemma, *term.words)):
        return True
    return any(world.kb.frequency(ENTITY + member) for entity in term.entities for member in world.members_of(entity))


def ambiguous_name(query: Query, world: World, evidence: Evidence = ()) -> Answer | None:
    """A name that two entities bear, both in the documents, with nothing in the question to choose by. Evidence that
    uses the name just as the question does (*Tavik's first design* in an article on the Taviks) leaves no doubt."""
    for term in query.terms:
        if any(set(ids) == set(term.entities) for view, _ in evidence for ids in view.entities.values()):
            continue
        present = [e for e in term.entities if world.kb.frequency(ENTITY + e)]
        if len(present) < 2:
            continue
        names = [world.name_of(e) for e in present]
        if len(set(names)) < 2:
            continue
        detail = f"“{term.text}” may be {' or '.join(sorted(names))}"
        return Answer(
            question=query.text,
            status="ambiguous",
            answer=f"{detail}. Which one do you mean?",
            intent=query.intent,
            suggestions=tuple(query.text.replace(term.text, name) for name in sorted(names)),
            reason=Reason("ambiguous_name", detail),
            trace=query.trace,
            query=describe(query),
        )
    return None
