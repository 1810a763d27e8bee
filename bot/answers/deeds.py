"""What somebody does: *What should crews do in fog?* asks for the verb and all that follows it."""

from __future__ import annotations

from bot.answers.candidate import Candidate, candidate_of
from bot.answers.view import View
from bot.language import lexicon
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


def steps_to(view: View) -> dict[int, Candidate]:
    """*To restore a file, [open the Timeline, choose a date and press Recover]*; *members must [call the office] to
    cancel*: what is to be done to some end, by the verb that names the end."""
    sentence, found = view.sentence, {}
    root = sentence.root
    last = len(sentence) - (sentence.tokens[-1].upos == "PUNCT")
    for token in sentence:
        mark = sentence.child(token.i, "mark")
        if token.upos != "VERB" or mark is None or mark.upos != "PART" or token.i == root.i or root.upos != "VERB":
            continue
        if mark.i == 0:
            comma = next((t.i for t in sentence.tokens[token.i : last] if t.text == ","), -1)
            tokens = tuple(range(comma + 1, last)) if comma > 0 else ()
            named = any(sentence.tokens[i].rel == "nsubj" and sentence.tokens[i].head == root.i for i in tokens)
            if tokens and not named and root.i > token.i:
                found[token.i] = candidate_of(sentence, root.i, tokens, {"manner"})
        elif token.head == root.i and token.i > root.i and _is_told(sentence, root.i):
            end = set(sentence.subtree(token.i))
            tokens = tuple(i for i in _what_follows(sentence, root.i) if i not in end)
            if len(tokens) > 1:
                found[token.i] = candidate_of(sentence, root.i, tokens, {"manner"})
    return {i: c for i, c in found.items() if len(c.tokens) <= LONGEST}


def _is_told(sentence: Sentence, verb: int) -> bool:
    """Whether a verb says what one has to do: *must call*, *call*."""
    modal = sentence.child(verb, "aux")
    told = modal is not None and modal.lemma.lower() in lexicon.load().words.sets["duty"]
    return told or (modal is None and sentence.child(verb, "nsubj") is None)


def _what_follows(sentence: Sentence, head: int) -> tuple[int, ...]:
    """The verb and its complements after it, without its conjuncts and clauses beside it."""
    inside = [head]
    for child in sentence.children(head):
        if child.i > head and child.rel not in BESIDE and child.dep != "advcl":
            inside += sentence.subtree(child.i)
    return tuple(sorted(inside))
