"""Pronouns and definite phrases of a section resolved in the order of reading, and the facts that gain by it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from bot.facts.anaphora.definites import compound_group, take_up
from bot.facts.anaphora.phrases import RANKS, Phrase, phrases_of
from bot.facts.anaphora.pronouns import means_nothing, pronoun_of, readings, winner
from bot.facts.anaphora.salience import Discourse
from bot.facts.anaphora.words import Pronoun
from bot.facts.model import Antecedent, Argument, Context, Fact, TraceStep
from bot.language.gazetteer import Gazetteer
from bot.language.sentence import Sentence, Token
from bot.language.values.tables import tables

PARAGRAPH = 2
"""Characters between two sentences that make a paragraph's end."""
_CONTENT = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "VERB"})


class Resolution(Struct, frozen=True):
    """What token ``token`` of the section's sentence number ``sentence`` stands for, and by which rule."""

    sentence: int
    token: int
    antecedent: Antecedent
    entities: tuple[str, ...]
    rule: str


def resolve(
    facts: Sequence[Sequence[Fact]], sentences: Sequence[Sentence], contexts: Sequence[Context], gazetteer: Gazetteer
) -> tuple[tuple[Fact, ...], ...]:
    """Facts with antecedents for the pronouns and definite phrases that the rules leave one reading for.

    facts: linked, for each sentence. sentences: of a document, in order. contexts: of each sentence; what lies in
    another section is never gone back to. gazetteer: the names known.
    RETURNS: the facts of each sentence in order.
    """
    found: list[tuple[Fact, ...]] = []
    sections = groupby(range(len(sentences)), key=lambda n: (contexts[n].document, contexts[n].section))
    for _, numbers in sections:
        run = list(numbers)
        own = [facts[n] for n in run]
        resolved: dict[int, dict[int, Resolution]] = {}
        for one in resolve_section([sentences[n] for n in run], own, gazetteer):
            resolved.setdefault(one.sentence, {})[one.token] = one
        found += (_applied(own[n], resolved.get(n, {})) for n in range(len(run)))
    return tuple(found)


def resolve_section(
    sentences: Sequence[Sentence], facts: Sequence[Sequence[Fact]], gazetteer: Gazetteer
) -> list[Resolution]:
    """The resolutions of one section's sentences, in order.

    facts: of each sentence; what they say of names (*Warsaw is the capital*) lets *the capital* be resolved.
    """
    discourse = Discourse()
    described: dict[str, frozenset[str]] = {}
    found: list[Resolution] = []
    now = 0.0
    for number, sentence in enumerate(sentences):
        if number:
            now += 1 + (sentence.start - sentences[number - 1].end >= PARAGRAPH)
        discourse.forget(now)
        reader = _Reader(number, sentence, sentences, discourse, described, gazetteer, now)
        found += reader.read()
        if number < len(facts):
            _describe(described, facts[number], reader.keys)
    return found


class _Reader:
    """Goes through one sentence from left to right."""

    def __init__(
        self, number: int, sentence: Sentence, sentences: Sequence[Sentence], discourse: Discourse,
        described: dict[str, frozenset[str]], gazetteer: Gazetteer, now: float,
    ) -> None:  # fmt: skip
        self.number, self.sentence, self.sentences = number, sentence, sentences
        self.discourse, self.described, self.gazetteer, self.now = discourse, described, gazetteer, now
        self.phrases = phrases_of(number, sentence, gazetteer)
        self.keys: dict[int, str] = {}
        self.meant: dict[int, str] = {}
        self.said: list[Phrase] = []
        self.found: list[Resolution] = []

    def read(self) -> list[Resolution]:
        waiting = list(self.phrases)
        if waiting:
            group = compound_group(self.sentence, self.gazetteer.mentions(self.sentence), self.number, waiting[0])
            waiting += [group] if group is not None else []
        # A coordination is complete with its last head; what stands between is said before.
        waiting.sort(key=lambda phrase: (max(phrase.heads), len(phrase.heads)))
        for token in self.sentence:
            pronoun = pronoun_of(token)
            if pronoun is not None and not means_nothing(self.sentence, token):
                self._pronoun(token, pronoun, waiting)
            while waiting and max(waiting[0].heads) <= token.i:
                self._phrase(waiting.pop(0))
        for phrase in waiting:
            self._phrase(phrase)
        return self.found

    def _pronoun(self, token: Token, pronoun: Pronoun, coming: Sequence[Phrase]) -> None:
        found = readings(self.sentence, token, pronoun, self.said, coming, self.discourse, self.now)
        one = winner(found)
        rank = RANKS.get(token.rel, 20.0)
        if one is not None:
            self.discourse.again(one.referent, self.now, rank, pronoun.genders)
            self.meant[token.i] = one.referent.key
            if one.phrase.text:
                self._note(token, one.phrase, "possessive" if pronoun.use == "poss" else "pronoun")
        elif token.rel == "nsubj":
            self.meant[token.i] = self.discourse.add(_unknown(self.number, token, pronoun, rank), self.now).key

    def _phrase(self, phrase: Phrase) -> None:
        taken = take_up(self.sentence, phrase, self.discourse, self.now, self.gazetteer, self.described)
        key = taken.referent.key if taken is not None else self._equated(phrase) or phrase.key
        self.keys[phrase.head] = key
        if taken is not None:
            self._note(self.sentence.tokens[phrase.head], taken.phrase, taken.rule)
        self.discourse.add(phrase, self.now, key)
        self.said.append(phrase if key == phrase.key else replace(phrase, key=key))

    def _equated(self, phrase: Phrase) -> str:
        """The key of the pronoun that a phrase is said of: *It was the first foreign dynasty*."""
        if self.sentence.child(phrase.head, "cop") is None or len(phrase.heads) > 1:
            return ""
        return next((self.meant[t.i] for t in self.sentence.children(phrase.head, "nsubj") if t.i in self.meant), "")

    def _note(self, token: Token, phrase: Phrase, rule: str) -> None:
        self.found.append(Resolution(self.number, token.i, self._antecedent(phrase), phrase.entities, rule))

    def _antecedent(self, phrase: Phrase) -> Antecedent:
        home = self.sentences[phrase.sentence]
        tokens = [home.tokens[i] for i in phrase.tokens]
        lemmas = tuple(token.lemma.lower() for token in tokens if token.upos in _CONTENT)
        entity = phrase.entities[0] if len(phrase.entities) == 1 else None
        return Antecedent(phrase.text, tokens[0].start, tokens[-1].end, entity, lemmas)


def _unknown(number: int, token: Token, pronoun: Pronoun, rank: float) -> Phrase:
    """What an unresolved pronoun stands for: a referent without words, that the next pronoun does not pass over."""
    return Phrase(
        number, (token.i,), (), "", "", (), frozenset(pronoun.number), pronoun.genders,
        token.rel, rank, f"? {token.start}", False, True, deed=("", ""),
    )  # fmt: skip


def _describe(described: dict[str, frozenset[str]], facts: Sequence[Fact], keys: dict[int, str]) -> None:
    """Note what the facts call a name: *Warsaw is the capital and largest city of Poland*."""
    for fact in facts:
        if fact.kind not in ("copula", "apposition") or fact.polarity != "positive":
            continue
        subject = fact.argument("subj")
        if subject is not None and subject.head in keys:
            key = keys[subject.head]
            described[key] = described.get(key, frozenset()) | {fact.predicate}


def _applied(facts: Sequence[Fact], resolved: dict[int, Resolution]) -> tuple[Fact, ...]:
    if not resolved:
        return tuple(facts)
    return tuple(_with_antecedents(fact, resolved) for fact in facts)


def _with_antecedents(fact: Fact, resolved: dict[int, Resolution]) -> Fact:
    arguments: list[Argument] = []
    steps: list[TraceStep] = []
    for argument in fact.arguments:
        one = _resolved(argument, resolved) if argument.head >= 0 and argument.antecedent is None else None
        if one is not None:
            note = f"{argument.text} → {one.antecedent.text}"
            steps.append(TraceStep(f"anaphora: {one.rule}", (one.token,), note))
            argument = replace(argument, antecedent=one.antecedent, entities=argument.entities or one.entities)
        arguments.append(argument)
    return replace(fact, arguments=tuple(arguments), trace=(*fact.trace, *steps)) if steps else fact


def _resolved(argument: Argument, resolved: dict[int, Resolution]) -> Resolution | None:
    """What an argument stands for; *four of them* for a part of what *them* does."""
    shares = len(argument.tokens) > 2 and argument.text.lower().split()[-2:] in (["of", "them"], ["of", "these"])
    one = resolved.get(argument.head)
    if one is not None or not shares or argument.tokens[-1] not in resolved:
        return one
    whole = resolved[argument.tokens[-1]]
    # 31 of them: of the labourers, not of 600 of them
    kept = tuple(lemma for lemma in whole.antecedent.lemmas if lemma not in tables().numbers and not lemma[0].isdigit())
    return replace(whole, antecedent=replace(whole.antecedent, lemmas=kept))
