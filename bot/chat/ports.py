"""What a session asks of a bot, as protocols: :class:`bot.api.Bot` fits them, and so does a small fake in a test."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.answers.model import Answer
from bot.facts.store.records import StoredDocument, StoredFact, StoredSentence


class KnowledgeView(Protocol):
    """The open knowledge base, as far as the commands show it."""

    @property
    def sentence_count(self) -> int: ...
    def documents(self) -> Iterable[StoredDocument]: ...
    def facts(self) -> Iterable[StoredFact]: ...
    def sentence(self, number: int, /) -> StoredSentence: ...


class ChatConversation(Protocol):
    """Questions of which a later one may lean on the one before."""

    def ask(self, text: str) -> Answer: ...


class ChatBot(Protocol):
    """All that the session uses of a bot."""

    @property
    def kb(self) -> KnowledgeView: ...
    def conversation(self) -> ChatConversation: ...
    def suggestions(self, limit: int) -> tuple[str, ...]: ...
    def names(self) -> tuple[str, ...]: ...
