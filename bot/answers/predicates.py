"""How far a fact's predicate says what a question's does: the same word, its kin, a paraphrase, or in other words
altogether (*cost* and *is 12 euros*), and which roles then change places."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct

from bot.answers.align import Alignment
from bot.answers.deeds import FATE, asks_deed, asks_fate
from bot.answers.view import ACTING
from bot.answers.world import World
from bot.facts.model import Fact
from bot.language.lexicon import Lexicon
from bot.language.lexicon.opposites import opposed
from bot.questions.query import Query

IDENTITY = frozenset(
    {"copula", "apposition", "parenthesis", "title", "alias", "table", "possessive", "heading", "naming"}
)

OTHERWISE = 0.05  # of a fact that says something else of the thing: where it was made, not where it is; the other end
CLASS = 0.85  # predicates of one paraphrase class

OWNING = frozenset({"possessive", "table", "compound", "heading"})

# What a noun derived from a verb makes of the verb's roles: *Adler's foundation of the archive*.
NOMINAL_ROLES: dict[str, frozenset[str]] = {
    "subj": frozenset({"subj", "poss", "of", "obl:by", "obl:from", "compound"}),
    "obj": frozenset({"obj", "of", "poss", "obl:for", "obl:to", "compound"}),
    "iobj": frozenset({"iobj", "obl:to", "obl:for"}),
}

# *Membership is free for residents*: residents do not pay for membership.
OPPOSED_ROLES: dict[str, frozenset[str]] = {
    "subj": frozenset({"subj", "obl:for", "obl:to"}),
    "obj": frozenset({"obj", "subj"}),
    "obl:for": frozenset({"subj", "obl:for"}),
}

FREE_ROLES = frozenset(
    {"place", "date", "time", "duration", "reason", "manner", "quantity", "frequency", "money", "percent", "number"}
)


class PredicateFit(Struct, frozen=True):
    """How well the predicates agree (0 to 1), which roles of the question may be which of the fact, and the step.
    ``denies`` is set where the fact's predicate denies the question's (*free* and *pay*), ``sure`` unset where they
    share a paraphrase class only."""

    weight: float
    mapping: dict[str, frozenset[str]]
    step: str
    denies: bool = False
    sure: bool = True


def predicate_fit(query: Query, fact: Fact, alignments: dict[int, tuple[Alignment, ...]], world: World) -> PredicateFit:
    """Compare the predicates; a question whose predicate says nothing (*be*, *have*) fits any fact of identity."""
    if query.exception:
        excepts = fact.kind == "exception" or fact.polarity == "negative" or fact.argument("except") is not None
        return PredicateFit(1.0 if excepts else 0.3, {}, "an exception" if excepts else "nothing excepted")
    if not query.predicate:
        return _general_fit(query, fact, world)
    if fact.kind in IDENTITY and query.gap is not None and query.gap.role == "attr" and _names(query, world):
        return PredicateFit(0.9, {}, f"{query.predicate}: a fact of identity gives the name")
    in_other_words = _price(query, fact, world) or _made_by(query, fact, world) or _span(query, fact, world)
    if in_other_words is not None:
        return in_other_words
    weight, mapping, step, sure, denies = 0.0, {}, "", True, False
    if query.predicate == fact.predicate or query.predicate in fact.predicate.split():
        weight, step = (1.0 if query.predicate == fact.predicate else 0.92), f"predicate {fact.predicate}"
        mapping = _supplied(query, fact, world)
        verb, _, particle = fact.predicate.partition(" ")
        if particle and verb == query.predicate:  # who paid for the banner? the banner was paid for by …
            mapping = {f"obl:{particle}": frozenset({"obj"})}
    if not weight and opposed(query.predicate, fact.predicate):
        return PredicateFit(CLASS, OPPOSED_ROLES, f"{fact.predicate} denies {query.predicate}", denies=True)
    relation = world.related(query.predicate, query.predicate_pos, fact.predicate, fact.pos)
    in_class = relation is not None and "~" in relation.step  # compared role by role below
    if relation is not None and not in_class and relation.weight > weight and relation.kind != "converse":
        weight, step = relation.weight, f"predicate: {relation.step}"
    classes = _class_mapping(query, fact, world)
    if classes is not None and weight < CLASS:
        sure = weight >= 0.7
        weight, mapping, step = CLASS, classes[0], f"predicate: {query.predicate} ~ {fact.predicate} ({classes[1]})"
    if weight and not mapping and fact.pos == "n" and query.predicate_pos == "v":
        mapping = NOMINAL_ROLES
    if weight < 0.5:
        inside = _inside(query, fact, alignments)
        if inside is not None and inside.weight * 0.7 > weight:
            weight, step = inside.weight * 0.7, f"predicate inside an argument: {inside.step}"
            # may I take photographs? photography is forbidden
            denies = fact.predicate in world.lexicon.words.sets["negative_prefix_verbs"]
    if fact.pos == "n" and query.predicate_pos == "v" and fact.kind in IDENTITY and weight < 0.9:
        sure = False  # *the engineer Hallam* does not say that he designed the thing asked about
    step = step or f"predicate {query.predicate} not in this fact"
    return PredicateFit(weight or 0.3, mapping, step, denies=denies, sure=sure)


PRICED: dict[str, frozenset[str]] = {
    "subj": frozenset({"subj", "obl:for"}),
    "obj": frozenset({"attr"}),
    "money": frozenset({"attr"}),
    "obl:for": frozenset({"obl:for", "subj"}),
}


def _price(query: Query, fact: Fact, world: World) -> PredicateFit | None:
    """*What does admission cost for adults?*: it is said with a sum that something is."""
    wants = query.gap is not None and "money" in query.gap.types
    if not wants or query.predicate not in world.lexicon.words.sets["pricing"] or fact.kind not in IDENTITY:
        return None
    sum_of = fact.argument("attr")
    if sum_of is None or sum_of.value is None or sum_of.value.kind != "money":
        return None
    return PredicateFit(0.9, PRICED, f"{query.predicate}: what it is priced at")


RECIPIENTS = frozenset({"obl:to", "obl:for", "iobj"})


def _supplied(query: Query, fact: Fact, world: World) -> dict[str, frozenset[str]]:
    """*What did they provide to the forces?*: *they provided the forces with the use of their airspace*, and the other
    way round."""
    roles = {known.role for known in query.arguments} | ({query.gap.role} if query.gap is not None else set())
    theirs = {argument.role for argument in fact.arguments}
    if fact.predicate not in world.lexicon.words.sets["supplying"] or not {"obj"} <= theirs:
        return {}
    if "obl:with" in theirs and roles & RECIPIENTS:
        return {"obj": frozenset({"obl:with"}), **dict.fromkeys(RECIPIENTS, frozenset({"obj"}))}
    if theirs & RECIPIENTS and "obl:with" in roles:
        return {"obl:with": frozenset({"obj"}), "obj": RECIPIENTS}
    return {}


MADE: dict[str, frozenset[str]] = {"subj": frozenset({"obl:by"}), "obj": frozenset({"attr"})}


def _made_by(query: Query, fact: Fact, world: World) -> PredicateFit | None:
    """*Who wrote The Ferryman's Oath?*: *the novel The Ferryman's Oath by Ilse Rademann*."""
    if query.predicate not in world.lexicon.words.sets["creating"] or fact.kind not in ("nominal", "possessive"):
        return None
    if fact.argument("obl:by") is None or fact.argument("attr") is None:
        return None
    return PredicateFit(CLASS, MADE, f"{query.predicate}: whom it is by")


ITSELF: dict[str, frozenset[str]] = {"subj": frozenset({"subj"}), "obj": frozenset({"subj"})}


def _span(query: Query, fact: Fact, world: World) -> PredicateFit | None:
    """*When was Ilse Rademann born?*: *Ilse Rademann (1850–1923)*."""
    if fact.kind != "span":
        return None
    sets = world.lexicon.words.sets
    meant = "begin" if query.predicate in sets["beginning"] else "end" if query.predicate in sets["ending"] else ""
    if meant != fact.predicate:
        return PredicateFit(
            OTHERWISE if meant else 0.3, {}, "the other end of its time" if meant else "only when it was"
        )
    return PredicateFit(0.95, ITSELF, f"{query.predicate}: the {fact.predicate} of its time")


def asks_for_having(query: Query) -> bool:
    """Whether the question's verb is *have*."""
    return query.sentence.tokens[query.predicate_token].lemma == "have"


def _names(query: Query, world: World) -> bool:
    """Whether the question asks for a name: *What was it called?*"""
    return any(frame.name == "NAMED" for frame in world.lexicon.predicate_classes(query.predicate, query.predicate_pos))


def _is_where_now(query: Query) -> bool:
    """*Where is the lens?*: not where it was."""
    root = query.sentence.tokens[query.predicate_token]
    helpers = (root, *query.sentence.children(root.i, "cop", "aux"))
    return query.gap is not None and query.gap.role == "place" and any("Tense=Pres" in t.feats for t in helpers)


def _general_fit(query: Query, fact: Fact, world: World) -> PredicateFit:
    free = query.gap is not None and query.gap.role in FREE_ROLES
    if query.lookup == "yesno" and any(known.role == "attr" for known in query.arguments):
        # is X a member: only what says what X is
        named = fact.kind in IDENTITY or fact.kind == "compound"
        return PredicateFit(0.95 if named else 0.4, {}, "what it is" if named else "not what it is")
    if fact.predicate in world.lexicon.words.sets["passing"] and _is_where_now(query):
        return PredicateFit(OTHERWISE, {}, "where it was made or came from, not where it is")
    if free or query.lookup != "gap":
        return PredicateFit(0.95, {}, "any fact about it")
    if asks_fate(query):
        return PredicateFit(0.95 if fact.pos == "v" and fact.kind == "clause" else 0.3, FATE, "what was done")
    if asks_deed(query):
        return PredicateFit(0.95 if fact.pos == "v" else 0.3, {}, "what it does")
    if asks_for_having(query):
        owns = fact.kind in OWNING or fact.predicate in (
            "have",
            "include",
            "contain",
            "own",
            "possess",
            "hold",
            "feature",
            "comprise",
        )
        noun = query.gap.noun if query.gap is not None else ""
        if not owns and noun and fact.kind in IDENTITY and noun in (fact.predicate, *fact.predicate.split()):
            # which groupings does it have: [its groupings], in particular [the Community]
            return PredicateFit(0.95, {"obj": frozenset({"subj", "attr"})}, "what it has is this")
        return PredicateFit(0.95 if owns else 0.6, {}, "a fact of having" if owns else "not a fact of having")
    if fact.kind in IDENTITY or fact.kind == "compound":
        return PredicateFit(1.0, {}, f"fact of identity ({fact.kind})")
    if fact.predicate in ACTING and fact.argument("obl:as") is not None:
        # Marlow served as the first president: who the president was, and what Marlow was
        mapping = {"subj": frozenset({"obl:as", "subj"}), "attr": frozenset({"subj", "obl:as"})}
        return PredicateFit(0.9, mapping, f"{fact.predicate} as")
    asks_identity = query.gap is not None and query.gap.role == "attr" and not query.gap.types
    return PredicateFit(0.25 if asks_identity else 0.55, {}, "not a fact of identity")


def _class_mapping(query: Query, fact: Fact, world: World) -> tuple[dict[str, frozenset[str]], str] | None:
    """Roles through a paraphrase class: *Who hosts the centre* and *the centre is based in Ashgabat*."""
    mine = (query.predicate, query.predicate_pos)
    theirs = (world.lemma_of(fact.predicate) if fact.kind == "table" else fact.predicate, fact.pos)
    if fact.kind == "table":
        names = {frame.name for frame in world.lexicon.predicate_classes(*theirs) if not frame.light}
        if names & {frame.name for frame in world.lexicon.predicate_classes(*mine)}:
            return {"subj": frozenset({"subj"}), "obj": frozenset({"attr", "subj"})}, f"column {fact.predicate}"
    return _shared_class(world.lexicon, mine, theirs)


@lru_cache(16_384)
def _shared_class(
    lexicon: Lexicon, first: tuple[str, str], second: tuple[str, str]
) -> tuple[dict[str, frozenset[str]], str] | None:
    """Which roles of one predicate are which of another, by the classes that both are in; the first such class."""
    theirs = [frame for frame in lexicon.predicate_classes(*second) if not frame.light]
    mapping: dict[str, frozenset[str]] = {}
    names: list[str] = []
    for mine in lexicon.predicate_classes(*first):
        for other in theirs:
            if other.name != mine.name or mine.light:
                continue
            for slot, role in mine.roles.items():
                slots = frozenset(_slot(s) for s, r in other.roles.items() if r == role)
                if slots:
                    mapping[_slot(slot)] = mapping.get(_slot(slot), frozenset()) | slots
                    names.append(mine.name)
    return (mapping, names[0]) if mapping else None


def _slot(slot: str) -> str:
    return {"nmod:of": "of"}.get(slot, slot.replace("nmod:", "obl:"))


def _inside(query: Query, fact: Fact, alignments: dict[int, tuple[Alignment, ...]]) -> Alignment | None:
    """The predicate met inside one of the fact's arguments (*with support for the renovation of the hall*)."""
    tokens = {i for a in fact.arguments for i in a.tokens} | set(fact.predicate_tokens)
    for n, term in enumerate(query.terms):
        if term.place == "predicate":
            return next((a for a in alignments.get(n, ()) if a.token in tokens and a.weight >= 0.9), None)
    return None
