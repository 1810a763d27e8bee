"""How far apart two words of a sentence stand in its parse: a path through its tree, some steps shorter than others.

Conjuncts, appositions and parts of a name stand beside what they belong to; a clause of its own stands apart.
"""

from __future__ import annotations

from bot.language.sentence import Sentence, Token

STEPS = {
    "conj": 0.4,
    "appos": 0.4,
    "flat": 0.1,
    "fixed": 0.1,
    "compound": 0.5,
    "xcomp": 0.5,
    "nmod": 0.9,
    "cop": 0.3,
    "case": 0.3,
    "aux": 0.2,
    "ccomp": 1.2,
    "acl:relcl": 1.2,
    "advcl": 1.5,
    "parataxis": 1.6,
}
APART = 9.0  # words of two trees


def step_length(token: Token) -> float:
    """The length of the step from a token to its governor; 1 where its relation is not in the list."""
    return STEPS.get(token.dep, STEPS.get(token.rel, 1.0))


class Tree:
    """The paths of one sentence, from each token up to the root."""

    __slots__ = ("_paths",)

    def __init__(self, sentence: Sentence) -> None:
        tokens = sentence.tokens
        self._paths: list[dict[int, float] | None] = [None] * len(tokens)
        for token in tokens:
            self._path(tokens, token.i)

    def _path(self, tokens: tuple[Token, ...], i: int) -> dict[int, float]:
        known = self._paths[i]
        if known is not None:
            return known
        token = tokens[i]
        path = {i: 0.0}
        if token.head != i:
            length = step_length(token)
            path |= {above: length + far for above, far in self._path(tokens, token.head).items()}
        self._paths[i] = path
        return path

    def distance(self, a: int, b: int) -> float:
        """The length of the path between two tokens; 9 where there is none."""
        if a == b:
            return 0.0
        first, second = self._paths[a], self._paths[b]
        assert first is not None and second is not None
        for i, far in first.items():  # from below up: the first shared governor is the lowest
            if i in second:
                return far + second[i]
        return APART


def nearness(distance: float) -> float:
    """1 for the same word, 0.5 two steps away, falling with the square."""
    return 4.0 / (4.0 + distance * distance)
