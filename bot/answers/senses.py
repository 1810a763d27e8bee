"""Small words that turn the sense of a sentence: of negation, of degree, and prepositions such as *before*."""

from __future__ import annotations

from collections.abc import Collection

from bot.answers.align import Alignment
from bot.answers.shape import Shape, is_refused
from bot.answers.view import View
from bot.language.lexicon.words import Words
from bot.language.sentence import Sentence, Token
from bot.questions.query import Query


def senses(
    query: Query,
    shape: Shape,
    view: View,
    best: tuple[Alignment | None, ...],
    places: tuple[tuple[int, ...], ...],
    words: Words,
) -> dict[str, float]:
    """Small words that turn the sense: of degree, of negation, and prepositions such as *before*."""
    lower = view.kept("lower", lambda: _lower(view.sentence))
    # not allowed anywhere [except] in the foyer: says both, and which of them is the fact's to say
    both = bool(lower & words.exceptions)
    # who does not pay? [free] for pensioners: the contrary word is the negation
    both = both or any(place is not None and place.denies for place in best)
    both = both or bool(view.stored.passage.cells)  # none in the cell beside says nothing of this one
    denied = bool(shape.negations) if both else _denied(shape, view.sentence, places, words)
    marked = dict(shape.markers)
    measured = query.gap is not None and bool(query.gap.dimension) and not query.predicate
    verbs = {i for n, at in enumerate(places) if shape.classes[n] == "verb" for i in at}
    turned = 0
    for n, at in enumerate(places):
        if at and query.terms[n].place != "gap" and query.terms[n].pos in ("n", "m"):
            own = [_marker(view.sentence, i, words.turning) for i in at]
            # all boats except the Kestrel, which was [given] to the club: what is asked lies inside the clause on it
            inside = any(_tells_of(view.sentence, verb, i) for verb in verbs for i in at)
            # how long is the gestation? after [a gestation of 62 days]: its measure is said whatever it stands under
            inside = inside or measured
            turned += marked.get(n, "") not in own and not (inside and n not in marked)
    return {
        "no_degree": float(len(shape.degrees - lower)),
        "polarity": float(bool(shape.negations) != denied),
        "turned": float(turned),
    }


def _lower(sentence: Sentence) -> frozenset[str]:
    """The forms of a sentence; *non-residents* has *non* as well."""
    lower = frozenset(t.text.lower() for t in sentence)
    return lower | {"non"} if any(word.startswith("non-") for word in lower) else lower


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
    denied = {_clause_of(sentence, i, negators) for i in negators}
    # where no heat is [used], turbines [use] condensers: one place of the verb is not denied
    said = verbs or [(i,) for at in places for i in at]
    return not said or any({_clause_of(sentence, i, negators) for i in at} <= denied for at in said)


WITH = frozenset({"with", "without"})


def _denies_other(sentence: Sentence, negator: Token, met: set[int]) -> bool:
    """Whether a negation denies a thing beside what is said, which the question does not name: *he died without [a
    successor]*, *a turbine with no [gearbox]*, *liable for loss, but not for [wear]*."""
    head = negator.head
    if sentence.tokens[head].rel == "conj" and sentence.tokens[head].upos in ("NOUN", "PROPN"):
        return met.isdisjoint(sentence.subtree(head))
    cases = {c.lemma.lower() for c in sentence.children(head, "case", "mark")}
    if negator.i == head or not cases & WITH or (negator.lemma.lower() not in WITH and negator.rel != "det"):
        return False
    return met.isdisjoint(sentence.subtree(head))


CLAUSES = frozenset(["root", "conj", "parataxis", "advcl", "acl:relcl", "ccomp", "csubj", "acl"])


def _clause_of(sentence: Sentence, i: int, negators: Collection[int]) -> int:
    """The head of the clause that a word stands in: of conjuncts, those with a subject, an auxiliary or a negation of
    their own are clauses (*it was destroyed and [was never rebuilt]*)."""
    for at in (i, *sentence.ancestors(i)):
        token = sentence.tokens[at]
        if token.head == at or (token.dep in CLAUSES and token.rel != "conj"):
            if token.upos in ("VERB", "AUX") or sentence.child(at, "cop", "nsubj", "aux") or token.head == at:
                return at
        elif token.rel == "conj" and _is_clause(sentence, token, negators):
            return at
    return i


def _is_clause(sentence: Sentence, conjunct: Token, negators: Collection[int]) -> bool:
    own = sentence.child(conjunct.i, "nsubj", "csubj", "expl", "aux") is not None
    return own or (conjunct.upos == "VERB" and any(c.i in negators for c in sentence.children(conjunct.i)))


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
