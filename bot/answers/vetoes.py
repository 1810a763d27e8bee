"""What in a sentence is no answer however well it fits: what the question says itself, a clause where a noun is asked
for, the period that was asked about.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.candidate import Candidate
from bot.answers.cover import Cover, FactFit
from bot.answers.predicates import OTHERWISE
from bot.answers.spans import conjuncts
from bot.answers.types import PLACES
from bot.answers.unify import PLACE_ROLES
from bot.answers.view import View
from bot.answers.world import World
from bot.facts.model import Fact
from bot.language.sentence import Token
from bot.language.values.comparing import compare
from bot.questions.query import Query

# Adjectives that add nothing to a noun that the question has already.
EMPTY = frozenset({"other", "various", "different", "several", "many", "such", "certain", "some", "further", "more"})
CLAUSAL = frozenset({"date", "definition"})  # what a clause may be that is no answer where a noun is asked for
MET = 0.6  # how well a fact must have all that the question names, to say just what is asked
DATED = 0.9  # how well a span of time must say what was asked for its ends to stand for it


def possible(
    candidates: Sequence[Candidate],
    query: Query,
    asked: frozenset[str],
    covered: Cover,
    fits: Sequence[FactFit],
    view: View,
    world: World,
) -> list[Candidate]:
    """The candidates that may answer. asked: the words of the question. fits: how each fact meets it."""
    gap = query.gap
    assert gap is not None
    named, met = _named_by(query, covered, view), _met_by(query, covered)
    found = [c for c in candidates if c.head not in named and not (c.nominal and c.head in met)]
    found = [c for c in found if not _says_nothing_new(c, asked, view) and not _is_asked_adverb(c, query, view)]
    gone = _held_by(fits, said=False) - _held_by(fits, said=True)  # where is the lens? not in Paris, where it was made
    found = [c for c in found if c.head not in gone]
    if gap.role == "place" and not query.predicate:
        nowhere = {i for fit in fits for i in _no_place(fit.fact)}
        found = [c for c in found if c.head not in nowhere]
    has = {a.token for places in covered.alignments.values() for a in places}
    if gap.role == "attr" and not query.predicate:
        has -= _told_what(view)
    found = [c for c in found if not _is_alias(c, has, view)]
    if gap.noun and not gap.counted:
        # in what year? not after the war; what alternative was developed? not to explore alternatives
        found = [c for c in found if c.nominal or c.value is not None or not c.types <= CLAUSAL]
    priced = query.predicate in world.lexicon.words.sets["pricing"] or (gap.role == "money" and not query.predicate)
    if priced and any(_is_money(c) for c in found):
        # what does it cost? £45, and not the 2 lockers beside it; how much is it? £14, and not *under sixteen*
        found = [c for c in found if c.value is None or _is_money(c)]
    if gap.counted:
        # how many pianos? 4 in the column Seats counts no pianos
        found = [c for c in found if not c.kind_word or c.value is None or _counts(c, gap.noun, view, world)]
    ends = [
        set(a.tokens)
        for fit in fits
        if fit.fact.kind == "span" and fit.predicate.weight >= DATED
        for a in fit.fact.arguments
        if a.role == "time"
    ]  # when did the dynasty end (1820–1911)? 1911, not all of it
    if not query.predicate and any(c.value is not None and c.argument is None for c in found):
        # when was the revolt (1568–1609)? all of it
        found = [c for c in found if c.value is None or c.argument is None or c.kind_word]
    if ends and query.predicate:
        found = [c for c in found if not any(end < set(c.tokens) for end in ends)]
    if gap.role == "date":
        others = _times_of_others(fits)
        found = [c for c in found if c.head not in others]
    if "time" in gap.types and _period_asked_about(query, covered, view, world):
        found = [c for c in found if c.value is None or c.value.kind != "date"]
    return found


def _no_place(fact: Fact) -> set[int]:
    """*It is an [observatory] on Mount Orrel*, *it stands at an [altitude] of 1,870 metres*: what something is where
    its place is said too, and what an amount is of, are not where it is."""
    attribute, subject = fact.argument("attr"), fact.argument("subj")
    if fact.kind == "copula" and attribute is not None and any(a.role in PLACE_ROLES for a in fact.arguments):
        return {attribute.head}
    measures = fact.kind == "possessive" and attribute is not None and attribute.value is not None
    return {subject.head} if measures and subject is not None else set()


def _times_of_others(fits: Sequence[FactFit]) -> set[int]:
    """*Until [the 1920s] it lived there, but it disappeared when the river was straightened*: where a fact that says
    just what is asked has its time, the times of the other facts are not it."""
    said = [fit for fit in fits if fit.predicate.sure and fit.predicate.weight >= DATED and fit.fact.kind == "clause"]
    said = [fit for fit in said if all(known.weight >= MET for known in fit.known)]
    mine = {i for fit in said for a in fit.fact.arguments if a.role == "time" for i in (a.head, *a.tokens)}
    apart = [fit.fact for fit in fits if fit not in said and fit.fact.kind == "clause"] if mine else []
    return {a.head for fact in apart for a in fact.arguments if a.role == "time" and a.head >= 0} - mine


def _told_what(view: View) -> set[int]:
    """The heads of which the sentence says what they are: *the otter (Lutra lutra) is [a mammal]* answers *what is the
    otter?* with no other name of it."""
    subjects = (fact.argument("subj") for fact in view.facts if fact.kind == "copula" and fact.argument("attr"))
    return {subject.head for subject in subjects if subject is not None}


def _held_by(fits: Sequence[FactFit], *, said: bool) -> set[int]:
    """The tokens of the arguments of facts that say what is asked, or of those that say something else of it."""
    return {
        i for fit in fits if (fit.predicate.weight > OTHERWISE) == said for a in fit.fact.arguments for i in a.tokens
    }


def _is_alias(candidate: Candidate, named: set[int], view: View) -> bool:
    """*The Court of Justice (CJEU)*: what stands in brackets after a name is its other name, and answers only where the
    question has the first. named: the tokens that meet the question."""
    token = view.sentence.tokens[candidate.head]
    if not candidate.nominal or candidate.value is not None or token.rel != "appos" or not candidate.tokens:
        return False
    if candidate.types & PLACES:
        return False  # Ashgabat (Turkmenistan): where it is
    before = candidate.tokens[0] - 1
    bracketed = before >= 0 and view.sentence.tokens[before].text == "("
    return bracketed and token.head not in named and view.sentence.tokens[token.head].upos in ("NOUN", "PROPN")


def _says_nothing_new(candidate: Candidate, asked: frozenset[str], view: View) -> bool:
    """Whether a phrase has no word that the question has not."""
    if not candidate.nominal or not candidate.tokens:
        return False
    content = view.kept(("says", candidate.tokens), lambda: _says(candidate, view))
    return bool(content) and all(lemma in asked or text in asked or lemma in EMPTY for lemma, text in content)


def _says(candidate: Candidate, view: View) -> tuple[tuple[str, str], ...]:
    """Lemma and form of the words that tell a phrase from others."""
    tokens = [view.sentence.tokens[i] for i in candidate.tokens]
    content = [t for t in tokens if t.upos not in ("DET", "ADP", "PUNCT", "PART", "CCONJ")]
    if len(content) > 1:  # which exhibitions did it show? three exhibitions says no more than it did
        content = [t for t in content if t.upos != "NUM" or t.rel != "nummod"]
    if len(content) > 1:  # what instrument is used? the most useful instrument is the indicator
        content = [t for t in content if not _superlative(t, view)]
    return tuple((t.lemma.lower(), t.text.lower()) for t in content)


def _named_by(query: Query, covered: Cover, view: View) -> frozenset[int]:
    """The heads that are what the question names: no candidate with one of them is an answer."""
    gap, found = query.gap, set[int]()
    assert gap is not None
    if query.predicate and gap.role != "attr" and not gap.noun:
        # what did BBN provide for? Bolt, Beranek and Newman (BBN) is who it was
        named = [a.token for n, t in enumerate(query.terms) if t.place == "argument" for a in covered.alignments[n]]
        found.update(i for at in named if at >= 0 for i in view.same.get(at, ()))
    if gap.role == "attr" and not query.predicate:
        # who was Chopin? famous musicians include Szpilman and Chopin: the one is not the other
        asked_of = [n for n, t in enumerate(query.terms) if t.entities or t.place == "argument"]
        places = [a.token for n in asked_of for a in covered.alignments.get(n, ())]
        found.update(i for at in places if at >= 0 for i in conjuncts(view.sentence, at))
    return frozenset(found)


def _met_by(query: Query, covered: Cover) -> frozenset[int]:
    """The tokens that are the question's own words: no phrase with one of them as its head is an answer."""
    if query.gap is not None and query.gap.role == "modifier":
        return frozenset()
    return frozenset(
        place.token
        for n, term in enumerate(query.terms)
        if term.place in ("argument", "modifier", "loose", "predicate")
        for place in covered.alignments.get(n, ())
        if place.weight > 0.6 and not place.member
    )


def _is_asked_adverb(candidate: Candidate, query: Query, view: View) -> bool:
    """*How are packets [normally] forwarded?*"""
    if candidate.nominal or len(candidate.tokens) != 1:
        return False
    word = view.sentence.tokens[candidate.head]
    return word.upos == "ADV" and any(t.text.lower() == word.text.lower() for t in query.sentence)


def _superlative(token: Token, view: View) -> bool:
    degree = (token, *view.sentence.children(token.i, "advmod"))
    return token.upos in ("ADJ", "ADV") and any("Degree=Sup" in word.feats for word in degree)


def _counts(candidate: Candidate, noun: str, view: View, world: World) -> bool:
    """Whether a cell's column, or the cell itself, says that it counts things of that noun."""
    said = {view.sentence.tokens[i].lemma.lower() for i in candidate.tokens}
    header = next((c.header for c in view.stored.passage.cells if c.start == candidate.start), candidate.kind_word)
    return noun in said or world.met_by_header(noun, "n", header) > 0


def _is_money(candidate: Candidate) -> bool:
    return candidate.value is not None and candidate.value.kind == "money"


def _period_asked_about(query: Query, covered: Cover, view: View, world: World) -> bool:
    """*When does it close in summer?*: where *from April to September* is what was asked about, neither it nor
    another period beside it is the answer, but an hour."""
    words = [
        a.token
        for n, term in enumerate(query.terms)
        if term.place == "argument" and term.pos == "n" and not term.entities
        for a in covered.alignments.get(n, ())
        if a.token >= 0 and a.weight >= 0.85
    ]
    for value in world.values_of(view.stored.id):
        if value.kind == "date" and value.unit == "monthday":
            named = any(value.start <= view.sentence.tokens[i].start < value.end for i in words)
            if named or any(asked.kind == "date" and compare(value, asked) == "contains" for asked in query.times):
                return True
    return False
