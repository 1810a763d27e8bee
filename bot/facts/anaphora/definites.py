"""Which earlier phrase a definite noun phrase takes up: *the Network*, *the three states*, *the battalion*."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from bot.facts.anaphora.phrases import Phrase
from bot.facts.anaphora.salience import LATELY, Discourse, Referent
from bot.facts.anaphora.words import words
from bot.language.gazetteer import Gazetteer, Mention
from bot.language.gazetteer.keys import name_key
from bot.language.sentence import Sentence
from bot.language.values.tables import tables

MARGIN = 1.5
ENOUGH = 60.0
"""Salience that *the city* needs to be the one just spoken of."""
_THERE = frozenset({"nsubj", "obj", "iobj", "obl", "nmod:poss", "conj", "identified"})
"""Roles in which a phrase brings a thing in, not says of another what it is (*became an Eastern Bloc city*)."""
GROUP_REACH = 4.0
"""Sentences that *the three states* goes back."""
SAME_REACH = LATELY
THIS_REACH = 2.0


class Taken(Struct, frozen=True):
    """What a phrase takes up, and by which rule."""

    referent: Referent
    phrase: Phrase
    rule: str


def take_up(
    sentence: Sentence, phrase: Phrase, discourse: Discourse, now: float, gazetteer: Gazetteer,
    described: dict[str, frozenset[str]],
) -> Taken | None:  # fmt: skip
    """The earlier phrase that a definite phrase means, None where none or several may be meant.

    described: by referent key, the nouns that the document says it is (*Warsaw is the capital …*).
    """
    if len(phrase.heads) > 1:
        return None
    head = sentence.tokens[phrase.head]
    if head.text[0].isupper() and not phrase.entities and _article(sentence, phrase) == "the":
        return _short_name(phrase, discourse)
    if phrase.named or not phrase.definite:
        return None
    count = _count(sentence, phrase)
    if count is not None:
        return _numbered(phrase, count, discourse, now, gazetteer)
    if not _bare(sentence, phrase):
        return None
    kinds = _of_kind(phrase, discourse, now, gazetteer, described)
    # Where things of that kind have names, 'the city' is one of them or open, but not 'an Eastern city' once mentioned.
    return _salient(kinds) if kinds else _same_noun(sentence, phrase, discourse, now)


def compound_group(sentence: Sentence, mentions: Sequence[Mention], number: int, pattern: Phrase) -> Phrase | None:
    """The members that a hyphened compound names: *Kazakh-Uzbek-Kyrgyz* as a plural of three."""
    demonyms = [mention for mention in mentions if mention.how == "demonym" and len(mention.entities) == 1]
    run: list[Mention] = []
    for one, two in pairwise(demonyms):
        between = sentence.tokens[one.tokens[-1] + 1 : two.tokens[0]]
        dash = len(between) == 1 and between[0].text in tables().list("dashes")
        if one.tokens == two.tokens or dash:
            run = [*run, *(mention for mention in (one, two) if mention not in run)]
    if len(run) < 2:
        return None
    tokens = tuple(range(run[0].tokens[0], run[-1].tokens[-1] + 1))
    entities = tuple(dict.fromkeys(entity for mention in run for entity in mention.entities))
    return replace(
        pattern, sentence=number, heads=(tokens[0], tokens[-1]), tokens=tokens, text=sentence.words(tokens), lemma="",
        entities=entities, numbers=frozenset("p"), genders=frozenset("n"), role="compound", rank=15.0,
        key="+".join(sorted(entities)), named=True, definite=False, members=len(run),
    )  # fmt: skip


def _article(sentence: Sentence, phrase: Phrase) -> str:
    determiner = sentence.child(phrase.head, "det")
    return determiner.lemma.lower() if determiner is not None else ""


def _bare(sentence: Sentence, phrase: Phrase) -> bool:
    """Whether a phrase is no more than *the* or *this* and its noun, so that it must point back."""
    for child in sentence.children(phrase.head):
        if child.rel in ("det", "case", "punct", "cop", "nsubj", "aux", "advmod", "conj", "cc", "mark"):
            continue
        if child.rel == "amod" and child.lemma.lower() in words().lists["pointing"]:
            continue
        return False
    return True


def _count(sentence: Sentence, phrase: Phrase) -> int | None:
    """Three in *the three states*, two in *both countries*."""
    number = sentence.child(phrase.head, "nummod")
    if number is not None and len(sentence.children(phrase.head, "amod", "nmod", "compound", "acl", "nmod:poss")) == 0:
        return tables().numbers.get(number.text.lower()) or (int(number.text) if number.text.isdecimal() else None)
    determiner = _article(sentence, phrase)
    return 2 if determiner in words().lists["numbers_both"] and _bare(sentence, phrase) else None


def _short_name(phrase: Phrase, discourse: Discourse) -> Taken | None:
    """*the Network* after *the Northern Distribution Network*."""
    mine = name_key(phrase.text)
    if len(mine) != 1:
        return None
    longer = discourse.long_names.get(phrase.lemma, {})
    if len(longer) != 1:
        return None
    referent = next(iter(longer.values()))
    return Taken(referent, referent.best, "definite name")


def _numbered(phrase: Phrase, count: int, discourse: Discourse, now: float, gazetteer: Gazetteer) -> Taken | None:
    """*the three states* after a coordination, compound or group that names three of the kind."""
    fits = []
    for referent in discourse.lately.values():
        best = referent.best
        members = len(gazetteer.expand(best.entities[0])) if len(best.entities) == 1 else best.members
        known = {gazetteer.type_of(entity) for entity in best.entities} - {""}
        kind = not known or any(_kind_fits(phrase.lemma, name) for name in known)
        if members == count > 1 and best.named and kind and now - referent.weights[-1][0] <= GROUP_REACH:
            fits.append(referent)
    if not fits or len({referent.best.entities for referent in fits if referent.best.entities}) > 1:
        return None
    referent = max(fits, key=lambda one: (bool(one.best.entities), one.weights[-1][0]))
    return Taken(referent, referent.best, "numbered group")


def _kind_fits(lemma: str, kind: str) -> bool:
    return lemma == kind or lemma in words().kinds.get(kind, frozenset())


def _same_noun(sentence: Sentence, phrase: Phrase, discourse: Discourse, now: float) -> Taken | None:
    """*the battalion* after *a joint battalion*, if the section knows one only; *this* takes the nearest."""
    this = _article(sentence, phrase) in words().lists["demonstratives"]
    reach = THIS_REACH if this else SAME_REACH
    found = [
        (referent, said)
        for referent in discourse.lately.values()
        if now - referent.weights[0][0] <= reach and (said := _said(referent, phrase)) is not None
    ]
    if this and found:
        latest = max(referent.weights[-1][0] for referent, _ in found)
        found = [(referent, said) for referent, said in found if referent.weights[-1][0] == latest]
    if len(found) != 1 or len(found[0][1].tokens) < 2:
        return None
    return Taken(*found[0], "same noun")


def _said(referent: Referent, phrase: Phrase) -> Phrase | None:
    """What says of a referent that it is what a phrase calls it: *the most expensive purchase was [a silk banner]*."""
    for said in dict.fromkeys((referent.last, referent.best)):
        same = said.lemma == phrase.lemma and said.numbers == phrase.numbers
        if same and said.role in _THERE and len(said.heads) == 1 and said.text.lower() != phrase.text.lower():
            return said
    return None


def _of_kind(
    phrase: Phrase, discourse: Discourse, now: float, gazetteer: Gazetteer, described: dict[str, frozenset[str]]
) -> list[tuple[float, Referent]]:
    """For *the city*, what the entity list or the document calls a city, with its salience, best first."""
    if "p" in phrase.numbers:
        return []
    found = []
    for referent in discourse.lately.values():
        best = referent.best
        if not best.named or "s" not in best.numbers or len(best.heads) > 1:
            continue
        kind = gazetteer.type_of(best.entities[0]) if best.entities else ""
        if (kind and _kind_fits(phrase.lemma, kind)) or phrase.lemma in described.get(referent.key, frozenset()):
            found.append((referent.score(now), referent))
    return sorted(found, key=lambda item: (-item[0], item[1].key))


def _salient(found: list[tuple[float, Referent]]) -> Taken | None:
    """The first if it is salient enough, and clearly more than the second."""
    score, referent = found[0]
    if score < ENOUGH or (len(found) > 1 and score < MARGIN * found[1][0]):
        return None
    return Taken(referent, referent.best, "kind of thing")
