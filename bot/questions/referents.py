"""What a turn leaves for the next to refer to, and which of it a pronoun stands for.

A referent has a number and a kind, so that *they* passes over a town and *he* over a bridge. Among those that agree,
what the conversation is already about comes first (the topic that the last line's own pronoun stood for), then what
fits the pronoun's usual target: the people asked for, the things listed or counted, the subject.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.language import lexicon, possessives
from bot.language.sentence import Sentence
from bot.questions.query import Query, Term

Number = Literal["one", "many", "either"]
Source = Literal["asked", "subject", "argument", "other", "value", "earlier"]

PERSON, GROUP, PLACE = (
    "person",
    frozenset({"organization", "group", "company"}),
    frozenset({"place", "city", "country"}),
)
VALUES = frozenset(
    {
        "date",
        "time",
        "number",
        "money",
        "percent",
        "quantity",
        "duration",
        "frequency",
        "reason",
        "manner",
        "definition",
    }
)
PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers"})
PLURAL = frozenset({"they", "them", "their", "theirs", "these", "those"})
POSSESSIVE = frozenset({"its", "their", "his", "her", "theirs", "hers"})
_ARTICLE = re.compile(r"^(?:the|a|an|any|some|this|that|these|those|each|every)\s+", re.I)
QUOTED = re.compile(r"[\"“][^\"“”]{2,60}[\"”]")
LEARNT = "doc:"
LONGEST = 8  # words of a phrase that a pronoun is replaced by


class Referent(Struct, frozen=True):
    """Something that a pronoun may stand for. ``text`` is how it is said in its place (*the wooden bridge*), ``noun``
    its head as written (*bridge*), ``lemma`` the head's lemma, ``kinds`` the coarse types of it, none where unknown."""

    text: str
    noun: str
    lemma: str
    number: Number
    kinds: frozenset[str]
    source: Source

    def __str__(self) -> str:
        kinds = "/".join(sorted(self.kinds)) or "thing"
        return f"{self.text} ({kinds}, {self.source})"


def referents_of(
    query: Query, values: Iterable[str], name_of: Callable[[str], str], type_of: Callable[[Term], str]
) -> tuple[Referent, ...]:
    """What a question and its answer named, in the order of the question, then the values.

    name_of: the name of an entity id. type_of: the kinds of a term, joined by ``/``.
    """
    found: dict[str, Referent] = {}
    for term in query.terms:
        part = query.sentence.tokens[term.tokens[-1]].rel == "compound" and not term.entities
        if part or (term.pos != "n" and not term.entities):
            continue  # *disk* of *disk space* is nothing to speak of
        made = _of_term(query, term, name_of, type_of)
        found.setdefault(made.text.lower(), made)
    gap = query.gap
    kinds = frozenset(gap.types) if gap is not None else frozenset[str]()
    if gap is not None and gap.noun and gap.head >= 0 and not any(r.lemma == gap.noun for r in found.values()):
        asked = query.sentence.tokens[gap.head]  # *people* names nothing that evidence must have, but may be meant
        number: Number = "many" if "Number=Plur" in asked.feats or gap.counted else "one"
        found[asked.text] = Referent(f"the {asked.text}", asked.text, gap.noun, number, frozenset(), "asked")
    for text in values:
        if text not in ("yes", "no") and len(text) < 80 and not (kinds and kinds <= VALUES):
            made = _of_value(text, kinds, gap.noun if gap is not None else "")
            found.setdefault(made.text.lower(), made)
    return tuple(found.values())


def _of_term(query: Query, term: Term, name_of: Callable[[str], str], type_of: Callable[[Term], str]) -> Referent:
    head = query.sentence.tokens[term.tokens[-1]]
    kinds = frozenset(type_of(term).split("/")) - {"", "thing"}
    plural = "Number=Plur" in head.feats
    if term.entities:
        name = name_of(term.entities[0])
        if term.entities[0].startswith(LEARNT) and len(name.split()) == 1:
            kinds -= {PERSON}  # one word learnt from a text as a name: a program and a surname look the same
        many: Number = "either" if plural or kinds & {*GROUP, "people", "nationality"} or not kinds else "one"
        return Referent(name, head.text, head.lemma.lower(), many, kinds, _source(query, term))
    if term.place == "gap":
        text = f"the {_bare_phrase(query.sentence, term)}"
    else:
        phrase = _bare_phrase(query.sentence, term)
        bare = head.upos == "PROPN" or QUOTED.fullmatch(phrase) or phrase.split()[-1].isdigit()
        text = phrase if bare else f"the {phrase}"
    return Referent(text, head.text, head.lemma.lower(), "many" if plural else "one", kinds, _source(query, term))


def _source(query: Query, term: Term) -> Source:
    if term.place == "gap":
        return "asked"
    if term.place != "argument" or term.argument < 0:
        return "other"
    subjects = [n for n, known in enumerate(query.arguments) if known.role == "subj"]
    return "subject" if term.argument in subjects or (not subjects and term.argument == 0) else "argument"


def _bare_phrase(sentence: Sentence, term: Term) -> str:
    """The noun with what narrows it, its article and question word left out: *first design*, *roof of the wing*."""
    head = term.tokens[-1]
    quoted = next(
        (m for m in QUOTED.finditer(sentence.text) if m.start() <= sentence.tokens[head].start < m.end()), None
    )
    if quoted is not None:
        return quoted.group()
    tokens = sorted({*term.tokens, *(i for c in _narrowing(sentence, head) for i in sentence.subtree(c))})
    while tokens and sentence.tokens[tokens[-1]].upos == "PUNCT":
        tokens.pop()
    if len(tokens) > LONGEST or tokens[-1] - tokens[0] + 1 != len(tokens):
        tokens = sorted(term.tokens)
    return _ARTICLE.sub("", sentence.words(tokens))


def _narrowing(sentence: Sentence, head: int) -> list[int]:
    kept = []
    proper = sentence.tokens[head].upos == "PROPN"
    for child in sentence.children(head, "amod", "compound", "nmod", "nummod", "flat", "det"):
        if child.rel == "det" and not (proper and child.i and child.text[:1].isupper()):
            continue
        many = child.lemma.lower() in ("many", "much", "which", "what", "how")
        wh = any(sentence.tokens[i].text.lower() in ("how", "which", "what") for i in sentence.subtree(child.i))
        after = child.rel != "nmod" or child.i > head or (proper and child.dep == "nmod:poss")
        if not many and not wh and after:
            kept.append(child.i)
    return kept


def _of_value(text: str, kinds: frozenset[str], noun: str) -> Referent:
    words = text.split()
    shown = text if text[:1].isupper() or words[0].lower() in ("the", "its", "their") else f"the {text}"
    shown = re.sub(r"^the (?:a|an|one) ", "the ", shown, flags=re.I)
    last = (
        re.sub(r"\W", "", re.split(r"\s+(?:of|in|at|for|with|by|that|which|who|from|,)\b", text)[0].split()[-1]) or text
    )
    lemma = next((lemma for lemma, pos in lexicon.load().lemmas_of(last.lower()) if pos == "n"), last.lower())
    names = text[:1].isupper()
    many: Number = "either" if names or (kinds & GROUP) else "many" if lemma != last.lower() else "one"
    own = frozenset(lexicon.load().answer_types_of(lemma)) - {"thing"} if not names else frozenset[str]()
    own = own or ((kinds if not names or len(kinds) < 3 else frozenset[str]()) - VALUES)
    return Referent(shown, noun if names and noun else last, noun if names and noun else lemma, many, own, "value")


def resolve(
    pronoun: str, referents: tuple[Referent, ...], topic: str, query: Query | None, taken: frozenset[str]
) -> tuple[Referent, ...]:
    """What a pronoun may stand for, the likeliest first.

    pronoun: in small letters. topic: what the last line's pronoun stood for, empty for none. taken: texts that other
    pronouns of the line stand for. RETURNS: those that agree with it; all of the line's names where none does.
    """
    free = [r for r in referents if r.text not in taken]
    fits = [r for r in free if _agrees(pronoun, r)]
    gap = query.gap if query is not None else None
    asks_thing = gap is not None and not gap.counted and not (gap.types and set(gap.types) <= VALUES)
    ranks = {r: _rank(pronoun, r, topic, query, asks_thing) for r in fits}
    return tuple(sorted(fits, key=lambda r: (ranks[r], free.index(r))))


def _agrees(pronoun: str, referent: Referent) -> bool:
    person = PERSON in referent.kinds
    if pronoun in PERSONAL:
        unknown = not referent.kinds and referent.text[:1].isupper()
        return (person or unknown) and referent.number != "many"
    if pronoun in PLURAL:
        return referent.number != "one" or bool(referent.kinds & GROUP)
    return referent.number != "many" and referent.kinds != {PERSON} and not referent.kinds & {"date", "time"}


def _rank(pronoun: str, referent: Referent, topic: str, query: Query | None, asks_thing: bool) -> int:
    """0 for the likeliest."""
    source, identified = referent.source, query is not None and _identifies(query)
    if source == "earlier":
        return 9
    if topic and referent.text == topic:
        return 1 if pronoun in PERSONAL and source != "value" and _person_answered(query) else 0
    if pronoun in PERSONAL:
        return {"value": 1, "subject": 2}.get(source, 3)
    if pronoun in PLURAL:
        return {"asked": 1, "subject": 2, "argument": 3, "value": 3}.get(source, 4)
    if source == "value":
        return 1 if asks_thing and (identified or referent.number == "one" or _which(query)) else 5
    return {"subject": 2, "argument": 3, "asked": 6 if asks_thing else 4}.get(source, 4)


def _which(query: Query | None) -> bool:
    return query is not None and query.gap is not None and bool(query.gap.noun)


def _identifies(query: Query) -> bool:
    """*What was the most expensive purchase?*: the answer is what the question describes."""
    return query.gap is not None and query.gap.role == "attr" and query.intent != "definition" and not query.predicate


def _person_answered(query: Query | None) -> bool:
    return query is not None and query.gap is not None and PERSON in query.gap.types


def pair_of(query: Query, values: tuple[str, ...]) -> tuple[str, str] | None:
    """What *the former* and *the latter* are: the two that the question joins, else the two answered."""
    sentence = query.sentence
    for token in sentence:
        first = sentence.tokens[token.head]
        if token.rel != "conj" or first.i > token.i or token.upos not in ("NOUN", "PROPN") or first.upos == "VERB":
            continue
        others = [t for t in sentence.children(first.i, "conj")]
        if len(others) != 1:
            continue
        below = set(sentence.subtree(token.i))
        one = [i for i in sentence.subtree(first.i) if i not in below]
        return _plain(sentence, one), _plain(sentence, sorted(below))
    if len(values) == 2:
        return values[0], values[1]
    return None


def _plain(sentence: Sentence, tokens: list[int]) -> str:
    kept = [i for i in tokens if sentence.tokens[i].rel not in ("cc", "case", "punct", "cop", "mark")]
    return sentence.words(kept)


def possessive(text: str) -> str:
    """*the bridge's*, *the members'*."""
    return possessives.possessive(text, plural=text.startswith("the "), mark="'")


def and_earlier(now: tuple[Referent, ...], before: tuple[Referent, ...]) -> tuple[Referent, ...]:
    """The referents of a turn, then those of the turns before it that it did not name again, at most six."""
    known = {r.text.lower() for r in now}
    older = [replace(r, source="earlier") for r in before if r.text.lower() not in known]
    return (*now, *older[:6])
