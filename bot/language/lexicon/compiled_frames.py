"""The frames of ``predicates.toml`` as ``predicates.json`` holds them, which is read in a tenth of the time.

``compile_frames`` makes it. Where it is missing, or the patterns have changed since, the patterns themselves are read:
what was compiled says of which bytes it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib import resources
from types import MappingProxyType
from typing import TypeAlias

import msgspec

from bot.language.lexicon.frames import Frames, Participle, load_frames
from bot.language.lexicon.records import PredicateFrame
from bot.language.lexicon.tables import PACKAGE

SOURCE, COMPILED = "predicates.toml", "predicates.json"
Row: TypeAlias = list[object]
"""Class, light verb, pattern, and the roles by slot."""


class CompiledFrames(Mapping[tuple[str, str], tuple[PredicateFrame, ...]]):
    """Frames by (lemma, pos), each made of its row when it is first asked for."""

    def __init__(self, rows: dict[str, list[Row]]) -> None:
        self._rows = rows
        self._made: Frames = {}

    def __getitem__(self, key: tuple[str, str]) -> tuple[PredicateFrame, ...]:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = tuple(_frame(*key, row) for row in self._rows["/".join(key)])
        return made

    def __iter__(self) -> Iterator[tuple[str, str]]:
        for key in self._rows:
            lemma, _, pos = key.rpartition("/")
            yield lemma, pos

    def __len__(self) -> int:
        return len(self._rows)

    def classes(self) -> Iterator[tuple[tuple[str, str], str, str]]:
        """(lemma, pos), class and light verb of every frame, none of which is made for it."""
        for key, rows in zip(self, self._rows.values(), strict=True):
            for name, light, *_ in rows:
                yield key, str(name), str(light)


def read_compiled(participle_of: Participle, prepositions: frozenset[str]) -> CompiledFrames:
    """The frames of ``predicates.toml``, from what was compiled of it where that is of the same bytes.

    participle_of, prepositions: see :func:`load_frames`.
    RAISES: ModelError where neither file can be read, or listing every mistake in the patterns.
    """
    folder = resources.files(PACKAGE).joinpath("data")
    try:
        compiled = msgspec.json.decode(folder.joinpath(COMPILED).read_bytes())
        if compiled["source"] == digest_of(folder.joinpath(SOURCE).read_bytes()):
            return CompiledFrames(compiled["frames"])
    except (OSError, msgspec.MsgspecError, ValueError, KeyError, TypeError):
        pass  # the patterns are what counts
    return CompiledFrames(rows_of(load_frames(participle_of, prepositions)))


def rows_of(frames: Frames) -> dict[str, list[Row]]:
    """Frames as the compiled file holds them."""
    return {
        f"{lemma}/{pos}": [[frame.name, frame.light, frame.pattern, dict(frame.roles)] for frame in group]
        for (lemma, pos), group in frames.items()
    }


def _frame(lemma: str, pos: str, row: Row) -> PredicateFrame:
    name, light, pattern, roles = row
    assert isinstance(name, str) and isinstance(light, str) and isinstance(pattern, str) and isinstance(roles, dict)
    return PredicateFrame(name, lemma, pos, MappingProxyType(roles), light, pattern)


def digest_of(source: bytes) -> str:
    """What the compiled file is known by: the digest of the patterns, whatever their line ends."""
    return sha256(source.replace(b"\r\n", b"\n")).hexdigest()
