"""What a gazetteer holds and what it hands out."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

How = Literal["name", "alias", "acronym", "demonym", "fuzzy"]


class Entity(Struct, frozen=True):
    """A thing with names. ``type`` is a lower-case noun (*country*, *organization*), empty where a name was learned
    from a document that does not tell; ``id`` then begins with ``doc:``."""

    id: str
    name: str
    type: str = ""
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


class Group(Struct, frozen=True):
    """A named set of entities; ``type`` is that of its members."""

    id: str
    name: str
    type: str
    members: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


class Mention(Struct, frozen=True):
    """Names in a sentence: ``tokens`` are the indices they cover, ``entities`` the ids that they may mean, sorted (more
    than one: ambiguous), ``alias`` the name that matched, as the gazetteer writes it."""

    entities: tuple[str, ...]
    tokens: tuple[int, ...]
    alias: str
    how: How


class Near(Struct, frozen=True):
    """A name that is near a text: ``score`` from 0 to 1."""

    entity: str
    alias: str
    score: float
