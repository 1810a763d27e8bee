"""Unanswered questions as work: grouped by what they are about and what is missing, with lines to review.

The lines are proposals for ``entities.toml`` and for an intent. They are made from the questions and the names that
the base has, by rule, and nothing is written anywhere: a person decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct
from rapidfuzz import fuzz, process

from bot.answers.refuse import is_known
from bot.questions.patterns import PatternError, compile_pattern
from bot.questions.query import Query, Term

if TYPE_CHECKING:
    from bot.api import Bot
    from bot.log import Asked

NEAR = 72.0
"""Likeness in per cent from which a name that the documents do not have may be meant for one that they do."""
PROPOSED = 3
UNREAD = frozenset({"keyword"})
"""Families that take what no other one reads."""
NAMING = frozenset({"NOUN", "PROPN", "ADJ"})
FORM = frozenset({"ADP", "ADV", "SCONJ", "PRON"})
"""Words that make the form of a question, beside auxiliaries."""


class Gap(Struct, frozen=True):
    """Questions without an answer that share what they are about (names, or a word for the lack of one) and what is
    missing. ``questions`` are with their counts, the most frequent first; ``proposals`` are lines to review."""

    about: str
    missing: str
    questions: tuple[tuple[str, int], ...]
    proposals: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many questions were asked, repeated ones included."""
        return sum(count for _, count in self.questions)


def gaps_of(asked: Iterable[Asked], bot: Bot) -> tuple[Gap, ...]:
    """The gaps of a log, those asked about most often first, then by name.

    asked: answered and refused questions. bot: on the base they were asked of, which says how each is read.
    """
    groups: dict[tuple[str, str], Counter[str]] = {}
    proposals: dict[tuple[str, str], dict[str, None]] = {}
    for item in asked:
        if not item.kind:
            continue
        query = bot.parse(item.question)
        before = bot.parse(item.after) if item.after else None
        read = [q for q in (before, query) if isinstance(q, Query)]
        key = _about(read, item, bot) if isinstance(query, Query) else ("not understood", item.detail)
        groups.setdefault(key, Counter())[f"{item.after} {item.question}".strip()] += 1
        lines = _proposals(query, item, bot) if isinstance(query, Query) and not item.after else ()
        proposals.setdefault(key, {}).update(dict.fromkeys(lines))
    found = [
        Gap(*key, tuple(sorted(questions.items(), key=lambda q: (-q[1], q[0]))), tuple(proposals[key]))
        for key, questions in groups.items()
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.count, gap.about, gap.missing)))


def _about(read: list[Query], item: Asked, bot: Bot) -> tuple[str, str]:
    unknown = [t for q in read for t in _unknown(q, bot)] if item.kind == "unknown_entity" else []
    if unknown:
        return ", ".join(f"“{term.text}”" for term in unknown), "named nowhere in the documents"
    if item.kind == "ambiguous_name":
        return "names", item.detail
    names = dict.fromkeys(bot.world.name_of(t.entities[0]) for q in read for t in q.terms if t.entities)
    missing = dict.fromkeys(word for q in read for word in _relation(q))
    return ", ".join(names) or "no name", ", ".join(missing) or item.kind.replace("_", " ")


def _relation(query: Query) -> list[str]:
    """What is asked of the names: the predicate's word and the nouns, *how many people live* → *live, people*; where
    there is none, the kind of answer (*And when?* → *date*)."""
    words = [t.lemma for t in query.terms if t.place == "predicate"]
    words += [t.lemma for t in query.terms if t.pos == "n" and not t.entities and t.place != "predicate"]
    if query.gap is not None:
        words += [query.gap.noun, query.gap.measured, query.gap.dimension]
    return [word for word in words if word] or list(query.gap.types[:1] if query.gap is not None else ())


def _unknown(query: Query, bot: Bot) -> tuple[Term, ...]:
    return tuple(t for t in query.terms if t.pos == "n" and not is_known(t, bot.world))


def _proposals(query: Query, item: Asked, bot: Bot) -> tuple[str, ...]:
    lines = _intent_lines(query, item.question) if query.intent in UNREAD else ()
    if not lines and item.kind == "unknown_entity":
        phrases = dict.fromkeys(_phrase(term, query) for term in _unknown(query, bot))
        return tuple(line for text in phrases for line in _aliases(text, bot))
    return lines


def _phrase(term: Term, query: Query) -> str:
    """The words that a term may be a part of a name with: *rowers* in *the Harbour Rowers Club*."""
    tokens = query.sentence.tokens
    first, last = term.tokens[0], term.tokens[-1]
    while first and tokens[first - 1].upos in NAMING:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].upos in NAMING:
        last += 1
    return query.sentence.words(list(range(first, last + 1)))


def _aliases(text: str, bot: Bot) -> tuple[str, ...]:
    """Lines that would make a name of the documents' own answer to this one: an acronym of its words, or a name that is
    near it or holds it."""
    gazetteer = bot.world.gazetteer
    if text.isupper() and len(text) > 1:
        near = dict.fromkeys(entity for entity, name, how in gazetteer.names() if _initials(name) == text)
        key = "acronyms"
    else:
        names = [(entity, name) for entity, name, _ in gazetteer.names()]
        found = process.extract(
            text, [name for _, name in names], scorer=fuzz.token_sort_ratio, processor=str.casefold, score_cutoff=NEAR
        )
        near = dict.fromkeys(names[i][0] for _, _, i in found[:PROPOSED])
        key = "aliases"
    return tuple(f"entities.toml, if {gazetteer.name_of(e)} is meant: {key} = [{quoted(text)}]" for e in near)


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.replace("-", " ").split() if word[:1].isupper())


def _intent_lines(query: Query, question: str) -> tuple[str, ...]:
    """A pattern that reads questions of this form, and the question as its example: *Whereabouts is the hall?* →
    ``^ whereabouts =be ...``. None for a question without a verb, which asks by keywords."""
    sentence = query.sentence
    if not any(token.upos in ("AUX", "VERB") for token in sentence):
        return ()
    named = {i for term in query.terms if term.entities for i in term.tokens}
    parts = ["^"]
    for token in sentence:
        if token.upos == "PUNCT":
            continue
        part = "..."
        if token.upos == "AUX":
            part = f"={token.lemma.lower()}"
        elif token.i not in named and (token.i == 0 or token.upos in FORM):
            part = token.text.lower()
        if part != parts[-1]:
            parts.append(part)
    if parts == ["^", "..."]:
        return ()
    pattern = " ".join(parts)
    try:
        compile_pattern(pattern)
    except PatternError:
        return ()
    return (f"an intent: patterns = [{quoted(pattern)}], examples = [{quoted(question)}]",)


def quoted(text: str) -> str:
    """Text as a TOML string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
