"""The noun phrases of a sentence as possible antecedents: number, gender, grammatical role, what they name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from bot.facts.anaphora.words import words
from bot.facts.linking import head_of, placed_values
from bot.language.gazetteer import Gazetteer, Mention
from bot.language.lexicon import load as load_lexicon
from bot.language.sentence import Sentence, Token
from bot.language.values import Value
from bot.language.values.tables import tables

_ANY = frozenset("mfn")
_PERSON = frozenset("mf")
_THING = frozenset("n")
_INSIDE = frozenset({"compound", "flat", "fixed", "goeswith", "nummod", "det", "case", "punct"})
_CLAUSES = frozenset({"acl", "advcl", "appos", "parataxis", "conj", "cc", "dep", "discourse", "ccomp"})
_FRAME = frozenset({"case", "punct", "cop", "nsubj", "mark", "aux", "advmod", "expl", "orphan", "obl"})
_NO_PHRASE = frozenset({"flat", "fixed", "goeswith", "discourse", "advmod"})
_LOOSE = frozenset({"obl", "discourse", "vocative", "dislocated"})
_ASIDE = 0.2
"""What a role weighs inside brackets."""
_FIRST = 20.0
_LABELS = {"PERSON": _PERSON, "ORG": _THING, "LOC": _THING}


class Phrase(Struct, frozen=True):
    """A noun phrase, or several joined by *and*. ``heads`` are its head tokens (more than one: a coordination),
    ``entities`` what they name, ``numbers`` of *s* and *p*, ``genders`` of *m*, *f* and *n*; ``key`` is equal for
    phrases that surely mean the same; ``rank`` is the weight of its grammatical role; ``deed`` is the verb it is an
    argument of, with its role there (the subject of a passive is its object)."""

    sentence: int
    heads: tuple[int, ...]
    tokens: tuple[int, ...]
    text: str
    lemma: str
    entities: tuple[str, ...]
    numbers: frozenset[str]
    genders: frozenset[str]
    role: str
    rank: float
    key: str
    named: bool
    definite: bool
    members: int = 1
    deed: tuple[str, str] = ("", "")

    @property
    def head(self) -> int:
        return self.heads[0]


RANKS = {
    "nsubj": 80.0,
    "obj": 50.0,
    "iobj": 45.0,
    "obl": 35.0,
    "nmod:poss": 45.0,
    "nmod": 25.0,
    "appos": 20.0,
    "conj": 25.0,
    "root": 45.0,
    "identified": 45.0,
    "compound": 15.0,
}
"""Salience of a grammatical role, after Lappin and Leass (1994), fitted by hand on two encyclopedia articles."""


def phrases_of(number: int, sentence: Sentence, gazetteer: Gazetteer) -> list[Phrase]:
    """The noun phrases of a sentence that something later may go back to.

    number: the sentence's place in its section. sentence: parsed. gazetteer: the names known.
    RETURNS: phrases in the order of their heads, coordinations after their first conjunct.
    """
    mentions = gazetteer.mentions(sentence)
    by_head = {head_of(sentence, mention.tokens): mention for mention in mentions}
    inside = {i for mention in mentions for i in mention.tokens} - set(by_head)
    values = {i for placed in placed_values(sentence) if _measures(placed.value) for i in placed.tokens}
    found: list[Phrase] = []
    for token in sentence:
        measure = token.i in values and token.rel != "nsubj"
        if token.i in inside or measure or not _heads_phrase(sentence, token, by_head):
            continue
        phrase = _phrase(number, sentence, token, by_head.get(token.i), gazetteer)
        found.append(phrase)
    return sorted(
        [*found, *_coordinations(number, sentence, found)], key=lambda phrase: (phrase.head, len(phrase.heads))
    )


def _measures(value: Value) -> bool:
    """Whether a value is no thing to speak of again: *in 1990*, *260 km*; *three states* is one."""
    return value.kind not in ("quantity", "number", "ordinal") or value.unit in tables().unit_bases


def _heads_phrase(sentence: Sentence, token: Token, by_head: dict[int, Mention]) -> bool:
    if token.i in by_head:
        mention = by_head[token.i]
        # 'Kazakh' in 'Kazakh assistance' is no referent, 'NATO' in 'NATO material' is.
        return token.rel != "amod" and (mention.how != "demonym" or token.upos in ("NOUN", "PROPN"))
    if token.dep == "nmod:desc" and sentence.tokens[token.head].upos == "PROPN":
        return False  # *Ms.* Lena Vogel: the title names nobody by itself
    if token.upos not in ("NOUN", "PROPN"):
        return False
    counted = token.rel == "nsubj" and sentence.child(token.i, "nummod") is not None  # five unused days may be kept
    if token.lemma.lower() in words().lists["never"] and not counted:
        return False
    if token.rel in _NO_PHRASE or (token.rel in _INSIDE and not token.ent):
        return False
    return not (token.rel == "compound" and sentence.tokens[token.head].upos == "PROPN")


def span_of(sentence: Sentence, head: int) -> tuple[int, ...]:
    """Tokens of a noun phrase without its case marker, clauses, appositions and conjuncts."""
    kept = [head]
    for child in sentence.children(head):
        before = child.i < head and child.dep != "nmod:poss"
        loose = before and (child.rel in _LOOSE or sentence.child(child.i, "case") is not None)
        if not loose and child.rel not in _CLAUSES and child.rel not in _FRAME:
            kept += sentence.subtree(child.i)
    inner = sorted(set(kept))
    low, high = inner[0], inner[-1]
    return tuple(i for i in range(low, high + 1) if i in set(inner) or sentence.tokens[i].upos == "PUNCT")


def _phrase(number: int, sentence: Sentence, head: Token, mention: Mention | None, gazetteer: Gazetteer) -> Phrase:
    tokens = span_of(sentence, head.i)
    entities = mention.entities if mention is not None and len(mention.entities) == 1 else ()
    if mention is not None:
        # A name needs nothing after it: not 'Warsaw for the first time'.
        last = mention.tokens[-1] if mention.how != "demonym" else tokens[-1]
        tokens = tuple(range(min(tokens[0], mention.tokens[0]), last + 1))
    while len(tokens) > 1 and sentence.tokens[tokens[0]].upos == "PUNCT":
        tokens = tokens[1:]
    named = head.text[0].isupper() and (mention is not None or head.upos == "PROPN" or bool(head.ent))
    role = _role(sentence, head)
    apposed = head.rel == "appos" and not head.text[0].isupper()
    same = "" if entities and not apposed else _same_as(sentence, head, gazetteer)
    key = same or (entities[0] if entities else _key(sentence, head, tokens, named))
    lemma = head.lemma.lower()
    return Phrase(
        number,
        (head.i,),
        tokens,
        sentence.words(tokens),
        lemma,
        entities,
        _numbers(head, entities, named, gazetteer),
        _genders(sentence, head, entities, named, gazetteer),
        role,
        _rank(sentence, head, role, tokens),
        key,
        named,
        _definite(sentence, head.i),
        deed=deed_of(sentence, head),
    )


def deed_of(sentence: Sentence, token: Token) -> tuple[str, str]:
    """The verb that a word is an argument of and its role: *Warsaw* in *Warsaw was ranked* is object of *rank*."""
    governor = sentence.tokens[token.head]
    if governor.upos != "VERB" or token.rel not in ("nsubj", "obj", "obl"):
        return "", ""
    passive = token.rel == "nsubj" and (token.dep == "nsubj:pass" or sentence.child(governor.i, "aux:pass") is not None)
    return governor.lemma.lower(), "obj" if passive else token.rel


def _same_as(sentence: Sentence, head: Token, gazetteer: Gazetteer) -> str:
    """The key of what a noun is equated with: *Their rivals, Polonia Warsaw, …*; *Warsaw is the capital*."""
    appositions = [t for t in sentence.children(head.i, "appos") if t.upos == "PROPN" and t.text[0].isupper()]
    governor = sentence.tokens[head.head]
    plain = sentence.child(head.i, "nmod:poss", "advmod") is None
    if head.rel == "appos" and head.upos == "NOUN" and governor.upos == "PROPN" and plain:
        # 'Henry, a Huguenot, …'; not 'Warsaw, especially its centre'
        return _key_of(sentence, governor, gazetteer)
    first = head
    while first.rel == "conj" and first.head != first.i:
        # 'Warsaw is the capital and largest city'
        first = sentence.tokens[first.head]
    subjects = sentence.children(first.i, "nsubj") if sentence.child(first.i, "cop") is not None else ()
    for other in (*appositions, *subjects):
        if other.upos not in ("PROPN", "NOUN") or (other in appositions and head.upos == "PROPN"):
            continue
        return _key_of(sentence, other, gazetteer)
    return ""


def _key_of(sentence: Sentence, head: Token, gazetteer: Gazetteer) -> str:
    """The key that the phrase of another head has."""
    tokens = span_of(sentence, head.i)
    named = gazetteer.ids(sentence.words(tokens))
    return named[0] if len(named) == 1 else _key(sentence, head, tokens, head.upos == "PROPN")


def _key(sentence: Sentence, head: Token, tokens: Sequence[int], named: bool) -> str:
    """Names with the same words mean the same; so do *the battalion* and *the battalion*, not *a ship* and *a ship*."""
    content = [
        sentence.tokens[i].lemma.lower() for i in tokens if sentence.tokens[i].upos not in ("DET", "PUNCT", "PART")
    ]
    if named or _definite(sentence, head.i):
        return " ".join(content) + ("/p" if "Number=Plur" in head.feats and not named else "")
    return f"{' '.join(content)} @{sentence.start + head.start}"


def _role(sentence: Sentence, head: Token) -> str:
    token = head
    while token.rel == "conj" and token.head != token.i:
        token = sentence.tokens[token.head]
    case = sentence.child(token.i, "case")
    if token.rel == "obl" and case is not None and case.lemma.lower() == "as":
        # 'served as the capital': it says what something is
        return "attr"
    subject = sentence.child(token.i, "nsubj") if sentence.child(token.i, "cop") is not None else None
    if subject is not None and subject.upos == "NOUN":
        return "identified"  # the most expensive purchase was [a silk banner], and no name was called one
    if token.dep in ("nmod:poss", "nsubj:pass"):
        return "nsubj" if token.dep == "nsubj:pass" else "nmod:poss"
    return token.rel


def _rank(sentence: Sentence, head: Token, role: str, tokens: Sequence[int]) -> float:
    rank = RANKS.get(role, 20.0)
    if _bracketed(sentence, head.i):
        return rank * _ASIDE
    # What a sentence begins with is mostly what it is about, whatever the parser makes of a long bracket after it.
    return rank + _FIRST * all(sentence.tokens[i].upos == "PUNCT" for i in range(tokens[0]))


def _bracketed(sentence: Sentence, i: int) -> bool:
    before = [token.text for token in sentence.tokens[:i]]
    return before.count("(") > before.count(")")


def _definite(sentence: Sentence, head: int) -> bool:
    determiner = sentence.child(head, "det")
    return determiner is not None and determiner.lemma.lower() in words().lists["definites"]


def _numbers(head: Token, entities: Sequence[str], named: bool, gazetteer: Gazetteer) -> frozenset[str]:
    if entities and gazetteer.is_group(entities[0]):
        return frozenset("p")
    if entities and gazetteer.type_of(entities[0]) in ("country", "city", "person", "organization"):
        return frozenset("s")
    plural = "Number=Plur" in head.feats
    if head.lemma.lower() in words().lists["collective"]:
        return frozenset("p") if plural else frozenset("sp")
    if head.text.endswith("s") and not plural and named and "Number=" not in head.feats:
        return frozenset("sp")
    return frozenset("p") if plural else frozenset("s")


def _genders(
    sentence: Sentence, head: Token, entities: Sequence[str], named: bool, gazetteer: Gazetteer
) -> frozenset[str]:
    kind = gazetteer.type_of(entities[0]) if entities else ""
    titles = [t.lemma.lower() for t in sentence.children(head.i, "compound", "flat", "amod", "nmod:desc")] + [
        head.lemma.lower()
    ]
    for title in titles:
        if title in words().gender_of and kind in ("", "person"):
            return frozenset(words().gender_of[title])
    common = [t for t in sentence.children(head.i, "compound", "nmod", "appos") if t.upos == "NOUN" and t.i < head.i]
    if named and common and common[-1].text.islower():
        # 'the district Wola', 'the lawyer Vogel'
        return noun_genders(common[-1].lemma.lower())
    article = sentence.child(head.i, "det")
    bare = article is not None and article.lemma.lower() == "the" and sentence.child(head.i, "amod") is None
    if named and head.upos == "PROPN" and bare:
        # 'the Da Yuan Tong Zhi': persons' names have no article; 'the young Vogel' is one
        return _THING
    if kind:
        return _PERSON if kind == "person" else _THING
    label = head.ent or next((t.ent for t in sentence.children(head.i, "flat", "compound") if t.ent), "")
    if named and label:
        return _LABELS.get(label, _ANY)
    if named and head.upos == "PROPN":
        return _ANY
    return noun_genders(head.lemma.lower())


@lru_cache(maxsize=16384)
def noun_genders(lemma: str) -> frozenset[str]:
    """Genders of a common noun by the first sense that WordNet gives it."""
    if lemma in words().gender_of:
        return frozenset(words().gender_of[lemma])
    lexicon = load_lexicon()
    if lexicon.supersense(lemma, "n") != "noun.person":
        return _THING
    # A governor, a counter, a ruler may be a device.
    return _ANY if lexicon.is_a(lemma, "instrumentality") else _PERSON


def _coordinations(number: int, sentence: Sentence, found: Sequence[Phrase]) -> list[Phrase]:
    """*Azerbaijan, Turkey and Iran*: all conjuncts as one plural of three ``members``."""
    by_head = {phrase.head: phrase for phrase in found}
    joined = []
    for phrase in found:
        heads = [phrase.head, *(t.i for t in sentence.children(phrase.head, "conj") if t.i in by_head)]
        if len(heads) < 2 or sentence.tokens[phrase.head].rel == "conj":
            continue
        linker = [t.lemma.lower() for i in heads for t in sentence.children(i, "cc")]
        if "or" in linker or not linker:
            continue
        parts = [by_head[i] for i in heads]
        tokens = tuple(range(parts[0].tokens[0], parts[-1].tokens[-1] + 1))
        genders = frozenset.union(*(part.genders for part in parts))
        entities = tuple(dict.fromkeys(e for part in parts for e in part.entities))
        entities = entities if all(part.entities for part in parts) else ()
        lemma = parts[0].lemma if len({part.lemma for part in parts}) == 1 else ""
        joined.append(
            Phrase(
                number,
                tuple(heads),
                tokens,
                sentence.words(tokens),
                lemma,
                entities,
                frozenset("p"),
                genders,
                phrase.role,
                phrase.rank + 5,
                "+".join(sorted(part.key for part in parts)),
                all(part.named for part in parts),
                False,
                len(parts),
            )
        )
    return joined
