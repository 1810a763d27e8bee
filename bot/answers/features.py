"""What speaks for and against a candidate, as named numbers: the sentence, the fact, the candidate's own words.

Each is a plain observation that a person can check; ``ranking.toml`` holds what each is worth (see
``bot/answers/ranking.py``). Fits between 0 and 1 enter as logarithms, so that one bad fit is not outweighed by many
good ones.
"""

from __future__ import annotations

import math

from bot.answers.candidate import Candidate
from bot.answers.cover import FactFit
from bot.answers.meeting import Meeting
from bot.answers.shape import Shape
from bot.answers.spans import conjuncts
from bot.answers.tree import nearness
from bot.answers.types import VALUE_TYPES
from bot.answers.view import View
from bot.questions.query import Query

FLOOR = 1e-3
OCCUPIED = 0.26  # the weight of an argument whose place another one has
FAR = 6.0  # how far a term stands from the candidate that the sentence does not have
OWN = 1.1  # how far what describes a candidate may stand from it
LINKED = 1.5
LONG = 7  # words
FUNCTION = frozenset({"DET", "ADP", "PUNCT", "PART", "CCONJ"})
RELATIONS = ("nsubj", "obj", "obl", "nmod", "appos", "conj", "root", "compound", "amod")
ASKS = {
    "time": {"date", "time", "duration"},
    "number": {"number", "quantity", "money", "percent"},
    "reason": {"reason", "manner"},
    "person": {"person"},
    "place": {"place", "city", "country", "region"},
}
KINDS = ("own", "type", "linked", "same", "none")


def logarithm(fit: float) -> float:
    """The logarithm of a fit, at least that of 0.001."""
    return math.log(max(fit, FLOOR))


def sentence_features(view: View, meeting: Meeting, rank: int) -> dict[str, float]:
    """What is the same for all candidates of a sentence. rank: its place in retrieval, from 0."""
    row = float(bool(view.stored.passage.cells))
    return {**meeting.features, "rank": 1 / (1 + rank), "length": math.log(len(view.sentence)), "row": row}


def question_features(query: Query, shape: Shape) -> dict[str, float]:
    """What is the same for all answers to a question: what it asks for, how many terms it gives to hold on to."""
    gap = query.gap
    wanted = set(gap.types) if gap is not None else set()
    asks = (
        "number"
        if gap is not None and gap.counted
        else next((name for name, kinds in ASKS.items() if wanted & kinds), "thing")
    )
    counted = [n for n, term in enumerate(query.terms) if term.place != "gap"]
    return {
        f"asks_{asks}": 1.0,
        "terms": math.log(1 + len(counted)),
        "names": float(sum(shape.classes[n] == "name" for n in counted)),
        "verbless": float(not query.predicate),
        "kindless": float(gap is None or not gap.noun),
    }


def fact_features(query: Query, fit: FactFit | None, meeting: Meeting) -> dict[str, float]:
    """How a fact meets the predicate and the known arguments."""
    if fit is None:
        fits = {"predicate": logarithm(0.3), "arguments": logarithm(0.4), "fact": logarithm(0.4)}
        return {**fits, "in_fact": 0.0, "unmet": 0.0, "occupied": 0.0, "all_met": 0.0}
    tokens = {*fit.fact.predicate_tokens, *(i for a in fit.fact.arguments for i in a.tokens)}
    terms = zip(meeting.places, query.terms, strict=True)
    inside = [any(i in tokens for i in at) for at, term in terms if term.place != "gap"]
    return {
        "predicate": logarithm(fit.predicate.weight),
        "arguments": logarithm(mean_weight([k.weight for k in fit.known])),
        "fact": logarithm(fit.fact.confidence),
        "in_fact": sum(inside) / len(inside) if inside else 1.0,
        "unmet": float(sum(k.weight < 0.5 for k in fit.known)),
        # members may borrow [20 items]: something else stands where the question has children
        "occupied": float(sum(k.weight <= OCCUPIED for k in fit.known)),
        "all_met": float(bool(fit.known) and all(k.weight >= 0.8 for k in fit.known)),
    }


def mean_weight(weights: list[float]) -> float:
    """The geometric mean, an unmet one counted as 0.35; 0.8 where there are none."""
    product = 1.0
    for weight in weights:
        product *= weight or 0.35
    return product ** (1 / len(weights)) if weights else 0.8


def _has_name(head: int, view: View) -> bool:
    """Whether the sentence gives a thing's name beside its description: *the Citadel, a fortification, …*"""
    return any(view.sentence.tokens[i].upos == "PROPN" for i in view.same.get(head, ()))


def place_features(query: Query, shape: Shape, candidate: Candidate, meeting: Meeting, view: View) -> dict[str, float]:
    """How near a candidate stands to what the question puts beside the gap, and to all that it names."""
    distance, head = meeting.tree.distance, candidate.head
    far: list[float] = []
    beside: list[float] = []
    predicate = 0.5
    for n, (at, term) in enumerate(zip(meeting.places, query.terms, strict=True)):
        if term.place == "gap":
            continue
        away = min([distance(head, i) for i in at]) if at else FAR
        if at:
            far.append(away)
        if n in shape.beside:
            beside.append(nearness(away))
        if term.place == "predicate":
            predicate = nearness(away)
    return {
        "marked": _marked(shape, candidate, view),
        "paired": _paired(query, candidate, meeting, view),
        "equated": _equated(query, candidate, meeting, view),
        "beside": sum(beside) / len(beside) if beside else 0.5,
        "around": sum(map(nearness, far)) / len(far) if far else 0.0,
        "farthest": nearness(max(far)) if far else 0.0,
        "by_predicate": predicate,
    }


def _marked(shape: Shape, candidate: Candidate, view: View) -> float:
    """*Where did they move to?*: 1 for what stands under *to*, -1 under another preposition, 0 where none is asked."""
    if not shape.gap_marker or not candidate.tokens:
        return 0.0
    cases = {c.lemma.lower() for c in view.sentence.children(candidate.head, "case")}
    cases |= {view.sentence.tokens[i].lemma.lower() for i in candidate.tokens[:1]}
    if shape.gap_marker in cases:
        return 1.0
    return -1.0 if any(c.upos == "ADP" for c in view.sentence.children(candidate.head, "case")) else 0.0


def _paired(query: Query, candidate: Candidate, meeting: Meeting, view: View) -> float:
    """*by Taqi al-Din in 1551 and by Giovanni Branca in 1629*: of several conjuncts each figure of the question belongs
    to the nearest; 1 for that one, -1 for the others."""
    head = candidate.head
    others = view.kept(("conjuncts", head), lambda: conjuncts(view.sentence, head))
    rivals = [i for i in others if i != head]
    if not rivals or not candidate.nominal:
        return 0.0
    for at, term in zip(meeting.places, query.terms, strict=True):
        if at and (term.pos == "m" or term.text[:1].isdigit()):
            mine = min(abs(i - head) for i in at)
            return 1.0 if all(mine < abs(i - other) for i in at for other in rivals) else -1.0
    return 0.0


def _equated(query: Query, candidate: Candidate, meeting: Meeting, view: View) -> float:
    """*What is the capital of Chile?*: 1 where the sentence says of the candidate that it is the capital, -1 where it
    does not; 0 for questions with a verb of their own."""
    gap = query.gap
    if query.predicate or gap is None or gap.role != "attr":
        return 0.0
    same = view.same.get(candidate.head, frozenset())
    for at, term in zip(meeting.places, query.terms, strict=True):
        if term.place == "argument" and any(i in same for i in at):
            return 1.0
    return -1.0


def kind_features(
    query: Query, shape: Shape, candidate: Candidate, kind: float, view: View, meeting: Meeting
) -> dict[str, float]:
    """What says that a candidate is of the kind asked for (*which commission*), and described as asked (*which [Khitan]
    leader*)."""
    features = {f"kind_{name}": 0.0 for name in KINDS}
    features |= {"type": logarithm(kind), "described": 1.0, "undescribed": 0.0, "misdescribed": 0.0}
    own = {candidate.head, *candidate.tokens}
    gap = query.gap
    if gap is not None and gap.noun and not gap.counted and not set(gap.types) & VALUE_TYPES:
        features[f"kind_{_evidence(shape.kind, candidate, kind, own, view, meeting)}"] = 1.0
    if shape.described:
        near = [
            any(i in own or meeting.tree.distance(candidate.head, i) <= OWN for i in meeting.places[n])
            for n in shape.described
        ]
        features["described"] = sum(near) / len(near)
        features["undescribed"] = sum(not meeting.places[n] for n in shape.described) / len(near)
        features["misdescribed"] = float(_misdescribed(query, shape, candidate, view, meeting))
    return features


def _misdescribed(query: Query, shape: Shape, candidate: Candidate, view: View, meeting: Meeting) -> bool:
    """*What South Korean manufacturer bought it?*: whether the candidate is said to be of another nation, place or
    maker (*AvtoZAZ, a [Ukrainian] manufacturer*)."""
    named = [n for n in shape.described if shape.classes[n] == "name"]
    heads = (candidate.head, *view.same.get(candidate.head, ()))
    near = (meeting.tree.distance(i, j) <= OWN for n in named for i in meeting.places[n] for j in heads)
    if not named or any(near):
        return False
    return any(
        child.text[:1].isupper() and child.upos == "ADJ" and child.lemma.lower() not in shape.asked
        for i in heads
        for child in view.sentence.children(i, "amod", "compound")
    )


def _evidence(kind: int, candidate: Candidate, fit: float, own: set[int], view: View, meeting: Meeting) -> str:
    """own: the noun is in the phrase; type: the phrase is of that kind; linked: the noun is said of it; same: the noun
    stands elsewhere in the sentence; none: nothing says so."""
    at = meeting.places[kind] if kind >= 0 else ()
    if own & set(at):
        return "own"
    if fit >= 0.9:
        return "type"
    if not at:
        return "none"
    if any(i in view.same.get(candidate.head, ()) for i in at):
        return "linked"
    return "linked" if min(meeting.tree.distance(candidate.head, i) for i in at) <= LINKED else "same"


def word_features(shape: Shape, candidate: Candidate, view: View) -> dict[str, float]:
    """The candidate's own words: how many, of what sort, how many of them the question has already."""
    what = ("words", candidate.head, candidate.tokens, candidate.nominal, candidate.value is None)
    words, features = view.kept(what, lambda: _own_words(candidate, view))
    asked = sum([lemma in shape.asked or text in shape.asked for lemma, text in words])
    head = view.sentence.tokens[candidate.head].lemma.lower()
    return {**features, "overlap": asked / max(1, len(words)), "head_asked": float(head in shape.asked)}


def _own_words(candidate: Candidate, view: View) -> tuple[tuple[tuple[str, str], ...], dict[str, float]]:
    """The content words of a candidate by lemma and form, and what they say whatever is asked."""
    tokens = [view.sentence.tokens[i] for i in candidate.tokens]
    content = tuple((t.lemma.lower(), t.text.lower()) for t in tokens if t.upos not in FUNCTION)
    head = view.sentence.tokens[candidate.head]
    features = {
        "proper": float(head.upos == "PROPN"),
        "pronoun": float(head.upos == "PRON"),
        "bare": float(head.upos == "NOUN" and len(content) == 1),
        "entity": float(bool(head.ent)),
        "value": float(candidate.value is not None),
        "figure": float(head.upos == "NUM" and candidate.value is None),
        "named_elsewhere": float(head.upos == "NOUN" and _has_name(candidate.head, view)),
        "clause": float(not candidate.nominal),
        "words": math.log(1 + len(tokens)),
        "long": float(len(tokens) > LONG),
    }
    return content, features | {f"is_{relation}": float(head.rel == relation) for relation in RELATIONS}
