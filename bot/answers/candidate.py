"""A phrase that could be the answer, and how near it stands to what the question names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.answers.align import Alignment
from bot.answers.view import View
from bot.facts.model import Argument
from bot.language.lexicon.dimensions import load_dimensions, load_units
from bot.language.sentence import Sentence
from bot.language.values.model import Value
from bot.questions.query import Query

COMMA = 4.0
BESIDE = 6  # characters within which a figure stands beside a value: *37% in 2019*
FIGURE = 4.0  # how much more a figure or year of the question tells values apart than a word does
REACH = 18.0

Named = tuple[float, list[int]]


class Candidate(Struct, frozen=True):
    """A phrase that could be the answer. ``tokens`` are its indices (empty for a cell that was not parsed), ``text`` as
    written, ``start`` and ``end`` its offsets in the stored text. ``kind_word`` is a column's or first column's header
    where the phrase is a table cell: the noun that says what it is."""

    head: int
    tokens: tuple[int, ...]
    text: str
    start: int
    end: int
    types: frozenset[str]
    nominal: bool = True
    value: Value | None = None
    argument: Argument | None = None
    kind_word: str = ""

    def nearness(
        self,
        query: Query,
        view: View,
        alignments: dict[int, tuple[Alignment, ...]],
        named: Sequence[Named],
        shared: frozenset[int] = frozenset(),
        values: tuple[Value, ...] = (),
    ) -> float:
        """1 beside the words that the question names, less the farther; a comma or semicolon in between counts as four
        words, because clauses of a list pair their own (*lent for four weeks, films and games for one week*). Words
        that all values share (``shared``: the predicate and its subject) do not tell them apart. named: see
        :func:`named_by`."""
        paired = self._paired(query, view, alignments, values)
        return paired * self._near(query, view, alignments, named, shared, values)

    def _paired(
        self, query: Query, view: View, alignments: dict[int, tuple[Alignment, ...]], values: tuple[Value, ...]
    ) -> float:
        """Of several values of a kind, each figure of the question belongs to the nearest: *212 in 2021 to 143 in
        2022*."""
        if self.value is None or not self.tokens:
            return 1.0
        fit = 1.0
        for n, term in enumerate(query.terms):
            for place in alignments.get(n, ())[:1]:
                figure = view.sentence.tokens[place.token].start if place.token >= 0 else -1
                day = self.value.kind == "time" and _is_day(figure, values)
                if not (term.value is not None or term.text[:1].isdigit() or day):
                    continue
                rivals = [v for v in values if _of_a_kind(v, self.value) and not v.start <= figure < v.end]
                if figure < 0 or len(rivals) < 2:
                    continue
                nearest = self._counterpart(figure, len(term.text), rivals, values)
                if nearest is not None and not (nearest.start < self.end and self.start < nearest.end):
                    fit *= 0.04
        return fit

    def _counterpart(self, figure: int, length: int, rivals: list[Value], values: tuple[Value, ...]) -> Value | None:
        """The rival that a figure goes with: the nearest, or, where the two sorts take turns (*$45 for one computer and
        $120 for up to five*), the one of the same place. figure: where it begins."""
        assert self.value is not None
        if len({v.kind for v in rivals}) > 1:  # twelve stations will be built in 2023, eight of them in the north
            rivals = [v for v in rivals if v.start < figure]
        if not rivals:
            return None
        if min(_apart(v, figure, length) for v in rivals) <= BESIDE:
            # *to 143 in 2022*: a date follows its figure, a figure stands before its date
            after = self.value.kind == "date"
            return min(rivals, key=lambda v: (_apart(v, figure, length), (v.start > figure) != after, v.start))
        others = [v for v in values if not _of_a_kind(v, self.value)]
        at = next((n for n, v in enumerate(others) if v.start <= figure < v.end), -1)
        turns = [v in rivals for v in sorted((*rivals, *others), key=lambda v: v.start)]
        return rivals[at] if at >= 0 and turns == [True, False] * len(rivals) else None

    def _near(
        self,
        query: Query,
        view: View,
        alignments: dict[int, tuple[Alignment, ...]],
        named: Sequence[Named],
        shared: frozenset[int],
        values: tuple[Value, ...],
    ) -> float:
        measured = query.gap.measured if query.gap else ""
        if (
            query.gap
            and query.gap.bound
            and self.value is not None
            and self.tokens
            and not self._bound_by(query.gap.bound, view)
        ):
            return 0.1
        if measured and self.value is not None and self.tokens:
            share = self._share_of(measured, view) or self._compared(measured, view, values)
            part = 1.0 if share else self._part(query, view, alignments)
            return part if part is not None else 1.0 if self._measures(measured, view) else 0.15
        if query.gap and query.gap.dimension and self.value is not None and self.value.kind in ("quantity", "number"):
            return self._of_dimension(query.gap.dimension, view)
        if self.kind_word and not self._in_column(query, view, alignments):
            return 0.02
        far = total = 0.0
        for weight, places in named if self.tokens else ():
            tokens = [i for i in places if i not in shared] if shared else places
            if tokens:
                far += weight * min([_distance(view, self.head, i) for i in tokens])
                total += weight
        return REACH / (REACH + far / total) if total else 0.7

    def _part(self, query: Query, view: View, alignments: dict[int, tuple[Alignment, ...]]) -> float | None:
        """*How many of the objects were purchases?*, *214 objects: 190 gifts and 24 purchases*: 1 for the number of
        what was asked for, near 0 for another's; None where no number stands with it."""
        for n, term in enumerate(query.terms):
            if term.place == "gap" or term.pos != "n" or (query.gap is not None and term.lemma == query.gap.measured):
                continue
            for place in alignments.get(n, ())[:1]:
                if place.token in self.tokens:
                    return 1.0
                if place.token >= 0 and view.sentence.child(place.token, "nummod") is not None:
                    return 0.05
        return None

    def _share_of(self, noun: str, view: View) -> bool:
        """*600 labourers were employed, and [31] of them died*; *3,100 bicycles, of which [900] were electric*: whether
        the number is a share of things of that noun named before it."""
        sentence = view.sentence
        inside = [t for t in sentence.children(self.head, "nmod") if t.i > self.head]
        ahead = [sentence.tokens[i] for i in range(max(0, self.tokens[0] - 2), self.tokens[0])]
        for word in (*inside, *ahead):
            if word.upos == "PRON" and any(case.lemma.lower() == "of" for case in sentence.children(word.i, "case")):
                meant = view.antecedents.get(word.i)
                before = any(t.lemma.lower() == noun for t in sentence.tokens[: word.i])
                return before or (meant is not None and noun in meant.lemmas)
        return False

    def _compared(self, noun: str, view: View, values: tuple[Value, ...]) -> bool:
        """*44% of the trips, compared with [37%] in 2019*: an amount with a date of its own, after one of its kind that
        measures the noun."""
        assert self.value is not None
        dated = any(v.kind == "date" and 0 < v.start - self.end <= BESIDE for v in values)
        before = [v for v in values if v.kind == self.value.kind and v.end <= self.start]
        for value in before if dated else ():
            tokens = tuple(t.i for t in view.sentence if value.start <= t.start and t.end <= value.end)
            if tokens and replace(self, head=tokens[-1], tokens=tokens, value=value)._measures(noun, view):
                return True
        return False

    def _of_dimension(self, adjective: str, view: View) -> float:
        """*412 metres long* and *a length of 412 metres* answer *how long*; *13.5 metres wide* does not. *A
        territory of 15 square kilometres* answers *how large*: some units measure one thing only."""
        if self.value is not None and self.value.unit in load_units().get(adjective, ()):
            return 1.0
        words = {adjective, *load_dimensions().get(adjective, ())}
        found = [t.i for t in view.sentence if t.lemma.lower() in words]
        if not found:
            return 0.02
        return 1.0 if min(_distance(view, self.head, i) for i in found) <= 4 else 0.05

    def _in_column(self, query: Query, view: View, alignments: dict[int, tuple[Alignment, ...]]) -> bool:
        """Whether a cell stands in the column that the question names: not the annual fee for the joining fee."""
        cells = view.stored.passage.cells
        mine = next((c.header.lower() for c in cells if c.start <= self.start < c.end), "")
        for n, term in enumerate(query.terms):
            # the University [district]: the first column says what the rows are of
            named = {a.header for a in alignments.get(n, ()) if a.header} - {cells[0].header.lower()}
            inside = any(a.token >= 0 and a.token in self.tokens for a in alignments.get(n, ()))
            if named and mine not in named and not term.entities and not inside and self.start != cells[0].start:
                return False
        return True

    def _bound_by(self, preposition: str, view: View) -> bool:
        """Whether the value stands under the preposition that was asked with (*until when*: *until 5 p.m.*)."""
        first = self.tokens[0]
        words = [t.text.lower() for t in view.sentence.tokens[max(0, first - 1) : self.tokens[-1] + 1]]
        return preposition in words or words[-2:-1] == ["to"]

    def _measures(self, noun: str, view: View) -> bool:
        """Whether the amount is of what is asked about: *85% of its fuel*."""
        sentence = view.sentence
        token = sentence.tokens[self.head]
        # 40% of the material and [85%] of its fuel: what it is coordinated with is not what it measures
        governor = {token.head} if token.rel != "conj" else set()
        near = {i for i in sentence.subtree(self.head) if i > self.head} | governor
        last = self.tokens[-1]
        end = next((t.i for t in sentence.tokens[last + 1 :] if t.upos == "NUM" or t.text in (",", ";")), len(sentence))
        return any(sentence.tokens[i].lemma.lower() == noun for i in near if i < end)


def named_by(query: Query, alignments: Mapping[int, tuple[Alignment, ...]]) -> list[Named]:
    """What the question names beside the gap: what it counts, and where it stands in a sentence."""
    found: list[Named] = []
    for n, term in enumerate(query.terms):
        if term.place != "gap":
            weight = FIGURE if term.value is not None or term.text[:1].isdigit() else 1.0
            places = alignments.get(n, ())
            found.append(
                (weight, [a.token for a in places if a.token >= 0 and a.weight > 0.5 and a.where == "sentence"])
            )
    return found


def candidate_of(
    sentence: Sentence,
    head: int,
    tokens: tuple[int, ...],
    types: Iterable[str],
    *,
    nominal: bool = False,
    value: Value | None = None,
    argument: Argument | None = None,
) -> Candidate:
    """The candidate that some tokens of a sentence are, worded as they stand there."""
    start, end = sentence.tokens[tokens[0]].start, sentence.tokens[tokens[-1]].end
    text = sentence.words(list(tokens))
    return Candidate(head, tokens, text, start, end, frozenset(types), nominal, value, argument)


def _is_day(at: int, values: tuple[Value, ...]) -> bool:
    """Whether a word is one of a day or season, which goes with an hour: *at 9 on weekdays and at 11 at weekends*."""
    days = (v for v in values if names_days(v) or (v.kind == "date" and v.unit == "monthday"))
    return any(v.start <= at < v.end for v in days)


def names_days(value: Value) -> bool:
    """*Mondays*, *weekdays*, *in winter*: a time that is no hour."""
    return value.kind == "time" and value.low is None and value.high is None


def _of_a_kind(a: Value, b: Value) -> bool:
    """Whether two values may be paired with figures alike: *48,200 visitors in 2021 and 31,500 in 2020* are counts."""
    counts = ("quantity", "number")
    if a.kind == b.kind == "time":
        return names_days(a) == names_days(b)
    return a.kind == b.kind or (a.kind in counts and b.kind in counts)


def _apart(value: Value, figure: int, length: int) -> int:
    """Characters between a value and a figure."""
    return max(value.start - figure - length, figure - value.end, 0)


def _distance(view: View, a: int, b: int) -> float:
    low, high = (a, b) if a < b else (b, a)
    return (high - low) + COMMA * (view.pauses[high] - view.pauses[low + 1] if high > low else 0)
