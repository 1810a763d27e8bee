"""What the arguments of facts name: entities by the gazetteer, values by the value readers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from bot.facts.model import Argument, Fact
from bot.language.gazetteer import Gazetteer, Mention
from bot.language.sentence import Sentence
from bot.language.values import Value, values_in
from bot.language.values.tables import tables


class Placed(Struct, frozen=True):
    """A value of a sentence: the indices of its tokens; its offsets count in the stored text."""

    value: Value
    tokens: tuple[int, ...]


def link(facts: Sequence[Fact], sentence: Sentence, gazetteer: Gazetteer) -> tuple[Fact, ...]:
    """Facts with ``entities`` and ``value`` filled in their arguments.

    facts: of one sentence. sentence: that sentence. gazetteer: the names known.
    RETURNS: the facts in order; arguments that another sentence supplied are left as they are.
    """
    if not facts:
        return ()
    mentions = gazetteer.mentions(sentence)
    heads = {mention: head_of(sentence, mention.tokens) for mention in mentions}
    values = placed_values(sentence)
    known: dict[tuple[int, tuple[int, ...]], tuple[tuple[str, ...], Value | None]] = {}
    linked = []
    for fact in facts:
        arguments = []
        for argument in fact.arguments:
            if argument.head < 0:
                arguments.append(argument)
                continue
            key = (argument.head, argument.tokens)
            if key not in known:
                known[key] = _entities(argument, sentence, heads), value_of(argument, sentence, values)
            entities, value = known[key]
            if entities or value:
                argument = replace(argument, entities=entities or argument.entities, value=value or argument.value)
            arguments.append(argument)
        linked.append(replace(fact, arguments=tuple(arguments)))
    return tuple(linked)


def head_of(sentence: Sentence, tokens: Sequence[int]) -> int:
    """The token of a phrase that its other tokens hang on: the first governed from outside, the last if none is."""
    inside = set(tokens)
    outer = (i for i in tokens if sentence.tokens[i].head not in inside or sentence.tokens[i].head == i)
    return next((i for i in outer if sentence.tokens[i].upos != "PUNCT"), tokens[-1])


def _entities(argument: Argument, sentence: Sentence, heads: dict[Mention, int]) -> tuple[str, ...]:
    """Ids that the phrase's head names; of *a joint Kazakh-Uzbek battalion*, whose head names none, the members'."""
    phrase = set(argument.tokens)
    for mention, head in heads.items():
        # 'Peace program' is no part that stands for 'Partnership for Peace program'.
        if argument.head == head or (argument.head in mention.tokens and phrase.issuperset(mention.tokens)):
            return mention.entities
    members = [m for m in heads if m.how == "demonym" and phrase.issuperset(m.tokens) and m.tokens[-1] < argument.head]
    hyphened = [
        (one, two) for one, two in pairwise(members) if one.tokens == two.tokens or _hyphen_between(sentence, one, two)
    ]
    joined = dict.fromkeys(mention for pair in hyphened for mention in pair)
    return tuple(dict.fromkeys(entity for mention in joined for entity in mention.entities))


def _hyphen_between(sentence: Sentence, one: Mention, two: Mention) -> bool:
    between = sentence.tokens[one.tokens[-1] + 1 : two.tokens[0]]
    return len(between) == 1 and between[0].text in tables().list("dashes")


def placed_values(sentence: Sentence) -> tuple[Placed, ...]:
    """The values of a sentence with the tokens they lie on."""
    values = values_in(sentence.text)
    if not values:
        return ()
    spans, at = [], 0
    for token in sentence:
        found = sentence.text.find(token.text, at)
        at = found if found >= 0 else at
        spans.append((at, at + len(token.text)))
        at = spans[-1][1]
    placed = []
    for value in values:
        tokens = tuple(i for i, (start, end) in enumerate(spans) if start < value.end and end > value.start)
        if tokens:
            first, last = sentence.tokens[tokens[0]], sentence.tokens[tokens[-1]]
            start = first.start + max(0, value.start - spans[tokens[0]][0])
            end = last.end - max(0, spans[tokens[-1]][1] - value.end)
            placed.append(Placed(replace(value, start=start, end=end), tokens))
    return tuple(placed)


def value_of(argument: Argument, sentence: Sentence, values: Sequence[Placed]) -> Value | None:
    """The value that an argument's head is, or that counts its head (*12,000 old photographs*)."""
    head = sentence.tokens[argument.head]
    counts = {t.i for t in sentence.children(head.i, "nummod")}
    for placed in values:
        if head.i in placed.tokens:
            return _with_unit(placed.value, head.lemma, head.upos)
        if counts.intersection(placed.tokens) and placed.value.kind in ("quantity", "number", "percent"):
            return _with_unit(placed.value, head.lemma, head.upos)
    return None


def _with_unit(value: Value, lemma: str, upos: str) -> Value:
    """The parse knows better than the reader which word is counted: *three railway stations* counts stations."""
    if value.kind not in ("quantity", "number") or upos not in ("NOUN", "PROPN") or value.unit in tables().unit_bases:
        return value
    if " per " in value.unit or lemma.lower() in tables().numbers or lemma.lower() in tables().magnitudes:
        return value
    return replace(value, kind="quantity", unit=lemma.lower())
