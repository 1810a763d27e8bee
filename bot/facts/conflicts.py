"""Facts that cannot both hold: the same relation and arguments, another value or polarity, at a common time.

Each fact's claims are put under keys that a contrary claim would share (``claims``), so that only claims about the same
thing are ever compared. What is said in one sentence never conflicts with itself (*20 euros, or 30 at the door*).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations, groupby, product

from msgspec import Struct
from msgspec.structs import replace

from bot.facts.claims import Claim, ConflictKind, Identity, Key, When, claims_of, identity
from bot.facts.functional import functional
from bot.facts.model import Fact
from bot.language.values import Value, compare, compatible, values_in

MOST = 40
"""Sentences compared under one key: what is said of one thing more often is a list, not a contradiction."""
ABOUT = 0.1
"""Share by which an amount may differ from one that is only *about* right."""
CONVERTED = 0.02
"""Share by which amounts in two units may differ, through rounding."""
ABOUT_DAYS = 5 * 366
_ROUND = 1000


class Given(Struct, frozen=True):
    """A linked fact with its id, its sentence's id, its document's path and the headings above it."""

    id: int
    sentence: int
    fact: Fact
    document: str
    section: tuple[str, ...] = ()


class Conflict(Struct, frozen=True):
    """Two facts, by id, that cannot both hold. ``detail`` says in words what they disagree about; ``first_value`` and
    ``second_value`` are what each claims, as written (*yes* and *no* for a polarity)."""

    kind: ConflictKind
    first: int
    second: int
    detail: str
    first_value: str
    second_value: str


class _Said(Struct, frozen=True):
    """A claim with the fact that makes it."""

    given: Given
    claim: Claim


def conflicts(facts: Iterable[Given]) -> tuple[Conflict, ...]:
    """All pairs of facts that cannot both hold, by id; of two sentences at most one pair of each kind.

    facts: all of a base, those of a sentence together; what one document says another may deny.
    """
    claims: defaultdict[Key, defaultdict[int, list[_Said]]] = defaultdict(lambda: defaultdict(list))
    inside: defaultdict[str, set[str]] = defaultdict(set)
    for sentence, run in groupby(facts, key=lambda given: given.sentence):
        group = list(run)
        for given in group:
            for claim in claims_of(_timed_as_read(given.fact, group), given.document):
                claims[claim.key][sentence].append(_Said(given, claim))
            _learn_places(given.fact, inside)
    found: dict[tuple[int, int, str], Conflict] = {}
    for by_sentence in claims.values():
        if not 1 < len(by_sentence) <= MOST:
            continue
        for one, two in combinations(sorted(by_sentence), 2):
            conflict = _between(by_sentence[one], by_sentence[two], inside)
            if conflict is not None:
                found.setdefault((one, two, conflict.kind), conflict)
    return tuple(sorted(found.values(), key=lambda c: (c.first, c.second, c.kind)))


def _timed_as_read(fact: Fact, group: Iterable[Given]) -> Fact:
    """A copula read backwards (*48,000 was the population*) with the time of the reading that it mirrors."""
    heads = _ends(fact)
    if fact.kind != "copula" or fact.argument("time") is not None or heads is None:
        return fact
    for other in group:
        if other.fact.kind == "copula" and _ends(other.fact) == (heads[1], heads[0]):
            times = tuple(a for a in other.fact.arguments if a.role == "time")
            return replace(fact, arguments=(*fact.arguments, *times))
    return fact


def _ends(fact: Fact) -> tuple[int, int] | None:
    subject, said = fact.argument("subj"), fact.argument("attr")
    return (subject.head, said.head) if subject is not None and said is not None else None


def _between(ones: list[_Said], twos: list[_Said], inside: Mapping[str, set[str]]) -> Conflict | None:
    """The conflict of two sentences under one key, None where any two of their claims agree."""
    contrary = []
    for a, b in product(ones, twos):
        if not _meet(a.claim, b.claim) or _apart(a.given, b.given):
            continue
        if _agree(a.claim, b.claim, inside):
            return None
        contrary.append((a, b))
    if not contrary:
        return None
    a, b = min(contrary, key=lambda pair: (pair[0].given.id, pair[1].given.id))
    detail = f"{a.claim.about}: {a.claim.text}{_note(a.given.fact)} / {b.claim.text}{_note(b.given.fact)}"
    return Conflict(a.claim.kind, a.given.id, b.given.id, detail, a.claim.text, b.claim.text)


def _apart(a: Given, b: Given) -> bool:
    """Two rows of one table tell of two things; two headings may tell of two times (*Summer*, *Winter*)."""
    if a.fact.kind == b.fact.kind == "table" and a.document == b.document:
        return True
    return a.section != b.section and any(_timed(heading) for heading in {*a.section} ^ {*b.section})


@lru_cache(4_096)
def _timed(heading: str) -> bool:
    return any(value.kind in ("date", "time") for value in values_in(heading))


def _meet(a: Claim, b: Claim) -> bool:
    """Whether two claims are about the same thing at a common time, and can be compared at all."""
    others = dict(a.others)
    if any(others.get(role, key) != key for role, key in b.others):
        return False
    if a.value is not None and b.value is not None and compare(a.value, b.value) is None:
        return False
    return _overlap(a.when, b.when)


def _overlap(a: When, b: When) -> bool:
    if a.recurring != b.recurring:
        return False
    if a.past != b.past:
        return a.low == -b.high or b.low == -a.high  # one of them holds always
    return max(a.low, b.low) <= min(a.high, b.high)


def _agree(a: Claim, b: Claim, inside: Mapping[str, set[str]]) -> bool:
    if a.value is not None and b.value is not None:
        return _values_agree(a.value, b.value)
    if a.name is not None and b.name is not None:
        return _same_name(a.name, b.name) or _within(a.name, b.name, inside) or _within(b.name, a.name, inside)
    return a.positive == b.positive


def _values_agree(a: Value, b: Value) -> bool:
    """Compatible, or as near as *about*, rounding and conversion of units let them be."""
    if compatible(a, b):
        return True
    if None in (a.low, a.high, b.low, b.high):
        return False
    about = "about" in (a.bound, b.bound)
    if a.kind == "date":
        wide = replace(a, low=(a.low or 0) - ABOUT_DAYS, high=(a.high or 0) + ABOUT_DAYS)
        return about and compatible(wide, b)
    if a.kind == "time":
        return False
    share = ABOUT if about else CONVERTED if a.unit != b.unit else 0.0
    if a.unit == b.unit and a.low == a.high and b.low == b.high and _rounded(a.low or 0.0, b.low or 0.0):
        return True
    low, high = (a.low or 0.0) * (1 - share), (a.high or 0.0) * (1 + share)
    return share > 0 and compatible(replace(a, low=low, high=high, bound="between"), b)


def _rounded(a: float, b: float) -> bool:
    """*48,000* and *48,213*: one of two large numbers is the other, rounded to its own last figure."""
    for rough, fine in ((a, b), (b, a)):
        step = _ROUND
        while rough and rough % (step * 10) == 0:
            step *= 10
        if rough >= 10 * step and rough % step == 0 and abs(fine - rough) <= step / 2 and fine % step:
            return True
    return False


def _same_name(a: Identity, b: Identity) -> bool:
    """One entity, or one name in two lengths: *Merrow*, *A. Merrow*, *Ada Merrow*."""
    if a.entity and a.entity == b.entity:
        return True
    one, two = _names(a), _names(b)
    if one <= two or two <= one:
        return True
    left, right = one - two, two - one
    return bool(one & two) and all(
        any(x.startswith(y) or y.startswith(x) for y in right) and min(map(len, left | right)) == 1 for x in left
    )


def _names(one: Identity) -> frozenset[str]:
    words = one.text.split(",")[0].replace(".", " ").casefold().split()
    return frozenset(word.removesuffix("’s").removesuffix("'s") for word in words) - functional().lists["stops"]


def _learn_places(fact: Fact, inside: dict[str, set[str]]) -> None:
    """Which place the documents say lies in which: a thing may be said to lie in both."""
    if fact.polarity == "negative":
        return
    inner = fact.argument("obj") if fact.predicate in ("locate", "situate") else fact.argument("subj", "attr")
    if inner is None or not (fact.predicate in functional().places or fact.kind in ("copula", "apposition", "nominal")):
        return
    for argument in fact.arguments:
        if argument.role in ("obl:in", "place", "of") and argument is not inner:
            one, other = identity(inner), identity(argument)
            if one is not None and other is not None and other.named:
                inside[_place_key(one)].add(_place_key(other))


def _within(inner: Identity, outer: Identity, inside: Mapping[str, set[str]]) -> bool:
    """Whether the documents, or the phrase itself (*Lund, Sweden*), put one place in the other."""
    if outer.text.casefold() in inner.text.casefold():
        return True
    seen: set[str] = set()
    frontier = [_place_key(inner), *(part.strip().casefold() for part in inner.text.split(","))]
    goal = {_place_key(outer), outer.text.casefold()}
    while frontier:
        place = frontier.pop()
        if place in goal:
            return True
        if place not in seen:
            seen.add(place)
            frontier += sorted(inside.get(place, ()))
    return False


def _place_key(one: Identity) -> str:
    return one.entity or one.text.casefold()


def _note(fact: Fact) -> str:
    """Who says it, or how surely: *(according to the ministry)*, *(likely)*."""
    sources = functional().lists["attributed"]
    notes = [f"{a.role.removeprefix('obl:')} {a.text}" for a in fact.arguments if a.role in sources]
    notes += [fact.hedge] if fact.hedge else []
    return f" ({', '.join(notes)})" if notes else ""
