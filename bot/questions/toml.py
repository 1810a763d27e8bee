"""Reading a TOML file of content: every mistake is collected with its place, then raised at once."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import tomli

from bot.errors import IntentError


class TomlReader:
    """One file being read. Accessors note mistakes instead of raising; :meth:`finish` raises them all."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.mistakes: list[str] = []
        try:
            self.table: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
            raise IntentError(f"{path.name}: not readable as TOML ({error}); fix the file and try again") from error

    def mistake(self, key: str, problem: str) -> None:
        """Note a mistake at ``key``."""
        self.mistakes.append(f"{self.path.name}: {key}: {problem}")

    def string(self, key: str, default: str | None = None, allowed: frozenset[str] | None = None) -> str:
        """The string at ``key``; one of ``allowed`` where given."""
        value = self.table.get(key, default)
        if not isinstance(value, str):
            self.mistake(key, "is missing; expected a string" if value is None else f"expected a string, got {value!r}")
            return ""
        if allowed is not None and value not in allowed:
            near = get_close_matches(value, sorted(allowed), 1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            self.mistake(key, f"“{value}” is not one of {', '.join(sorted(allowed))}{hint}")
        return value

    def strings(self, key: str, required: bool = True) -> tuple[str, ...]:
        """The list of strings at ``key``."""
        value = self.table.get(key)
        if value is None and not required:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            self.mistake(key, "expected a list of non-empty strings" + ("" if value is None else f", got {value!r}"))
            return ()
        return tuple(value)

    def string_lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """The table of string lists at ``key``."""
        value = self.table.get(key)
        if not isinstance(value, dict) or not all(
            isinstance(v, list) and all(isinstance(w, str) for w in v) for v in value.values()
        ):
            self.mistake(key, "expected a table of lists of strings")
            return {}
        return {name: tuple(words) for name, words in value.items()}

    def finish(self, allowed: set[str]) -> None:
        """Refuse unknown keys; raise IntentError with every mistake noted."""
        self.unknown_keys(allowed)
        if self.mistakes:
            raise IntentError("\n".join(self.mistakes))

    def unknown_keys(self, allowed: set[str]) -> None:
        """Note keys that mean nothing here, with the likely spelling."""
        for key in sorted(set(self.table) - allowed):
            near = get_close_matches(key, sorted(allowed), 1)
            hint = f"; did you mean “{near[0]}”?" if near else f"; allowed are {', '.join(sorted(allowed))}"
            self.mistake(key, f"unknown key{hint}")
