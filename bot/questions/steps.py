"""Two-step questions: *the capital of [the country where the centre is based]* asks for one thing through another."""

from __future__ import annotations

from msgspec import Struct

from bot.language.sentence import Sentence, Token
from bot.questions.query import Query

RELATIVE = frozenset({"that", "which", "who", "whom", "where", "whose"})
NOMINAL = frozenset({"NOUN", "PROPN"})


class Steps(Struct, frozen=True):
    """``inner`` is the question to ask first; its answer takes the place of ``start`` to ``end`` (characters) in the
    text of the question as it was parsed."""

    inner: str
    start: int
    end: int


def two_steps(query: Query) -> Steps | None:
    """The first step of a question that describes a thing by a relative clause; None for any other."""
    sentence = query.sentence
    for known in query.arguments:
        for i in known.tokens:
            mark = sentence.tokens[i]
            if mark.text.lower() in RELATIVE and i - 1 in known.tokens and sentence.tokens[i - 1].upos in NOMINAL:
                found = _first_step(sentence, mark, known.tokens)
                if found is not None:
                    return found
    return None


def _first_step(sentence: Sentence, mark: Token, within: tuple[int, ...]) -> Steps | None:
    """The clause after a relative word: told by its place, for the parser may hang it on a noun further up."""
    noun = sentence.tokens[mark.i - 1]
    rest = [sentence.tokens[i] for i in within if i > mark.i and sentence.tokens[i].upos != "PUNCT"]
    finite = [t for t in rest if t.upos in ("VERB", "AUX") and "VerbForm=Part" not in t.feats]
    helped = any(t.rel in ("aux", "cop") for t in rest)
    if len(rest) > 2 and rest[-1].upos == "VERB" and "VerbForm=Part" in rest[-1].feats and finite and not helped:
        rest = rest[:-1]  # where is [the firm that maintains the bicycles] based: the participle is the question's
    if not finite or mark.text.lower() in ("whom", "whose"):
        return None
    described = sentence.words(list(range(rest[0].i, rest[-1].i + 1)))
    where = mark.text.lower() == "where"
    inner = f"In which {noun.text} {_inverted(rest, described)}?" if where else f"Which {noun.text} {described}?"
    first = next((c for c in sentence.children(noun.i, "det") if c.i < noun.i), noun)
    return Steps(inner, sentence.tokens[first.i].start, rest[-1].end)


def _inverted(rest: list[Token], described: str) -> str:
    """*the centre is based* as a question has it: *is the centre based*."""
    auxiliary = next((t for t in rest if t.rel in ("aux", "cop")), None)
    if auxiliary is None:
        return described
    return " ".join((auxiliary.text, *(t.text for t in rest if t is not auxiliary)))
