"""Sentences of a base made by hand: what matching sees, without a base and without a parser."""

from __future__ import annotations

from bot.answers.view import View, content_of
from bot.documents.model import Passage
from bot.facts.model import Antecedent, Argument, Context, Fact
from bot.facts.store.records import StoredSentence
from bot.language.sentence import Sentence, from_conllu


def view(
    rows: str,
    *facts: Fact,
    entities: dict[int, tuple[str, ...]] | None = None,
    antecedents: dict[int, Antecedent] | None = None,
    above: dict[str, str] | None = None,
    above_entities: frozenset[str] = frozenset(),
) -> View:
    """The view of a parse; ``entities`` maps a token to what it names."""
    sentence = from_conllu(rows)
    passage = Passage(0, len(sentence.text), "paragraph")
    stored = StoredSentence(0, sentence, Context("a.md", "Notes"), passage, facts, None, None)
    named = entities or {}
    spans = {i: (i,) for i in named}
    words = content_of(sentence)
    return View(stored, named, spans, antecedents or {}, above or {}, above_entities, content=words)


def argument(sentence: Sentence, role: str, head: int, *tokens: int, quantifier: str = "") -> Argument:
    """The argument of a fact that covers some tokens of a sentence."""
    covered = tuple(sorted({head, *tokens}))
    start, end = sentence.tokens[covered[0]].start, sentence.tokens[covered[-1]].end
    return Argument(role, sentence.words(list(covered)), head, covered, start, end, quantifier=quantifier)


# The Cup links all clubs except Fenwick with Norway and cold Denmark .
CUP = """
The      the      DET   2 det
Cup      Cup      PROPN 3 nsubj
links    link     VERB  0 root
all      all      DET   5 det
clubs    club     NOUN  3 obj
except   except   ADP   7 case
Fenwick  Fenwick  PROPN 5 nmod
with     with     ADP   9 case
Norway   Norway   PROPN 3 obl
and      and      CCONJ 12 cc
cold     cold     ADJ   12 amod
Denmark  Denmark  PROPN 9 conj
.        .        PUNCT 3 punct
"""


def cup_fact(polarity: str = "positive") -> Fact:
    """What that sentence says of Norway."""
    sentence = from_conllu(CUP)
    arguments = (
        argument(sentence, "subj", 1, 0),
        argument(sentence, "obj", 4, 3, quantifier="all"),
        argument(sentence, "except", 6),
        argument(sentence, "obl:with", 8),
    )
    return Fact("link", "v", "links", (2,), arguments, polarity=polarity)  # type: ignore[arg-type]
