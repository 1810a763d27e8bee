"""Which sentences to look at: those that hold the question's rarest terms, found through the base's indexes.

Terms are widened through the lexicon first (synonyms, derivations, group and members), so that a sentence in other
words is found too; the weights are inverse document frequencies (Spärck Jones 1972). Cost grows with the postings of
rare terms, not with the base.
"""

from __future__ import annotations

import math
from collections import defaultdict

from bot.answers.world import World
from bot.questions.query import Query, Term

MOST = 32
COMMON = 4000  # a term in more sentences than this only ranks sentences that a rarer one found
SECTION = 0.6
ROUNDED = 1e-5  # scores so near are told apart by their place in the documents
FEW = 4  # sentences looked at however far they fall behind the first
SMALL_TABLE = 40


def retrieve(query: Query, world: World, *, most: int = MOST, least: float = 0.0) -> tuple[int, ...]:
    """Ids of the sentences worth matching, most promising first, ties in document order. least: the share of the first
    one's score that all but the first few must have: a row or a lifespan says in other words what is asked."""
    scores: dict[int, float] = defaultdict(float)
    late: list[tuple[list[tuple[str, float]], float]] = []
    total = world.kb.sentence_count + 1
    for term in query.terms:
        best: dict[int, float] = {}
        for key, weight in index_terms(term, world):
            postings = world.kb.postings(key)
            if not postings:
                continue
            idf = math.log(1 + total / (1 + len(postings)))
            if len(postings) > COMMON and len(query.terms) > 1:
                late.append(([(key, weight)], idf))
                continue
            for number in postings:
                gained = weight * idf
                if gained > best.get(number, 0.0):
                    best[number] = gained
        for number, gained in best.items():
            scores[number] += gained
    for keys, idf in late:
        for key, weight in keys:
            for number in set(world.kb.postings(key)) & set(scores):
                scores[number] += weight * idf
    _add_rows(query, world, scores, total)
    _add_sections(query, world, scores, total)
    if not scores:
        return ()
    highest = sorted(scores.values(), reverse=True)[:most]
    close = [n for n, score in scores.items() if score >= highest[-1] - ROUNDED]
    ranked = sorted(close, key=lambda n: (-round(scores[n], 6), n))
    within = [n for n in ranked[:most] if _in_scope(n, query, world)]
    return tuple(n for rank, n in enumerate(within) if rank < FEW or scores[n] >= least * scores[within[0]])


def index_terms(term: Term, world: World) -> tuple[tuple[str, float], ...]:
    """Index keys of a term with their weights, 0 to 1: its own, then those that may stand for it."""
    if term.entities:
        return world.keys_of_name(term.entities, term.words)
    return world.keys_of_word(term.lemma, term.text.lower(), term.pos)


def _add_rows(query: Query, world: World, scores: dict[int, float], total: int) -> None:
    """Rows of a table with a column that a term names; small tables whole, of others the rows found by their cells."""
    columns = world.columns()
    for term in query.terms:
        rows = columns.get(term.lemma, ())
        gain = math.log(1 + total / (1 + len(rows)))
        for number in rows:
            if number in scores or len(rows) <= SMALL_TABLE:
                scores[number] += gain


def _add_sections(query: Query, world: World, scores: dict[int, float], total: int) -> None:
    """Sentences under a heading that names a term gain; where a term stands in headings only, they are all found."""
    for term in query.terms:
        for scope in world.kb.scopes(term.lemma):
            size = scope.last - scope.first + 1
            if scope.level == 0 and size > 60:
                continue
            gain = SECTION * math.log(1 + total / (1 + size))
            for number in range(scope.first, min(scope.last, scope.first + 60) + 1):
                if number in scores or size <= 30:
                    scores[number] += gain


def _in_scope(number: int, query: Query, world: World) -> bool:
    if not query.scope:
        return True
    stored = world.kb.sentence(number)
    names = [stored.document.lower(), stored.title.lower(), *(head.lower() for head in stored.context.section)]
    return any(scope.lower() in name or name in scope.lower() for scope in query.scope for name in names)
