"""The words that are shown as the value of a match: the shortest that say all of it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.answers.candidate import Candidate
from bot.answers.match import Match
from bot.answers.spans import conjuncts, phrase
from bot.answers.types import PLACES, type_fit, types_of_phrase
from bot.answers.view import View
from bot.answers.world import World
from bot.language.sentence import Sentence, Token
from bot.questions.query import Query

LONGEST_CLAUSE = 12


def values_of(match: Match, query: Query, world: World) -> tuple[str, ...]:
    """The values of one match: the candidate with its conjuncts of the same kind, and members of a compound."""
    candidate, view = match.candidate, match.view
    assert candidate is not None
    sentence = view.sentence
    if not candidate.nominal or not candidate.tokens:
        return (_without_preposition(match, sentence, candidate) or candidate.text,)
    heads = _named_of(query, sentence, _joined(match, sentence, candidate.head))
    siblings = _compound_members(view, candidate.head)
    if siblings:
        return tuple(world.name_of(view.entities[i][0]) for i in siblings)
    texts = []
    for head in heads:
        if head == candidate.head:
            texts.append(
                _named(
                    view, head, _shortest(query, sentence, candidate, world.lexicon.words.sets) or candidate.text, world
                )
            )
            continue
        if _repeats(query, sentence, head):
            continue
        types = set(types_of_phrase(sentence.tokens[head], view, world))
        if query.gap and type_fit(query.gap, types, sentence.tokens[head], view, world) < 0.3:
            continue
        texts.append(_named(view, head, sentence.words(list(phrase(sentence, head))), world))
    return tuple(texts)


def _joined(match: Match, sentence: Sentence, head: int) -> tuple[int, ...]:
    """The conjuncts of a candidate; it stands alone where what is asked is said of it alone, in a clause on it: *the
    Rising Museum and the Katyń Museum, which preserves …*"""
    verb = match.fit.fact.predicate_tokens if match.fit is not None else ()
    inside = verb and head not in verb and all(head in sentence.ancestors(i) for i in verb)
    return (head,) if inside else conjuncts(sentence, head)


def _without_preposition(match: Match, sentence: Sentence, candidate: Candidate) -> str:
    """*Hunted until [1954], when hunting was banned*: the preposition is not the clause's; empty where none is cut."""
    if candidate.value is None or not candidate.tokens or match.fit is None:
        return ""
    after = candidate.tokens[-1] + 1
    when = [t.text.lower() for t in sentence.tokens[after : after + 2]] == [",", "when"]
    if not when or any(i <= after for i in match.fit.fact.predicate_tokens):
        return ""
    first = next((n for n, i in enumerate(candidate.tokens) if sentence.tokens[i].upos != "ADP"), 0)
    return sentence.words(candidate.tokens[first:]) if first else ""


def _named_of(query: Query, sentence: Sentence, heads: tuple[int, ...]) -> list[int]:
    """*three teachers, Edith Marlow, Peter Quill and Samuel Oyelaran*: the names, of which the parser may hang the
    first on what describes them all. A single name takes the place of its description where *who* is asked."""
    found: list[int] = []
    for head in heads:
        name = sentence.child(head, "appos")
        if sentence.tokens[head].upos != "NOUN" or name is None or name.upos != "PROPN" or name.i < head:
            found.append(head)
            continue
        rest = [i for i in heads if i != head]
        asked = query.gap is not None and "person" in query.gap.types and not query.gap.noun
        series = bool(rest) and all(sentence.tokens[i].upos == "PROPN" for i in rest)
        found += conjuncts(sentence, name.i) if series or asked else (head,)
    return list(dict.fromkeys(found))


def _shortest(query: Query, sentence: Sentence, candidate: Candidate, words: Mapping[str, frozenset[str]]) -> str:
    """The candidate's words where others say more to the point than its phrase; empty where none do."""
    head = sentence.tokens[candidate.head]
    gap = query.gap
    if gap is None or gap.counted:
        return ""
    if gap.noun and head.lemma.lower() == gap.noun:
        asked = {t.lemma.lower() for t in query.sentence}
        said = _sort(sentence, head, words["unsorting"] | asked) if gap.sort else ""
        bears = head.text[:1].islower() and gap.noun in words["bearing"]  # but the Treaty of Amsterdam, but a floor
        said = said or (_called(sentence, head.i) if bears else "")
        if said:
            return said
    if head.upos == "PROPN" and (not candidate.types & {"organization", "group"} or candidate.types & PLACES):
        return _without_place(sentence, candidate, words["placing"])
    return _restricted(sentence, candidate) if head.upos == "NOUN" and candidate.tokens == (head.i,) else ""


def _sort(sentence: Sentence, head: Token, unsorting: frozenset[str]) -> str:
    """*What type of architecture?*, *Renaissance architecture in the city*: Renaissance."""
    before = [c.i for c in sentence.children(head.i, "amod", "compound") if c.i < head.i]
    before = [i for i in before if sentence.tokens[i].lemma.lower() not in unsorting]
    return sentence.words(before) if len(before) == 1 else ""


def _without_place(sentence: Sentence, candidate: Candidate, placing: frozenset[str]) -> str:
    """*the Vistula River in east-central Poland*: the name alone."""
    out: set[int] = set()
    for child in sentence.children(candidate.head, "nmod"):
        case = sentence.child(child.i, "case")
        # the Vistula [in east-central Poland], but the Treaty on the Functioning of the Union
        titled = child.text[:1].isupper() and child.ent != "LOC" and case is not None and case.text.lower() == "on"
        if child.i > candidate.head and case is not None and case.text.lower() in placing and not titled:
            out.update(sentence.subtree(child.i))
    kept = [i for i in candidate.tokens if i not in out]
    return sentence.words(kept) if kept and len(kept) < len(candidate.tokens) else ""


def _restricted(sentence: Sentence, candidate: Candidate) -> str:
    """*in locations where water is costly*: a noun alone that a clause right after it restricts takes the clause."""
    clause = next((c for c in sentence.children(candidate.head, "acl") if c.i > candidate.head), None)
    if clause is None:
        return ""
    tokens = sorted({candidate.head, *sentence.subtree(clause.i)})
    while sentence.tokens[tokens[-1]].upos == "PUNCT":
        tokens.pop()
    whole = tokens[-1] - tokens[0] + 1 == len(tokens) <= LONGEST_CLAUSE
    return sentence.words(tokens) if whole and sentence.tokens[tokens[1]].text != "," else ""


def _called(sentence: Sentence, head: int) -> str:
    """*Which county?*, *the county of Westchester on the north shore*: Westchester."""
    for child in sentence.children(head, "nmod"):
        of = [c.text.lower() for c in sentence.children(child.i, "case")] == ["of"]
        if child.upos == "PROPN" and of and child.i > head and not sentence.child(child.i, "conj"):
            return sentence.words(list(phrase(sentence, child.i, keep_of=False)))
    return ""


def _repeats(query: Query, sentence: Sentence, head: int) -> bool:
    """Whether a conjunct says nothing but what was asked: *Ayurbarwada's son* for *Who was Ayurbarwada's son?*"""
    asked = {t.lemma.lower() for t in query.sentence} | {t.text.lower() for t in query.sentence}
    said = [sentence.tokens[i] for i in phrase(sentence, head)]
    content = [t for t in said if t.upos in ("NOUN", "PROPN", "ADJ", "NUM", "VERB")]
    return bool(content) and all(t.lemma.lower() in asked or t.text.lower() in asked for t in content)


def _named(view: View, head: int, text: str, world: World) -> str:
    """*Russian* as an answer to *whose assistance* is Russia: an adjective that names an entity is given its name."""
    token = view.sentence.tokens[head]
    if token.upos == "ADJ" and view.entities.get(head) and len(view.entities[head]) == 1:
        return world.name_of(view.entities[head][0])
    return text


def _compound_members(view: View, head: int) -> tuple[int, ...]:
    """The members that a compound names: *Kazakh-Uzbek-Kyrgyz* before its noun."""
    token = view.sentence.tokens[head]
    if head not in view.entities or token.rel not in (
        "amod",
        "compound",
        "conj",
        "flat",
        "obl",
        "nmod",
        "punct",
        "dep",
    ):
        return ()
    members = [head]
    for step in (-1, 1):
        at = head
        while (
            0 <= at + 2 * step < len(view.sentence)
            and view.sentence.tokens[at + step].text in "-–—"
            and at + 2 * step in view.entities
        ):
            at += 2 * step
            members.append(at)
    return tuple(sorted(members)) if len(members) > 1 else ()
