"""What the lexicon hands out: relations between words, predicate frames, quantifiers, light verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

RelationKind = Literal[
    "equal", "variant", "synonym", "derived", "derived_synonym", "hypernym", "hyponym", "converse", "entailed"
]
Monotone = Literal["all", "some", "most", "none", "few"]


class Relation(Struct, frozen=True):
    """How one word is related to another.

    kind: ``hypernym`` says that the second word is the more general one, ``hyponym`` that it is the more special one,
        ``entailed`` that the first implies or causes the second, ``converse`` that the two tell the same event with
        subject and another role exchanged (buy, sell).
    weight: 0 to 1; how far the second word may stand for the first.
    step: the line for the trace, such as 'assistance ← assist (derivation)'.
    """

    kind: RelationKind
    weight: float
    step: str


class PredicateFrame(Struct, frozen=True):
    """One way in which a predicate takes part in a paraphrase class.

    name: the class, such as ``LOCATED_IN``.
    lemma, pos: the predicate; a verb with its particle is one lemma ('set up').
    roles: syntactic slot to class role.  Slots are deep: the passive subject is ``obj``, the *by*-agent is ``subj``.
        ``subj``, ``obj``, ``iobj``, ``comp`` (infinitive, gerund or clause), ``obl:PREPOSITION`` of verbs and
        adjectives, ``nmod:PREPOSITION``, ``poss``, ``compound`` of nouns.  With a noun, ``subj`` is the thing that the
        noun names (the copula's subject: *Astana is the capital of …*), or the subject of its light verb.
    light: the light verb that the noun needs in this frame (*provide* assistance), or ''.
    pattern: the line of ``predicates.toml`` that it was read from, for the trace.
    """

    name: str
    lemma: str
    pos: str
    roles: Mapping[str, str]
    light: str
    pattern: str


class Quantifier(Struct, frozen=True):
    """A determiner of quantity: ``monotone`` is what it claims of the group, ``negative`` whether it denies."""

    text: str
    monotone: Monotone
    negative: bool


class LightVerb(Struct, frozen=True):
    """A verb whose object noun carries the meaning.

    agent: who does what the noun says: ``subject`` (*provide assistance to*) or ``other`` (*receive assistance from*).
    other: prepositions that bring in the other party, () if none.
    nouns: the nouns that it is light with; () means any noun derived from a verb.
    """

    verb: str
    agent: Literal["subject", "other"]
    other: tuple[str, ...]
    nouns: tuple[str, ...]
