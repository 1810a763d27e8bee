"""A parsed sentence as plain data: the one form in which documents and questions meet (law 4).

The pipeline's ``Doc`` is turned into :class:`Sentence` once; extraction, matching and the knowledge base work on it, so
that looking up needs no spaCy object and a rule's test can write its parse by hand. Tags and relations are those of
Universal Dependencies (Nivre et al. 2020, https://universaldependencies.org).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import force_setattr


class _Relations(dict[str, str]):
    """Relation → the relation without its subtype; a few dozen in all, asked for millions of times."""

    def __missing__(self, dep: str) -> str:
        bare = self[dep] = dep.partition(":")[0]
        return bare


_RELATIONS = _Relations()


class Token(Struct, frozen=True):
    """One syntactic word. ``start`` and ``end`` count characters in the document's stored text (for a question, in the
    question); ``head`` is the index of the governor, its own index for the root; ``ent`` is the recogniser's label
    (``PERSON``, ``ORG``, ``LOC``) or empty; ``feats`` is UD's ``Name=Value|…`` string; ``rel`` is the relation without
    its subtype: ``nsubj`` for ``nsubj:pass``."""

    i: int
    text: str
    lemma: str
    upos: str
    dep: str
    head: int
    start: int
    end: int
    feats: str = ""
    ent: str = ""
    rel: str = ""

    def __post_init__(self) -> None:
        force_setattr(self, "rel", _RELATIONS[self.dep])


class Sentence(Struct, frozen=True):
    """A sentence with its parse. ``start`` and ``end`` are offsets in the stored text; ``text`` is the text that was
    parsed (markup removed, line breaks as blanks), so ``document[start:end] == text`` holds for unmarked text only."""

    text: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    children_of: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        below: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token.i)
        force_setattr(self, "children_of", tuple(map(tuple, below)))

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @property
    def root(self) -> Token:
        """The first token that governs itself."""
        return next(token for token in self.tokens if token.head == token.i)

    def children(self, i: int, *deps: str) -> tuple[Token, ...]:
        """Dependents of token ``i`` in order; with ``deps``, those whose relation (with or without subtype) is
        named."""
        below = self.children_of[i]
        if not below:
            return ()
        tokens = self.tokens
        if not deps:
            return tuple([tokens[j] for j in below])
        return tuple([t for j in below if (t := tokens[j]).dep in deps or t.rel in deps])

    def child(self, i: int, *deps: str) -> Token | None:
        """The first such dependent, or None."""
        for j in self.children_of[i]:
            token = self.tokens[j]
            if not deps or token.dep in deps or token.rel in deps:
                return token
        return None

    def subtree(self, i: int) -> tuple[int, ...]:
        """Indices of token ``i`` and everything below it, sorted."""
        if not self.children_of[i]:
            return (i,)
        seen, stack = [], [i]
        while stack:
            j = stack.pop()
            seen.append(j)
            stack.extend(self.children_of[j])
        return tuple(sorted(seen))

    def ancestors(self, i: int) -> tuple[int, ...]:
        """Indices from the governor of ``i`` up to the root."""
        path = []
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            path.append(i)
        return tuple(path)

    def words(self, indices: tuple[int, ...] | list[int]) -> str:
        """The tokens' text with a single blank wherever the sentence has one or the indices have a gap."""
        parts: list[str] = []
        for before, i in zip((None, *indices), indices, strict=False):
            if before is not None and (i != before + 1 or self.tokens[i].start > self.tokens[before].end):
                parts.append(" ")
            parts.append(self.tokens[i].text)
        return "".join(parts)


def from_conllu(rows: str, text: str | None = None) -> Sentence:
    """A sentence from hand-written rows ``FORM LEMMA UPOS HEAD DEP [FEATS [ENTITY]]`` (heads count from 1, 0 is the
    root; ``_`` for no features).

    For tests and for rules' own examples: ``dogs dog NOUN 2 nsubj`` and so on, one token a line. Words are joined with
    single blanks unless ``text`` is given, in which they must stand in order.
    """
    table = [line.split() for line in rows.strip().splitlines()]
    text = text if text is not None else " ".join(row[0] for row in table)
    tokens, at = [], 0
    for i, (form, lemma, upos, head, dep, *rest) in enumerate(table):
        start = text.index(form, at)
        at = start + len(form)
        governor = i if head == "0" else int(head) - 1
        feats, entity = rest[0].removeprefix("_") if rest else "", rest[1] if len(rest) > 1 else ""
        tokens.append(Token(i, form, lemma, upos, dep, governor, start, at, feats, entity))
    return Sentence(text, 0, len(text), tuple(tokens))
