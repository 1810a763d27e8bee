"""What a parse and a fact depend on besides the documents: the program's own files, told apart by their content.

A version number alone would let a base outlive a change of the rules in a checkout.
"""

from __future__ import annotations

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from bot.resources import PACKAGE
from bot.version import __version__

_TEXT = frozenset({".py", ".toml", ".cfg", ".json"})
_PARSING = ("documents", "language")
_UNUSED = frozenset({"training", "__pycache__"})


@lru_cache(maxsize=1)
def parsing_fingerprint() -> str:
    """Of all that makes a parse: readers, pipeline code and weights."""
    return _fingerprint(*_PARSING)


@lru_cache(maxsize=1)
def program_fingerprint() -> str:
    """Of all that makes a base: the same, and the extraction rules."""
    return _fingerprint(*_PARSING, "facts")


def folder_fingerprint(folder: Path) -> str:
    """Of every file's path and content."""
    digest = hashlib.sha256()
    for place, path in _files(folder):
        digest.update(f"{place}\0".encode() + Path(path).read_bytes() + b"\0")
    return digest.hexdigest()


def _fingerprint(*rooms: str) -> str:
    """Source and settings count by content, large binary files by size: that is what a start-up can afford."""
    digest = hashlib.sha256(__version__.encode())
    for room in rooms:
        for place, path in _files(PACKAGE / room):
            text = os.path.splitext(place)[1] in _TEXT
            content = Path(path).read_bytes() if text else str(os.stat(path).st_size).encode()
            digest.update(f"{room}/{place}\0".encode() + content + b"\0")
    return digest.hexdigest()


def _files(folder: Path) -> list[tuple[str, str]]:
    """(path in the folder with ``/``, path) of every file below it, sorted."""
    found = []
    for home, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _UNUSED]
        inner = os.path.relpath(home, folder).replace(os.sep, "/")
        prefix = "" if inner == "." else f"{inner}/"
        found += [(prefix + name, os.path.join(home, name)) for name in names]
    return sorted(found)
