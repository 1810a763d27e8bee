"""Questions that have answers here: made from stored facts, so that the answer is an argument of the fact, and offered
only once they have been asked and answered from the very sentence they were made of.

A question keeps the words of its sentence. Only an order is changed, a *wh*-word put in, and *did* or *does* added where
English asks for it; a fact that would need more than that gives none.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from bot.answers.engine import answered, best_outcome, with_confidence
from bot.answers.model import Answer
from bot.answers.outcome import Found
from bot.answers.refuse import ambiguous_name
from bot.answers.weights import Weights
from bot.answers.world import World
from bot.facts.model import Argument, Fact
from bot.facts.store.records import StoredSentence
from bot.facts.store.terms import ENTITY
from bot.language.sentence import Token
from bot.questions.understand import NotUnderstood, Understanding, tidy

Ask = Callable[[str], Answer | None]
"""Answers a question on its own, without suggestions; None or a refusal where it has no answer."""

LONGEST, LONGEST_SUBJECT = 90, 6  # characters of a question, words of a subject
SURE = 0.45  # confidence below which a fact makes no question
TRIES = 5  # questions asked of the base for one refusal
SENTENCES = 24  # sentences read for one refusal
PER_ENTITY, ENTITIES = 8, 400  # sentences read for each entity of a starter, entities considered
KINDS = ("copula", "table", "clause", "apposition")  # what makes questions, best first
MODALS = frozenset(("", "can", "must", "will", "shall", "do", "have"))
NAMING = frozenset(("call", "know", "name", "term", "dub", "spell", "title"))
BARE = frozenset(
    "be have do make take get give hold put come go see say want".split()
)  # *What does it have?* asks nothing
KIND_NAMES = frozenset(
    "country city organization company river region".split()
)  # entity types that *which* may stand before
TRANSFERS = frozenset(("with", "to", "from"))  # *share the lake with Peru*: the verb's, wherever the parser hung it
PLACES = frozenset("city country region location lake river mountain place province state town village island".split())
POINTING = frozenset(
    "this that these those here there other another such same former latter following above below both each every any"
    " no none few little many several some most all its their his her our your my it they he she we you i".split()
)
_WORD = re.compile(r"\w+")
_UNFIT = re.compile(r"""[,;:()\[\]"“”?!…/|\n]""")
_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question with the argument that is its answer, and the entities that its words name."""

    question: str
    answer: Argument
    named: frozenset[str] = frozenset()


def questions_from(fact: Fact, stored: StoredSentence, world: World) -> tuple[str, ...]:
    """Questions that the fact answers.

    fact: one of ``stored``'s. RETURNS: questions in their order of use, none for a fact that is negative, hedged, about
    something that only its context names, or that would need other words than its own.
    """
    return tuple(candidate.question for candidate in candidates(fact, stored, world))


def candidates(fact: Fact, stored: StoredSentence, world: World) -> tuple[Candidate, ...]:
    """The same, with the answers."""
    if fact.polarity == "negative" or fact.hedge or fact.modal not in MODALS or fact.confidence < SURE:
        return ()
    if any(a.antecedent is not None for a in fact.arguments):
        return ()
    if fact.kind == "table":
        made: Iterable[Candidate | None] = _of_row(fact, world)
    elif fact.kind in ("copula", "apposition"):
        made = _of_copula(fact, stored, world)
    elif fact.kind == "clause" and fact.pos == "v":
        made = _of_clause(fact, stored, world)
    else:
        made = ()
    found = {c.question: _naming(c, fact) for c in made if c is not None and _fit(c.question)}
    return tuple(found.values())


def _fit(question: str) -> bool:
    return len(question) <= LONGEST and not _UNFIT.search(question[:-1])


def _naming(candidate: Candidate, fact: Fact) -> Candidate:
    asked = candidate.question.lower()
    known = (a for a in fact.arguments if a is not candidate.answer and a.text.lower() in asked)
    return Candidate(candidate.question, candidate.answer, frozenset(e for a in known for e in a.entities))


# Rows


def _of_row(fact: Fact, world: World) -> Iterator[Candidate | None]:
    """*What is the capital of Peru?* from the row *Peru* and the column *Capital*."""
    subject, cell = fact.argument("subj"), fact.argument("attr")
    if subject is None or cell is None or fact.trace[:1] and fact.trace[0].rule == "row_kind":
        return
    if not any(c.isalpha() for c in subject.text) or cell.text.lower() in ("yes", "no", "true", "false"):
        return
    header = _UNIT.sub("", fact.relation).strip()
    if not header or len(header.split()) > 4 or not header.replace(" ", "").replace("-", "").isalpha():
        return
    words = [w if any(c.isupper() for c in w[1:]) or world.gazetteer.named_in(w) else w.lower() for w in header.split()]
    last = words[-1].lower()
    plural = any(pos == "n" and lemma != last for lemma, pos in world.lexicon.lemmas_of(last)) and last.endswith("s")
    who = "Who" if "person" in _types(cell, None, world) else "What"
    yield Candidate(f"{who} {'are' if plural else 'is'} the {' '.join(words)} of {subject.text}?", cell)


# Copulas


def _of_copula(fact: Fact, stored: StoredSentence, world: World) -> Iterator[Candidate | None]:
    """*What is the capital of Peru?*, *Where is the seat of the league?*, *Who was Ada Lovelace?*"""
    subject = fact.argument("subj")
    verb = "is" if fact.kind == "apposition" else fact.relation
    if subject is None or verb not in ("is", "are", "was", "were"):
        return
    if fact.kind == "apposition":
        attribute = fact.argument("attr")
        if attribute is not None:
            yield _described(attribute, subject, verb, (), stored, world)
        return
    cop = stored.sentence.tokens[fact.predicate_tokens[0]] if fact.predicate_tokens else None
    if cop is None or cop.text.lower() != verb:
        return
    times = [a for a in fact.arguments if a.role == "time" and a.preposition]
    attribute = fact.argument("attr")
    if attribute is not None:
        for known, asked in ((subject, attribute), (attribute, subject)):
            yield _described(known, asked, verb, times, stored, world)
        known_text = _said(subject, stored)
        if known_text and subject.entities and attribute.text.lower().startswith(("a ", "an ")):
            who = "Who" if "person" in _types(subject, stored, world) else "What"
            yield Candidate(f"{who} {verb} {known_text}?", attribute)
        return
    place = next((a for a in fact.arguments if _is_place(a, stored, world)), None)
    text = _said(subject, stored)
    if place is not None and text and _anchored([subject], stored):
        yield Candidate(f"Where {verb} {text}?", place)


def _described(
    known: Argument, asked: Argument, verb: str, times: list[Argument] | tuple[()], stored: StoredSentence, world: World
) -> Candidate | None:
    """*The capital of Peru* is known, which one it is is asked; its time goes with it."""
    text = _said(known, stored)
    if not text.startswith("the ") or not _anchored([known], stored) or asked.text.lower().startswith(("a ", "an ")):
        return None
    tokens = stored.sentence.tokens
    if not any(
        tokens[i].text.lower() in ("of", "in", "for", "between") or tokens[i].dep == "nmod:poss" for i in known.tokens
    ):
        return None
    if tokens[known.head].upos != "NOUN" or "Number=Plur" in tokens[known.head].feats and verb in ("is", "was"):
        return None
    who = "Who" if "person" in _types(asked, stored, world) and asked.value is None else "What"
    when = [_phrase(t, stored) for t in times if not set(t.tokens) & set(known.tokens)]
    if not all(when):
        return None
    return Candidate(" ".join((who, verb, text, *when)) + "?", asked)


# Clauses


def _of_clause(fact: Fact, stored: StoredSentence, world: World) -> Iterator[Candidate | None]:
    """*Who founded the league?*, *When was the league founded?*, *What did the league sign?*, *How many members does it have?*"""
    sentence = stored.sentence
    verbs = [sentence.tokens[i] for i in fact.predicate_tokens]
    group = [t for t in verbs if t.text.lower() != "also"]
    if not group or fact.relation.lower() != " ".join(t.text.lower() for t in verbs) or not _finite(group):
        return
    if any(a.role in ("comp", "except") or a.head < 0 for a in fact.arguments):
        return
    passive = any(t.dep == "aux:pass" for t in group)
    core = ("obj",) if passive else ("subj",)
    subject = next((a for a in fact.arguments if a.role in core and not a.preposition), None)
    if subject is None or subject.head >= group[0].i:
        return
    after = [a for a in fact.arguments if a is not subject and a.head > group[-1].i]
    after = [a for a in after if a.role != "attr" or not a.preposition]
    before = [a for a in fact.arguments if a is not subject and a not in after and a.role != "time"]
    if before and any(a.role in ("obj", "iobj", "attr") for a in before):
        return
    if not _in_order(group[-1].i, after, stored):
        return
    after.sort(key=lambda a: a.head)
    name = _said(subject, stored)
    words = " ".join(t.text for t in group)
    yield from _how_many(subject, after, words, stored)
    yield _who_does(subject, after, words, group, fact.predicate, stored, world)
    if not name or len(name.split()) > LONGEST_SUBJECT or not _anchored([subject], stored):
        return
    start, rest = _inverted(group, name, world)
    if start:
        yield from _what_and_when(fact, after, (f"{start} {name} {rest}", passive), group, stored, world)


def _what_and_when(
    fact: Fact,
    after: list[Argument],
    clause: tuple[str, bool],
    group: list[Token],
    stored: StoredSentence,
    world: World,
) -> Iterator[Candidate | None]:
    """The object, the time or the place is asked for."""
    words, passive = clause
    objects = [a for a in after if a.role in ("obj", "iobj", "attr")]
    inside = {i for a in objects for i in stored.sentence.subtree(a.head)}
    obliques = [a for a in after if a.role.startswith("obl") and not _is_place(a, stored, world)]
    others = [a for a in obliques if a.entities and (a.head not in inside or a.preposition.lower() in TRANSFERS)][:1]
    asked = objects[0] if len(objects) == 1 and objects[0].role == "obj" and not passive else None
    if asked is not None:
        counted = _counted(asked, stored)
        if counted is not None:
            yield Candidate(f"How many {counted} {words}?", asked)
        elif fact.predicate not in BARE and all(t.upos in ("VERB", "AUX", "ADP") for t in group):
            wh = _wh(asked, stored, world)
            yield _joined(f"{wh} {words}", others, asked, stored) if wh else None
    if obliques and not objects and not others:
        return  # *When did it consist?* lacks what the verb takes
    times = [
        a
        for a in fact.arguments
        if a.role == "time" and a.value is not None and a.value.kind == "date" and not a.value.bound
    ]
    places = [a for a in after if _is_place(a, stored, world) and a.head not in inside]
    for found, wh in ((times[:1], "When"), (places[:1], "Where")):
        for argument in found:
            yield _joined(f"{wh} {words}", [*objects, *others], argument, stored)


def _in_order(end: int, arguments: list[Argument], stored: StoredSentence) -> bool:
    """Whether the arguments follow the verb and each other with nothing between, each behind its own preposition; a
    conjunct stands where its first one does."""
    sentence = stored.sentence
    tops = set()
    for argument in arguments:
        top = argument.head
        while sentence.tokens[top].rel == "conj" and sentence.tokens[top].head > end:
            top = sentence.tokens[top].head
        tops.add((top, argument.preposition.lower()))
    for top, preposition in sorted(tops):
        below = sentence.subtree(top)
        first = sentence.tokens[below[0]]
        if below[0] > end + 1 or (
            first.text.lower() != preposition.partition(" ")[0] if preposition else first.upos == "ADP"
        ):
            return False
        end = max(end, below[-1])
    return True


def _who_does(
    subject: Argument,
    after: list[Argument],
    words: str,
    group: list[Token],
    predicate: str,
    stored: StoredSentence,
    world: World,
) -> Candidate | None:
    """The subject is asked for: the verb group stands as it is, so it must not be a plural."""
    head = stored.sentence.tokens[subject.head]
    if (
        "Tense=Pres" in group[0].feats
        and "Number=Sing" not in group[0].feats
        or group[0].text.lower() in ("are", "were", "have", "am", "do")
    ):
        return None
    if predicate in NAMING or subject.value is not None or not subject.entities and head.upos != "PROPN":
        return None
    wh = _wh(subject, stored, world)
    kept = [a for a in after if a.role in ("obj", "iobj", "attr")] + [a for a in after if a.role.startswith("obl")][:2]
    kept.sort(key=lambda a: a.head)
    return _joined(f"{wh} {words}", kept, subject, stored) if wh and kept and _anchored(kept, stored) else None


def _wh(argument: Argument, stored: StoredSentence, world: World) -> str:
    """*Who*, *What* or *Which country*; empty for a group of named ones."""
    if any(world.members_of(e) for e in argument.entities):
        return ""
    if argument.value is None and "person" in _types(argument, stored, world):
        return "Who"
    kinds = {world.type_of(e) for e in argument.entities}
    kind = kinds.pop() if len(kinds) == 1 else ""
    return f"Which {kind}" if kind in KIND_NAMES else "What"


def _how_many(
    subject: Argument, after: list[Argument], words: str, stored: StoredSentence
) -> Iterator[Candidate | None]:
    counted = _counted(subject, stored)
    if counted is not None and after and _anchored(after, stored):
        yield _joined(f"How many {counted} {words}", after[:2], subject, stored)


def _counted(argument: Argument, stored: StoredSentence) -> str | None:
    """*members* of *12 members*: a figure and a plural noun, nothing else."""
    tokens = [stored.sentence.tokens[i] for i in argument.tokens]
    if (
        len(tokens) < 2
        or any(t.upos != "NUM" for t in tokens[:-1])
        or tokens[-1].upos != "NOUN"
        or not tokens[-1].text.isalpha()
    ):
        return None
    return tokens[-1].text if "Number=Plur" in tokens[-1].feats else None


def _inverted(group: list[Token], name: str, world: World) -> tuple[str, str]:
    """The verb group with its subject to go between: *was*, *founded*; *did*, *sign*. Empty where it cannot be inverted."""
    first, rest = group[0], " ".join(t.text for t in group[1:])
    if first.upos == "AUX" and len(group) > 1:
        return first.text.lower(), rest
    if first.upos != "VERB" or "VerbForm=Fin" not in first.feats:
        return "", ""
    lemma = first.lemma.lower()
    if (lemma, "v") not in set(world.lexicon.lemmas_of(first.text.lower())) or any(
        t.upos in ("VERB", "AUX") for t in group[1:]
    ):
        return "", ""
    if "Tense=Past" in first.feats:
        start = "did"
    elif first.text.lower() != lemma:
        start = "does"
    else:
        start = "do"
    return start, f"{lemma} {rest}".strip()


def _finite(group: list[Token]) -> bool:
    return "VerbForm=Fin" in group[0].feats and group[0].upos in ("VERB", "AUX")


def _joined(start: str, arguments: list[Argument], answer: Argument, stored: StoredSentence) -> Candidate | None:
    parts = [_phrase(a, stored) for a in sorted(arguments, key=lambda a: a.head)]
    return Candidate(" ".join((start, *parts)) + "?", answer) if all(parts) else None


# Phrases


def _phrase(argument: Argument, stored: StoredSentence) -> str:
    text = _said(argument, stored)
    return f"{argument.preposition.lower()} {text}".strip() if text else ""


def _said(argument: Argument, stored: StoredSentence) -> str:
    """The argument as it stands, small at the start of its sentence; empty where it leans on its context."""
    sentence = stored.sentence
    tokens = [sentence.tokens[i] for i in argument.tokens]
    if not tokens or tokens[-1].i - tokens[0].i + 1 != len(tokens) or argument.quantifier:
        return ""
    if any(
        t.upos == "PRON" or t.text.lower() in POINTING or t.upos == "PUNCT" and t.text not in "-–.'’" for t in tokens
    ):
        return ""
    text = " ".join(sentence.words(list(argument.tokens)).split())
    named = (
        tokens[0].upos == "PROPN"
        or any(c.isupper() for c in tokens[0].text[1:])
        or argument.entities
        and tokens[0].upos != "DET"
    )
    return text if named else text[:1].lower() + text[1:]


def _anchored(arguments: Iterable[Argument], stored: StoredSentence) -> bool:
    """Whether something in them has a name, so that the question stands alone."""
    return any(a.entities or any(stored.sentence.tokens[i].upos == "PROPN" for i in a.tokens) for a in arguments)


def _types(argument: Argument, stored: StoredSentence | None, world: World) -> frozenset[str]:
    if argument.entities:
        return frozenset(world.type_of(e) for e in argument.entities)
    if argument.head < 0 or stored is None:
        return frozenset(world.type_of(e) for e in world.gazetteer.named_in(argument.text))
    token = stored.sentence.tokens[argument.head]
    if token.upos == "PROPN":
        return frozenset(("person",)) if token.ent == "PERSON" else frozenset()
    return world.types(token.lemma.lower())


def _is_place(argument: Argument, stored: StoredSentence, world: World) -> bool:
    if argument.preposition.lower() not in ("in", "at", "near", "on") or not argument.entities:
        return False
    return bool(_types(argument, stored, world) & PLACES)


# Choosing


def plain_asker(understanding: Understanding, world: World, weights: Weights, least: float | None = None) -> Ask:
    """A question answered as ``Bot.ask`` answers it, less the wording of refusals, which would suggest in their turn."""

    def ask(text: str) -> Answer | None:
        query = understanding.understand(tidy(text))
        if isinstance(query, NotUnderstood) or query.lookup == "help" or understanding.intents[query.intent].compare:
            return None
        outcome = best_outcome(query, world, weights)
        if not isinstance(outcome, Found) or ambiguous_name(query, world, outcome.evidence) is not None:
            return None
        answer = with_confidence(answered(query, outcome, world), least)
        return answer if answer.status == "answered" else None

    return ask


@dataclass
class Suggester:
    """Suggestions for one base; what was asked once is kept. The same base and the same names give the same questions."""

    world: World
    ask: Ask
    _asked: dict[str, Answer | None] = field(default_factory=dict, repr=False)
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

    def answer(self, question: str) -> Answer | None:
        """The answer to a question, None for none; found once."""
        if question not in self._asked:
            self._asked[question] = self.ask(question)
        return self._asked[question]


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
    RETURNS: at most ``limit`` questions made from facts, each answered from its own sentence; *Tell me about …* for
    what is left, if that is answered.
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
    topics = [f"Tell me about {world.name_of(e)}" for e in entities if world.kb.frequency(ENTITY + e)]
    topics += [f"Tell me about {term}" for term in terms if world.kb.frequency(term)]
    for topic in dict.fromkeys(topics[:limit]):
        if len(found) < limit and _answers(ask(topic)):
            found.append(topic)
    return tuple(found)


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
        if len(found) < limit and _answers(ask(topic := f"Tell me about {world.name_of(entity)}")):
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
    """Whether the question is answered from the sentence it was made of, with the argument it asks for; or with just that
    argument from another sentence that says the same."""
    answer = ask(candidate.question)
    if answer is None or not _answers(answer):
        return False
    stored = world.kb.sentence(number)
    cited = any(
        c.document == stored.document and c.start < stored.sentence.end and c.end > stored.sentence.start
        for c in answer.citations
    )
    wanted = _content(candidate.answer.text)
    given = [_content(value) for value in answer.values]
    return bool(wanted) and (wanted in given or cited and any(wanted & words for words in given))


def _content(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) - {"the", "a", "an", "of", "and"}


def _answers(answer: Answer | None) -> bool:
    return answer is not None and answer.status == "answered"
