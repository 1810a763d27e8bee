"""Whether a phrase can fill the gap: the answer types of candidates against those that the question wants."""

from __future__ import annotations

from bot.answers.view import View
from bot.answers.world import World
from bot.language.sentence import Token
from bot.language.values.model import Value
from bot.questions.query import Gap
from bot.questions.roles import PLACE_PREPOSITIONS

BY_LABEL = {"PERSON": {"person"}, "ORG": {"organization", "group"}, "LOC": {"place", "city", "country", "region"}}
BY_VALUE = {  # value kinds to the answer types of types.toml
    "date": {"date"},
    "time": {"time", "date"},
    "duration": {"duration"},
    "money": {"money"},
    "percent": {"percent"},
    "quantity": {"quantity", "measure", "number"},
    "number": {"number", "quantity", "measure"},
    "ordinal": {"ordinal"},
    "frequency": {"frequency"},
}
VALUE_TYPES = frozenset(
    {"date", "time", "duration", "money", "percent", "quantity", "measure", "number", "frequency", "ordinal"}
)
NAMED = frozenset({"person", "organization", "group", "place", "city", "country", "region"})
WORKS = frozenset({"document", "event", "work"})
COMMON_NOUN, GUESSED_NAME = 0.75, 0.85  # how well another noun of the kind, and a name of unsure kind, tell what is
PLACES = frozenset({"place", "city", "country", "region"})
GUESSED = 0.4  # what the recogniser takes a name for is a guess
LOOSE = 0.55  # what a noun may be taken for
LOOSE_PLACE = 0.68  # what stands after *in* or *on* where a place is asked for
ACTING_PLACE = 0.75  # who owns the stations? the city does
CLAUSE_TYPES = frozenset({"reason", "manner"})


def types_of_value(value: Value) -> set[str]:
    """Answer types of a value."""
    return set(BY_VALUE.get(value.kind, set()))


def types_of_phrase(head: Token, view: View, world: World) -> set[str]:
    """Answer types of a nominal phrase by its head; empty where nothing is known."""
    found: set[str] = set()
    entities = view.entities.get(head.i, ())
    for entity in entities:
        kind = world.type_of(entity)
        if kind:
            found |= {kind} | world.types(kind)
    if found:
        if "person" not in found and head.upos == "PROPN" and all(entity.startswith("doc:") for entity in entities):
            found |= _said_by_name(head, world)
        return found
    antecedent = view.antecedents.get(head.i)
    if antecedent is not None and antecedent.entity:
        kind = world.type_of(antecedent.entity)
        if kind:
            return {kind} | world.types(kind)
    if head.ent:
        said = _said_by_name(head, world) if head.ent != "PERSON" else set()  # no John is a place
        return set(BY_LABEL.get(head.ent, set())) | said
    if _names(head, view):
        told = {kind for i in view.same.get(head.i, ()) for kind in _told(view.sentence.tokens[i], world)}
        return told or _said_by_name(head, world)  # made by Osprey Tools, a company: no tools
    if head.upos == "PROPN":
        return set(world.types(head.lemma.lower())) if world.lexicon.known(head.text.lower()) else set()
    if head.upos == "NOUN":
        return set(world.types(head.lemma.lower()))
    return set()


def _names(head: Token, view: View) -> bool:
    """Whether a phrase is a name of several words, whatever its last word is as a noun."""
    return head.text[:1].isupper() and any(
        child.upos == "PROPN" and child.text[:1].isupper()
        for child in view.sentence.children(head.i, "compound", "flat")
    )


def _told(noun: Token, world: World) -> set[str]:
    return set(world.types(noun.lemma.lower())) if noun.upos == "NOUN" else set()


def _said_by_name(head: Token, world: World) -> set[str]:
    """What a name says of itself by its head, whatever the recogniser took it for: *the Maritime Museum* is a place,
    and *the University of Oslo* is one that somebody may work at."""
    return set(world.types(head.text.lower())) & (NAMED | WORKS) if head.text[:1].isupper() else set()


def type_fit(gap: Gap, types: set[str], head: Token | None, view: View, world: World) -> float:
    """How well a candidate of these types fills the gap, 0 to 1. The head's own noun counts where the question names a
    kind (*which commission*: a phrase headed by *commission*, or by a kind of it)."""
    named = _kind_fit(gap, types, head, view, world)
    if named is not None:
        return named
    wanted = set(gap.types)
    if head is not None and head.upos == "NUM" and wanted & NAMED and not types & wanted:
        return 0.12  # who was the first president, until 1981? not 1981
    if not wanted:
        return 0.35 if types & {"date", "time", "duration"} and head is None else 0.9
    guessed = (
        head is not None and head.upos == "PROPN" and all(e.startswith("doc:") for e in view.entities.get(head.i, ()))
    )
    if not gap.noun and gap.role == "attr" and head is not None and wanted & NAMED:
        return _identity_fit(wanted, types, head, guessed)
    if gap.noun in wanted and types and gap.noun not in types and not gap.counted:
        # in which country: a city is a place too, but no country
        return 0.15 if not guessed else LOOSE if types & wanted else GUESSED
    # how many unused days? up to five unused days: counted, though what describes them makes them no while
    counts = gap.counted and wanted <= VALUE_TYPES and bool(types & {"number", "quantity"})
    if types & wanted or counts:
        return 0.8 if gap.noun and not gap.counted and gap.noun not in wanted else 1.0
    if not types:
        if wanted <= CLAUSE_TYPES:
            return 0.1  # why is it rich in species? its location: a thing may be named for a reason
        if "person" in wanted and head is not None and head.upos == "NOUN" and _is_idle(head.lemma.lower(), world):
            return 0.3  # who influenced it? concepts of another network
        return (0.55 if gap.noun else 0.7) if not wanted <= (VALUE_TYPES | CLAUSE_TYPES) else 0.0
    if wanted & VALUE_TYPES and not (wanted - VALUE_TYPES):
        return 0.0
    if (
        head is not None
        and head.upos == "NOUN"
        and not _names(head, view)
        and _loosely(gap, wanted, types, head, view, world)
    ):
        return LOOSE_PLACE if gap.role == "place" else ACTING_PLACE if gap.role == "subj" else LOOSE
    if wanted <= CLAUSE_TYPES:
        return 0.1  # how did he die? not the town that he died in
    return GUESSED if guessed else 0.12


def _loosely(gap: Gap, wanted: set[str], types: set[str], head: Token, view: View, world: World) -> bool:
    """Whether a noun may yet be of a type: *rented from the town* (towns act as well), *the garrison* by a later sense,
    and whatever stands after *in* or *on* where a place is asked for (*set in the Schedule panel*)."""
    if gap.role == "place":
        cases = {c.lemma.lower() for c in view.sentence.children(head.i, "case")}
        return bool(cases & PLACE_PREPOSITIONS) and not types & (NAMED - PLACES)
    if "organization" in wanted and types & PLACES:
        return True
    return bool(wanted & NAMED) and any(
        set(world.types(kind)) & wanted for kind in ("person", "group") if world.lexicon.is_a(head.lemma.lower(), kind)
    )


def _identity_fit(wanted: set[str], types: set[str], head: Token, guessed: bool) -> float:
    """*What is the capital of Chile?* wants a name before another word for a capital. *Who was Chopin?* (person and
    country are among the types of *who*) wants a noun as often, and a name only of the kind."""
    if types & wanted:
        return 1.0 if head.upos == "PROPN" else COMMON_NOUN
    if guessed and {"person", "country"} <= wanted:
        return 0.4
    return GUESSED_NAME if guessed or not types else 0.12


def _is_idle(noun: str, world: World) -> bool:
    """Whether a noun of the lexicon is nothing that acts: no person, group or place in any sense."""
    known = bool(world.lexicon.ancestors(noun, "n", 1))
    return known and not any(world.lexicon.is_a(noun, kind) for kind in ("person", "group", "location", "organism"))


def _kind_of(kind: str, noun: str, world: World) -> bool:
    """Whether an entity's type is a kind of the noun, and not merely something below so wide a word as *grouping*."""
    relation = world.related(kind, "n", noun, "n") if kind else None
    return relation is not None and relation.kind in ("equal", "variant", "synonym", "hypernym")


def _heads_bullet(head: Token, view: View) -> bool:
    """Whether a phrase is what a bullet begins with: an item of the list that its lead-in announces."""
    before = view.sentence.tokens[: view.spans.get(head.i, (head.i,))[0]]
    return view.stored.context.kind == "bullet" and all(t.upos in ("PUNCT", "DET", "ADJ") for t in before)


def _kind_fit(gap: Gap, types: set[str], head: Token | None, view: View, world: World) -> float | None:
    if not gap.noun or gap.counted or head is None:
        return None
    lemma = head.lemma.lower()
    span = view.spans.get(head.i, (head.i,))
    words = {view.sentence.tokens[i].lemma.lower() for i in span}
    if gap.noun == lemma or gap.noun in words or gap.noun in types:
        return 1.0
    if any(view.sentence.tokens[i].lemma.lower() == gap.noun for i in view.same.get(head.i, ())):
        return 0.95  # which groupings? its groupings, in particular the Community
    if view.above.get(gap.noun) == "lead-in" and _heads_bullet(head, view):
        return 0.95  # three exhibitions: • "Indigo", curated by …
    if head.upos == "NOUN" and world.lexicon.is_a(lemma, gap.noun, max_senses=1):
        return 0.95
    if any(_kind_of(world.type_of(entity), gap.noun, world) for entity in view.entities.get(head.i, ())):
        return 0.95
    relation = world.related(gap.noun, "n", lemma, "n")
    if relation is not None and relation.weight >= 0.7:
        return 0.9
    if not gap.types:
        return 0.7 if head.upos == "PROPN" else 0.6
    return None
