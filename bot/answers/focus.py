"""The base as if it held one sentence only: a question that its own sentence does not answer need not be asked of all.

Looking at one sentence costs a parse and a match, however large the base is, and sorts out most of the questions that
could be suggested. What is left is asked of the whole base, where another sentence may cast doubt on the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, cast

from bot.answers.world import World
from bot.facts.store.records import Scope

if TYPE_CHECKING:
    from bot.facts.store.reader import KnowledgeBase


class FocusedBase:
    """A knowledge base whose indexes find one sentence; all else, how frequent a term is too, is the base's own."""

    def __init__(self, kb: KnowledgeBase, number: int) -> None:
        self._kb = kb
        self._number = number

    def __getattr__(self, name: str) -> object:
        return getattr(self._kb, name)

    def postings(self, term: str) -> tuple[int, ...]:
        """The sentence, where it holds the term."""
        return (self._number,) if self._number in self._kb.postings(term) else ()

    def scopes(self, term: str) -> tuple[Scope, ...]:
        """The sentence alone, for each run of sentences under the term that it belongs to."""
        inside = (scope for scope in self._kb.scopes(term) if scope.first <= self._number <= scope.last)
        return tuple(Scope(self._number, self._number, scope.level) for scope in inside)

    def of_kind(self, kind: str) -> tuple[int, ...]:
        """The sentence, where it is of the kind."""
        return (self._number,) if self._kb.sentence(self._number).passage.kind == kind else ()


class FocusedWorld(World):
    """A world on one sentence of another's base, which shares what the other keeps."""

    @classmethod
    def on(cls, world: World, number: int) -> World:
        """The world that sees sentence ``number`` only."""
        focused = copy(world)
        focused.__class__ = cls
        focused.kb = cast("KnowledgeBase", FocusedBase(world.kb, number))
        return focused

    def columns(self) -> Mapping[str, tuple[int, ...]]:
        """Those of the sentence, where it is a row."""
        rows = self.rows()
        found = {lemma: tuple(n for n in rows if n in numbers) for lemma, numbers in self._columns().items()}
        return {lemma: numbers for lemma, numbers in found.items() if numbers} if rows else {}
