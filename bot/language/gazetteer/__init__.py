"""Names: entities and groups from ``entities.toml`` and from the documents themselves, and where texts name them."""

from bot.language.gazetteer.gazetteer import Gazetteer
from bot.language.gazetteer.learning import learn
from bot.language.gazetteer.loading import load, loads
from bot.language.gazetteer.records import Entity, Group, Mention, Near

__all__ = ["Entity", "Gazetteer", "Group", "Mention", "Near", "learn", "load", "loads"]
