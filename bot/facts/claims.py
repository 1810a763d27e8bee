"""What a fact claims that another could deny: a value, a name or a polarity, under a key that both would have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import inf
from typing import Literal

from msgspec import Struct

from bot.facts.functional import Relation, functional
from bot.facts.model import Argument, Fact
from bot.language.values import Value
from bot.language.values.nouns import singular
from bot.language.values.tables import tables

ConflictKind = Literal["value", "polarity", "name"]
Key = tuple[str, ...]

_WORD = re.compile(r"\d[\d,.]*\d|\w+(?:[-.]\w+)*")
_AMOUNTS = frozenset({"money", "quantity", "number", "percent", "duration"})
_SPOKEN_OF = frozenset({"copula", "apposition", "light_verb", "table", "possessive"})
_PLACES = frozenset({"obl:in", "place"})


class Identity(Struct, frozen=True):
    """What an argument speaks of: ``entity`` where linked, the other content words; ``named`` if it holds a name."""

    entity: str
    words: tuple[str, ...]
    named: bool
    text: str

    @property
    def definite(self) -> bool:
        """Whether it is one certain thing: a name, or *the* and *its* before a noun."""
        first = self.text.split(" ", 1)[0].lower()
        return first in functional().lists["definite"] or (self.named and first not in ("a", "an"))

    @property
    def key(self) -> str:
        return f"{self.entity}|{' '.join(sorted(self.words))}"


class When(Struct, frozen=True):
    """When a fact holds: days from ``low`` to ``high`` (now is without end), ``past`` for some time before, unknown
    which; ``recurring`` are the weekdays and seasons it is confined to."""

    low: float
    high: float
    past: bool = False
    recurring: tuple[str, ...] = ()


class Claim(Struct, frozen=True):
    """One thing that a fact claims. Claims of one ``key`` are about the same; ``value``, ``name`` or ``positive`` is
    what they claim of it, ``others`` further participants that must not differ, ``text`` the value as written."""

    kind: ConflictKind
    key: Key
    about: str
    text: str
    when: When
    value: Value | None = None
    name: Identity | None = None
    positive: bool = True
    others: tuple[tuple[str, str], ...] = ()


def claims_of(fact: Fact, document: str) -> Iterator[Claim]:
    """What a fact claims; nothing for a condition, or where it is not known what it speaks of.

    fact: linked. document: its path; what only *the* points at and is past may differ from document to document.
    """
    data = functional().lists
    if fact.hedge.lower() in data["conditions"] or any(_conditional(a) for a in fact.arguments):
        return
    yield from _polarity(fact, document)
    if fact.polarity == "negative" or fact.modal not in ("", "will"):
        return
    if fact.pos == "v" and fact.kind != "parenthesis":  # *Co-operation in Europe (OSCE)* puts nothing in a place
        yield from _dates(fact, document)
        yield from _amounts(fact, document)
        yield from _agents(fact, document)
        yield from _places(fact, document)
    elif fact.pos == "n" and fact.kind in _SPOKEN_OF:
        yield from _seats(fact, document)
        yield from _attributes(fact, document)


def identity(argument: Argument) -> Identity | None:
    """What an argument speaks of, None where that is open: a pronoun without antecedent, *some* or *another*."""
    said = argument.antecedent
    if said is not None:
        return _identity(said.text or argument.text, said.entity or "", False, False)
    initial = bool(argument.tokens) and argument.tokens[0] == 0
    return _identity(argument.text, "+".join(sorted(argument.entities)), initial, True)


@lru_cache(16_384)
def _identity(text: str, entity: str, initial: bool, written: bool) -> Identity | None:
    """``initial``: the phrase begins its sentence, where a capital means nothing; ``written``: it stands there itself,
    not in another sentence."""
    words, capitals = _words(text)
    first = _WORD.search(text)
    vague = written and first is not None and first.group().lower() in functional().lists["vague"]
    if vague or not (words or entity):
        return None
    opening = text.split(" ", 1)[0] if initial else ""
    named = bool(entity) or any(word != opening for word in capitals)
    if entity and capitals:
        name = frozenset(singular(word.lower(), tables()) for word in capitals)
        words = tuple(word for word in words if word not in name)
    return Identity(entity, words, named, text)


def when(fact: Fact) -> When:
    """The time a fact says it holds."""
    dates = [a.value for a in fact.arguments if _dated(a)]
    recurring = tuple(sorted(_recurring(a) for a in fact.arguments if a.role == "time" and not _dated(a)))
    plain = [value for value in dates if value is not None and value.unit != "monthday"]
    if plain:
        low = max(-inf if value.low is None else value.low for value in plain)
        high = min(inf if value.high is None else value.high for value in plain)
        return When(low, high, False, recurring)
    recurring = tuple(sorted((*recurring, *(value.text for value in dates if value is not None))))
    never = fact.polarity == "negative" and fact.relation.split(" ", 1)[0] in ("has", "have", "had")
    if never or (fact.polarity == "negative" and fact.tense == "past" and fact.predicate in functional().once):
        return When(-inf, inf, False, recurring)
    return When(inf, inf, fact.tense == "past", recurring)


def _polarity(fact: Fact, document: str) -> Iterator[Claim]:
    """The proposition itself, keyed by all its participants."""
    if fact.kind in ("light_verb", "nominal", "possessive", "heading"):
        return  # the clause that they are read from says it
    lists = functional().lists
    kept, negative = [], fact.polarity == "negative"
    for argument in _participants(fact):
        quantifier = argument.quantifier.lower()
        found = identity(argument)
        if quantifier in lists["partial"] or found is None or "only" in _raw(argument.text):
            return
        if quantifier == "no":
            negative = fact.polarity == "positive" or argument.role == "subj"
        kept.append((argument.role, found, "" if quantifier in lists["empty_quantifiers"] else quantifier))
    if not kept or (len(kept) == 1 and kept[0][0] not in ("subj", "obj")):
        return
    about = f"{fact.predicate}: {', '.join(one.text for _, one, _ in kept)}"
    modal = "" if fact.modal == "will" else fact.modal
    key = tuple(f"{role}={one.key}={quantifier}" for role, one, quantifier in sorted(kept, key=lambda x: x[0]))
    place = _place(fact, [one for _, one, _ in kept], document)
    if place is not None and not (fact.pos == "v" and fact.tense == "past" and _passing(kept)):
        said = "no" if negative else "yes"
        yield Claim(
            "polarity", ("polarity", fact.predicate, fact.pos, modal, *key, place), about, said, when(fact), None, None,
            not negative,
        )  # fmt: skip


def _dates(fact: Fact, document: str) -> Iterator[Claim]:
    """When it happened, of what happens once; at what hour, of what happens daily."""
    data = functional()
    roles = ("subj", "obj") if fact.predicate in data.lists["of_doers"] else ("obj", "subj")
    owner = fact.argument(roles[0]) or fact.argument(roles[1])
    of = identity(owner) if owner is not None else None
    place = _place(fact, [of], document) if of is not None else None
    if of is None or owner is None or place is None or owner.quantifier:
        return
    others = _others(fact, owner)
    for argument in fact.arguments:
        value = argument.value
        if value is None or argument.role != "time" or (value.low is None and value.high is None):
            continue
        if value.kind == "date" and fact.predicate in data.once and value.unit != "monthday":
            name = data.once[fact.predicate]
            about = f"{fact.predicate} {of.text}"
            always = When(-inf, inf)
            yield Claim("value", ("once", name, of.key, place), about, argument.text, always, value, others=others)
        if value.kind == "time" and fact.predicate in data.lists["daily"] and fact.tense != "past":
            times = tuple(_recurring(a) for a in fact.arguments if a.role == "time" and a is not argument)
            hours = When(inf, inf, recurring=tuple(sorted(times)))
            key = ("hour", fact.predicate, of.key, *(f"{role}={text}" for role, text in others), place)
            yield Claim("value", key, f"{fact.predicate} {of.text}", argument.text, hours, value)


def _amounts(fact: Fact, document: str) -> Iterator[Claim]:
    """How much or how many, of a state or of one event."""
    data = functional()
    subject = fact.argument("subj") or fact.argument("obj")
    of = identity(subject) if subject is not None else None
    if of is None or subject is None or subject.quantifier:
        return
    for argument in fact.arguments:
        value = argument.value
        if argument is subject or value is None or value.kind not in _AMOUNTS:
            continue
        if argument.role not in data.lists["amount_roles"]:
            continue
        rest = _rest(argument.text, value.unit)
        named = _dimension(fact, value, rest)
        if named is not None:
            extra = tuple(word for word in rest if word not in data.values)
            yield from _attribute(named, of, extra, fact, argument, document)
            continue
        moment = when(fact)
        if moment.past and fact.predicate not in data.lists["measures"]:
            continue
        others = _others(fact, subject, argument)
        place = _place(fact, [of], document)
        if place is not None and not any(text == "?" for _, text in others):
            key = ("amount", fact.predicate, of.key, _scale(value), " ".join(sorted(rest)), *map("=".join, others))
            yield Claim("value", (*key, place), f"{fact.predicate} of {of.text}", argument.text, moment, value)


def _attributes(fact: Fact, document: str) -> Iterator[Claim]:
    """What a noun says of its owner: *the population of X is …*, *the capital of X is …*, a cell of a table."""
    data = functional()
    owner, said = fact.argument("of", "poss"), fact.argument("subj")
    if fact.kind == "light_verb":
        return  # the clause with *have* that it is read from says more (*a floor area of …*)
    if fact.kind == "table":
        owner, said = fact.argument("subj"), fact.argument("attr")
    if owner is None or said is None or owner is said or (of := identity(owner)) is None:
        return
    phrase = fact.argument("attr") if fact.kind != "table" else None
    extra: tuple[str, ...] = ()
    if phrase is not None:
        known = {*of.words, *_words(owner.text)[0], *(_words(said.text)[0] if said is not phrase else ())}
        extra = tuple(word for word in _words(phrase.text)[0] if word not in known | {fact.predicate})
        extra = tuple(word for word in extra if not _of_time(word, fact))
    if fact.predicate in data.values and said.value is not None and said.value.kind in _AMOUNTS:
        yield from _attribute(data.values[fact.predicate], of, extra, fact, said, document)
    elif fact.predicate in data.names:
        yield from _name(data.names[fact.predicate], of, extra, fact, said, document)


def _agents(fact: Fact, document: str) -> Iterator[Claim]:
    """*X was founded by Y*, *Y heads X*."""
    relation = functional().agents.get(fact.predicate)
    owner, said = fact.argument("obj"), fact.argument("subj")
    if relation is not None and owner is not None and said is not None and (of := identity(owner)) is not None:
        yield from _name(relation, of, (), fact, said, document)


def _places(fact: Fact, document: str) -> Iterator[Claim]:
    """*X lies in Y*, *X was born in Y*."""
    relation = functional().places.get(fact.predicate)
    owner = fact.argument("obj") or fact.argument("subj")
    if relation is None or owner is None or (of := identity(owner)) is None:
        return
    for argument in fact.arguments:
        if argument.role in _PLACES and argument.value is None:
            yield from _name(relation, of, (), fact, argument, document)


def _seats(fact: Fact, document: str) -> Iterator[Claim]:
    """*The Union has its headquarters in X* says of them what *its headquarters are in X* says."""
    owner = fact.argument("subj") if fact.kind == "light_verb" else None
    if fact.predicate not in functional().lists["seats"] or owner is None or (of := identity(owner)) is None:
        return
    noun = singular(fact.predicate, tables())
    seat = Identity("", (noun, *_words(of.text)[0]), of.named, of.text)
    for argument in fact.arguments:
        if argument.role in _PLACES and argument.value is None:
            yield from _name(Relation("place", False), seat, (), fact, argument, document)


def _attribute(
    relation: Relation, of: Identity, extra: tuple[str, ...], fact: Fact, said: Argument, document: str
) -> Iterator[Claim]:
    place = _place(fact, [of], document)
    if place is not None:
        moment = When(-inf, inf) if relation.lasting else when(fact)
        key = ("attribute", relation.name, of.key, *sorted(extra), place)
        yield Claim("value", key, f"{relation.name} of {of.text}", said.text, moment, said.value)


def _name(
    relation: Relation, of: Identity, extra: tuple[str, ...], fact: Fact, said: Argument, document: str
) -> Iterator[Claim]:
    found, place = identity(said), _place(fact, [of], document)
    if found is None or not found.named or place is None or said.quantifier or said.value is not None:
        return
    if not said.entities and said.antecedent is None and not said.text[:1].isupper():
        return  # *the founder was a merchant from Lund* names nobody
    moment = When(-inf, inf) if relation.lasting else when(fact)
    key = ("name", relation.name, of.key, *sorted(extra), place)
    yield Claim("name", key, f"{relation.name} of {of.text}", said.text, moment, None, found)


def _dimension(fact: Fact, value: Value, rest: tuple[str, ...]) -> Relation | None:
    """The attribute that an amount is one of, by its noun (*a length of 5 m*), unit or adjective (*5 m long*)."""
    data = functional()
    if fact.predicate in ("have", "be"):
        for word in rest:
            if word in data.values:
                return data.values[word]
        if value.unit in data.counted and not rest:
            return data.counted[value.unit]
    if fact.predicate == "be":
        texts = {a.text.lower() for a in fact.arguments}
        return next((relation for word, relation in data.adjectives.items() if word in texts), None)
    return None


def _place(fact: Fact, spoken: list[Identity], document: str) -> str | None:
    """The part of a key that keeps documents apart: a past event of unnamed participants is its document's own. None
    where even one document may speak of two such events."""
    past = fact.tense == "past" or not fact.tense
    if past and not spoken[0].definite:
        return None  # *a bridge was built in 1900*, *a bridge was built in 1950*
    return document if past and not any(one.named for one in spoken) else ""


def _passing(kept: list[tuple[str, Identity, str]]) -> bool:
    """Whether a past deed may have been done more than once: not one done to a certain thing."""
    return len(kept) < 2 or not all(one.definite for _, one, _ in kept)


def _participants(fact: Fact) -> list[Argument]:
    left_out = functional().lists["attributed"] | {"time", "except"}
    return [a for a in fact.arguments if a.role not in left_out]


def _others(fact: Fact, *besides: Argument) -> tuple[tuple[str, str], ...]:
    """Further participants by role; ``?`` for one that is not known."""
    found = []
    for argument in _participants(fact):
        if not any(argument is one for one in besides):
            one = identity(argument)
            found.append((argument.role, one.key if one is not None else "?"))
    return tuple(sorted(found))


def _conditional(argument: Argument) -> bool:
    role = argument.role.removeprefix("obl:")
    return role.split(" ", 1)[0] in functional().lists["conditions"]


def _dated(argument: Argument) -> bool:
    return argument.value is not None and argument.value.kind == "date" and argument.role in ("time", "duration")


def _recurring(argument: Argument) -> str:
    value = argument.value
    return value.unit if value is not None and value.kind == "time" and value.unit else argument.text.lower()


def _of_time(word: str, fact: Fact) -> bool:
    return any(word in _raw(a.text) for a in fact.arguments if a.role == "time") or word in ("from", "since", "until")


def _scale(value: Value) -> str:
    if value.kind == "money":
        return "money"
    bases = tables().unit_bases
    return bases[value.unit][0] if value.unit in bases else value.kind if value.kind != "number" else "quantity"


def _rest(text: str, unit: str) -> tuple[str, ...]:
    """The words of an amount's phrase that are neither its number nor its unit: *large* of *20 large rooms*."""
    return tuple(word for word in _words(text)[0] if word != unit and not _counts(word))


@lru_cache(4_096)
def _counts(word: str) -> bool:
    table = tables()
    known = (table.numbers, table.magnitudes, table.units, table.money, table.cents, table.durations)
    percent = table.list("percent")
    return word[0].isdigit() or word in percent or any(word in words or f"{word}s" in words for words in known)


def _raw(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


@lru_cache(65_536)
def _words(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The content words of a phrase, in the singular, and those of them that are written with a capital."""
    stops, found = functional().lists["stops"], re.sub(r"\([^)]*\)", " ", text).split(", ")[0]
    raw = [word for word in _WORD.findall(found) if word.lower() not in stops]
    return tuple(singular(w.lower(), tables()) for w in raw), tuple(w for w in raw if w[0].isupper())
