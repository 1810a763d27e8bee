"""Superlatives and comparisons over the rows of a table: *which room has the most seats*, *which is larger, A or B*."""

from __future__ import annotations

from bot.answers.outcome import Found, NotFound, Outcome
from bot.answers.view import View
from bot.answers.world import World
from bot.documents.model import Cell
from bot.language.lexicon.dimensions import load_dimensions
from bot.language.values import values_in
from bot.questions.query import Query

LOWEST = frozenset(
    {
        "least",
        "fewest",
        "few",
        "little",
        "small",
        "low",
        "short",
        "cheap",
        "young",
        "early",
        "narrow",
        "light",
        "close",
        "less",
        "new",
    }
)
MOST_ROWS = 400


def look_up_extreme(query: Query, world: World) -> Outcome:
    """The row with the highest or lowest value in the column that the question names."""
    degree = next(
        (
            t
            for t in query.sentence
            if "Degree=Sup" in t.feats
            or "Degree=Cmp" in t.feats
            or t.text.lower() in ("most", "least", "fewest", "more", "less", "fewer")
        ),
        None,
    )
    if degree is None:
        return NotFound("no_such_fact", "nothing is compared")
    nouns = [t.lemma for t in query.terms if t.pos == "n" and t.place != "gap" and not t.entities]
    nouns += [noun for noun in sorted(load_dimensions().get(degree.lemma.lower(), ())) if noun not in nouns]
    lowest = degree.lemma.lower() in LOWEST or degree.text.lower() in LOWEST
    choices = [e for t in query.terms for e in t.entities if t.place != "gap"]
    for noun in nouns:
        ranked = _ranked(noun, query, world, choices)
        if len(ranked) >= 2:
            ranked.sort(key=lambda row: (row[0] if lowest else -row[0], row[1].stored.id))
            amount, _, subject, shown, header = ranked[0]
            if ranked[1][0] == amount:
                return NotFound("no_such_fact", f"two rows share the same {noun}")
            sentence = f"{subject}: {header} {shown}, the {'lowest' if lowest else 'highest'} of {len(ranked)} rows."
            return Found(
                (subject,),
                sentence,
                tuple((row[1], None) for row in ranked[:4]),
                0.9,
                query.answer_type,
                (f"compared column {header} of {len(ranked)} rows",),
            )
    return NotFound("no_such_fact", "no table has a column of that name")


def _ranked(noun: str, query: Query, world: World, choices: list[str]) -> list[tuple[float, View, str, str, str]]:
    rows = []
    for number in world.rows():
        view = world.view(number)
        cells = view.stored.passage.cells
        column = next((c for c in cells[1:] if _names(c, noun, world)), None)
        if column is None:
            continue
        text = world.kb.text(view.stored.document)
        shown, subject = text[column.start : column.end].strip(), text[cells[0].start : cells[0].end].strip()
        if (
            choices
            and not set(choices) & {e for ids in view.entities.values() for e in ids}
            and not _all_group(choices, world)
        ):
            continue
        value = next((v for v in values_in(shown) if v.low is not None), None)
        if value is not None and value.low is not None:
            rows.append((value.low, view, subject, shown, column.header))
    documents = {row[1].stored.document for row in rows}
    return rows if len(documents) == 1 else []


def _names(cell: Cell, noun: str, world: World) -> bool:
    words = cell.header.lower().replace("(", " ").split()
    lemmas = {lemma for word in words for lemma, _ in world.lexicon.lemmas_of(word)} | set(words)
    return noun in lemmas


def _all_group(choices: list[str], world: World) -> bool:
    return any(world.members_of(c) for c in choices)
