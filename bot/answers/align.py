"""Terms of the question found in a sentence: by entity, by lemma, through the lexicon, an antecedent, or a heading."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from bot.answers.view import View
from bot.answers.world import StandIn, World
from bot.language.values.calendar import YEAR_DAYS
from bot.language.values.clock import season_days
from bot.questions.query import Term

SHORT = 4  # letters up to which an s at the end is no plural's
SLACK = 3  # words that may stand between those of a name

Where = Literal["sentence", "antecedent", "above"]


class Alignment(Struct, frozen=True):
    """A term met at ``token`` of the sentence (-1 for what stands above it), ``weight`` 0 to 1 how well, and the step
    to show. ``member`` is set where the sentence names a group of which the term is a member, ``denies`` where it has
    the contrary of the term; ``header`` is the column that meets it by its header."""

    token: int
    weight: float
    where: Where
    step: str
    member: bool = False
    denies: bool = False
    header: str = ""


def align(term: Term, view: View, world: World) -> tuple[Alignment, ...]:
    """All places where the sentence or what stands above it meets a term, best first."""
    found = _by_entity(term, view, world) if term.entities else []
    if not found or not term.entities:
        found += _by_words(term, view, world) if term.entities else _by_lemma(term, view, world)
    return tuple(sorted(found, key=lambda a: (-a.weight, a.token)))


def _by_entity(term: Term, view: View, world: World) -> list[Alignment]:
    wanted = set(term.entities)
    groups = {group for entity in term.entities for group in world.groups_of(entity)}
    found = []
    for i, ids in view.entities.items():
        if i != view.spans[i][-1] and not any(view.sentence.tokens[i].head not in view.spans[i] for _ in (0,)):
            continue
        if wanted & set(ids):
            found.append(Alignment(i, 1.0, "sentence", f"{term.text} named"))
        elif groups & set(ids):
            group = sorted(groups & set(ids))[0]
            found.append(
                Alignment(
                    i, 0.95, "sentence", f"{term.text} is one of {world.name_of(group)} (entities.toml)", member=True
                )
            )
    for head, antecedent in view.antecedents.items():
        if antecedent.entity and antecedent.entity in wanted:
            found.append(
                Alignment(head, 0.92, "antecedent", f"“{view.sentence.tokens[head].text}” stands for {antecedent.text}")
            )
        elif antecedent.entity and antecedent.entity in groups:
            found.append(
                Alignment(
                    head,
                    0.88,
                    "antecedent",
                    f"“{view.sentence.tokens[head].text}” stands for {antecedent.text}",
                    member=True,
                )
            )
        elif not antecedent.entity and term.words and set(term.words) <= set(antecedent.lemmas):
            # he, whom the text calls Tavik: father and daughter have that name
            found.append(
                Alignment(head, 0.9, "antecedent", f"“{view.sentence.tokens[head].text}” stands for {antecedent.text}")
            )
    if wanted & view.before_entities:
        found.append(Alignment(-1, 0.72, "above", f"{term.text} named in the sentence before"))
    if wanted & view.above_entities:
        found.append(Alignment(-1, 0.85, "above", f"{term.text} named in the title, heading or lead-in"))
    return found


def _by_words(term: Term, view: View, world: World) -> list[Alignment]:
    """A name that the sentence words differently: all its content words stand there."""
    words = [w for w in term.words if len(w) > 1]
    if not words:
        return []
    spelt = view.kept("names spelt", lambda: _names_spelt(view, world))
    at = [spelt.get(world.spelt(_singular(w)), -1) for w in words]
    if -1 in at:
        return []
    head = next((t.i for t in view.sentence if t.i in at and t.head not in at), at[-1])
    # *the Centre for Ujazdow Art* is not met by *Ujazdow Castle houses the Centre for Contemporary Art*
    together = max(at) - min(at) < len(at) + SLACK
    return [Alignment(head, 0.9 if together else 0.55, "sentence", f"all words of {term.text}")]


def _names_spelt(view: View, world: World) -> dict[str, int]:
    """The first place of each word of a sentence, by its spelling as part of a name."""
    found: dict[str, int] = {}
    for token in view.sentence:
        found.setdefault(world.spelt(_singular(token.lemma.lower())), token.i)
    return found


def _singular(name: str) -> str:
    """*Huguenots* and *Huguenot refugees* name the same people."""
    return name[:-1] if len(name) > SHORT and name.endswith("s") and not name.endswith("ss") else name


def _by_lemma(term: Term, view: View, world: World) -> list[Alignment]:
    found = []
    if term.lemma == "each other":
        text = " ".join(t.text.lower() for t in view.sentence)
        words = next((w for w in ("each other", "one another") if w in text), None)
        return (
            [Alignment(next(t.i for t in view.sentence if t.text.lower() == words.split()[0]), 1.0, "sentence", words)]
            if words
            else []
        )
    stand_ins = world.stand_ins(term.lemma, term.pos)
    written = term.text.lower()
    first = term.lemma[:1]
    for n in _near_words(term, stand_ins, view, world):
        i, lemma, text, pos, named = view.content[n]
        if lemma == term.lemma or text == written:
            found.append(Alignment(i, 1.0, "sentence", term.lemma))
        elif term.value is not None and term.pos == "m":
            if world.same_number(term.text, view.sentence.tokens[i].text):
                found.append(Alignment(i, 1.0, "sentence", f"{term.text} = {view.sentence.tokens[i].text}"))
        elif not named or term.pos == "n":
            other = stand_ins.get((lemma, pos))
            if other is not None:
                found.append(Alignment(i, other.weight, "sentence", other.step, denies=other.denies))
            elif lemma[:1] == first and world.same_word(term.lemma, lemma):
                found.append(Alignment(i, 0.98, "sentence", f"{term.lemma} = {lemma} (spelling)"))
    for head, antecedent in view.antecedents.items():
        if term.lemma in antecedent.lemmas:
            found.append(
                Alignment(head, 0.85, "antecedent", f"“{view.sentence.tokens[head].text}” stands for {antecedent.text}")
            )
    found += _by_season(term, view, world)
    found += _by_column(term, view, world)
    if term.pos == "n" and term.lemma in view.before and "place" in world.types(term.lemma):
        there = next((t for t in view.sentence if t.lemma.lower() == "there" and t.rel == "advmod"), None)
        if there is not None:
            found.append(Alignment(there.i, 0.8, "antecedent", f"“{there.text}” may stand for the {term.text}"))
    if term.pos == "n" and term.lemma in view.before:
        found.append(Alignment(-1, 0.5, "above", f"{term.text} in the sentence before"))
    if term.lemma in view.above:
        found.append(Alignment(-1, 0.8, "above", f"{term.text} in the {view.above[term.lemma]}"))
    return found


def _near_words(term: Term, stand_ins: Mapping[tuple[str, str], StandIn], view: View, world: World) -> list[int]:
    """The places in a view's content of the words that may meet a term."""
    if term.value is not None and term.pos == "m":
        return list(range(len(view.content)))
    words = view.kept("words", lambda: _words_of(view, world))
    found = {*words.spelt.get(world.spelt(term.lemma), ()), *words.forms.get(term.text.lower(), ())}
    for pair in stand_ins.keys() & words.pairs.keys():
        found.update(words.pairs[pair])
    return sorted(found)


class _Words(Struct, frozen=True):
    """A view's words of content by the spelling of their lemma, by form, by lemma and part of speech: their places in
    ``View.content``."""

    spelt: dict[str, list[int]]
    forms: dict[str, list[int]]
    pairs: dict[tuple[str, str], list[int]]


def _words_of(view: View, world: World) -> _Words:
    words = _Words({}, {}, {})
    for n, (_, lemma, form, pos, _) in enumerate(view.content):
        words.spelt.setdefault(world.spelt(lemma), []).append(n)
        words.forms.setdefault(form, []).append(n)
        words.pairs.setdefault((lemma, pos), []).append(n)
    return words


def _by_season(term: Term, view: View, world: World) -> list[Alignment]:
    """*In summer*: *from April to September* holds the whole of it."""
    months = season_days(term.lemma)
    if months is None:
        return []
    found = []
    for value in world.values_of(view.stored.id):
        if value.unit == "monthday" and value.low is not None and value.high is not None:
            low, high = value.low, value.high
            inside = any(low <= months[0] + turn and months[1] + turn <= high for turn in (0, YEAR_DAYS))
            at = next((t.i for t in view.sentence if value.start <= t.start < value.end and t.upos == "PROPN"), -1)
            if inside and at >= 0:
                found.append(Alignment(at, 0.85, "sentence", f"{value.text} holds {term.text}"))
    return found


def _by_column(term: Term, view: View, world: World) -> list[Alignment]:
    """*What does a family pay to join?*: the column *Joining fee*; *each year*: *Annual fee*."""
    found = []
    for header in dict.fromkeys(cell.header for cell in view.stored.passage.cells):
        weight = world.met_by_header(term.lemma, term.pos, header)
        if weight:
            step = f"{term.text} in the column {header}"
            found.append(Alignment(-1, 0.8 * weight, "above", step, header=header.lower()))
    return found
