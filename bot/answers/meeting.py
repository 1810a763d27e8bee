"""How a sentence meets the shape of a question: what is missing, what is met in other words or only above it, and which
words of the question that belong together stand apart in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from msgspec import Struct

from bot.answers.align import Alignment
from bot.answers.shape import GAP, ROOT, Shape, TermClass, is_refused
from bot.answers.tree import Tree, nearness
from bot.answers.view import View
from bot.answers.world import World
from bot.facts.anaphora.pronouns import pronoun_of
from bot.language.lexicon.words import Words
from bot.language.sentence import Sentence, Token
from bot.questions.query import Query, Term

MET = 0.5  # alignments of less weight place nothing
MOST_PLACES = 4
BESIDE = 1.5  # how far apart a modifier and its noun may stand
NEAR = 2.2
PRENOMINAL = ("amod", "compound", "nummod", "flat", "nmod")


class Meeting(Struct, frozen=True):
    """``places`` holds the tokens that meet each term; ``features`` what weighs for or against the sentence as a
    whole."""

    places: tuple[tuple[int, ...], ...]
    tree: Tree
    features: tuple[tuple[str, float], ...]
    whole: bool
    covered: float


def meet(
    query: Query, shape: Shape, view: View, alignments: Mapping[int, tuple[Alignment, ...]], tree: Tree, world: World
) -> Meeting:
    """Hold a sentence against a question's shape."""
    terms = range(len(query.terms))
    best = [_best(alignments[n]) for n in terms]
    places = tuple(
        tuple(a.token for a in alignments[n] if a.token >= 0 and a.weight > MET and not a.denies)[:MOST_PLACES]
        for n in terms
    )
    # how many [pianos]: the noun that is counted must be met like any other
    free = query.gap is not None and not query.gap.counted
    counted = [
        n
        for n in terms
        if not (free and query.terms[n].place == "gap" and not _names_which(query, shape, n))
        and not shape.timed[n]
        and not _says_little(query, n, world)
    ]
    features = _coverage(shape, best, counted)
    features |= _edges(query, shape, view, places, tree)
    features |= _senses(query, shape, view, best, places, world.lexicon.words)
    features["clash"] = float(_clashes(query, shape, view, best, places, counted, tree, world))
    whole = not any(features[name] for name in STAINS)
    features["whole"] = float(whole)
    return Meeting(places, tree, tuple(features.items()), whole, features["covered"])


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


def _coverage(shape: Shape, best: list[Alignment | None], counted: list[int]) -> dict[str, float]:
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


def _edges(query: Query, shape: Shape, view: View, places: tuple[tuple[int, ...], ...], tree: Tree) -> dict[str, float]:
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
        pairs = [(i, j) for i in places[n] for j in places[above]]
        distance = min((tree.distance(i, j) for i, j in pairs), default=None)
        near.append(nearness(distance) if distance is not None else 0.0)
        if shape.edges[n] == "modifier" and shape.classes[above] != "verb":
            named = query.sentence.tokens[query.terms[n].tokens[-1]].rel in NAME_PARTS
            together = any(
                tree.distance(i, j) <= BESIDE
                and not _outside_phrase(
                    view.sentence, i, j
                )  # the Vistula is the axis of Warsaw: no axis of the Vistula
                and not (named and _only_joined(view.sentence, i, j))
                for i, j in pairs
            )
            together = together or (distance is not None and _one_mention(view, places[n], places[above]))
            together = together or _by_its_kind(view, places[n], places[above], tree)
            if not together:
                features["renamed"] += renamed(view.sentence, places, places[above], shape, shape.classes[n])
                features["torn"] += distance is not None
                features["rival"] += any(_rival(view, shape, places, j) for j in places[above][:2])
        elif distance is not None and distance > NEAR:
            features["apart"] += 1.0
    features["renamed"] += sum(_hyphened_to_another(query, shape, view.sentence, places, n) for n in range(len(places)))
    if near:
        features["together"] = sum(near) / len(near)
    return features


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
    """Whether a noun has a modifier of its own that the question does not have."""
    taken = {i for met in places for i in met}
    return any(
        child.i not in taken and child.lemma.lower() not in shape.asked and child.text.lower() not in shape.asked
        for child in view.sentence.children(noun, *PRENOMINAL)
    )


def _senses(
    query: Query,
    shape: Shape,
    view: View,
    best: list[Alignment | None],
    places: tuple[tuple[int, ...], ...],
    words: Words,
) -> dict[str, float]:
    """Small words that turn the sense: of degree, of negation, and prepositions such as *before*."""
    lower = {t.text.lower() for t in view.sentence}
    lower |= {"non"} if any(word.startswith("non-") for word in lower) else set()
    # not allowed anywhere [except] in the foyer: says both, and which of them is the fact's to say
    both = bool(lower & words.exceptions)
    # who does not pay? [free] for pensioners: the contrary word is the negation
    both = both or any(place is not None and place.denies for place in best)
    both = both or bool(view.stored.passage.cells)  # none in the cell beside says nothing of this one
    denied = bool(shape.negations) if both else _denied(shape, view.sentence, places, words)
    marked = dict(shape.markers)
    verbs = {i for n, at in enumerate(places) if shape.classes[n] == "verb" for i in at}
    turned = 0
    for n, at in enumerate(places):
        if at and query.terms[n].place != "gap" and query.terms[n].pos in ("n", "m"):
            own = [_marker(view.sentence, i, words.turning) for i in at]
            # all boats except the Kestrel, which was [given] to the club: what is asked lies inside the clause on it
            inside = any(_tells_of(view.sentence, verb, i) for verb in verbs for i in at)
            turned += marked.get(n, "") not in own and not (inside and n not in marked)
    return {
        "no_degree": float(len(shape.degrees - lower)),
        "polarity": float(bool(shape.negations) != denied),
        "turned": float(turned),
    }


def _denied(shape: Shape, sentence: Sentence, places: tuple[tuple[int, ...], ...], words: Words) -> bool:
    """Whether a clause that meets the question's verb, or any of its words where no verb is met, has a negation: the
    other half of *it cracked four piers, but no one was killed* denies nothing of the first."""
    met = {i for at in places for i in at}
    negators = [t.i for t in sentence if t.text.lower() in words.negators and not _denies_other(sentence, t, met)]
    verbs = [at for n, at in enumerate(places) if at and shape.classes[n] == "verb"]
    if any(is_refused(sentence.tokens[i], sentence, words) for at in verbs for i in at):
        return True  # Ireland refused to [consent] to the changes
    if not negators:
        return False
    denied = {_clause_of(sentence, i) for i in negators}
    # where no heat is [used], turbines [use] condensers: one place of the verb is not denied
    said = verbs or [(i,) for at in places for i in at]
    return not said or any({_clause_of(sentence, i) for i in at} <= denied for at in said)


WITH = frozenset({"with", "without"})


def _denies_other(sentence: Sentence, negator: Token, met: set[int]) -> bool:
    """Whether a negation denies a thing beside what is said, which the question does not name: *he died without [a
    successor]*, *a turbine with no [gearbox]*."""
    head = negator.head
    cases = {c.lemma.lower() for c in sentence.children(head, "case", "mark")}
    if negator.i == head or not cases & WITH or (negator.lemma.lower() not in WITH and negator.rel != "det"):
        return False
    return met.isdisjoint(sentence.subtree(head))


CLAUSES = frozenset(["root", "conj", "parataxis", "advcl", "acl:relcl", "ccomp", "csubj", "acl"])


def _clause_of(sentence: Sentence, i: int) -> int:
    """The head of the clause that a word stands in: of conjuncts, those with a subject of their own are clauses."""
    for at in (i, *sentence.ancestors(i)):
        token = sentence.tokens[at]
        if token.head == at or (token.dep in CLAUSES and token.rel != "conj"):
            if token.upos in ("VERB", "AUX") or sentence.child(at, "cop", "nsubj", "aux") or token.head == at:
                return at
        elif token.rel == "conj" and sentence.child(at, "nsubj", "csubj", "expl"):
            return at
    return i


def _tells_of(sentence: Sentence, verb: int, noun: int) -> bool:
    """Whether a verb stands in a clause on a noun: *the Kestrel, which was [given] to the club*."""
    path = (verb, *sentence.ancestors(verb))
    return noun in path and any(sentence.tokens[i].rel == "acl" for i in path[: path.index(noun)])


def _marker(sentence: Sentence, i: int, turning: frozenset[str]) -> str:
    """The turning preposition of a phrase: *before* for *war* and *long* in *before the long war*."""
    for at in (i, *sentence.ancestors(i)):
        found = next((c.lemma.lower() for c in sentence.children(at, "case", "mark") if c.lemma.lower() in turning), "")
        if found:
            return found
        if sentence.tokens[at].rel not in ("amod", "compound", "flat", "nummod", "conj"):
            return ""
    return ""


def _clashes(
    query: Query,
    shape: Shape,
    view: View,
    best: list[Alignment | None],
    places: tuple[tuple[int, ...], ...],
    counted: list[int],
    tree: Tree,
    world: World,
) -> int:
    """How many terms that the sentence does not have are replaced in it by a word that excludes them: its antonym, or,
    where the term would stand, another name, another figure, or a word of the same kind (*a year* for *a month*)."""
    taken = {i for met in places for i in met}
    free = [t for t in view.sentence if t.i not in taken and t.upos in OPEN and t.lemma.lower() not in shape.asked]
    clashes = 0
    # in 2012 [it] investigated Dalli: the office named before may be what is meant
    open_ = any(
        t.upos == "PRON" and t.rel == "nsubj" and t.i not in view.antecedents and pronoun_of(t) for t in view.sentence
    )
    for n in counted:
        place = best[n]
        before = place is not None and "before" in place.step
        if place is not None and not place.denies and (not before or open_):
            continue
        beside = [i for m in _neighbours(shape, n) for i in places[m]]
        clashes += _replaced(query.terms[n], shape.classes[n], free, beside, tree, world)
    return clashes


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
