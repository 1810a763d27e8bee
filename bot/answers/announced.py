"""Lists that a sentence announces: *The museum showed three exhibitions:* and what the bullets below it name."""

from __future__ import annotations

from bot.answers.cover import FactFit, cover, fit_facts
from bot.answers.outcome import Found
from bot.answers.retrieve import retrieve
from bot.answers.unify import role_fit
from bot.answers.view import View
from bot.answers.wording import finished, listed, said
from bot.answers.world import World
from bot.questions.query import Query

FIRST = 8  # sentences looked at
MET, SAID = 0.8, 0.85  # what of the question an announcement must meet
SURE = 0.8
LONGEST = 8  # words of an item
QUOTES = frozenset("\"“”'’‘")


def look_up_announced(query: Query, world: World) -> Found | None:
    """The items of the list whose lead-in says what was asked; None where there is no such list."""
    gap = query.gap
    if gap is None or not gap.noun or gap.counted:
        return None
    for number in retrieve(query, world)[:FIRST]:
        view = world.view(number)
        if not view.sentence.text.rstrip().endswith(":"):
            continue
        covered = cover(query, view, world)
        if any(term.place != "gap" for term in covered.missing):
            continue
        fit = next((f for f in fit_facts(query, view, covered, world) if _announces(query, f, view)), None)
        items = _items(number, view, world) if fit is not None else []
        if fit is not None and items:
            values = tuple(text for text, _, _ in items)
            sentence = finished(f"{said(view).rstrip('.')}: {listed(values)}")
            evidence = ((view, None), *((item, around) for _, item, around in items))
            trace = (fit.predicate.step, *(k.step for k in fit.known), "the items of the list that it announces")
            return Found(values, sentence, evidence, SURE, query.answer_type, trace, many=True)
    return None


def _announces(query: Query, fit: FactFit, view: View) -> bool:
    """Whether a fact says all that was asked, with the noun that was asked for where the answer would stand."""
    gap = query.gap
    assert gap is not None
    if fit.predicate.weight < SAID or fit.fact.polarity == "negative" or any(k.weight < MET for k in fit.known):
        return False
    return any(
        argument.head >= 0
        and view.sentence.tokens[argument.head].lemma.lower() == gap.noun
        and role_fit(gap.role, argument.role, fit.predicate.mapping, query) >= MET
        for argument in fit.fact.arguments
    )


def _items(number: int, lead: View, world: World) -> list[tuple[str, View, tuple[int, int]]]:
    """The first phrase of each bullet below a lead-in, with its view and offsets."""
    found: list[tuple[str, View, tuple[int, int]]] = []
    for below in range(number + 1, world.kb.sentence_count):
        view = world.view(below)
        context = view.stored.context
        if context.kind != "bullet" or context.lead != (lead.stored.sentence.start, lead.stored.sentence.end):
            break
        tokens = _first_phrase(view)
        if tokens:
            words = view.sentence.tokens
            around = words[tokens[0]].start, words[tokens[-1]].end
            found.append((view.sentence.words(list(tokens)).strip("\"“”'"), view, around))
    return found


def _first_phrase(view: View) -> tuple[int, ...]:
    """What a bullet names: its words up to the first mark that parts them, where they are no clause."""
    tokens: list[int] = []
    for token in view.sentence:
        if token.upos == "PUNCT" and token.text not in QUOTES:
            if tokens:
                break
        elif token.upos == "AUX" or (token.upos == "VERB" and "VerbForm=Fin" in token.feats):
            return ()
        else:
            tokens.append(token.i)
    while tokens and view.sentence.tokens[tokens[-1]].text in QUOTES:
        tokens.pop()
    return tuple(tokens) if 0 < len(tokens) <= LONGEST else ()
