"""Hanging the words of a question elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from bot.language.sentence import Sentence, Token
from bot.questions.wh import WH_WORDS

INVERTED = frozenset({"do", "can", "could", "may", "might", "must", "will", "would", "shall", "should"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})


def rehung(sentence: Sentence, changes: dict[int, tuple[int, str]]) -> Sentence:
    """The sentence with new (head, relation) for some tokens; the same object where nothing changes."""
    real = {i: (h, d) for i, (h, d) in changes.items() if (sentence.tokens[i].head, sentence.tokens[i].dep) != (h, d)}
    if not real:
        return sentence
    tokens = tuple(replace(t, head=real[t.i][0], dep=real[t.i][1]) if t.i in real else t for t in sentence)
    return replace(sentence, tokens=tokens)


def is_cyclic(tokens: Sequence[Token], start: int) -> bool:
    at, steps = start, 0
    while tokens[at].head != at:
        at, steps = tokens[at].head, steps + 1
        if steps > len(tokens):
            return True
    return False


def is_wh(sentence: Sentence, token: Token) -> bool:
    """A wh-word, or a phrase that one opens."""
    if token.text.lower() in WH_WORDS:
        return True
    if token.upos in ("VERB", "AUX"):
        return False
    below = [sentence.tokens[i] for i in sentence.subtree(token.i) if i < token.i]
    return any(t.text.lower() in WH_WORDS for t in below[:6])
