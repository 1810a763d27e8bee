"""Facts as ``extract`` prints them: subject, relation, object and further arguments, in words of the sentence."""

from __future__ import annotations

from typing import Any

from bot.facts.model import Argument, Fact


def to_openie(fact: Fact) -> dict[str, Any]:
    """A fact as subject, relation, object and further arguments, in words of the sentence.

    RETURNS: ``subject``, ``relation``, ``object`` (strings), ``arguments`` (list of strings), ``confidence``.
    """
    rest = list(fact.arguments)
    subject = next((a for role in ("subj", "obj", "poss", "of", "iobj") for a in rest if a.role == role), None)
    if subject is None and rest:
        subject = rest[0]
    rest = [a for a in rest if a is not subject]
    passive = subject is not None and subject.role != "subj"
    ranked = ("attr", "obj", "comp", "iobj") if not passive else ("attr", "comp", "iobj")
    main = next((a for role in ranked for a in rest if a.role == role), None)
    relation = fact.relation
    if main is None and rest:
        verb = max(fact.predicate_tokens, default=-1)
        after = [a for a in rest if a.head > verb] or rest
        main = after[0]
        relation = f"{relation} {main.preposition}".strip()
    others = [a for a in rest if a is not main]
    return {
        "subject": subject.text if subject else "",
        "relation": relation,
        "object": main.text if main else "",
        "arguments": [_printed(a) for a in others],
        "confidence": fact.confidence,
    }


def _printed(a: Argument) -> str:
    return f"{a.preposition} {a.text}".strip()
