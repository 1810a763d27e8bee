"""Reading the hand-made TOML files of this package, and collecting every mistake before failing."""

from __future__ import annotations

from importlib import resources
from typing import Any

import tomli

from bot.errors import ModelError

PACKAGE = "bot.language.lexicon"


class Mistakes:
    """Mistakes found in one file; ``stop`` raises them all at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[str] = []

    def add(self, place: str, message: str) -> None:
        """Note one mistake: where, and what was expected."""
        self.found.append(f"  [{place}] {message}")

    def stop(self) -> None:
        """RAISES: ModelError listing every mistake, if there is any."""
        if self.found:
            count = len(self.found)
            lines = "\n".join(self.found)
            raise ModelError(f"{self.file}: {count} mistake{'s' * (count > 1)} in the lexicon's table:\n{lines}")


def read_table(name: str) -> dict[str, Any]:
    """One TOML file of ``data/``, parsed.

    RAISES: ModelError if it is missing or is not TOML.
    """
    try:
        text = resources.files(PACKAGE).joinpath("data", name).read_text(encoding="utf-8")
        return tomli.loads(text)
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ModelError(f"data/{name} of {PACKAGE}: cannot be read ({error}); reinstall citebot") from error


def string_list(value: object) -> list[str] | None:
    """The value if it is a list of strings without duplicates, else None."""
    if isinstance(value, list) and all(isinstance(item, str) and item for item in value):
        return value if len(set(value)) == len(value) else None
    return None
