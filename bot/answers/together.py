"""Whether words that belong together in the question do in the sentence, or something else stands in their place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.answers.shape import GAP, ROOT, Shape, TermClass
from bot.answers.tree import Tree, nearness
from bot.answers.view import View
from bot.language.sentence import Sentence, Token
from bot.questions.query import Query

BESIDE = 1.5  # how far apart a modifier and its noun may stand
NEAR = 2.2  # how far apart other words of a phrase may
PRENOMINAL = ("amod", "compound", "nummod", "flat", "nmod")


def edges(query: Query, shape: Shape, view: View, places: tuple[tuple[int, ...], ...], tree: Tree) -> dict[str, float]:
    """Whether terms that belong together in the question do in the sentence. ``torn``: both are there, apart (*the Red
    Army Uprising* in *as the Red Army was nearing, the Warsaw Uprising began*); ``rival``: something else stands where
    the modifier would (*the Office of [Western] Medicine* for *the Office of Eastern Medicine*); ``renamed``: another
    name or figure stands there."""
    features = {"torn": 0.0, "rival": 0.0, "renamed": 0.0, "apart": 0.0, "together": 1.0}
    near: list[float] = []
    for n, above in enumerate(shape.parents):
        if above in (GAP, ROOT) or query.terms[n].place == "gap" or shape.timed[n]:
            continue
        if not places[above]:
            near.append(0.0)
            continue
        distance = min([tree.distance(i, j) for i in places[n] for j in places[above]], default=None)
        near.append(nearness(distance) if distance is not None else 0.0)
        if shape.edges[n] != "modifier" or shape.classes[above] == "verb":
            features["apart"] += distance is not None and distance > NEAR
        elif not _modifies(query, n, view, places[n], places[above], tree):
            features["renamed"] += renamed(view.sentence, places, places[above], shape, shape.classes[n])
            features["torn"] += distance is not None
            features["rival"] += any(_rival(view, shape, places, j) for j in places[above][:2])
    features["renamed"] += sum(_hyphened_to_another(query, shape, view.sentence, places, n) for n in range(len(places)))
    if near:
        features["together"] = sum(near) / len(near)
    return features


def _modifies(query: Query, n: int, view: View, places: tuple[int, ...], above: tuple[int, ...], tree: Tree) -> bool:
    """Whether a modifier of the question stands beside its noun. n: the term that it is. above: the noun's places."""
    named = query.sentence.tokens[query.terms[n].tokens[-1]].rel in NAME_PARTS
    beside = any(
        tree.distance(i, j) <= BESIDE
        and not _outside_phrase(view.sentence, i, j)  # the Vistula is the axis of Warsaw: no axis of the Vistula
        and not (named and _only_joined(view.sentence, i, j))
        for i in places
        for j in above
    )
    return beside or _one_mention(view, places, above) or _by_its_kind(view, places, above, tree)


def _hyphened_to_another(
    query: Query, shape: Shape, sentence: Sentence, places: tuple[tuple[int, ...], ...], n: int
) -> bool:
    """*an engine-powered device* is not met by *a steam-powered device*: another word is hyphened to this one."""
    at = query.terms[n].tokens[0]
    before = at - 2 if at > 1 and query.sentence.tokens[at - 1].text == "-" else at - 1
    word = query.sentence.tokens[before] if before >= 0 else None
    if word is None or word.upos not in ("NOUN", "PROPN", "ADJ", "NUM") or query.sentence.tokens[at].upos != "VERB":
        return False
    joined = [i - 2 for i in places[n] if i > 1 and sentence.tokens[i - 1].text == "-"]
    own = {i for m, term in enumerate(query.terms) if before in term.tokens for i in places[m]}
    return bool(joined) and all(
        i not in own
        and sentence.tokens[i].text.isalpha()
        and sentence.tokens[i].lemma.lower() not in shape.asked - {word.lemma.lower()}
        for i in joined
    )


def renamed(
    sentence: Sentence,
    places: Sequence[Sequence[int]],
    nouns: Sequence[int],
    shape: Shape,
    kind: TermClass,
) -> bool:
    """Whether each of some nouns has a name or a figure of its own where the question has another: *the Edict of
    [Fontainebleau]* for *the Edict of Nantes*, *article [66]* for *article 65*. kind: what the question has."""
    if kind not in ("name", "number"):
        return False
    taken = {i for met in places for i in met}
    said = [i for i in nouns if sentence.tokens[i].lemma.lower() in shape.asked]
    nouns = said or nouns
    return all(
        any(_tells_apart(sentence, c, taken, shape, kind) for c in sentence.children(i, *PRENOMINAL)) for i in nouns
    )


def _tells_apart(sentence: Sentence, child: Token, taken: Collection[int], shape: Shape, kind: TermClass) -> bool:
    """Whether a modifier tells its noun from others of its kind, and the question does not have it."""
    if child.i in taken or child.lemma.lower() in shape.asked or child.text.lower() in shape.asked:
        return False
    if kind == "number":
        return child.text[:1].isdigit()
    return child.upos == "PROPN" or (child.upos == "ADJ" and child.text[:1].isupper() and child.i > 0)


NAME_PARTS = ("compound", "flat")
JOINING = frozenset({"with", "without", "by", "to", "against", "for", "from"})


def _only_joined(sentence: Sentence, i: int, noun: int) -> bool:
    """*the Warsaw Republic* is not met by *the Polish Republic, with Warsaw the capital*."""
    token = sentence.tokens[i]
    cases = {c.lemma.lower() for c in sentence.children(i, "case")}
    return token.head == noun and token.rel in ("nmod", "obl") and bool(cases & JOINING)


OUTSIDE = frozenset({"nsubj", "csubj", "appos", "conj", "parataxis", "dep"})


def _outside_phrase(sentence: Sentence, i: int, above: int) -> bool:
    """Whether a word stands in the subject of another, or in what is coordinated or in apposition with it: *the school
    in Poland and the Chopin University* have no school in Chopin."""
    path = (i, *sentence.ancestors(i))
    if above not in path[1:] or sentence.tokens[above].upos not in ("NOUN", "PROPN"):
        return False
    return any(sentence.tokens[at].rel == "nsubj" for at in path[: path.index(above)]) or (
        sentence.tokens[path[path.index(above) - 1]].rel in OUTSIDE
    )


def _one_mention(view: View, first: tuple[int, ...], second: tuple[int, ...]) -> bool:
    return any(j in view.spans.get(i, ()) for i in first for j in second)


def _by_its_kind(view: View, named: tuple[int, ...], above: tuple[int, ...], tree: Tree) -> bool:
    """*San Telo's membership* in *membership of the neighbouring town of San Telo*: what names a thing after a noun
    for it stands where the noun does."""
    sentence = view.sentence
    for i in named:
        noun = sentence.tokens[sentence.tokens[i].head]
        of = any(case.lemma.lower() == "of" for case in sentence.children(i, "case"))
        if of and sentence.tokens[i].upos == "PROPN" and noun.upos == "NOUN" and noun.i not in above:
            return any(tree.distance(noun.i, j) <= BESIDE for j in above)
    return False


def _rival(view: View, shape: Shape, places: tuple[tuple[int, ...], ...], noun: int) -> bool:
    """Whether a noun has a modifier of its own that the question does not have; what it amounts to is none (*a deposit
    of £1*)."""
    taken = {i for met in places for i in met}
    return any(
        child.i not in taken
        and not _is_amount(view.sentence, child)
        and child.lemma.lower() not in shape.asked
        and child.text.lower() not in shape.asked
        for child in view.sentence.children(noun, *PRENOMINAL)
    )


def _is_amount(sentence: Sentence, token: Token) -> bool:
    return token.rel == "nmod" and (token.upos == "SYM" or sentence.child(token.i, "nummod") is not None)
