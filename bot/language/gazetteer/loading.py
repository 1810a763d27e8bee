"""Reading ``entities.toml``: every mistake at once, none passed over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli
from rapidfuzz.process import extractOne

from bot.errors import KnowledgeError
from bot.language.gazetteer.records import Entity, Group

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TYPE = re.compile(r"[a-z]+(?:[ _-][a-z]+)*")
_TEXTS = ("aliases", "acronyms", "demonyms")
_KEYS: Mapping[str, tuple[str, ...]] = {
    "entity": ("id", "name", "type", *_TEXTS),
    "group": ("id", "name", "type", *_TEXTS, "members"),
}
_SHOWN = 60


def load(path: Path) -> tuple[tuple[Entity, ...], tuple[Group, ...]]:
    """Entities and groups of a file.

    path: an ``entities.toml``. RETURNS: both in the file's order. Raises KnowledgeError with all mistakes.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read as UTF-8 text ({error}).") from error
    return loads(text, str(path))


def loads(text: str, name: str = "entities.toml") -> tuple[tuple[Entity, ...], tuple[Group, ...]]:
    """Like :func:`load` for the text of a file.

    text: TOML. name: how messages call it.
    """
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise KnowledgeError(f"{name}: not valid TOML: {error}.") from error
    check = _Check(name)
    check.document(data)
    if check.mistakes:
        count = len(check.mistakes)
        raise KnowledgeError(f"{name}: {count} mistake{'s' * (count > 1)}:\n  " + "\n  ".join(check.mistakes))
    return check.entities(), check.groups()


class _Check:
    """Collects what is right and what is wrong."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.mistakes: list[str] = []
        self._items: dict[str, list[dict[str, Any]]] = {"entity": [], "group": []}

    def document(self, data: Mapping[str, Any]) -> None:
        for key, value in data.items():
            if key not in _KEYS:
                self._unknown("", key, tuple(_KEYS))
            elif not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
                self.mistakes.append(f"[{key}]: got {_shown(value)}, expected tables written as [[{key}]]")
            else:
                for number, item in enumerate(value, 1):
                    self._item(key, number, item)
        self._ids()
        self._members()

    def entities(self) -> tuple[Entity, ...]:
        return tuple(Entity(**_frozen(item)) for item in self._items["entity"])

    def groups(self) -> tuple[Group, ...]:
        return tuple(Group(**_frozen(item)) for item in self._items["group"])

    def _item(self, kind: str, number: int, item: dict[str, Any]) -> None:
        place = f"[[{kind}]] {item['id']!r}" if isinstance(item.get("id"), str) else f"[[{kind}]] number {number}"
        before = len(self.mistakes)
        for key in item:
            if key not in _KEYS[kind]:
                self._unknown(place + ": ", key, _KEYS[kind])
        for key in ("id", "name", "type"):
            value = item.get(key)
            if not isinstance(value, str) or not value.strip():
                got = f"got {_shown(value)}" if key in item else "missing"
                self.mistakes.append(f"{place}: key {key!r} {got}, expected a text")
        for key in (*_TEXTS, *(("members",) if kind == "group" else ())):
            self._texts(place, key, item.get(key, []))
        if kind == "group" and not item.get("members"):
            self.mistakes.append(f"{place}: key 'members' is missing or empty, expected a list of entity ids")
        self._spelling(place, item)
        if len(self.mistakes) == before:
            self._items[kind].append(item)

    def _texts(self, place: str, key: str, value: Any) -> None:
        if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
            self.mistakes.append(f"{place}: key {key!r} got {_shown(value)}, expected a list of texts")
            return
        twice = sorted({text for text in value if value.count(text) > 1})
        if twice:
            self.mistakes.append(f"{place}: key {key!r} names {', '.join(map(repr, twice))} twice")

    def _spelling(self, place: str, item: Mapping[str, Any]) -> None:
        value = item.get("id")
        if isinstance(value, str) and value and not _ID.fullmatch(value):
            allowed = "lower-case letters, digits and single hyphens"
            self.mistakes.append(f"{place}: key 'id' got {_shown(value)}, expected {allowed}")
        value = item.get("type")
        if isinstance(value, str) and value.strip() and not _TYPE.fullmatch(value):
            self.mistakes.append(
                f"{place}: key 'type' got {_shown(value)}, expected a lower-case noun such as 'country'"
            )

    def _ids(self) -> None:
        seen: set[str] = set()
        for kind in ("entity", "group"):
            for item in self._items[kind]:
                if item["id"] in seen:
                    self.mistakes.append(f"[[{kind}]] {item['id']!r}: key 'id' is taken already; ids must be unique")
                seen.add(item["id"])

    def _members(self) -> None:
        known = {item["id"] for item in self._items["entity"]}
        for item in self._items["group"]:
            for member in item["members"]:
                if member not in known:
                    near = extractOne(member, sorted(known), score_cutoff=70)
                    hint = f"; did you mean {near[0]!r}?" if near else ""
                    place = f"[[group]] {item['id']!r}"
                    self.mistakes.append(f"{place}: key 'members' got {member!r}, expected the id of an entity{hint}")

    def _unknown(self, place: str, key: str, allowed: tuple[str, ...]) -> None:
        near = extractOne(key, allowed, score_cutoff=60)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        self.mistakes.append(f"{place}unknown key {key!r}, allowed are {', '.join(allowed)}{hint}")


def _frozen(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value.strip() for key, value in item.items()}


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
