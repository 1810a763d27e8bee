"""Look-ups that describe: definitions, topics, and sentences that hold given keywords."""

from __future__ import annotations

from bot.answers.align import align
from bot.answers.cover import cover
from bot.answers.outcome import Found, NotFound, Outcome
from bot.answers.retrieve import retrieve
from bot.answers.spans import clause, phrase
from bot.answers.view import CALLING, View
from bot.answers.weights import Weights
from bot.answers.wording import finished, said, substituted
from bot.answers.world import World
from bot.facts.model import Argument, Fact
from bot.language.sentence import Token
from bot.questions.query import Query, Term

# How well a construction defines its subject.
DEFINING = {"alias": 0.95, "copula": 1.0, "apposition": 0.9, "parenthesis": 0.9, "title": 0.85, "naming": 0.95}
TOPIC_LENGTH = 800
TOPIC_SENTENCES = 4
KEYWORD_LENGTH = 300


def look_up_definition(query: Query, world: World, weights: Weights) -> Outcome:
    """What the documents say that something is; where they never define it, the sentence that says most of it."""
    subject = subject_term(query)
    if subject is None:
        return NotFound("no_such_fact", "nothing is named that could be defined")
    best: tuple[float, int, Found] | None = None
    for number in retrieve(query, world):
        view = world.view(number)
        covered = cover(query, view, world)
        if any(term.place != "predicate" for term in covered.missing) or covered.weight < 0.4:
            continue
        for score, text, rule in _definitions(query, subject, view, world):
            found = Found((text,), said(view), ((view, None),), min(0.95, score), "definition", (f"defined by {rule}",))
            if best is None or (-score, number) < (-best[0], best[1]):
                best = (score, number, found)
    if best is not None and best[0] >= 0.5:
        return best[2]
    return NotFound("no_such_fact", f"{subject.text} is not defined", ())


def subject_term(query: Query) -> Term | None:
    """The term that a definition or topic is about: a name first, then the head noun."""
    heads = [t for t in query.terms if t.entities] or [t for t in query.terms if t.pos == "n" and t.place == "argument"]
    return next(iter(heads or [t for t in query.terms if t.pos == "n"] or query.terms), None)


def _narrowed(query: Query, subject: Term, view: View, places: set[int]) -> set[int]:
    """The places where the subject stands with what narrows it in the question: not a red icon for *a yellow icon*."""
    narrowing = [
        t for t in query.terms if t.place == "modifier" and t.argument == subject.argument and t.pos in ("a", "m")
    ]
    kept = set()
    for place in places:
        around = [*view.sentence.children(place), *_before(view, place)] if place >= 0 else []
        words = {w for t in around for w in (t.lemma.lower(), t.text.lower())}
        if all(t.lemma in words or t.text.lower() in words for t in narrowing):
            kept.add(place)
    return kept


def _before(view: View, place: int) -> list[Token]:
    """The articles and adjectives right before a noun, wherever the parse hangs them."""
    first = place
    while first > 0 and view.sentence.tokens[first - 1].upos in ("DET", "ADJ", "NUM"):
        first -= 1
    return list(view.sentence.tokens[first:place])


def _meanings(query: Query, view: View, places: set[int]) -> list[tuple[float, str, str]]:
    """*Error 17 means that the vault is full*: what stands after the verb that was asked with."""
    found = []
    for fact in view.facts:
        subject, said_of_it = fact.argument("subj"), fact.argument("comp", "obj")
        if not query.predicate or fact.predicate != query.predicate or subject is None or said_of_it is None:
            continue
        if subject.head in places and said_of_it.head >= 0:
            found.append((0.96, _first_clause(view, said_of_it), "its meaning"))
        found += [(0.94, text, "its meaning, the verb left out") for text in _gapped_meanings(view, places)]
    return found


def _gapped_meanings(view: View, places: set[int]) -> list[str]:
    """*A yellow icon means that a copy is late, a red icon [that the last copy failed]*."""
    sentence, found = view.sentence, []
    for place in sorted(places):
        following = sentence.tokens[place + 1 : place + 2]
        article = min([place, *(t.i for t in _before(view, place))])
        begun = article > 0 and sentence.tokens[article - 1].text in (",", ";", "and")
        if begun and following and following[0].text.lower() == "that":
            end = next((t.i for t in sentence.tokens[place + 2 :] if t.upos == "PUNCT"), len(sentence))
            found.append(sentence.words(list(range(place + 2, end))))
    return [text for text in found if text]


def _first_clause(view: View, argument: Argument) -> str:
    """A clause without *that*, and without the next subject's own (*a copy is late, a red icon that it failed*)."""
    sentence, tokens = view.sentence, list(clause(view.sentence, argument.head))
    marks = [i for i in tokens if sentence.tokens[i].text.lower() == "that" and sentence.tokens[i].upos == "SCONJ"]
    if marks and marks[0] == tokens[0]:
        tokens, marks = tokens[1:], marks[1:]
    if marks:
        comma = max((i for i in tokens if i < marks[0] and sentence.tokens[i].text == ","), default=-1)
        tokens = [i for i in tokens if i < comma] if comma > tokens[0] else tokens
    return sentence.words(tokens)


def _definitions(query: Query, subject: Term, view: View, world: World) -> list[tuple[float, str, str]]:
    """(score, text, rule) of everything in a sentence that says what the subject is."""
    places = {a.token for a in align(subject, view, world) if a.where != "above" and a.weight >= 0.85}
    places = _narrowed(query, subject, view, places)
    found = _meanings(query, view, places)
    found += [(0.97, text, "parenthesis") for text in _bracketed(view, places)]
    for fact in view.facts:
        if fact.polarity == "negative":
            continue
        for mine, other in _sides(fact):
            if _restricted(mine, view, subject):
                continue  # *the first director* does not say who the director is
            if mine.head in places or (set(mine.tokens) & places and _whole_name(mine, view, places)):
                named = other.head < 0 or fact.kind == "title"  # Orchard Yard Ltd (the Landlord)
                text = other.text if named else _full(view, other, places)
                if text and text.lower() != mine.text.lower():
                    weight = DEFINING.get(fact.kind, 0.6) * (1.0 if mine.role == "subj" else 0.92)
                    found.append((weight, text, fact.kind))
        if fact.kind == "clause" and fact.predicate in ("know", "call", "name", "term", "dub"):
            found += [
                (0.8, _full(view, a, places), "naming")
                for a in fact.arguments
                if a.role == "obj"
                and a.head >= 0
                and a.head not in places
                and any(set(b.tokens) & places for b in fact.arguments if b is not a)
            ]
    subjects = [
        f for f in view.facts if (s := f.argument("subj")) is not None and s.head in places and f.kind == "clause"
    ]
    if subjects and not found:
        found.append(
            (0.55, finished(substituted(view, list(clause(view.sentence, view.sentence.root.i)))), "its own statement")
        )
    return found


def _bracketed(view: View, places: set[int]) -> list[str]:
    """*CIS (Commonwealth of Independent States)*: what stands in brackets right after the name, and the name before its
    bracketed short form."""
    sentence, found = view.sentence, []
    for i in sorted(places):
        if i < 0:
            continue
        span = view.spans.get(i, (i,))
        after = span[-1] + 1
        if after < len(sentence) and sentence.tokens[after].text == "(":
            close = next((t.i for t in sentence.tokens[after:] if t.text == ")"), None)
            inside = list(range(after + 1, close)) if close else []
            if inside and len(inside) <= 12 and sentence.tokens[inside[0]].text[0].isalpha():
                found.append(sentence.words(inside))
    return found


def _restricted(argument: Argument, view: View, subject: Term) -> bool:
    if subject.entities or argument.head < 0 or view.sentence.tokens[argument.head].upos != "NOUN":
        return False
    return any(
        c.upos in ("ADJ", "NOUN", "VERB") and c.lemma.lower() not in subject.text.lower()
        for c in view.sentence.children(argument.head, "amod", "compound")
    )


def _sides(fact: Fact) -> list[tuple[Argument, Argument]]:
    if fact.kind not in DEFINING:
        return []
    first, second = fact.argument("subj"), fact.argument("attr", "obj")
    if first is None or second is None:
        return []
    return [(first, second), (second, first)]


def _whole_name(argument: Argument, view: View, places: set[int]) -> bool:
    return any(
        i in places and set(view.spans.get(i, ())) >= set(argument.tokens) - {argument.head} for i in argument.tokens
    )


def _full(view: View, argument: Argument, places: set[int]) -> str:
    """The whole phrase with its clauses, as a definition wants it, up to some thirty words; without the clause that
    gives it the name that was asked about."""
    tokens = clause(view.sentence, argument.head)
    if len(tokens) > 30:
        tokens = phrase(view.sentence, argument.head)
    cases = {c.i for c in view.sentence.children(argument.head, "case") if c.i < argument.head}
    naming = [c for c in view.sentence.children(argument.head, "acl") if c.lemma.lower() in CALLING]
    named = {i for c in naming if places & set(below := view.sentence.subtree(c.i)) for i in below}
    # mark it [with] pellets, [called rounds]
    return view.sentence.words([i for i in tokens if i not in cases | named]).rstrip(" ,")


def look_up_topic(query: Query, world: World, weights: Weights) -> Outcome:
    """The sentences that say most about something, in document order."""
    subject = subject_term(query)
    if subject is None:
        return NotFound("no_such_fact", "nothing is named")
    ranked = []
    for number in retrieve(query, world):
        view = world.view(number)
        covered = cover(query, view, world)
        places = [a for a in align(subject, view, world) if a.where != "above"]
        if covered.missing or not places:
            continue
        subjects = any(
            (s := f.argument("subj")) is not None and s.head in {a.token for a in places} for f in view.facts
        )
        ranked.append((-(places[0].weight + 0.5 * subjects), number, view))
    ranked.sort(key=lambda row: row[:2])
    chosen: list[tuple[int, View, str]] = []
    length = 0
    for _, number, view in ranked[:TOPIC_SENTENCES]:
        text = said(view)
        if chosen and length + len(text) > TOPIC_LENGTH:
            break
        chosen.append((number, view, text))
        length += len(text)
    if not chosen:
        return NotFound("no_such_fact", f"nothing is said about {subject.text}")
    chosen.sort(key=lambda row: row[0])
    sentence = " ".join(text for _, _, text in chosen)
    return Found(
        tuple(text for _, _, text in chosen),
        sentence,
        tuple((view, None) for _, view, _ in chosen),
        0.9,
        "topic",
        ("sentences that name it",),
        many=True,
    )


def look_up_keywords(query: Query, world: World, weights: Weights) -> Outcome:
    """The sentence that has all the keywords. A statement, or a question of a form that no family knows, is no list of
    keywords: the nearest sentence would not answer it."""
    if len(query.terms) < 2:
        return look_up_topic(query, world, weights)
    if query.intent == "keyword" and query.sentence.child(query.sentence.root.i, "nsubj") is not None:
        return NotFound("no_such_fact", "it has the form of a statement; put it as a question")
    best: tuple[float, int, View] | None = None
    for number in retrieve(query, world):
        view = world.view(number)
        covered = cover(query, view, world)
        if covered.missing:
            continue
        inside = sum(1 for places in covered.alignments.values() if any(a.where == "sentence" for a in places))
        rank = (-(covered.weight + inside / len(query.terms)), number, view)
        if best is None or rank[:2] < best[:2]:
            best = rank
    if best is None:
        return NotFound("no_such_fact", "no sentence has all of these words")
    view = best[2]
    text = said(view, None, KEYWORD_LENGTH)
    return Found((text,), text, ((view, None),), 0.7, "passage", ("all keywords in one sentence",))
