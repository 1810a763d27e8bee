"""Facts as ``extract`` prints them: subject, relation, object and further arguments, in words of the sentence."""

from __future__ import annotations

from typing import Any

from bot.facts import lists
from bot.facts.model import Argument, Fact

SUBJECTS = ("subj", "obj", "poss", "iobj")
OBJECTS = ("attr", "obj", "comp", "iobj")
CLAUSAL = frozenset({"clause", "light_verb", "exception"})


def to_openie(fact: Fact) -> dict[str, Any]:
    """A fact as subject, relation, object and further arguments, in words of the sentence.

    RETURNS: ``subject``, ``relation``, ``object`` (strings), ``arguments`` (list of strings), ``confidence``.
    """
    said = _said(fact)
    agent = _agent(said)
    subject = subject_of(fact)
    rest = [a for a in said if a is not subject]
    passive = subject is not None and subject.role == "obj"
    main = next((a for role in OBJECTS for a in rest if a.role == role), None)
    relation = fact.relation
    if relation == "is of":
        main = next((a for a in rest if a.role == "of"), None)
    if main is None and passive and agent:
        main, relation = agent, f"{relation} by"
    if main is None:
        main = _main_oblique(fact, rest)
        if main is not None:
            relation = f"{relation} {main.preposition}".strip()
    oblique = None
    if main is not None and fact.kind == "copula" and fact.pos == "a":
        after = (a for a in rest if a.role.startswith("obl:") and a is not main and a.head > main.head)
        oblique = next((a for a in after if not _clausal(fact, a)), None)
    if main is not None and oblique is not None:
        # 'Membership is free for residents': the quality belongs to the relation
        relation, main = f"{relation} {main.text} {oblique.preposition}", oblique
        rest = [a for a in rest if a.role != "attr"]
    if main is not None and main.role == "comp" and main.preposition:
        relation = f"{relation} {main.preposition}"
    printed = {i for a in (subject, main) if a is not None for i in a.tokens}
    others = [a for a in rest if a is not main and not _clausal(fact, a)]
    return {
        "subject": subject.text if subject else "",
        "relation": relation,
        "object": main.text if main else "",
        "arguments": [
            f"{a.preposition} {a.text}".strip() for a in others if not (a.tokens and set(a.tokens) <= printed)
        ],
        "confidence": fact.confidence,
    }


def _said(fact: Fact) -> list[Argument]:
    """The arguments that the relation's own words do not print."""
    words = set(fact.predicate_tokens)
    return [a for a in fact.arguments if not (a.tokens and words.issuperset(a.tokens))]


def _agent(said: list[Argument]) -> Argument | None:
    return next((a for a in said if a.role == "subj" and a.preposition == "by"), None)


def subject_of(fact: Fact) -> Argument | None:
    """The argument that a fact is printed as saying something of; None where nobody is said to do it."""
    said = _said(fact)
    agent = _agent(said)
    first: tuple[str, ...] = SUBJECTS
    if fact.kind == "nominal" or fact.relation == "is of":
        first = ("attr",)  # 'assistance | is in | border defense', whoever gives it
    elif agent is not None:
        first = ("obj", "iobj", *SUBJECTS)
    given = fact.argument("iobj")
    before = given in said and bool(fact.predicate_tokens) and given.head < fact.predicate_tokens[0]
    if before and first[0] != "attr" and fact.argument("subj") in (None, agent):
        return given  # 'He | was awarded | the medal'
    found = next((a for role in first for a in said if a.role == role), None) or next(iter(said), None)
    if found is None or found.role in ("subj", "poss", "attr") or fact.kind not in CLAUSAL:
        return found
    # 'Fill in the form', 'closes at 6 p.m.': what an active verb is done to is not what it is said of
    active = any(step.rule in ("object_", "shared_object") and found.head in step.tokens for step in fact.trace)
    return None if active or found.role not in SUBJECTS else found


def says_something(fact: Fact) -> bool:
    """Whether anything is printed beside the subject and the relation."""
    return sum(a.role == "comp" or not _clausal(fact, a) for a in _said(fact)) > 1


def _main_oblique(fact: Fact, rest: list[Argument]) -> Argument | None:
    """The prepositional argument that stands for an object: one that the verb takes, else the first after the verb."""
    verb = fact.predicate.partition(" ")[0]
    after = [a for a in rest if a.head > max(fact.predicate_tokens, default=-1)] or rest
    taken = [a for a in after if a.role.startswith("obl:") and a.preposition in lists.prepositions_of(verb)]
    return next(iter(taken or after), None)


def _clausal(fact: Fact, a: Argument) -> bool:
    """Subordinate clauses are facts of their own, and only conditions are printed with the main one."""
    if a.role.removeprefix("obl:") in lists.words("hypothetical_markers"):
        return False
    return any(step.rule == "adverbial_clause" and a.head in step.tokens for step in fact.trace)
