"""Suggestions: questions that have answers here, offered only once they have been asked and answered."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from bot.answers.askable import Candidate, candidates, questions_from
from bot.answers.engine import answered, best_outcome, with_confidence
from bot.answers.focus import FocusedWorld
from bot.answers.model import Answer
from bot.answers.outcome import Found
from bot.answers.refuse import ambiguous_name
from bot.answers.weights import Weights
from bot.answers.world import World
from bot.facts.store.terms import ENTITY
from bot.questions.understand import NotUnderstood, Understanding, tidy

__all__ = ["Ask", "Suggester", "holds", "plain_asker", "questions_from", "starters", "suggest"]

Ask = Callable[[str, int | None], Answer | None]
"""Answers a question on its own, without suggestions, from the sentence of that id or, for None, from the whole base;
None or a refusal where it has no answer."""

TRIES = 3  # questions asked of the base for one refusal
SENTENCES = 24  # sentences read for one refusal
PER_ENTITY, ENTITIES = 8, 400  # sentences read for each entity of a starter, entities considered
KINDS = ("copula", "table", "clause", "apposition")  # what makes questions, best first
_WORD = re.compile(r"\w+")


def plain_asker(understanding: Understanding, world: World, weights: Weights, least: float | None = None) -> Ask:
    """A question answered as ``Bot.ask`` answers it, but refusals unworded: wording would suggest in its turn."""

    def ask(text: str, number: int | None) -> Answer | None:
        query = understanding.understand(tidy(text))
        if isinstance(query, NotUnderstood) or query.lookup == "help" or understanding.intents[query.intent].compare:
            return None
        seen = world if number is None else FocusedWorld.on(world, number)
        outcome = best_outcome(query, seen, weights)
        if not isinstance(outcome, Found) or ambiguous_name(query, world, outcome.evidence) is not None:
            return None
        answer = with_confidence(answered(query, outcome, world), least)
        return answer if answer.status == "answered" else None

    return ask


@dataclass
class Suggester:
    """Suggestions for one base; what was asked once is kept. Same base, same names: same questions."""

    world: World
    ask: Ask
    _asked: dict[tuple[str, int | None], Answer | None] = field(default_factory=dict, repr=False)
    _kept: dict[tuple[tuple[str, ...], tuple[str, ...], int], tuple[str, ...]] = field(default_factory=dict, repr=False)
    _started: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def about(self, entities: tuple[str, ...] = (), terms: tuple[str, ...] = (), limit: int = 3) -> tuple[str, ...]:
        """Questions about entities (ids) and terms (lemmas)."""
        key = (entities, terms, limit)
        if key not in self._kept:
            self._kept[key] = suggest(self.world, self.answer, entities, terms, limit)
        return self._kept[key]

    def starters(self, limit: int = 5) -> tuple[str, ...]:
        """Questions to begin with, from all documents."""
        if limit not in self._started:
            self._started[limit] = starters(self.world, self.answer, limit)
        return self._started[limit]

    def holding(self, questions: Iterable[str]) -> tuple[str, ...]:
        """Those of the questions that have an answer."""
        return tuple(q for q in questions if self.answer(q) is not None)

    def answer(self, question: str, number: int | None = None) -> Answer | None:
        """The answer to a question from one sentence or from all, None for none; found once."""
        key = (question, number)
        if key not in self._asked:
            self._asked[key] = self.ask(question, number)
        return self._asked[key]


def suggest(
    world: World,
    ask: Ask,
    entities: tuple[str, ...] = (),
    terms: tuple[str, ...] = (),
    limit: int = 3,
    tries: int = TRIES,
) -> tuple[str, ...]:
    """Questions about entities and terms that have answers here.

    ask: see :data:`Ask`. entities: ids, the most important first. terms: lemmas. tries: how many questions are asked.
    RETURNS: at most ``limit`` questions made from facts, answered from their own sentence and from the base; *Tell me
    about …* for what is left, if that is answered.
    """
    numbers = _sentences(world, [*(ENTITY + e for e in entities), *terms])
    made = _ranked(world, numbers, entities, terms)
    found: list[str] = []
    used: set[int] = set()
    for candidate, number in made:
        if len(found) >= limit or tries <= 0:
            break
        if number in used:
            continue
        tries -= 1
        if holds(candidate, number, world, ask):
            found.append(candidate.question)
            used.add(number)
    topics = {f"Tell me about {world.name_of(e)}": ENTITY + e for e in entities}
    topics |= {f"Tell me about {term}": term for term in terms}
    for topic, key in list(topics.items())[:limit]:
        if len(found) < limit and _is_topic(topic, key, world, ask):
            found.append(topic)
    return tuple(found)


def _is_topic(question: str, key: str, world: World, ask: Ask) -> bool:
    """Whether *Tell me about …* is answered by the first sentence that names it."""
    numbers = world.kb.postings(key)
    return bool(numbers) and _answers(ask(question, numbers[0]))


def starters(world: World, ask: Ask, limit: int = 5) -> tuple[str, ...]:
    """Questions to begin with: from each document in turn, about what it mentions most; each answered."""
    mentioned = sorted(world.kb.mentions().items(), key=lambda item: (-item[1], item[0]))[:ENTITIES]
    postings = [(entity, world.kb.postings(ENTITY + entity)) for entity, _ in mentioned]
    documents = sorted(world.kb.documents(), key=lambda d: (d.first - d.last, d.path))[: max(limit, 1)]
    queues = []
    for document in documents:
        inside = [(e, p[bisect_left(p, document.first) : bisect_right(p, document.last)]) for e, p in postings]
        ranked = sorted(((e, tuple(p)) for e, p in inside if p), key=lambda item: (-len(item[1]), item[0]))
        queues.append(_first_of_each(ranked[: max(3, limit)], world))
    found: list[str] = []
    left = 3 * limit
    waiting: list[Iterator[tuple[Candidate, int]]] = queues
    while waiting and len(found) < limit and left > 0:
        still = []
        for queue in waiting:
            for candidate, number in queue:
                left -= 1
                if candidate.question not in found and len(found) < limit and holds(candidate, number, world, ask):
                    found.append(candidate.question)
                    still.append(queue)
                    break
                if left <= 0 or len(found) >= limit:
                    break
        waiting = still
    for entity, _ in mentioned[:limit]:
        topic = f"Tell me about {world.name_of(entity)}"
        if len(found) < limit and _is_topic(topic, ENTITY + entity, world, ask):
            found.append(topic)
    return tuple(dict.fromkeys(found))


def _first_of_each(ranked: list[tuple[str, tuple[int, ...]]], world: World) -> Iterator[tuple[Candidate, int]]:
    """The best question about each entity, then the second about each, and so on."""
    lists = [_ranked(world, _spread(numbers, PER_ENTITY), (entity,)) for entity, numbers in ranked]
    for layer in zip_longest(*lists):
        yield from (item for item in layer if item is not None)


def _sentences(world: World, keys: list[str]) -> list[int]:
    """Sentences with most of the keys first; among many equals, some from all over."""
    counts: dict[int, int] = {}
    for key in dict.fromkeys(keys):
        for number in world.kb.postings(key):
            counts[number] = counts.get(number, 0) + 1
    found: list[int] = []
    for count in sorted(set(counts.values()), reverse=True):
        equal = tuple(sorted(n for n, c in counts.items() if c == count))
        found += _spread(equal, SENTENCES - len(found))
    return found


def _spread(numbers: tuple[int, ...], most: int) -> tuple[int, ...]:
    if len(numbers) <= most:
        return numbers
    return tuple(numbers[k * len(numbers) // most] for k in range(max(most, 0)))


def _ranked(
    world: World, numbers: Iterable[int], entities: tuple[str, ...], terms: tuple[str, ...] = ()
) -> list[tuple[Candidate, int]]:
    """Questions of the sentences, those first that name the entities and whose construction is plainest."""
    about = {e for entity in entities for e in (entity, *world.members_of(entity))}
    rows = []
    for order, number in enumerate(numbers):
        stored = world.kb.sentence(number)
        for fact in stored.facts:
            for place, candidate in enumerate(candidates(fact, stored, world)):
                words = set(_WORD.findall(candidate.question.lower()))
                named = len(candidate.named & about) + sum(any(w.startswith(t) for w in words) for t in terms)
                if named or about & set(candidate.answer.entities):
                    rows.append((-named, KINDS.index(fact.kind), place, order, candidate.question, candidate, number))
    rows.sort(key=lambda row: row[:5])
    unique: dict[str, tuple[Candidate, int]] = {}
    for row in rows:
        unique.setdefault(row[4], (row[5], row[6]))
    return list(unique.values())


def holds(candidate: Candidate, number: int, world: World, ask: Ask) -> bool:
    """Whether the question is answered from the sentence it was made of, with the argument it asks for, and from the
    whole base, where other sentences may cast doubt on it."""
    answer = ask(candidate.question, number)
    if answer is None or not _answers(answer):
        return False
    wanted = _content(candidate.answer.text)
    return any(wanted & _content(value) for value in answer.values) and _answers(ask(candidate.question, None))


def _content(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) - {"the", "a", "an", "of", "and"}


def _answers(answer: Answer | None) -> bool:
    return answer is not None and answer.status == "answered"
