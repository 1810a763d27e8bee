"""How a sentence meets the shape of a question: what of it is missing, what is met in other words or only above it, and
what stands in the place of what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from bot.answers.align import Alignment
from bot.answers.senses import senses
from bot.answers.shape import GAP, ROOT, Shape
from bot.answers.together import NEAR, edges
from bot.answers.tree import Tree
from bot.answers.view import View
from bot.answers.world import World
from bot.facts.anaphora.pronouns import pronoun_of
from bot.language.sentence import Token
from bot.questions.query import Query, Term

MET = 0.5  # alignments of less weight place nothing
MOST_PLACES = 4


class Coverage(Struct, frozen=True):
    """The terms that a sentence must have (``counted``), the best place of each term, and what that says for and
    against the sentence (``features``)."""

    counted: tuple[int, ...]
    best: tuple[Alignment | None, ...]
    features: Mapping[str, float]

    @property
    def share(self) -> float:
        """The share of the question's rare words that the sentence has, 0 to 1."""
        return self.features["covered"]


class Meeting(Struct, frozen=True):
    """``places`` holds the tokens that meet each term; ``features`` what weighs for or against the sentence as a
    whole."""

    places: tuple[tuple[int, ...], ...]
    tree: Tree
    features: Mapping[str, float]
    whole: bool


def coverage(query: Query, shape: Shape, alignments: Mapping[int, tuple[Alignment, ...]], world: World) -> Coverage:
    """What of a question a sentence has, wherever in it."""
    terms = range(len(query.terms))
    best = tuple(_best(alignments[n]) for n in terms)
    # how many [pianos]: the noun that is counted must be met like any other
    free = query.gap is not None and not query.gap.counted
    counted = tuple(
        n
        for n in terms
        if not (free and query.terms[n].place == "gap" and not _names_which(query, shape, n))
        and not shape.timed[n]
        and not _says_little(query, n, world)
    )
    return Coverage(counted, best, _coverage(shape, best, counted))


def meet(
    query: Query,
    shape: Shape,
    view: View,
    alignments: Mapping[int, tuple[Alignment, ...]],
    has: Coverage,
    tree: Tree,
    world: World,
) -> Meeting:
    """Hold a sentence against a question's shape. has: see :func:`coverage`."""
    places = tuple(
        tuple(a.token for a in alignments[n] if a.token >= 0 and a.weight > MET and not a.denies)[:MOST_PLACES]
        for n in range(len(query.terms))
    )
    features = {
        **has.features,
        **edges(query, shape, view, places, tree),
        **senses(query, shape, view, has.best, places, world.lexicon.words),
        "clash": float(_clashes(query, shape, view, has, places, tree, world)),
    }
    whole = not any(features[name] for name in STAINS)
    features["whole"] = float(whole)
    return Meeting(places, tree, features, whole)


def _names_which(query: Query, shape: Shape, n: int) -> bool:
    """*What [GTE] director founded it?*: a name beside the noun that is asked for is a constraint like any other; the
    noun itself is what the answer is, and a nation's adjective (*what Swiss city*) is taken for known."""
    named = all(query.sentence.tokens[i].upos == "PROPN" for i in query.terms[n].tokens)
    return named and n != shape.kind and shape.classes[n] == "name" and bool(query.gap and query.gap.noun)


def _says_little(query: Query, n: int, world: World) -> bool:
    """A word that need not be met. *What was the battalion [called]?*: a sentence may say so with *is*, or with its
    name alone."""
    term, gap, sets = query.terms[n], query.gap, world.lexicon.words.sets
    if term.place != "predicate" and term.text.lower() in sets["incidental"]:
        return True  # who [allegedly] haunted it? what is the [approximate] temperature?
    if term.place != "predicate" or gap is None:
        return False
    if gap.counted and gap.noun and term.lemma in sets["bleached_verbs"]:
        return True  # how many trips were [made]: it recorded 1.84 million trips
    return term.lemma in sets["naming"] and gap.role in ("attr", "comp")


MISSES = {
    "name": "no_name",
    "number": "no_number",
    "noun": "no_noun",
    "modifier": "no_modifier",
    "verb": "no_verb",
    "adverb": "no_adverb",
}
# What keeps a sentence from meeting a question whole.
STAINS = (*MISSES.values(), "before", "torn", "clash", "rival", "renamed", "denied", "turned", "no_degree", "polarity")


def _best(found: Sequence[Alignment]) -> Alignment | None:
    return max(found, key=lambda a: (not a.denies, a.weight), default=None)


def _coverage(shape: Shape, best: Sequence[Alignment | None], counted: Sequence[int]) -> dict[str, float]:
    """Terms that nothing meets, by what kind of word they are, and how well the others are met."""
    features = dict.fromkeys((*MISSES.values(), "denied", "weak", "above", "before", "rarest"), 0.0)
    met = total = 0.0
    for n in counted:
        place, rarity = best[n], shape.rarity[n]
        total += rarity
        if place is None or (place.denies and not shape.negations):
            features["denied" if place is not None else MISSES[shape.classes[n]]] += 1.0
            features["rarest"] = max(features["rarest"], rarity)
            continue
        met += rarity * place.weight
        features["weak"] += 1 - place.weight
        if place.where == "above":
            features["before" if "before" in place.step else "above"] += 1.0
    features["covered"] = met / total if total else 1.0
    return features


def _clashes(
    query: Query,
    shape: Shape,
    view: View,
    has: Coverage,
    places: tuple[tuple[int, ...], ...],
    tree: Tree,
    world: World,
) -> int:
    """How many terms that the sentence does not have are replaced in it by a word that excludes them: its antonym, or,
    where the term would stand, another name, another figure, or a word of the same kind (*a year* for *a month*)."""
    taken = {i for met in places for i in met}
    free = [t for t in view.sentence if t.i not in taken and t.upos in OPEN and t.lemma.lower() not in shape.asked]
    clashes = 0
    # in 2012 [it] investigated Dalli: the office named before may be what is meant
    open_ = view.kept("open subject", lambda: _has_open_subject(view))
    for n in has.counted:
        place = has.best[n]
        before = place is not None and "before" in place.step
        if place is not None and not place.denies and (not before or open_):
            continue
        beside = [i for m in _neighbours(shape, n) for i in places[m]]
        clashes += _replaced(query.terms[n], shape.classes[n], free, beside, tree, world)
    return clashes


def _has_open_subject(view: View) -> bool:
    return any(
        t.upos == "PRON" and t.rel == "nsubj" and t.i not in view.antecedents and bool(pronoun_of(t))
        for t in view.sentence
    )


OPEN = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})


def _neighbours(shape: Shape, n: int) -> list[int]:
    """The terms that hang on a term, and the one it hangs on."""
    below = [m for m, above in enumerate(shape.parents) if above == n]
    return below if shape.parents[n] in (GAP, ROOT) else [shape.parents[n], *below]


def _replaced(term: Term, kind: str, free: list[Token], beside: list[int], tree: Tree, world: World) -> bool:
    """beside: the places of the terms that hang together with this one."""

    def near(token: Token) -> bool:
        return any(tree.distance(token.i, i) <= NEAR for i in beside)

    if kind == "name":
        return any(t.upos == "PROPN" and near(t) for t in free)
    if kind == "number":
        return any((t.upos == "NUM" or t.text[:1].isdigit()) and near(t) for t in free)
    contrary = world.lexicon.antonyms(term.lemma, term.pos)
    if contrary and any(t.lemma.lower() in contrary for t in free):
        return True
    return any(world.excludes(term.lemma, term.pos, t.lemma.lower()) and near(t) for t in free)
