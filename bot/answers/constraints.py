"""Constraints that evidence must meet whatever its words: time, polarity, exceptions, restrictive modifiers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.answers.align import Alignment
from bot.answers.candidate import Candidate
from bot.answers.view import View
from bot.answers.world import World
from bot.language.values import compatible, values_in
from bot.language.values.calendar import YEAR_DAYS, day_of_year
from bot.language.values.comparing import compare
from bot.language.values.model import Value
from bot.questions.query import Query

if TYPE_CHECKING:
    from bot.answers.cover import FactFit

OTHER_CELL = 0.01
OTHER_SIDE = 0.005  # *the capital of Ashgabat* is not met by *the capital of Turkmenistan is Ashgabat*
LOOSE = 0.6  # a modifier met elsewhere in the sentence
APART = ("except", "obl:unlike")  # what a fact sets apart from what it says
DESCRIBING = ("amod", "compound")
RESTRICTIVE = (*DESCRIBING, "nummod")


def time_fit(query: Query, view: View, candidate: Candidate | None, world: World) -> float:
    """1 where every time in the question holds for the sentence; near 0 where the sentence gives another time; 0.3
    where it gives none."""
    if not query.times:
        return 1.0
    mine = candidate.value if candidate is not None else None
    column = _column_dates(candidate, view)
    stated = [v for v in world.values_of(view.stored.id) if v.kind in ("date", "time") and v is not mine]
    fit = 1.0
    for asked in query.times:
        if column and asked.kind == "date":
            fit *= 1.0 if any(_holds_at(asked, v) for v in column) else 0.02
            continue
        same = [v for v in stated if v.kind == asked.kind]
        if any(_holds_at(asked, v) for v in same):
            continue
        if _headed(asked, view) and any(_in_its_year(asked, v) for v in same):
            continue
        if _headed(asked, view) and not any(_beside(v, candidate, view) for v in same):
            continue
        if mine is not None and mine.kind == asked.kind:
            # when does it close in May? 25 December is not in May
            fit *= 0.04 if compare(mine, asked) in ("before", "after") else 0.5
        elif asked.text.lower() in view.sentence.text.lower():
            continue
        else:
            fit *= 0.04 if same else 0.15
    return fit


def _column_dates(candidate: Candidate | None, view: View) -> tuple[Value, ...]:
    """The dates of a cell's column: what stands under *Trips 2021* is of 2021."""
    cells = view.stored.passage.cells if candidate is not None else ()
    header = next((c.header for c in cells if candidate is not None and c.start <= candidate.start < c.end), "")
    return tuple(v for v in values_in(header) if v.kind == "date")


def _headed(asked: Value, view: View) -> bool:
    """Whether the title, or a heading above, says that all below is of this time: *Annual Report 2022*."""
    context = view.stored.context
    dated = [v for text in (view.stored.title, *context.section) for v in values_in(text) if v.kind == "date"]
    return bool(dated) and all(_holds_at(asked, v) for v in dated)


def _in_its_year(asked: Value, stated: Value) -> bool:
    """*From 4 January to 16 May* in a report on 2021 holds in the spring of 2021."""
    if stated.unit != "monthday" or asked.unit or asked.low is None or asked.high is None:
        return False
    if stated.low is None or stated.high is None or asked.low < 0 or asked.high - asked.low > YEAR_DAYS:
        return False
    first, last = (day_of_year(int(day)) for day in (asked.low, asked.high))
    return stated.low <= last and stated.high >= first


def _beside(stated: Value, candidate: Candidate | None, view: View) -> bool:
    """Whether a time stands in the clause that holds the candidate, not in one beside it: *women made 44% of the trips,
    [compared with 37% in 2019]*."""
    if candidate is None:
        return True
    sentence = view.sentence
    at = next((t.i for t in sentence if stated.start <= t.start < stated.end), None)
    if at is None:
        return False
    path = (at, *sentence.ancestors(at))
    own = {candidate.head, *sentence.ancestors(candidate.head)}
    below = path[: next((n for n, i in enumerate(path) if i in own), len(path))]
    return not any(sentence.tokens[i].rel in ("advcl", "acl", "parataxis") for i in below)


def _holds_at(asked: Value, stated: Value) -> bool:
    """Whether what is stated of one time holds at the time asked for. *By 2011* is a statement about 2011, not about
    every year before it."""
    if stated.bound == "by" and stated.high is not None and asked.bound != "by":
        low = asked.low if asked.low is not None else stated.high
        return low <= stated.high <= (asked.high if asked.high is not None else stated.high)
    return compatible(asked, stated)


def amount_fit(query: Query, view: View, world: World) -> float:
    """1 where every range in the question (*more than 60 days*) is compatible with an amount of its kind in the
    sentence."""
    fit = 1.0
    for asked in query.amounts:
        same = [v for v in world.values_of(view.stored.id) if v.kind == asked.kind]
        if not any(_same_range(asked, v) for v in same):
            fit *= 0.1
    return fit


def _same_range(asked: Value, stated: Value) -> bool:
    if (asked.low, asked.high) == (stated.low, stated.high):
        return True
    above = asked.low is None or (stated.low is not None and stated.low >= asked.low)
    below = asked.high is None or (stated.high is not None and stated.high <= asked.high)
    return above and below


def negation_fit(query: Query, fit: FactFit | None, candidate: Candidate | None) -> float:
    """1 where question and fact agree in polarity. What an exception leaves out answers negative questions only."""
    if fit is None:
        return 0.8
    negative = (fit.fact.polarity == "negative") != fit.predicate.denies
    for argument in fit.fact.arguments if candidate is not None else ():
        if candidate is not None and argument.role in APART and candidate.head in argument.tokens:
            if argument.role == "except":
                return 1.0 if query.negative != negative else 0.03
            negative = not negative  # unlike the khanates, the dynasty never converted: the khanates did
    if query.negative == negative:
        return 1.0
    return 0.3 if query.exception else 0.05


def modifier_fit(
    query: Query,
    met: Sequence[frozenset[int]],
    candidate: Candidate,
    places: Sequence[frozenset[int]],
    view: View,
    own: frozenset[int],
) -> float:
    """1 where the modifiers of the question's phrases stand in the phrases that met them: *the [Khitan] leader* is not
    met by a leader in a sentence that names Khitans elsewhere. What describes the gap must describe the candidate. met:
    the phrases that met the question's arguments. places: see :func:`placed`. own: see :func:`own_tokens`."""
    fit = 1.0
    row = _row_cells(view, candidate)
    if row and not _row_named(candidate, places):
        fit *= OTHER_CELL
    for term, here in zip(query.terms, places, strict=True):
        if not here:
            continue
        if row and term.entities and not any(s <= view.sentence.tokens[i].start < e for i in here for s, e in row):
            fit *= OTHER_CELL
        if (term.place == "modifier" and met and all(map(here.isdisjoint, met))) or (
            term.place == "gap"
            and query.gap
            and term.lemma != query.gap.noun
            and candidate.nominal
            and here.isdisjoint(own)
        ):
            fit *= LOOSE
    return fit


def placed(query: Query, alignments: Mapping[int, tuple[Alignment, ...]]) -> tuple[frozenset[int], ...]:
    """Where in a sentence each term of a question is met well enough to hold it to."""
    return tuple(
        frozenset(a.token for a in alignments.get(n, ()) if a.token >= 0 and a.weight > 0.5)
        for n in range(len(query.terms))
    )


def _row_named(candidate: Candidate, places: Sequence[frozenset[int]]) -> bool:
    """Whether the question names anything in the row beside the candidate's own cell: of the rows of a table, each has
    something in the column that is asked for."""
    return any(i not in candidate.tokens for at in places for i in at)


def own_tokens(candidate: Candidate, view: View) -> frozenset[int]:
    """The tokens of a candidate, what hangs on it, and what the sentence says is the same."""
    head, tokens = candidate.head, candidate.tokens
    return view.kept(("own tokens", head, tokens), lambda: _own_tokens(head, tokens, view))


def _own_tokens(head: int, tokens: tuple[int, ...], view: View) -> frozenset[int]:
    same = view.same.get(head, frozenset())
    # its [associated] groupings, in particular the Community: what describes the kind describes its example
    kinds = {child.i for i in same for child in view.sentence.children(i, *RESTRICTIVE)}
    return frozenset((*tokens, *view.sentence.subtree(head))) | same | kinds


def _row_cells(view: View, candidate: Candidate) -> tuple[tuple[int, int], ...]:
    """For a cell of a table row, where a name must stand to be what the row is about: its first cell, or the cell
    itself. A row on one country may name another among its neighbours."""
    cells = view.stored.passage.cells
    if not cells or candidate.start < cells[0].end:
        return ()
    mine = [(c.start, c.end) for c in cells if c.start <= candidate.start < c.end]
    return ((cells[0].start, cells[0].end), *mine)


def number_of_extra_modifiers(
    query: Query, alignments: Mapping[int, tuple[Alignment, ...]], view: View, neutral: frozenset[str]
) -> int:
    """Restrictive modifiers that the sentence has and the question has not, on a described role or thing: *the first
    director* and *the deputy director* are not *the director*."""
    if query.predicate:
        return 0
    count = 0
    asked = {t.lemma.lower() for t in query.sentence} | {t.text.lower() for t in query.sentence}
    met = {a.token for places in alignments.values() for a in places}  # his 3rd son: the third
    for n, term in enumerate(query.terms):
        if term.place != "argument" or term.entities or term.pos != "n":
            continue
        place = next((a for a in alignments.get(n, ()) if a.token >= 0 and a.where == "sentence"), None)
        if place is None or view.sentence.tokens[place.token].upos != "NOUN":
            continue
        if any(a.where == "antecedent" for a in alignments.get(n, ())):
            continue  # how long is the bridge? with a length of 412 metres, [it] is the longest stone bridge
        counted = query.gap is not None and query.gap.counted  # how many of the objects: of [214] objects
        for child in view.sentence.children(place.token, *(DESCRIBING if counted else RESTRICTIVE)):
            if child.text.lower() in neutral or child.i in met:
                continue  # the estimated population is the population
            if child.lemma.lower() not in asked and child.text.lower() not in asked and child.i not in view.entities:
                count += 1
    return count
