"""Look-up of a yes/no question: a fact that says it, one that denies it, or one that puts another value in its
place."""

from __future__ import annotations

from msgspec.structs import replace

from bot.answers.constraints import amount_fit, number_of_extra_modifiers, time_fit
from bot.answers.cover import Cover, FactFit, cover, fit_facts
from bot.answers.gap import all_matches, confidence_of
from bot.answers.match import Match, traced
from bot.answers.outcome import Found, NotFound, Outcome
from bot.answers.ranking import load_ranking
from bot.answers.retrieve import retrieve
from bot.answers.types import VALUE_TYPES
from bot.answers.unmatched import unmatched
from bot.answers.weights import Weights
from bot.answers.wording import said
from bot.answers.world import World
from bot.facts.model import Argument, Fact
from bot.language.values.comparing import compare
from bot.language.values.model import Value
from bot.questions.query import Gap, Query, Term

ASKING = frozenset({"i", "we", "you"})
SOME = frozenset({"some", "a few", "few", "several", "many", "most", "part of", "certain"})
# *The membership of San Telo was postponed* does not say that San Telo is a member.
MENTIONED = frozenset({"nominal", "possessive"})
# How much of a group a quantifier claims.
STRENGTH = {
    "some": 1,
    "a few": 1,
    "few": 1,
    "several": 1,
    "certain": 1,
    "many": 2,
    "most": 3,
    "all": 4,
    "every": 4,
    "each": 4,
}
FUNCTIONAL = frozenset({"city", "date", "money", "percent", "duration", "time"})


def look_up_yesno(query: Query, world: World, weights: Weights) -> Outcome:
    """*Yes*, *no*, or why the documents do not settle it."""
    matches = _statements(query, world, weights)
    best = matches[0] if matches else None
    if best is not None and weights.confidence(best.score) >= weights.threshold:
        return _verdict(query, best, weights.confidence(best.score), world)
    corrected = _false_premise(query, world, weights)
    if corrected is not None:
        return corrected
    if best is None:
        return NotFound("no_such_fact", "no sentence meets the words of the question")
    return unmatched(query, best, best.trace)


def _statements(query: Query, world: World, weights: Weights) -> list[Match]:
    matches, neutral = [], world.lexicon.words.sets["neutral"]
    for number in retrieve(query, world):
        view = world.view(number)
        covered = cover(query, view, world)
        if covered.weight < weights.least_cover:
            continue
        for fit in fit_facts(query, view, covered, world)[:8]:
            features = {
                "cover": covered.weight_with(fit.predicate),
                "predicate": fit.predicate.weight * _says_what_it_is(query, fit.fact),
                "arguments": _weakest(query, fit),
                "role": 1.0,
                "type": 1.0,
                "near": 0.8,
                "modifiers": _numbers_fit(query, fit, covered) * _loose_fit(query, fit, covered),
                "time": time_fit(query, view, None, world) * amount_fit(query, view, world),
                "negation": 1.0,
                "plain": 0.5 ** number_of_extra_modifiers(query, covered.alignments, view, neutral),
                "fact": fit.fact.confidence,
            }
            trace = (fit.predicate.step, *(k.step for k in fit.known), *(f"rule {s.rule}" for s in fit.fact.trace))
            matches.append(
                Match(view, fit, None, tuple(features.items()), weights.score(features), trace, covered.missing)
            )
    return sorted(matches, key=lambda m: (-round(m.score, 6), m.view.stored.id))


def _says_what_it_is(query: Query, fact: Fact) -> float:
    """*Is Ann the director?* is not met by a clause that she will act as director: being is said by what says what
    something is."""
    if fact.kind in MENTIONED:
        return 0.4
    identity = not query.predicate and {"subj", "attr"} <= {known.role for known in query.arguments}
    doing = (
        fact.kind == "clause"
        and fact.predicate not in ("be", "serve", "become", "remain")
        and fact.argument("attr") is None
    )
    hedged = fact.modal or fact.hedge or fact.tense == "future"
    return 0.4 if identity and doing and hedged else 1.0


def _numbers_fit(query: Query, fit: FactFit, covered: Cover) -> float:
    """*Did 600 labourers die?*: *600 labourers were employed, and 31 of them died* says it of other than 600."""
    met = {k.argument.role: k.argument for k in fit.known if k.argument is not None}
    for n, term in enumerate(query.terms):
        if term.place != "modifier" or term.value is None or not 0 <= term.argument < len(query.arguments):
            continue
        argument = met.get(query.arguments[term.argument].role)
        if argument is not None and not any(a.token in argument.tokens for a in covered.alignments[n]):
            return 0.02
    return 1.0


def _loose_fit(query: Query, fit: FactFit, covered: Cover) -> float:
    """*May coaches park here?*: *visitors may park here, but coaches may not* names them in another clause."""
    inside = {*fit.fact.predicate_tokens, *(i for a in fit.fact.arguments for i in a.tokens)}
    for n, term in enumerate(query.terms):
        if term.place == "loose" and term.pos == "n":
            places = [a.token for a in covered.alignments[n] if a.token >= 0]
            if places and not inside & set(places):
                return 0.02
    return 1.0


def _weakest(query: Query, fit: FactFit) -> float:
    """*Is Piet the director?*: a director elsewhere in the sentence is somebody else or somebody's future."""
    identity = not query.predicate and {"subj", "attr"} <= {known.role for known in query.arguments}
    weights = [
        (k.weight or 0.35) * (0.3 if identity and k.argument is None and k.token >= 0 else 1.0) for k in fit.known
    ]
    product = 1.0
    for weight in weights:
        product *= weight
    return product if weights else 0.8


def _verdict(query: Query, best: Match, confidence: float, world: World) -> Outcome:
    assert best.fit is not None
    fact = best.fit.fact
    negative = (fact.polarity == "negative") != best.fit.predicate.denies
    excepted = fact.argument("except")
    if excepted is not None and _asks_about(query, best, excepted):
        negative = not negative
    strength = max((STRENGTH.get(k.quantifier, 0) for k in query.arguments), default=0)
    if query.universal and excepted is not None and not negative:
        return Found(
            ("no",), f"No, not all: {said(best.view, best)}", ((best.view, None),), confidence, "yes/no", best.trace
        )
    quantified = next((k for k in best.fit.known if k.argument is not None and k.argument.quantifier in SOME), None)
    if quantified is not None and quantified.argument is not None and not negative:
        if query.universal:
            detail = f"No, not all: {said(best.view, best)}"
            return Found(("no",), detail, ((best.view, None),), confidence, "yes/no", best.trace)
        if strength > STRENGTH.get(quantified.argument.quantifier, 1):
            detail = f"the documents say it of {quantified.argument.text}, no more"
            return NotFound("no_such_fact", detail, (), best, best.trace)
        if quantified.member:
            kind = f"the documents say it of {quantified.argument.text}, not which"
            return NotFound("no_such_fact", kind, (), best, best.trace)
    if query.sure and fact.hedge and not negative:
        return Found(
            ("no",),
            f"Not certain: {said(best.view, best)}",
            ((best.view, None),),
            confidence,
            "yes/no",
            (*best.trace, f"hedged by {fact.hedge}"),
        )
    named = _someone_else(query, best)
    if named:
        return NotFound("no_such_fact", f"the documents say it of {named}, not of you", (), best, best.trace)
    denied = query.negative or any(k.quantifier == "no" for k in query.arguments)
    answer = "no" if negative != denied else "yes"
    sentence = f"{answer.capitalize()}{_for_whom(query, fact)}: {said(best.view, best)}"
    return Found((answer,), sentence, ((best.view, None),), confidence, "yes/no", best.trace)


def _someone_else(query: Query, best: Match) -> str:
    """*Can I join?* is not answered by who joined: the name that a fact is about, where the one who asks is asked
    about."""
    asking = any(k.role == "subj" and k.text.lower() in ASKING for k in query.arguments)
    subject = best.fit.fact.argument("subj") if best.fit is not None else None
    if not asking or subject is None or subject.head < 0:
        return ""
    token = best.view.sentence.tokens[subject.head]
    return subject.text if token.upos == "PROPN" or token.i in best.view.entities else ""


def _for_whom(query: Query, fact: Fact) -> str:
    """*Do I need consent?* — yes, for children: who asks is not known, so it is said of whom the documents say it."""
    asking = any(k.role == "subj" and k.text.lower() in ASKING for k in query.arguments)
    subject = fact.argument("subj")
    if not asking or subject is None or subject.text.lower() in ASKING:
        return ""
    text = subject.text[0].lower() + subject.text[1:]
    return f", for {text}"


def _asks_about(query: Query, best: Match, excepted: Argument) -> bool:
    """Whether the question is about what the fact excepts."""
    named = {entity for i in excepted.tokens for entity in best.view.entities.get(i, ())}
    if any(set(term.entities) & named for term in query.terms):
        return True
    assert best.fit is not None
    return any(k.token in excepted.tokens for k in best.fit.known)


def _false_premise(query: Query, world: World, weights: Weights) -> Found | None:
    """*Is it based in Tashkent?* — the documents put it in Ashgabat: the asked value is replaced by a gap of its type,
    for relations that have one value only."""
    counted = _other_number(query, world, weights)
    if counted is not None:
        return counted
    for n, known in enumerate(query.arguments):
        term = next((t for t in query.terms if t.place == "argument" and t.argument == n), None)
        types = _types_of_term(term, query, world) if term is not None else set()
        if term is None or not types & FUNCTIONAL:
            continue
        rest = tuple(k for m, k in enumerate(query.arguments) if m != n)
        terms = tuple(replace(t, argument=t.argument - (t.argument > n)) for t in query.terms if t.argument != n)
        times = tuple(v for v in query.times if v.text not in known.text)
        asked = replace(
            query,
            lookup="gap",
            arguments=rest,
            terms=terms,
            times=times,
            gap=Gap(known.role, tuple(sorted(types)), head=known.head),
        )
        found = _replacement(asked, term, world, weights)
        if found is not None:
            return found
    return None


def _other_number(query: Query, world: World, weights: Weights) -> Found | None:
    """*Did the first design have eleven arches?* — it had nine: the fact says all but the number, and another."""
    for term in query.terms:
        if term.place != "modifier" or term.value is None or not 0 <= term.argument < len(query.arguments):
            continue
        rest = replace(query, terms=tuple(t for t in query.terms if t is not term), amounts=())
        for best in _statements(rest, world, weights)[:1]:
            confidence = weights.confidence(best.score)
            if best.fit is None or confidence < weights.threshold or best.fit.fact.polarity == "negative":
                continue
            stated = [
                k.argument.value for k in best.fit.known if k.argument is not None and k.argument.value is not None
            ]
            told = next(
                (v for v in stated if v.kind in ("quantity", "number") and compare(v, term.value) != "equal"), None
            )
            if told is not None and _of_same_noun(told, query, term):
                trace = (*traced(best), f"the documents have {told.text} where the question has {term.text}")
                return Found(("no",), f"No: {said(best.view, best)}", ((best.view, None),), confidence, "yes/no", trace)
    return None


def _of_same_noun(stated: Value, query: Query, term: Term) -> bool:
    """Whether an exact amount counts what the question's number does."""
    noun = next((t for t in query.terms if t.place == "argument" and t.argument == term.argument), None)
    return noun is not None and stated.unit == noun.lemma and stated.low is not None and stated.low == stated.high


def _replacement(asked: Query, term: Term, world: World, weights: Weights) -> Found | None:
    matches = all_matches(asked, world, weights)
    for match in matches[:1]:
        features = dict(match.features)
        confidence = confidence_of(matches, asked, world)
        sure = confidence >= load_ranking().threshold
        same_place = (
            features["role"] >= 0.8 and features["predicate"] >= 0.85 and features["type"] >= 0.95 and not match.missing
        )
        if sure and same_place and match.candidate and term.text.lower() not in match.candidate.text.lower():
            sentence = f"No: {said(match.view, match)}"
            trace = (*traced(match), f"the documents have {match.candidate.text} where the question has {term.text}")
            around = (match.candidate.start, match.candidate.end)
            return Found(("no",), sentence, ((match.view, around),), confidence, "yes/no", trace)
    return None


def _types_of_term(term: Term, query: Query, world: World) -> set[str]:
    if term.value is not None or any(
        v.start <= query.sentence.tokens[term.tokens[0]].start < v.end for v in query.times
    ):
        return {"date"} if term.value is None or term.value.kind == "date" else set(VALUE_TYPES) & {term.value.kind}
    found: set[str] = set()
    for entity in term.entities:
        kind = world.type_of(entity)
        found |= {kind} | set(world.types(kind)) if kind else set()
    token = query.sentence.tokens[term.tokens[-1]]
    if not found and token.ent == "LOC":
        found = {"place", "city"}
    return found
