"""A stored sentence as matching sees it: its tokens by lemma and entity, what its pronouns stand for, what stands
above."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from itertools import accumulate
from typing import TypeVar, cast

from msgspec import Struct, field

from bot.facts.model import Antecedent, Fact
from bot.facts.store.records import StoredSentence
from bot.language.sentence import Sentence

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X", "SYM", "INTJ", "AUX"})
POS = {
    "NOUN": "n",
    "PROPN": "n",
    "VERB": "v",
    "AUX": "v",
    "ADJ": "a",
    "ADV": "r",
    "NUM": "m",
    "SYM": "n",
    "X": "n",
    "INTJ": "n",
}
# *a scheme, called Velora*; *Marlow served as the first president*
CALLING = frozenset({"call", "name", "know", "term", "dub", "title", "nickname"})
ACTING = frozenset({"serve", "act", "work"})
NAMING = frozenset({"apposition", "parenthesis", "alias", "naming", "title"})
T = TypeVar("T")

PAUSES = (",", ";", ":")
_WORD = re.compile(r"\w+(?:['’.-]\w+)*")


class View(Struct, frozen=True):
    """``entities`` maps token index to the ids of the entities whose mention covers it; ``spans`` to that mention's
    tokens; ``antecedents`` maps the head token of a pronoun or definite phrase to what it stands for; ``above`` holds
    the lower-case words of title, headings and lead-in, and ``above_entities`` the entities named there; ``before`` and
    ``before_entities`` hold the content lemmas and entities of the two sentences before it in the same passage.
    ``same`` maps a head to the heads that name the same thing in the sentence (*a battalion, known as X*). ``content``
    lists the words of content: index, lemma and form in lower case, part of speech as the lexicon has it, and whether
    it is part of a name."""

    stored: StoredSentence
    entities: dict[int, tuple[str, ...]]
    spans: dict[int, tuple[int, ...]]
    antecedents: dict[int, Antecedent]
    above: dict[str, str]
    above_entities: frozenset[str]
    before: frozenset[str] = frozenset()
    before_entities: frozenset[str] = frozenset()
    same: dict[int, frozenset[int]] = field(default_factory=dict)
    content: tuple[tuple[int, str, str, str, bool], ...] = ()
    pauses: tuple[int, ...] = ()
    found: dict[Hashable, object] = field(default_factory=dict)

    def kept(self, what: Hashable, find: Callable[[], T]) -> T:
        """What no question changes in the sentence: found once, and kept with it. what: its name."""
        if what not in self.found:
            self.found[what] = find()
        return cast(T, self.found[what])

    @property
    def sentence(self) -> Sentence:
        return self.stored.sentence

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self.stored.facts


def view_of(
    stored: StoredSentence,
    mentions: Callable[[Sentence], tuple[tuple[tuple[int, ...], tuple[str, ...]], ...]],
    named_in: Callable[[str], frozenset[str]],
    lemmas: Callable[[str], tuple[str, ...]],
    earlier: tuple[StoredSentence, ...] = (),
) -> View:
    """Build the view of a stored sentence.

    mentions: (token indices, entity ids) of each name in a sentence. named_in: entity ids named in a plain text, for
    headings. lemmas: possible lemmas of a written word. earlier: sentences before it in its passage.
    """
    entities: dict[int, tuple[str, ...]] = {}
    spans: dict[int, tuple[int, ...]] = {}
    for tokens, ids in mentions(stored.sentence):
        for i in tokens:
            entities[i] = ids
            spans[i] = tokens
    antecedents: dict[int, Antecedent] = {}
    for fact in stored.facts:
        for argument in fact.arguments:
            if argument.antecedent is not None and argument.head >= 0:
                antecedents.setdefault(argument.head, argument.antecedent)
    context = stored.context
    above: dict[str, str] = {}
    for label, text in (
        ("lead-in", context.lead_text),  # the nearest says most: Exhibitions > The museum showed three exhibitions:
        *(("heading", head) for head in reversed(context.section)),
        ("title", context.title),
    ):
        for word in _WORD.findall(text.lower()):
            for lemma in (word, *lemmas(word)):
                above.setdefault(lemma, label)
    for cell in stored.passage.cells:
        for word in _WORD.findall(cell.header.lower()):
            for lemma in (word, *lemmas(word)):
                above.setdefault(lemma, "column")
    headings = " ; ".join((context.title, *context.section, context.lead_text))
    before = frozenset(t.lemma.lower() for s in earlier for t in s.sentence if t.upos in ("NOUN", "PROPN"))
    before_entities = frozenset(e for s in earlier for _, ids in mentions(s.sentence) for e in ids)
    return View(
        stored,
        entities,
        spans,
        antecedents,
        above,
        named_in(headings),
        before,
        before_entities,
        _same(stored.facts),
        content_of(stored.sentence),
        tuple(accumulate((t.text in PAUSES for t in stored.sentence), initial=0)),
    )


def content_of(sentence: Sentence) -> tuple[tuple[int, str, str, str, bool], ...]:
    """The words of content as :class:`View` lists them; a verb with a particle (*turned down*) is also one with it."""
    words = [
        (t.i, t.lemma.lower(), t.text.lower(), POS[t.upos], t.upos == "PROPN") for t in sentence if t.upos in CONTENT
    ]
    for t in sentence:
        if t.dep == "compound:prt" and t.head != t.i:
            verb = sentence.tokens[t.head]
            words.append((verb.i, f"{verb.lemma.lower()} {t.lemma.lower()}", verb.text.lower(), "v", False))
    return tuple(words)


def _is_one_of(fact: Fact) -> bool:
    """*The school is the second in the country and [one of the largest]*: that one is the school."""
    attribute = fact.argument("attr")
    return fact.kind == "copula" and attribute is not None and attribute.text.lower().startswith("one of ")


def _same(facts: tuple[Fact, ...]) -> dict[int, frozenset[int]]:
    """Heads that facts of identity equate."""
    found: dict[int, set[int]] = {}
    for fact in facts:
        first, second = fact.argument("subj"), fact.argument("attr")
        if fact.predicate in CALLING:
            first, second = fact.argument("obj"), fact.argument("attr", "obl:as", "comp", "iobj")
        elif fact.predicate in ACTING and fact.argument("obl:as") is not None and not (fact.modal or fact.hedge):
            second = fact.argument("obl:as")
        elif fact.kind not in NAMING and not _is_one_of(fact):
            continue
        if fact.polarity == "positive" and first and second and first.head >= 0 and second.head >= 0:
            found.setdefault(first.head, set()).add(second.head)
            found.setdefault(second.head, set()).add(first.head)
    # the oldest animal, a female called Brina: what is the same as the same
    return {
        head: frozenset(others.union(*(found[other] for other in others)) - {head}) for head, others in found.items()
    }
