"""Question families, loaded from one TOML file each in ``intents/`` and validated always, all mistakes at once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import get_args

from msgspec import Struct

from bot.errors import IntentError
from bot.questions.patterns import Pattern, PatternError, compile_pattern
from bot.questions.query import Lookup
from bot.questions.toml import TomlReader

KEYS = {"name", "about", "lookup", "types", "asks", "patterns", "examples", "exception", "compare"}


class Intent(Struct, frozen=True):
    """One question family: what it looks up, which answer types fill its gap (none: any), how a refusal names what is
    missing (``asks``), its patterns, and example questions, which the tests run."""

    name: str
    about: str
    lookup: Lookup
    types: tuple[str, ...]
    asks: str
    patterns: tuple[Pattern, ...]
    examples: tuple[str, ...]
    exception: bool = False
    compare: bool = False


@lru_cache(maxsize=4)
def load_intents(folder: Path) -> tuple[Intent, ...]:
    """All intents of a folder, sorted by name (files that begin with ``_`` hold word lists, not intents).

    Raises IntentError with every mistake of every file: file, key, what was found, what was expected.
    """
    if not folder.is_dir():
        raise IntentError(f"{folder.name}: no such folder of intents; expected one TOML file per question family")
    intents: dict[str, Intent] = {}
    mistakes: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name.startswith("_"):
            continue
        try:
            intent = _read(path)
        except IntentError as error:
            mistakes.append(str(error))
            continue
        if intent.name in intents:
            mistakes.append(f"{path.name}: name: “{intent.name}” is taken by another file; names must differ")
        intents[intent.name] = intent
    if not intents and not mistakes:
        mistakes.append(f"{folder.name}: holds no intents; expected one TOML file per question family")
    if mistakes:
        raise IntentError("\n".join(mistakes))
    return tuple(intents[name] for name in sorted(intents))


def _read(path: Path) -> Intent:
    reader = TomlReader(path)
    patterns = []
    for n, source in enumerate(reader.strings("patterns", required=False)):
        try:
            patterns.append(compile_pattern(source))
        except PatternError as error:
            reader.mistake(f"patterns[{n}]", f"“{source}”: {error}")
    lookup = reader.string("lookup", allowed=frozenset(get_args(Lookup)))
    flags = {}
    for key in ("exception", "compare"):
        flags[key] = reader.table.get(key, False)
        if not isinstance(flags[key], bool):
            reader.mistake(key, f"expected true or false, got {flags[key]!r}")
    intent = Intent(
        name=reader.string("name"),
        about=reader.string("about"),
        lookup=lookup,  # type: ignore[arg-type]
        types=reader.strings("types", required=False),
        asks=reader.string("asks"),
        patterns=tuple(patterns),
        examples=reader.strings("examples"),
        exception=bool(flags["exception"]),
        compare=bool(flags["compare"]),
    )
    if not intent.examples:
        reader.mistake("examples", "needs at least one question; examples are run as tests")
    reader.finish(KEYS)
    return intent
