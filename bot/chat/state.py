"""The state of a session between two lines."""

from __future__ import annotations

from msgspec import Struct

from bot.answers.model import Answer
from bot.chat.ports import ChatBot, ChatConversation


class State(Struct, frozen=True):
    """The bot, the conversation so far, the last answer, and whether the user has left."""

    bot: ChatBot
    conversation: ChatConversation
    last: Answer | None = None
    done: bool = False


def start(bot: ChatBot) -> State:
    """A new session."""
    return State(bot, bot.conversation())
