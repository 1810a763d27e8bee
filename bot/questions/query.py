"""The reading of a question: what is known, what is asked for, and what any evidence must meet."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from bot.language.sentence import Sentence
from bot.language.values.model import Value
from bot.questions.types.model import QuestionType

Lookup = Literal["gap", "yesno", "count", "define", "topic", "keyword", "help"]
Place = Literal["predicate", "argument", "modifier", "gap", "loose"]


class Term(Struct, frozen=True):
    """Content that the evidence must account for: a linked name, or a word.

    ``lemma`` is the word's lemma, or the name's head lemma; ``pos`` one of n, v, a, r; ``tokens`` its token indices in
    the question; ``entities`` the ids the name may stand for (empty for words); ``words`` the lemmas of a multi-word
    name. ``place`` says where in the question it stands: the predicate, the head of a known argument, a modifier below
    an argument's head, the noun that names what is asked for, or loose. ``argument`` is the index in
    ``Query.arguments`` of the argument that holds it, -1 for none. ``corrected`` is how the user spelt it where the
    spelling was corrected.
    """

    lemma: str
    pos: str
    text: str
    tokens: tuple[int, ...]
    entities: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    place: Place = "loose"
    argument: int = -1
    value: Value | None = None
    corrected: str = ""


class Known(Struct, frozen=True):
    """A known argument of the question's predicate: its role (see ``bot.facts.model``), head token and head term."""

    role: str
    head: int
    tokens: tuple[int, ...]
    text: str
    quantifier: str = ""


class Gap(Struct, frozen=True):
    """What is asked for. ``role`` is its role for the predicate (``modifier`` where it modifies a known argument, as in
    *whose assistance*, with ``of`` that argument's index); ``types`` the answer types that will do, empty for any;
    ``noun`` the lemma that names the kind (*which commission*), ``counted`` whether a number of those is wanted,
    ``measured`` the lemma of what is measured or shared out (*how much of its fuel*, *what percentage of the
    material*), ``bound`` the preposition of *until when* and the like,
    ``dimension`` the adjective of *how long*, ``sort`` whether a kind of the noun is asked for (*what type of
    architecture*)."""

    role: str
    types: tuple[str, ...] = ()
    noun: str = ""
    counted: bool = False
    of: int = -1
    head: int = -1
    plural: bool = False
    measured: str = ""
    bound: str = ""
    dimension: str = ""
    sort: bool = False


class Query(Struct, frozen=True):
    """A question read. ``exclude`` holds terms that an answer must not be linked to (*Russia but not China*);
    ``exception`` says that what is left out of something is asked for, ``sure`` that certainty is. ``amounts`` are the
    durations, sums and shares it names; ``asked`` is the type of the answer in the standard taxonomy, None where
    nothing is asked for."""

    text: str
    sentence: Sentence
    intent: str
    lookup: Lookup
    predicate: str = ""
    predicate_pos: str = ""
    predicate_token: int = -1
    arguments: tuple[Known, ...] = ()
    terms: tuple[Term, ...] = ()
    gap: Gap | None = None
    negative: bool = False
    universal: bool = False
    times: tuple[Value, ...] = ()
    excluded: tuple[Term, ...] = ()
    scope: tuple[str, ...] = ()
    answer_type: str = ""
    trace: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    exception: bool = False
    sure: bool = False
    amounts: tuple[Value, ...] = ()
    asked: QuestionType | None = None

    def noted(self, *steps: str) -> Query:
        """The same query with more trace."""
        return replace(self, trace=(*self.trace, *steps))


def describe(query: Query) -> str:
    """The query in one line a person can check: ``link(subj=SCO, obl:with=?country) past not``."""
    parts = [f"{known.role}={known.text}" for known in query.arguments]
    if query.gap:
        wanted = query.gap.noun or "/".join(query.gap.types) or "thing"
        of = f" of {query.arguments[query.gap.of].text}" if query.gap.of >= 0 else ""
        parts.append(f"{query.gap.role}=?{'number of ' if query.gap.counted else ''}{wanted}{of}")
    loose = [term.text for term in query.terms if term.place == "loose"]
    shown = f"{query.lookup} {query.predicate or '·'}({', '.join(parts)})"
    if loose:
        shown += f" with {', '.join(loose)}"
    if query.times:
        shown += " at " + ", ".join(value.text for value in query.times)
    if query.excluded:
        shown += " but not " + ", ".join(term.text for term in query.excluded)
    if query.scope:
        shown += " in " + ", ".join(query.scope)
    return shown + (" [negative]" if query.negative else "") + (" [all]" if query.universal else "")
