"""How far a fact says what a question's known arguments say: role to role, in the fact, beside it, above it."""

from __future__ import annotations

from msgspec import Struct

from bot.answers.align import Alignment
from bot.answers.predicates import FREE_ROLES, RECIPIENTS, PredicateFit, asks_for_having
from bot.answers.view import View
from bot.facts.anaphora.phrases import noun_genders
from bot.facts.anaphora.pronouns import pronoun_of
from bot.facts.model import Argument, Fact
from bot.questions.query import Known, Query, Term

OCCUPIED = 0.4
OTHER_ROLE = 0.7  # up to which an argument stands in another role than the known one's

# Prepositions that turn a statement around: *before Ivo Brandt* is met by nothing but itself.
STRICT = frozenset(
    {"obl:before", "obl:after", "obl:without", "obl:instead of", "obl:besides", "obl:than", "obl:except", "obl:against"}
)

# Prepositions that say the contrary of each other: *from Warsaw to Krakow* is not *to Warsaw from Krakow*.
CONTRARY = frozenset(
    frozenset({f"obl:{a}", f"obl:{b}"})
    for a, b in (
        ("from", "to"),
        ("into", "from"),
        ("with", "without"),
        ("above", "below"),
        ("over", "under"),
        ("for", "against"),
        ("to", "by"),
        ("from", "into"),
        ("inside", "outside"),
        ("up", "down"),
    )
)

# Another cell of the row, another person's dates: they say nothing of this one.
ELSEWHERE = {"table": 0.2, "span": 0.05}
OPEN = 0.85  # what an unresolved pronoun may stand for, where the sentence names it before

PLACE_ROLES = frozenset(
    {
        "place",
        "obl:in",
        "obl:at",
        "obl:on",
        "obl:near",
        "obl:from",
        "obl:to",
        "obl:into",
        "obl:through",
        "obl:within",
        "obl:under",
        "obl:along",
    }
)


def role_fit(wanted: str, found: str, mapping: dict[str, frozenset[str]], query: Query) -> float:
    """How well an argument in role ``found`` stands for one in role ``wanted``, 0 to 1."""
    if wanted == "any":
        return 0.95
    if wanted in mapping:
        if found in mapping[wanted] or wanted == found == "obj":
            return 1.0
        if any(found in roles for roles in mapping.values()):
            return 0.25
    if wanted == found:
        return 1.0
    if wanted == "place":
        return 1.0 if found in PLACE_ROLES else 0.6 if found in ("of", "poss", "attr") else 0.45
    if wanted in FREE_ROLES:
        return 0.95 if found not in ("subj",) else 0.8
    if wanted in RECIPIENTS and found in RECIPIENTS:
        return 0.95
    if {wanted, found} == {"obj", "comp"}:
        return 0.95
    if {wanted, found} == {"subj", "attr"}:
        return 1.0 if not query.predicate else 0.5
    if wanted == "attr" and found in ("obl:as", "comp"):
        return 1.0
    if wanted == "attr" or found == "attr":
        return 0.8 if not query.predicate else 0.6
    if {wanted, found} == {"subj", "obj"}:
        # the routes moved the fuel: the fuel moved
        return 0.8 if wanted == "subj" and _intransitive(query) else 0.15
    if wanted.startswith("obl") and found.startswith("obl"):
        contrary = frozenset({wanted, found}) in CONTRARY
        return 0.1 if contrary or wanted in STRICT or found in STRICT else 0.65
    if wanted.startswith("obl") and found in FREE_ROLES:
        return 0.85
    if {wanted, found} & {"of", "poss", "compound"}:
        return 0.7
    if found == "except":
        return 0.1
    return 0.5


def _intransitive(query: Query) -> bool:
    """An active question without an object: its subject may be what a transitive fact has as its object."""
    roles = {known.role for known in query.arguments} | ({query.gap.role} if query.gap else set())
    return bool(query.predicate) and "obj" not in roles and "subj" in roles


class KnownFit(Struct, frozen=True):
    """Where a known argument was met: the fact's argument (None: outside the fact), its token, and how well."""

    weight: float
    argument: Argument | None
    token: int
    step: str
    member: bool = False
    nested: bool = False


def known_fit(
    known: Known,
    term: Term | None,
    fact: Fact,
    fit: PredicateFit,
    places: tuple[Alignment, ...],
    view: View,
    query: Query,
) -> KnownFit:
    """Meet a known argument in a fact: in a fitting role, in the predicate (*capital* in a fact of kind table),
    elsewhere in the sentence, or above it."""
    best = KnownFit(0.0, None, -1, "")
    # how far is the Vistula from the hills? of the town, which stands on the Vistula, it is said to be 300 km
    named = known.role == "subj" and any(query.sentence.tokens[i].upos == "PROPN" for i in known.tokens)
    strict = query.predicate or asks_for_having(query) or (named and fact.kind == "clause")
    taken = OCCUPIED if strict and _occupied(known, fact, fit, places, view, query) else 1.0
    pronoun = _open_pronoun(known, fact, fit, view)
    for place in (*places, *_equals(places, view)):
        if fit.sure and _may_stand_for(pronoun, place.token, view) and OPEN * place.weight > best.weight:
            step = f"{known.text}: what “{view.sentence.tokens[pronoun].text}” may stand for"
            best = KnownFit(OPEN * place.weight, None, place.token, step, place.member)
        for candidate in _in_fact(known, place, fact, fit, query, view, taken):
            if candidate.weight > best.weight:
                best = candidate
        if known.role in STRICT:
            continue
        outside = ELSEWHERE.get(fact.kind, 0.6 if fit.sure else 0.3)
        if place.where != "above" and place.token >= 0 and outside * taken * place.weight > best.weight:
            best = KnownFit(
                outside * taken * place.weight,
                None,
                place.token,
                f"{known.text}: elsewhere in the sentence",
                place.member,
            )
        # a paraphrase that meets no argument of the question says little
        above = ELSEWHERE["span"] if fact.kind == "span" else 0.8 if fit.sure else 0.4
        if place.where == "above" and above * taken * place.weight > best.weight:
            best = KnownFit(above * taken * place.weight, None, -1, place.step)
    if (
        term is not None
        and not term.entities
        and fit.sure
        and term.lemma in fact.predicate.split()
        and fact.pos == "n"
        and best.weight < 1.0
    ):
        best = KnownFit(
            1.0, None, fact.predicate_tokens[0] if fact.predicate_tokens else -1, f"{term.lemma} is the fact's own noun"
        )
    if best.member and term is not None and _is_excepted(term, fact, view):
        return KnownFit(0.02, None, -1, f"{term.text} is excepted")
    if known.role in STRICT and best.weight < 0.3:
        return KnownFit(0.03, None, -1, f"{known.text} is not met")
    return best


def _open_pronoun(known: Known, fact: Fact, fit: PredicateFit, view: View) -> int:
    """The pronoun that stands where a known argument should and was not resolved; -1 for none: *he founded the archive
    in 1958; it is being digitised*."""
    for argument in fact.arguments:
        open_ = argument.head >= 0 and argument.antecedent is None
        if (
            open_
            and view.sentence.tokens[argument.head].upos == "PRON"
            and argument.role in fit.mapping.get(known.role, (known.role,))
        ):
            return argument.head
    return -1


def _may_stand_for(pronoun: int, named: int, view: View) -> bool:
    """Whether what a sentence names before a pronoun can be what it means: no owner of another thing, no person for
    *it*."""
    if not 0 <= named < pronoun or view.sentence.tokens[named].rel not in ("nsubj", "obj", "obl"):
        return False
    meant = pronoun_of(view.sentence.tokens[pronoun])
    return meant is not None and bool(meant.genders & noun_genders(view.sentence.tokens[named].lemma.lower()))


def _is_excepted(term: Term, fact: Fact, view: View) -> bool:
    """*The cup links the clubs except Fenwick*: Fenwick is one of the clubs, but the fact is not about it."""
    excepted = fact.argument("except")
    if excepted is None:
        return False
    return bool({e for i in excepted.tokens for e in view.entities.get(i, ())} & set(term.entities))


def _equals(places: tuple[Alignment, ...], view: View) -> tuple[Alignment, ...]:
    """The same thing under its other name in the sentence, and the pronouns that stand for that: *CENTRASBAT* is *a
    joint battalion*; *the keepers' house has served as a hostel; it has 18 beds*."""
    found = []
    for place in places:
        for other in sorted(view.same.get(place.token, ())):
            word = view.sentence.tokens[other]
            step = f"{place.step}, the same as “{word.text}”"
            found.append(Alignment(other, place.weight * 0.9, "antecedent", step, place.member))
            for head, meant in view.antecedents.items():
                if head > other and not meant.entity and word.lemma.lower() in meant.lemmas:
                    found.append(Alignment(head, place.weight * 0.8, "antecedent", step, place.member))
    return tuple(found)


def _occupied(
    known: Known, fact: Fact, fit: PredicateFit, places: tuple[Alignment, ...], view: View, query: Query
) -> bool:
    """Whether something else stands in the fact where the known argument would: *Russian assistance* is not NATO's,
    *members may borrow 20 items* says nothing of children."""
    here = {place.token for place in places if place.token >= 0}
    for argument in fact.arguments:
        if argument.head in fact.predicate_tokens:
            continue  # at [a cost] of 410,000: the fact's own noun
        if known.role in ("subj", "obj", "iobj") and role_fit(known.role, argument.role, fit.mapping, query) >= 0.95:
            if (
                argument.head >= 0
                and view.sentence.tokens[argument.head].upos == "PRON"
                and argument.antecedent is None
            ):
                continue  # an unresolved pronoun may be anything
            if not here & {argument.head, *argument.tokens}:
                return True
        elif _names_another(known, argument, here, view, query):
            return True
    return False


def _names_another(known: Known, argument: Argument, here: set[int], view: View, query: Query) -> bool:
    """*There are reserves [in Warsaw], among others the lake*: they are not in the lake; a place or party is another
    than the one that stands under the same preposition."""
    if not known.role.startswith("obl:") or argument.role != known.role or argument.value is not None:
        return False
    names = argument.head >= 0 and view.sentence.tokens[argument.head].upos == "PROPN"
    asked = any(query.sentence.tokens[i].upos == "PROPN" for i in known.tokens)
    return names and asked and not here & {argument.head, *argument.tokens}


def holds(argument: Argument, token: int, view: View) -> bool:
    """Whether an argument contains a token, by index or, for a table's cells, by place."""
    if token in argument.tokens or token == argument.head:
        return True
    return argument.head < 0 and argument.start <= view.sentence.tokens[token].start < argument.end


def _in_fact(
    known: Known, place: Alignment, fact: Fact, fit: PredicateFit, query: Query, view: View, taken: float
) -> list[KnownFit]:
    """Where an argument of a fact holds a place. taken: what it costs to stand in another role, where something else
    has the known argument's own."""
    found = []
    for argument in fact.arguments:
        if place.token < 0 or not holds(argument, place.token, view):
            continue
        nested = argument.head >= 0 and place.token != argument.head
        role = role_fit(known.role, argument.role, fit.mapping, query)
        # he issued [the Edict of Fontainebleau], revoking the Edict of Nantes: the one is not the other
        weight = place.weight * (role if role > OTHER_ROLE or not nested else role * taken)
        weight *= (0.85 if fit.sure else 0.2) if nested else 1.0
        found.append(
            KnownFit(
                weight, argument, place.token, f"{known.text} as {argument.role}: {place.step}", place.member, nested
            )
        )
    return found
