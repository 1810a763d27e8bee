"""What a sentence is found by. Documents and questions are indexed by the same function (law 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bot.facts.model import Fact
from bot.facts.openie import subject_of
from bot.language.sentence import Token

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X", "INTJ", "SYM"})
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

ENTITY = "ent:"
NUMBER = "num:"


def content_terms(tokens: Iterable[Token]) -> Iterator[str]:
    """The lower-case lemma of every content word, its lower-case form where that differs, and ``num:`` with the plain
    number for figures (*12,000* is ``num:12000``). May repeat; function words and punctuation give nothing."""
    for token in tokens:
        if token.upos not in _CONTENT or not (token.text.isalnum() or any(map(str.isalnum, token.text))):
            continue
        lemma, form = token.lemma.lower(), token.text.lower()
        yield lemma
        if form != lemma:
            yield form
        if form[0].isdecimal() and _NUMBER.fullmatch(form):
            yield f"{NUMBER}{float(form.replace(',', '')):.15g}"


def sentence_terms(words: Iterable[str], facts: Iterable[Fact]) -> set[str]:
    """All terms of a stored sentence: its words, the entities its facts name, and what its pronouns stand for.

    words: its :func:`content_terms`. facts: those it yields.
    """
    terms = set(words)
    for fact in facts:
        for argument in fact.arguments:
            terms.update(ENTITY + entity for entity in argument.entities)
            if argument.antecedent:
                terms.update(lemma.lower() for lemma in argument.antecedent.lemmas)
                if argument.antecedent.entity:
                    terms.add(ENTITY + argument.antecedent.entity)
    return terms


def entities_of(fact: Fact) -> set[str]:
    """Ids of the entities that a fact is about, by name or through a pronoun."""
    named = {entity for argument in fact.arguments for entity in argument.entities}
    return named | {a.antecedent.entity for a in fact.arguments if a.antecedent and a.antecedent.entity}


def statement(fact: Fact) -> str:
    """A fact on one line, for people: ``subject | relation | object | with: other argument``."""
    subject = subject_of(fact)
    shown = [subject.text if subject else "", ("not " if fact.polarity == "negative" else "") + fact.relation]
    plain = ("obj", "attr", "of") if fact.relation == "is of" else ("obj", "attr")
    for argument in fact.arguments:
        if argument is not subject:
            role = "by" if argument.role == "subj" else argument.role.removeprefix("obl:")
            shown.append(argument.text if role in plain else f"{role}: {argument.text}")
    return " | ".join(shown)


def has_words(fact: Fact, words: str) -> bool:
    """Whether a fact's line has all of these words, in any case and part of a word or whole."""
    said = statement(fact).casefold()
    return all(word in said for word in words.casefold().split())
