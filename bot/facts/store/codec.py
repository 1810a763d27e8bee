"""Sentences and facts to JSON and back, exactly and fast: a sentence with its facts is read in tens of microseconds.

A sentence is stored by columns (all words, all lemmas, …), and the four tags of a token as one number of the base's tag
table, since a few hundred combinations cover any text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeAlias

from bot.facts.model import Antecedent, Argument, Fact, Polarity, TraceStep
from bot.language.sentence import Sentence, Token
from bot.language.values.model import Value

Tags: TypeAlias = tuple[str, str, str, str]
"""A token's part of speech, relation, features and entity label."""


class TagTable:
    """The distinct tags of a base, numbered in order of first use."""

    def __init__(self) -> None:
        self._number: dict[Tags, int] = {}

    def number(self, tags: Tags) -> int:
        return self._number.setdefault(tags, len(self._number))

    def rows(self) -> list[Tags]:
        return list(self._number)


def encode_sentence(sentence: Sentence, table: TagTable) -> str:
    """All of a sentence but its text, start and end, which have columns of their own."""
    tokens, base = sentence.tokens, sentence.start
    return pack(
        [
            [t.text for t in tokens],
            [t.lemma for t in tokens],
            [table.number((t.upos, t.dep, t.feats, t.ent)) for t in tokens],
            [t.head for t in tokens],
            [t.start - base for t in tokens],
            [t.end - t.start for t in tokens],
        ]
    )


def decode_sentence(text: str, start: int, end: int, parse: str, tags: Sequence[Tags]) -> Sentence:
    """What :func:`encode_sentence` was given. tags: the base's tag table in order."""
    tokens = []
    for i, (word, lemma, number, head, at, length) in enumerate(zip(*json.loads(parse), strict=True)):
        upos, dep, feats, ent = tags[number]
        at += start
        tokens.append(Token(i, word, lemma, upos, dep, head, at, at + length, feats, ent))
    return Sentence(text, start, end, tuple(tokens))


def encode_fact(fact: Fact) -> str:
    """A fact, whole."""
    return pack(
        [
            fact.predicate,
            fact.pos,
            fact.relation,
            fact.predicate_tokens,
            [_argument(argument) for argument in fact.arguments],
            fact.kind,
            fact.polarity,
            fact.hedge,
            fact.modal,
            fact.tense,
            fact.confidence,
            [(step.rule, step.tokens, step.note) for step in fact.trace],
        ]
    )


def decode_facts(payloads: Iterable[str]) -> tuple[Fact, ...]:
    """What :func:`encode_fact` was given, for several facts at once."""
    return tuple([_decode_fact(*fields) for fields in json.loads(f"[{','.join(payloads)}]")])


def _decode_fact(
    predicate: str,
    pos: Literal["v", "n", "a"],
    relation: str,
    tokens: list[int],
    arguments: list[list[Any]],
    kind: str,
    polarity: Polarity,
    hedge: str,
    modal: str,
    tense: str,
    confidence: float,
    trace: list[list[Any]],
) -> Fact:
    return Fact(
        predicate,
        pos,
        relation,
        tuple(tokens),
        tuple([_decode_argument(*fields) for fields in arguments]),
        kind,
        polarity,
        hedge,
        modal,
        tense,
        confidence,
        tuple([TraceStep(rule, tuple(indices), note) for rule, indices, note in trace]),
    )


def _argument(a: Argument) -> list[Any]:
    v, said = a.value, a.antecedent
    return [
        a.role,
        a.text,
        a.head,
        a.tokens,
        a.start,
        a.end,
        a.preposition,
        a.entities,
        v and (v.kind, v.text, v.start, v.end, v.low, v.high, v.unit, v.bound),
        a.quantifier,
        said and (said.text, said.start, said.end, said.entity, said.lemmas),
    ]


def _decode_argument(
    role: str,
    text: str,
    head: int,
    tokens: list[int],
    start: int,
    end: int,
    preposition: str,
    entities: list[str],
    value: list[Any] | None,
    quantifier: str,
    antecedent: list[Any] | None,
) -> Argument:
    return Argument(
        role,
        text,
        head,
        tuple(tokens),
        start,
        end,
        preposition,
        tuple(entities),
        Value(*value) if value else None,
        quantifier,
        _decode_antecedent(*antecedent) if antecedent else None,
    )


def _decode_antecedent(text: str, start: int, end: int, entity: str | None, lemmas: list[str]) -> Antecedent:
    return Antecedent(text, start, end, entity, tuple(lemmas))


pack = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""JSON without blanks; one encoder for all, since to make one takes longer than to write a fact."""
