"""Look-up of a gap: the best candidate of the best sentences, with its conjuncts; lists, counts, exclusions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bot.answers.align import align
from bot.answers.announced import look_up_announced
from bot.answers.features import question_features
from bot.answers.match import Begun, Match, begin, hold, match_gap, traced
from bot.answers.outcome import Found, NotFound, Outcome
from bot.answers.ranking import lead, load_ranking, most_lead, trust_features
from bot.answers.retrieve import retrieve
from bot.answers.shape import shape_of
from bot.answers.shown import values_of
from bot.answers.spans import conjuncts
from bot.answers.types import VALUE_TYPES
from bot.answers.unmatched import unmatched
from bot.answers.weights import Weights
from bot.answers.wording import said
from bot.answers.world import World
from bot.documents.model import Cell
from bot.questions.query import Gap, Query

MOST_VALUES = 24
FAR_BEHIND = 7.0  # a rival of so much less rank takes no thousandth of the odds
RIVALS = 30  # candidates on which the lead of the best is measured
# A sentence with so much less of the question's rare words than the best one is not looked at: in the articles that
# ranking is fitted on, 98 of 100 right answers come from within 0.21.
LESS_COVERED = 0.25
# One whose own worth is so much less than the best's has no right answer: of those, 99.5 in 100 come from within 1.2.
WORSE = 2.0
POOR = 0.5  # with less than this only the best sentence is looked at: no answer there has come from another
SENTENCES = 6  # looked at for one question; right answers come from the first five that are found,
NEAR_FIRST = 0.5  # and 99.5 in 100 of them from what scores 0.66 of the first
SENTENCES_OF_LIST = 16  # each may add an item
PLACED = 0.6  # from which the best stands where the gap is, so that others which stand alike are of its list
# How far another item of a list may fall behind the best in each feature.
LIKE = {"predicate": 0.2, "role": 0.12, "arguments": 0.12, "type": 0.12, "negation": 0.0, "time": 0.0}


def look_up_gap(query: Query, world: World, weights: Weights) -> Outcome:
    """Fill the query's gap from the base, or say why not."""
    if not query.predicate and not any(t.place != "gap" for t in query.terms) and not query.times:
        return NotFound("no_such_fact", "the question names nothing that would narrow it down")
    matches = all_matches(query, world, weights)
    if query.excluded:
        matches = [m for m in matches if not _touches_excluded(m, query, world)]
    found = _decide(query, matches, world, weights)
    if isinstance(found, NotFound) and _wants_many(query):
        found = look_up_announced(query, world) or found
    if isinstance(found, NotFound) and query.gap and query.gap.counted:
        counted = _count(query, world, weights)
        return counted if isinstance(counted, Found) else found
    return found


def all_matches(query: Query, world: World, weights: Weights, *, whole: bool = False) -> list[Match]:
    """Matches of all retrieved sentences, best first, ties in document order. whole: only of those that have all of
    the question."""
    shape, many = shape_of(query, world), _wants_many(query) or bool(query.excluded)
    numbers = (
        retrieve(query, world, most=SENTENCES_OF_LIST)
        if many
        else retrieve(query, world, most=SENTENCES, least=NEAR_FIRST)
    )
    begun = [begin(query, shape, world.view(n), world, place) for place, n in enumerate(numbers)]
    enough = [sentence for sentence in begun if sentence is not None]
    matches = _matches_of(enough, question_features(query, shape), weights, many=many, whole=whole)
    return sorted(matches, key=lambda m: (-round(m.rank, 6), m.view.stored.id, m.candidate.start if m.candidate else 0))


def _matches_of(
    begun: list[Begun], asked: Mapping[str, float], weights: Weights, *, many: bool, whole: bool
) -> list[Match]:
    """The candidates of the sentences that have nearly all that the best one has; where none of those has a candidate,
    of the next. Of all, where many are asked for."""
    while begun:
        most = max(sentence.has.share for sentence in begun)
        near = [sentence for sentence in begun if many or sentence.has.share >= most - LESS_COVERED]
        held = [hold(sentence, weights, asked) for sentence in near]
        best = max(sentence.base for sentence in held)
        least = min(best, max(best - WORSE, POOR))
        held = [sentence for sentence in held if many or sentence.base >= least]
        matches = [match for sentence in held if sentence.meeting.whole or not whole for match in match_gap(sentence)]
        if matches:
            return matches
        tried = {sentence.view.stored.id for sentence in held}
        begun = [sentence for sentence in begun if sentence.view.stored.id not in tried]
    return []


def confidence_of(matches: list[Match], query: Query, world: World, beside: Sequence[Match] = ()) -> float:
    """The probability that the first of some matches is right, by its evidence and its lead on the others. beside:
    those that will be given with it."""
    ranking = load_ranking()
    first = ", ".join(values_of(matches[0], query, world))
    together = {id(match) for match in beside}
    ranks = [(m.rank, first if id(m) in together else ", ".join(values_of(m, query, world))) for m in _rivals(matches)]
    return ranking.confidence(trust_features(matches[0].evidence(), lead(ranks, ranking.silence)))


def _rivals(matches: list[Match]) -> list[Match]:
    """The matches that take odds from the first, with it."""
    return [m for m in matches[:RIVALS] if m.rank >= matches[0].rank - FAR_BEHIND]


def _may_stand(matches: list[Match], weights: Weights) -> bool:
    """Whether the best match could be an answer if all its rivals said the same: most of what is refused fails this,
    and needs no texts of rivals."""
    ranking = load_ranking()
    ahead = most_lead([m.rank for m in _rivals(matches)], ranking.silence)
    return _stands(matches[0], ranking.confidence(trust_features(matches[0].evidence(), ahead)), weights)


def _stands(best: Match, confidence: float, weights: Weights) -> bool:
    """Whether the best match is an answer: sure enough, or a statement of just what was asked, which needs no odds.
    What is as good as certain may score badly: a row has its column's words and no sentence (*how many lockers come
    with a family membership?*)."""
    evidence = best.evidence()
    stated = bool(evidence["whole"]) and not evidence["violated"] and best.score >= weights.stated
    least = weights.least_sound if evidence["whole"] and not evidence["violated"] else weights.least_score
    sure = confidence >= load_ranking().threshold and best.score >= least
    return stated or sure or confidence >= weights.certain


def _decide(query: Query, matches: list[Match], world: World, weights: Weights) -> Outcome:
    if not matches:
        return NotFound("no_such_fact", "no sentence meets the words of the question")
    best = matches[0]
    if not _may_stand(matches, weights):
        return unmatched(query, best, traced(best))
    untold = _untold(query, best, matches, world)
    confidence = confidence_of(matches, query, world, untold)
    if not _stands(best, confidence, weights):
        return unmatched(query, best, traced(best))
    group = [best] + ([m for m in matches[1:] if _alike(m, best, weights)] if _wants_many(query) else [])
    group += untold if len(group) == 1 else []
    values: dict[str, Match] = {}
    for match in group:
        for text in values_of(match, query, world):
            values.setdefault(_key(text), match)
            if len(values) >= MOST_VALUES:
                break
    shown = _texts(group, query, world)
    evidence = tuple((m.view, _around(m)) for m in group)
    sentence = said(best.view, best) if len({m.view.stored.id for m in group}) == 1 else _listed_sentence(group)
    if untold:
        sentence = said(best.view)  # the whole row: each figure under its header
    many = len(group) > 1 or _wants_many(query)
    return Found(shown, sentence, evidence, confidence, query.answer_type, traced(best), many=many)


def _untold(query: Query, best: Match, matches: list[Match], world: World) -> list[Match]:
    """*What does the family membership cost?*, in a row with an annual and a joining fee: the other cells of the kind,
    where nothing in the question tells their columns apart."""
    mine = _cell_of(best)
    if mine is None or best.candidate is None or best.candidate.value is None:
        return []
    kind = best.candidate.value.kind
    others = [
        m for m in matches
        if m.view is best.view and m.candidate is not None and m.candidate.value is not None
        and m.candidate.value.kind == kind and (cell := _cell_of(m)) is not None and cell.header != mine.header
    ]  # fmt: skip
    headers = {mine.header, *(cell.header for m in others if (cell := _cell_of(m)) is not None)}
    told = any(
        world.met_by_header(term.lemma, term.pos, header)
        for term in query.terms
        if term.place != "predicate"
        for header in headers
    )
    return [] if told or kind != "money" else others


def _cell_of(match: Match) -> Cell | None:
    at = match.candidate.start if match.candidate is not None else -1
    return next((cell for cell in match.view.stored.passage.cells if cell.start <= at < cell.end), None)


def _wants_many(query: Query) -> bool:
    gap = query.gap
    return (
        gap is not None
        and (gap.plural or query.intent in ("list", "exception"))
        and not gap.counted
        and not set(gap.types) & VALUE_TYPES
    )


def _alike(match: Match, best: Match, weights: Weights) -> bool:
    mine, its = dict(match.features), dict(best.features)
    same = its["role"] >= PLACED and all(mine[name] >= its[name] - LIKE[name] for name in LIKE)
    same = same and not _lies_in(match, best)
    return match.score >= weights.alike * best.score and same and match.candidate is not None


def _lies_in(match: Match, best: Match) -> bool:
    """*Kept at the Maritime Museum in [Oslo]*: what stands in the phrase of the best is no other item."""
    if match.view is not best.view or match.candidate is None or best.candidate is None or not best.candidate.nominal:
        return False
    sentence, inside, outside = match.view.sentence, match.candidate.head, best.candidate.head
    return inside in sentence.subtree(outside) and inside not in conjuncts(sentence, outside)


def _key(text: str) -> str:
    return " ".join(text.lower().removeprefix("the ").split())


def _texts(group: list[Match], query: Query, world: World) -> tuple[str, ...]:
    shown: dict[str, str] = {}
    for match in group:
        for text in values_of(match, query, world):
            key = _key(text)
            if not any(key in other or f"{other} " in key for other in shown):
                shown.setdefault(key, text)
    return tuple(shown.values())[:MOST_VALUES]


def _around(match: Match) -> tuple[int, int] | None:
    return (match.candidate.start, match.candidate.end) if match.candidate else None


def _listed_sentence(group: list[Match]) -> str:
    sentences: dict[int, str] = {}
    for match in group:
        sentences.setdefault(match.view.stored.id, said(match.view, match, 150))
    text = ""
    for sentence in sentences.values():
        if len(text) + len(sentence) > 310:
            break
        text += (" " if text else "") + sentence
    return text


def _count(query: Query, world: World, weights: Weights) -> Outcome:
    """*How many countries does it link?* where no number is stated: what is listed is counted, and cited."""
    gap = query.gap
    assert gap is not None
    kinds = tuple(sorted(world.types(gap.noun)))
    listed = replace(query, gap=Gap(gap.role, kinds, gap.noun, False, gap.of, gap.head, True))
    matches = [
        m
        for m in all_matches(listed, world, weights, whole=True)
        if dict(m.features)["type"] >= 0.95 and dict(m.features)["role"] >= 0.9
    ]
    found = _decide(listed, matches, world, weights)
    if not isinstance(found, Found) or len(found.values) < 2:
        return NotFound("no_such_fact", "no number is stated, and nothing is listed that could be counted")
    number = str(len(found.values))
    return replace(
        found,
        values=(number,),
        sentence=f"{number}, counted from the text: {', '.join(found.values)}.",
        answer_type="number",
    )


def _touches_excluded(match: Match, query: Query, world: World) -> bool:
    """Whether the fact that gives the candidate also holds for what must be left out (*Russia but not China*)."""
    for term in query.excluded:
        places = [a for a in align(term, match.view, world) if a.where != "above" and a.weight > 0.6]
        if places and match.fit is not None:
            verb = match.fit.fact.predicate_tokens  # conjuncts are facts of their own: with Norway, with Denmark
            facts = [f for f in match.view.facts if f.predicate_tokens == verb and f.polarity == "positive"]
            tokens = {i for f in facts for a in f.arguments if a.role != "except" for i in a.tokens}
            if any(p.token in tokens for p in places):
                return True
    return False
