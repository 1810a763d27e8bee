"""Answers that another statement denies: every value is given with its place and time, none is picked in silence."""

from __future__ import annotations

from msgspec.structs import replace

from bot.answers.outcome import Found
from bot.answers.world import World
from bot.facts.store.records import StoredConflict, StoredFact
from bot.questions.query import Query

LONGEST = 318
YES_NO = "yes/no"


def with_conflicts(found: Found, query: Query, world: World) -> Found:
    """The answer with what contradicts it: further values, their evidence, and a sentence that names all of them.

    found: what was looked up; lists and answers that no fact denies come back as they are. query: what was asked.
    """
    if found.many or len(found.values) != 1 or not found.evidence:
        return found
    number = found.evidence[0][0].stored.id
    about = [c for c in world.kb.conflicts_of(number) if _asked(c, number, found, query)]
    if not about:
        return found
    mine = _sides(about[0], number)[0][0]
    sides = [(found.values[0], mine)]
    for conflict in about:
        (_, _), (other, value) = _sides(conflict, number)
        said = _opposite(found.values[0]) if conflict.kind == "polarity" else value
        if all(stored.sentence != other.sentence for _, stored in sides):
            sides.append((said, other))
    evidence = tuple((world.view(stored.sentence), None) for _, stored in sides[1:])
    # no side is preferred: they stand in the order of the documents, whichever was found first
    sides.sort(key=lambda side: side[1].sentence)
    values = tuple(dict.fromkeys(value for value, _ in sides))
    return replace(
        found,
        values=values,
        sentence=_worded(sides, world),
        evidence=found.evidence + evidence,
        trace=(*found.trace, *(f"contradicted: {conflict.detail}" for conflict in about)),
    )


def _sides(conflict: StoredConflict, number: int) -> tuple[tuple[StoredFact, str], tuple[StoredFact, str]]:
    """The fact of the sentence and the one against it, each with its value."""
    one, two = (conflict.first, conflict.first_value), (conflict.second, conflict.second_value)
    return (one, two) if one[0].sentence == number else (two, one)


def _asked(conflict: StoredConflict, number: int, found: Found, query: Query) -> bool:
    """Whether a conflict is about what was asked: its value is the answer; its statement is the yes/no question's."""
    (stored, value), _ = _sides(conflict, number)
    if found.answer_type != YES_NO:
        asked, mine = _plain(found.values[0]), _plain(value)
        return conflict.kind != "polarity" and (asked in mine or mine in asked)
    if conflict.kind != "polarity":
        return False
    lemmas = {token.lemma.lower() for token in query.sentence} | {token.text.lower() for token in query.sentence}
    fact = stored.fact
    names = [word for a in fact.arguments for word in a.text.split() if word[:1].isupper() and a.head != 0]
    known = {word.strip(".,?!’'") for word in query.text.lower().split()}
    return fact.predicate.split(" ", 1)[0] in lemmas and all(
        word.lower() in known for word in names if word.lower() not in ("the", "a", "all", "no", "it")
    )


def _plain(text: str) -> str:
    return f" {' '.join(text.casefold().removeprefix('the ').split())} "


def _opposite(answer: str) -> str:
    return "no" if answer == "yes" else "yes"


def _worded(sides: list[tuple[str, StoredFact]], world: World) -> str:
    """*The documents disagree: 48,000 (a.md, 1990); 61,000 (b.md).* Sections are left out where they make it long."""
    for sections in (True, False):
        parts = [f"{value} ({_where(value, stored, world, sections)})" for value, stored in sides]
        text = f"The documents disagree: {'; '.join(parts)}."
        if len(text) <= LONGEST:
            return text
    return f"The documents disagree: {'; '.join(value for value, _ in sides)}."[:LONGEST]


def _where(value: str, stored: StoredFact, world: World, sections: bool) -> str:
    """The document of a fact, its section, and the time that the fact gives beside its value."""
    sentence = world.kb.sentence(stored.sentence)
    times = [a.text for a in stored.fact.arguments if a.role == "time" and a.text not in value]
    return ", ".join((sentence.document, *(sentence.context.section[-1:] if sections else ()), *times))
