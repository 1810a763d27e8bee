"""Why the nearest statement is no answer."""

from __future__ import annotations

from bot.answers.match import Match
from bot.answers.model import ReasonKind
from bot.answers.outcome import NotFound
from bot.questions.query import Query


def unmatched(query: Query, best: Match, trace: tuple[str, ...]) -> NotFound:
    """What the nearest match did not meet: the time asked for, the predicate, or another part of the question."""
    # which boats over 9 m: amounts weigh on the same feature, where no time was asked for
    if query.times and dict(best.features).get("time", 1.0) < 0.2:
        return NotFound("outside_time", "the documents speak of another time", best.missing, best, trace)
    kind: ReasonKind = "unknown_relation" if any(t.place == "predicate" for t in best.missing) else "no_such_fact"
    return NotFound(kind, "no statement meets every part of the question", best.missing, best, trace)
