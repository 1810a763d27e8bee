"""Variants of treebank sentences: what people type and what documents hold besides well-edited sentences.

Questions are typed in lower case and without a question mark; headings come in title case or capitals; list items
are fragments. Each variant keeps the sentence's tree and changes its surface only.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from msgspec.structs import replace

from .corpus import Sentence
from .questions import made_questions

# How often a training document is given each surface; the rest stays as it is.
SURFACES = (
    ("lower", 0.06),
    ("bare", 0.04),
    ("lower bare", 0.07),
    ("title", 0.015),
    ("upper", 0.015),
    ("wrapped", 0.04),
)
LINE = 11  # words on a line of the "wrapped" surface
# How many sentences a training document holds: many hold one (questions, headings, bullets).
LENGTHS = (1, 1, 1, 1, 2, 2, 3, 3, 4, 5)
QUESTION_COPIES = 1
MADE_QUESTIONS = 3500  # an epoch, drawn anew each time from the statements
_SMALL_WORDS = """
a an and as at but by for from in into nor of on or the to upon with
"""
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
_QUESTION_WORDS = """
what which who whose where when why how is are was were do does did can could will would may should
"""
QUESTION_WORDS = frozenset(_QUESTION_WORDS.split())


def bare(sentence: Sentence) -> Sentence:
    """Without its final punctuation, where that is a leaf of the tree."""
    while len(sentence.words) > 1:
        last = len(sentence.words) - 1
        if sentence.words[last].strip(".?!:;,\u2026") or sentence.deps[last] == "ROOT" or last in sentence.heads:
            return sentence
        tags = sentence.entities
        sentence = replace(
            sentence,
            words=sentence.words[:-1],
            spaces=(*sentence.spaces[: last - 1], True),
            lemmas=sentence.lemmas[:-1],
            pos=sentence.pos[:-1],
            xpos=sentence.xpos[:-1],
            morphs=sentence.morphs[:-1],
            heads=sentence.heads[:-1],
            deps=sentence.deps[:-1],
            entities=None if tags is None else tags[:-1],
        )
    return sentence


def lower(sentence: Sentence) -> Sentence:
    """In lower case throughout."""
    return replace(sentence, words=tuple(word.lower() for word in sentence.words))


def upper(sentence: Sentence) -> Sentence:
    """In capitals throughout, as some headings are."""
    return replace(sentence, words=tuple(word.upper() for word in sentence.words))


def title(sentence: Sentence) -> Sentence:
    """In title case, without final punctuation."""
    sentence = bare(sentence)
    words = [
        word if index and word in SMALL_WORDS else word[:1].upper() + word[1:]
        for index, word in enumerate(sentence.words)
    ]
    glued = [False, *(not space for space in sentence.spaces[:-1])]
    words = [old if touch and "'" in old else new for old, new, touch in zip(sentence.words, words, glued, strict=True)]
    return replace(sentence, words=tuple(words))


def recased(sentence: Sentence) -> Sentence:
    """An ATIS sentence (spoken, written in lower case) as it would be typed: *Which flights leave Boston?*"""
    words = [
        word.capitalize() if word == "i" or (lemma[:1].isupper() and lemma.lower() == word) else word
        for word, lemma in zip(sentence.words, sentence.lemmas, strict=True)
    ]
    words[0] = words[0][:1].upper() + words[0][1:]
    root = sentence.deps.index("ROOT")
    tags = sentence.entities
    return replace(
        sentence,
        words=(*words, "?" if sentence.words[0] in QUESTION_WORDS else "."),
        spaces=(*sentence.spaces[:-1], False, True),
        lemmas=(*sentence.lemmas, "?"),
        pos=(*sentence.pos, "PUNCT"),
        xpos=(*sentence.xpos, "."),
        morphs=(*sentence.morphs, ""),
        heads=(*sentence.heads, root),
        deps=(*sentence.deps, "punct"),
        entities=None if tags is None else (*tags, "O"),
    )


def wrapped(sentence: Sentence) -> Sentence:
    """With a line break in place of a blank now and then, as in hard-wrapped text; spaCy makes it a token."""
    words, spaces, lemmas, pos, xpos, morphs, heads, deps, tags = ([] for _ in range(9))  # type: ignore[var-annotated]
    place: list[int] = []
    names = sentence.entities or ("",) * len(sentence.words)
    since = 0
    for index, word in enumerate(sentence.words):
        place.append(len(words))
        words.append(word)
        spaces.append(sentence.spaces[index])
        lemmas.append(sentence.lemmas[index])
        pos.append(sentence.pos[index])
        xpos.append(sentence.xpos[index])
        morphs.append(sentence.morphs[index])
        heads.append(sentence.heads[index])
        deps.append(sentence.deps[index])
        tags.append(names[index])
        since += 1
        following = names[index + 1 : index + 2]
        if since >= LINE and sentence.spaces[index] and following and not following[0].startswith("I"):
            spaces[-1] = False
            for column, value in ((words, "\n"), (lemmas, "\n"), (pos, "SPACE"), (xpos, "_SP"), (morphs, "")):
                column.append(value)
            spaces.append(False)
            heads.append(-1)
            deps.append("dep")
            tags.append("O" if sentence.entities else "")
            since = 0
    targets = [place[head] if head >= 0 else index - 1 for index, head in enumerate(heads)]
    return Sentence(
        sentence.source,
        tuple(words),
        tuple(spaces),
        tuple(lemmas),
        tuple(pos),
        tuple(xpos),
        tuple(morphs),
        tuple(targets),
        tuple(deps),
        tuple(tags) if sentence.entities else None,
        sentence.new_document,
    )


def surface(sentence: Sentence, kind: str) -> Sentence:
    """Apply the named surface."""
    if kind == "lower":
        return lower(sentence)
    if kind == "bare":
        return bare(sentence)
    if kind == "lower bare":
        return bare(lower(sentence))
    if kind == "title":
        return title(sentence)
    if kind == "wrapped":
        return wrapped(sentence)
    return upper(sentence)


def is_question(sentence: Sentence) -> bool:
    """Whether the sentence ends in a question mark."""
    return sentence.words[-1] == "?"


def documents(sentences: Sequence[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """One epoch: every sentence once, in documents of one to five neighbours, some with another surface, shuffled.

    Questions come ``QUESTION_COPIES`` times more, alone, and ``MADE_QUESTIONS`` are made from statements. ATIS
    sentences stand alone, half of them recased.
    """
    result: list[list[Sentence]] = []
    position = 0
    while position < len(sentences):
        first = sentences[position]
        length = 1 if first.source.startswith("atis") else rng.choice(LENGTHS)
        group = [first]
        for follower in sentences[position + 1 : position + length]:
            if follower.new_document or follower.source != first.source:
                break
            group.append(follower)
        position += len(group)
        result.append(_varied(group, rng))
    for sentence in sentences:
        if is_question(sentence):
            result.extend(_varied([sentence], rng) for _ in range(QUESTION_COPIES))
    result.extend(_varied([question], rng) for question in made_questions(sentences, MADE_QUESTIONS, rng))
    rng.shuffle(result)
    return result


def _varied(group: list[Sentence], rng: random.Random) -> list[Sentence]:
    if group[0].source.startswith("atis"):
        return [recased(sentence) if rng.random() < 0.5 else sentence for sentence in group]
    draw = rng.random()
    for kind, share in SURFACES:
        if draw < share:
            return [surface(sentence, kind) for sentence in group]
        draw -= share
    return group
