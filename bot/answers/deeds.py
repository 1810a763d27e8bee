"""What somebody does: *What should crews do in fog?* asks for the verb and all that follows it."""

from __future__ import annotations

from bot.answers.candidate import Candidate, candidate_of
from bot.answers.view import View
from bot.language.sentence import Sentence
from bot.questions.query import Query

BESIDE = frozenset({"conj", "parataxis", "cc", "punct", "nsubj", "csubj", "expl", "aux", "mark", "discourse", "cop"})
LONGEST = 30


def asks_deed(query: Query) -> bool:
    """Whether the question's verb is *do* and what is asked for is what is done."""
    gap = query.gap
    if gap is None or gap.role != "obj" or gap.noun or gap.counted or query.predicate:
        return False
    return query.sentence.tokens[query.predicate_token].lemma.lower() == "do"


def asks_fate(query: Query) -> bool:
    """*What happened to the small pool in 1984?*: whether what was done to something is asked for."""
    gap = query.gap
    if gap is None or gap.role != "subj" or gap.noun or gap.counted or query.predicate:
        return False
    verb = query.sentence.tokens[query.predicate_token].lemma.lower()
    return verb == "happen" and any(known.role == "obl:to" for known in query.arguments)


FATE: dict[str, frozenset[str]] = {"obl:to": frozenset({"obj", "subj"})}  # *it was sold*, *it burned down*


def deeds(view: View, *, suffered: bool = False) -> list[Candidate]:
    """The verbs of a sentence that have a doer, each with what follows it. suffered: those of passives as well, with
    their auxiliaries."""
    found: dict[int, Candidate] = {}
    sentence = view.sentence
    for fact in view.facts:
        if fact.pos != "v" or fact.kind != "clause" or fact.argument("subj", *(["obj"] if suffered else [])) is None:
            continue
        head = next((i for i in fact.predicate_tokens if sentence.tokens[i].upos == "VERB"), -1)
        passive = head >= 0 and sentence.child(head, "aux:pass") is not None
        if head < 0 or head in found or (passive and not suffered):
            continue  # what the club was founded by is no deed of the club's
        helpers = [t.i for t in sentence.children(head, "aux") if t.i < head] if suffered else []
        tokens = (*helpers, *_what_follows(sentence, head))
        if 0 < len(tokens) <= LONGEST:
            found[head] = candidate_of(sentence, head, tokens, {"activity"})
    return [found[head] for head in sorted(found)]


def _what_follows(sentence: Sentence, head: int) -> tuple[int, ...]:
    """The verb and its complements after it, without its conjuncts and clauses beside it."""
    inside = [head]
    for child in sentence.children(head):
        if child.i > head and child.rel not in BESIDE and child.dep != "advcl":
            inside += sentence.subtree(child.i)
    return tuple(sorted(inside))
