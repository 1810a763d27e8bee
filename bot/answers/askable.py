"""Questions made from stored facts, so that the answer is an argument of the fact.

A question keeps the words of its sentence. Only its order is changed, a *wh*-word put in, and *did* or *does* added
where English asks for it; a fact that would need more than that gives none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from bot.answers.world import World
from bot.facts.model import Argument, Fact
from bot.facts.store.records import StoredSentence
from bot.language.sentence import Token

LONGEST, LONGEST_SUBJECT = 90, 6  # characters of a question, words of a subject
SURE = 0.45  # confidence below which a fact makes no question
PLURAL = frozenset(("are", "were", "have", "am", "do"))
MODALS = frozenset(("", "can", "must", "will", "shall", "do", "have"))
NAMING = frozenset(("call", "know", "name", "term", "dub", "spell", "title"))
BARE = frozenset(("be", "have", "do", "make", "take", "get", "give", "hold", "put", "come", "go", "see", "say", "want"))
# *What does it have?* asks nothing
# Types that *which* may stand before; verbs of lasting states, which have no *when*
KIND_NAMES = frozenset(("country", "city", "organization", "company", "river", "region"))
STATES = frozenset(("be", "have", "include", "consist", "contain", "comprise", "belong", "come", "go", "lie", "know"))
PLACES = frozenset(("city", "country", "region", "location", "lake", "river", "mountain", "province", "town"))
ABOUT_COLUMNS = frozenset(
    ("since", "from", "until", "per", "year", "date", "note", "notes", "source", "sources", "remarks", "comment")
)
POINTING = re.compile(
    r"(this|that|these|those|here|there|(an)?other|such|same|former|latter|following|above|below|both|each|every|any|no"
    r"|none|few|little|many|several|some|most|all|its|their|his|her|our|your|my|it|they|he|she|we|you|i)",
    re.IGNORECASE,
)
_UNFIT = re.compile(r"""[,;:()\[\]"“”?!…/|\n]""")
_UNIT = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*$")


class Candidate(Struct, frozen=True):
    """A question with the argument that is its answer, and the entities that its words name."""

    question: str
    answer: Argument
    named: frozenset[str] = frozenset()


def questions_from(fact: Fact, stored: StoredSentence, world: World) -> tuple[str, ...]:
    """Questions that the fact answers.

    fact: one of ``stored``'s. RETURNS: questions in their order of use, none for a fact that is negative, hedged, about
    something that only its context names, or that would need other words than its own.
    """
    return tuple(candidate.question for candidate in candidates(fact, stored, world))


def candidates(fact: Fact, stored: StoredSentence, world: World) -> tuple[Candidate, ...]:
    """The same, with the answers."""
    if fact.polarity == "negative" or fact.hedge or fact.modal not in MODALS or fact.confidence < SURE:
        return ()
    if any(a.antecedent is not None for a in fact.arguments):
        return ()
    if fact.kind == "table":
        made: Iterable[Candidate | None] = _of_row(fact, world)
    elif fact.kind in ("copula", "apposition"):
        made = _of_copula(fact, stored, world)
    elif fact.kind == "clause" and fact.pos == "v":
        made = _of_clause(fact, stored, world)
    else:
        made = ()
    found = {c.question: _naming(c, fact) for c in made if c is not None and _fit(c.question)}
    return tuple(found.values())


def _fit(question: str) -> bool:
    return len(question) <= LONGEST and not _UNFIT.search(question[:-1])


def _naming(candidate: Candidate, fact: Fact) -> Candidate:
    asked = candidate.question.lower()
    known = (a for a in fact.arguments if a is not candidate.answer and a.text.lower() in asked)
    return Candidate(candidate.question, candidate.answer, frozenset(e for a in known for e in a.entities))


# Rows


def _of_row(fact: Fact, world: World) -> Iterator[Candidate | None]:
    """*What is the capital of Peru?* from the row *Peru* and the column *Capital*."""
    subject, cell = fact.argument("subj"), fact.argument("attr")
    if subject is None or cell is None or (fact.trace[:1] and fact.trace[0].rule == "row_kind"):
        return
    if not any(c.isalpha() for c in subject.text) or cell.text.lower() in ("yes", "no", "true", "false"):
        return
    header = _UNIT.sub("", fact.relation).strip()
    if (
        not header
        or len(header.split()) > 4
        or header.split()[-1].lower() in ABOUT_COLUMNS
        or not header.replace(" ", "").replace("-", "").isalpha()
    ):
        return
    words = [w if any(c.isupper() for c in w[1:]) or world.gazetteer.named_in(w) else w.lower() for w in header.split()]
    last = words[-1].lower()
    plural = any(pos == "n" and lemma != last for lemma, pos in world.lexicon.lemmas_of(last)) and last.endswith("s")
    who = "Who" if "person" in _types(cell, None, world) else "What"
    yield Candidate(f"{who} {'are' if plural else 'is'} the {' '.join(words)} of {subject.text}?", cell)


# Copulas


def _of_copula(fact: Fact, stored: StoredSentence, world: World) -> Iterator[Candidate | None]:
    """*What is the capital of Peru?*, *Where is the seat of the league?*, *Who was Ada Lovelace?*"""
    subject = fact.argument("subj")
    verb = "is" if fact.kind == "apposition" else fact.relation
    if subject is None or verb not in ("is", "are", "was", "were"):
        return
    if fact.kind == "apposition":
        attribute = fact.argument("attr")
        if attribute is not None:
            yield _described(attribute, subject, verb, (), stored, world)
        return
    cop = stored.sentence.tokens[fact.predicate_tokens[0]] if fact.predicate_tokens else None
    if cop is None or cop.text.lower() != verb:
        return
    times = [a for a in fact.arguments if a.role == "time" and a.preposition]
    attribute = fact.argument("attr")
    if attribute is not None:
        for known, asked in ((subject, attribute), (attribute, subject)):
            yield _described(known, asked, verb, times, stored, world)
        known_text = _said(subject, stored)
        if known_text and subject.entities and attribute.text.lower().startswith(("a ", "an ")):
            who = "Who" if "person" in _types(subject, stored, world) else "What"
            yield Candidate(f"{who} {verb} {known_text}?", attribute)
        return
    place = next((a for a in fact.arguments if _is_place(a, stored, world)), None)
    text = _said(subject, stored)
    if place is not None and text and _anchored([subject], stored):
        yield Candidate(f"Where {verb} {text}?", place)


def _described(
    known: Argument, asked: Argument, verb: str, times: list[Argument] | tuple[()], stored: StoredSentence, world: World
) -> Candidate | None:
    """*The capital of Peru* is known, which one it is is asked; its time goes with it."""
    text = _said(known, stored)
    if not text.startswith("the ") or not _anchored([known], stored) or asked.text.lower().startswith(("a ", "an ")):
        return None
    tokens = stored.sentence.tokens
    if not any(
        tokens[i].text.lower() in ("of", "in", "for", "between") or tokens[i].dep == "nmod:poss" for i in known.tokens
    ):
        return None
    if tokens[known.head].upos != "NOUN" or ("Number=Plur" in tokens[known.head].feats) != (verb in ("are", "were")):
        return None
    if asked.head >= 0 and tokens[asked.head].upos not in ("NOUN", "PROPN", "NUM", "X", "SYM"):
        return None
    person = "person" in world.types(tokens[known.head].lemma.lower()) or (
        "person" in _types(asked, stored, world) and verb in ("is", "was")
    )
    who = "Who" if person and asked.value is None else "What"
    when = [_phrase(t, stored) for t in times if not set(t.tokens) & set(known.tokens)]
    if not all(when):
        return None
    return Candidate(" ".join((who, verb, text, *when)) + "?", asked)


# Clauses


def _of_clause(fact: Fact, stored: StoredSentence, world: World) -> Iterator[Candidate | None]:
    """*Who founded the league?*, *When was it founded?*, *What did it sign?*, *How many seats has it?*"""
    sentence = stored.sentence
    verbs = [sentence.tokens[i] for i in fact.predicate_tokens]
    group = [t for t in verbs if t.text.lower() != "also"]
    if not group or fact.relation.lower() != " ".join(t.text.lower() for t in verbs) or not _finite(group):
        return
    if any(a.role in ("comp", "except") or a.head < 0 for a in fact.arguments):
        return
    passive = any(t.dep == "aux:pass" for t in group)
    core = ("obj",) if passive else ("subj",)
    subject = next((a for a in fact.arguments if a.role in core and not a.preposition), None)
    if subject is None or subject.head >= group[0].i:
        return
    after = [a for a in fact.arguments if a is not subject and a.head > group[-1].i]
    after = [a for a in after if a.role != "attr" or not a.preposition]
    before = [a for a in fact.arguments if a is not subject and a not in after and a.role != "time"]
    if before and any(a.role in ("obj", "iobj", "attr") for a in before):
        return
    if not _in_order(group[-1].i, after, stored):
        return
    after.sort(key=lambda a: a.head)
    name = _said(subject, stored)
    words = " ".join(t.text for t in group)
    yield from _how_many(subject, after, words, stored)
    yield _who_does(fact, subject, after, group, stored, world)
    if not name or len(name.split()) > LONGEST_SUBJECT or subject.value or not _anchored([subject], stored):
        return
    start, rest = _inverted(group, name, world)
    if start:
        yield from _what_and_when(fact, after, (f"{start} {name} {rest}", passive), group, stored, world)


def _what_and_when(
    fact: Fact,
    after: list[Argument],
    clause: tuple[str, bool],
    group: list[Token],
    stored: StoredSentence,
    world: World,
) -> Iterator[Candidate | None]:
    """The object, the time or the place is asked for."""
    words, passive = clause
    objects = [a for a in after if a.role in ("obj", "iobj", "attr")]
    inside = {i for a in objects for i in stored.sentence.subtree(a.head)}
    obliques = [a for a in after if a.role.startswith("obl") and not _is_place(a, stored, world)]
    others = [a for a in obliques if a.entities and (a.head not in inside or a.preposition.lower() == "with")][:1]
    asked = objects[0] if len(objects) == 1 and objects[0].role == "obj" and not passive else None
    if asked is not None:
        counted = _counted(asked, stored)
        if counted is not None:
            yield Candidate(f"How many {counted} {words}?", asked)
        elif (
            fact.predicate not in BARE
            and (others or inside.issuperset(a.head for a in obliques))
            and all(t.upos in ("VERB", "AUX", "ADP") for t in group)
        ):
            wh = _wh(asked, stored, world)
            yield _joined(f"{wh} {words}", others, asked, stored) if wh else None
    if obliques and not objects and not others:
        return  # *When did it consist?* lacks what the verb takes
    dated = ((a, a.value) for a in fact.arguments if a.role == "time" and a.value is not None)
    times = [a for a, value in dated if value.kind == "date" and value.bound in ("exact", "about")]
    times = [] if fact.predicate.partition(" ")[0] in STATES else times
    places = [a for a in after if _is_place(a, stored, world) and a.head not in inside]
    for found, wh in ((times[:1], "When"), (places[:1], "Where")):
        for argument in found:
            yield _joined(f"{wh} {words}", [*objects, *others], argument, stored)


def _in_order(end: int, arguments: list[Argument], stored: StoredSentence) -> bool:
    """Whether the arguments follow the verb and each other with nothing between, each behind its own preposition; a
    conjunct stands where its first one does."""
    sentence = stored.sentence
    tops = set()
    for argument in arguments:
        top = argument.head
        while sentence.tokens[top].rel == "conj" and sentence.tokens[top].head > end:
            top = sentence.tokens[top].head
        tops.add((top, argument.preposition.lower()))
    for top, preposition in sorted(tops):
        below = sentence.subtree(top)
        first = sentence.tokens[below[0]]
        if below[0] > end + 1 or (
            first.text.lower() != preposition.partition(" ")[0] if preposition else first.upos == "ADP"
        ):
            return False
        end = max(end, below[-1])
    return True


def _who_does(
    fact: Fact, subject: Argument, after: list[Argument], group: list[Token], stored: StoredSentence, world: World
) -> Candidate | None:
    """The subject is asked for: the verb group stands as it is, so it must not be a plural."""
    head = stored.sentence.tokens[subject.head]
    if ("Tense=Pres" in group[0].feats and "Number=Sing" not in group[0].feats) or group[0].text.lower() in PLURAL:
        return None
    if fact.predicate in NAMING or subject.value is not None or (not subject.entities and head.upos != "PROPN"):
        return None
    wh = _wh(subject, stored, world)
    kept = [a for a in after if a.role in ("obj", "iobj", "attr")] + [a for a in after if a.role.startswith("obl")][:2]
    kept.sort(key=lambda a: a.head)
    words = " ".join((wh, *(t.text for t in group)))
    return _joined(words, kept, subject, stored) if wh and kept and _anchored(kept, stored) else None


def _wh(argument: Argument, stored: StoredSentence, world: World) -> str:
    """*Who*, *What* or *Which country*; empty for a group of named ones."""
    if any(world.members_of(e) for e in argument.entities):
        return ""
    types, head = _types(argument, stored, world) - {""}, stored.sentence.tokens[argument.head]
    peoples = not types and head.upos == "PROPN" and "Number=Plur" in head.feats  # *the Normans*
    if argument.value is None and (types & {"person", "people"} or peoples):
        return "Who"
    kinds = {world.type_of(e) for e in argument.entities}
    kind = kinds.pop() if len(kinds) == 1 else ""
    return f"Which {kind}" if kind in KIND_NAMES else "What"


def _how_many(
    subject: Argument, after: list[Argument], words: str, stored: StoredSentence
) -> Iterator[Candidate | None]:
    counted = _counted(subject, stored)
    if counted is not None and after and _anchored(after, stored):
        yield _joined(f"How many {counted} {words}", after[:2], subject, stored)


def _counted(argument: Argument, stored: StoredSentence) -> str | None:
    """*members* of *12 members*: a figure and a plural noun, nothing else."""
    tokens = [stored.sentence.tokens[i] for i in argument.tokens]
    if (
        len(tokens) < 2
        or any(t.upos != "NUM" for t in tokens[:-1])
        or tokens[-1].upos != "NOUN"
        or not tokens[-1].text.isalpha()
    ):
        return None
    return tokens[-1].text if "Number=Plur" in tokens[-1].feats else None


def _inverted(group: list[Token], name: str, world: World) -> tuple[str, str]:
    """The verb group with its subject to go between: *was*, *founded*; *did*, *sign*. Empty where that cannot be."""
    first, rest = group[0], " ".join(t.text for t in group[1:])
    if first.upos == "AUX" and len(group) > 1:
        return first.text.lower(), rest
    if first.upos != "VERB" or "VerbForm=Fin" not in first.feats:
        return "", ""
    lemma = first.lemma.lower()
    if (lemma, "v") not in set(world.lexicon.lemmas_of(first.text.lower())) or any(
        t.upos in ("VERB", "AUX") for t in group[1:]
    ):
        return "", ""
    if "Tense=Past" in first.feats:
        start = "did"
    elif first.text.lower() != lemma:
        start = "does"
    else:
        start = "do"
    return start, f"{lemma} {rest}".strip()


def _finite(group: list[Token]) -> bool:
    return "VerbForm=Fin" in group[0].feats and not any("VerbForm=Fin" in t.feats for t in group[1:])


def _joined(start: str, arguments: list[Argument], answer: Argument, stored: StoredSentence) -> Candidate | None:
    parts = [_phrase(a, stored) for a in sorted(arguments, key=lambda a: a.head)]
    return Candidate(" ".join((start, *parts)) + "?", answer) if all(parts) else None


# Phrases


def _phrase(argument: Argument, stored: StoredSentence) -> str:
    text = _said(argument, stored)
    return f"{argument.preposition.lower()} {text}".strip() if text else ""


def _said(argument: Argument, stored: StoredSentence) -> str:
    """The argument as it stands, small at the start of its sentence; empty where it leans on its context."""
    sentence = stored.sentence
    tokens = [sentence.tokens[i] for i in argument.tokens]
    if not tokens or tokens[-1].i - tokens[0].i + 1 != len(tokens) or argument.quantifier:
        return ""
    if any(
        t.upos == "PRON" or POINTING.fullmatch(t.text) or (t.upos == "PUNCT" and t.text not in "-–.'’") for t in tokens
    ):
        return ""
    if any("VerbForm=Fin" in t.feats for t in tokens):
        return ""
    text = " ".join(sentence.words(list(argument.tokens)).split())
    named = (
        tokens[0].upos == "PROPN"
        or any(c.isupper() for c in tokens[0].text[1:])
        or (argument.entities and tokens[0].upos != "DET")
    )
    return text if named else text[:1].lower() + text[1:]


def _anchored(arguments: Iterable[Argument], stored: StoredSentence) -> bool:
    """Whether something in them has a name, so that the question stands alone."""
    return any(a.entities or any(stored.sentence.tokens[i].upos == "PROPN" for i in a.tokens) for a in arguments)


def _types(argument: Argument, stored: StoredSentence | None, world: World) -> frozenset[str]:
    if argument.entities:
        return frozenset(world.type_of(e) for e in argument.entities)
    if argument.head < 0 or stored is None:
        return frozenset(world.type_of(e) for e in world.gazetteer.named_in(argument.text))
    token = stored.sentence.tokens[argument.head]
    if token.upos == "PROPN":
        return frozenset(("person",)) if token.ent == "PERSON" else frozenset()
    return world.types(token.lemma.lower())


def _is_place(argument: Argument, stored: StoredSentence, world: World) -> bool:
    if argument.preposition.lower() not in ("in", "at", "near", "on") or not argument.entities:
        return False
    return bool(_types(argument, stored, world) & PLACES)
