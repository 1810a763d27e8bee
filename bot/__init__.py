"""citebot: questions in plain English, answered from your own documents with the words they rest on.

>>> from bot import Bot
>>> bot = Bot.open()            # the bundled documents; Bot.open(Path("my.kb")) for your own
>>> answer = bot.ask("Where is the UN Regional Center for Preventive Diplomacy based?")
>>> answer.citations[0].quote   # the exact words of the document

Importing the package loads no model: what it exports is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from bot.version import __version__ as __version__

if TYPE_CHECKING:
    from bot.answers.model import Answer, Citation
    from bot.api import Bot, Conversation
    from bot.errors import CitebotError

__all__ = ["Answer", "Bot", "Citation", "CitebotError", "Conversation"]

_HOMES = {
    "Answer": "bot.answers.model",
    "Bot": "bot.api",
    "Citation": "bot.answers.model",
    "CitebotError": "bot.errors",
    "Conversation": "bot.api",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
