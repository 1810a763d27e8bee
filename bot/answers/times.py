"""What in a sentence says when without being a date: an event, a time in words, the ends of a span."""

from __future__ import annotations

from bot.answers.candidate import Candidate, candidate_of
from bot.answers.spans import clause
from bot.answers.view import View
from bot.answers.world import World

TIME_MARKS = frozenset(
    {"after", "before", "during", "since", "until", "till", "following", "when", "once", "while", "whenever", "if"}
)


def events(view: View, world: World) -> list[Candidate]:
    """*It was rebuilt after the war*: a time given by what happened, unless it gives a date itself."""
    found = []
    dates = [v for v in world.values_of(view.stored.id) if v.kind == "date"]
    for token in view.sentence:
        mark = next((c for c in view.sentence.children(token.i, "mark", "case") if c.text.lower() in TIME_MARKS), None)
        if mark is None and token.rel == "advcl":  # paid out only [when an employee leaves]
            words = view.sentence.children(token.i, "advmod")
            mark = next((c for c in words if c.text.lower() in TIME_MARKS and c.i < token.i), None)
        if mark is None or token.rel not in ("advcl", "obl", "nmod") or token.upos == "NUM":
            continue
        event = candidate_of(view.sentence, token.i, clause(view.sentence, token.i), {"date"})
        if not any(event.start <= v.start < event.end for v in dates):
            found.append(event)
    return found


def times_told(view: View, world: World) -> list[Candidate]:
    """*Active [at dusk and at night]*, *from [the eighth day on]*: a time in words, where the sentence has no date."""
    if any(v.kind in ("date", "time") for v in world.values_of(view.stored.id)):
        return []
    of_deeds = (fact for fact in view.facts if fact.kind in ("clause", "copula"))
    times = {a.head for fact in of_deeds for a in fact.arguments if a.role == "time" and a.head >= 0}
    return [
        candidate_of(view.sentence, i, clause(view.sentence, i), {"date", "time"})
        for i in sorted(times)
        if view.sentence.tokens[i].upos in ("NOUN", "PROPN") and view.sentence.tokens[i].rel in ("obl", "nmod")
    ]


def ends_of_time(view: View) -> list[Candidate]:
    """*Ilse Rademann (1850–1923)*: each end of the time alone."""
    return [
        candidate_of(view.sentence, a.head, a.tokens, {"date"}, value=a.value, argument=a)
        for fact in view.facts
        if fact.kind == "span"
        for a in fact.arguments
        if a.role == "time" and a.head >= 0 and a.tokens
    ]
