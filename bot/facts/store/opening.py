"""Opening the file of a base, after making sure that it is one: every way it can be wrong has its own message."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.errors import KnowledgeBaseError
from bot.facts.store.schema import APPLICATION_ID, FORMAT

_NEXT = "Build it again: citebot build FOLDER --kb {path}"
_MAGIC = b"SQLite format 3\x00"


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection that any thread may use.

    path: the file. Raises KnowledgeBaseError when it is missing, foreign, truncated or of another format.
    """
    try:
        with path.open("rb") as file:
            head = file.read(100)
        size = path.stat().st_size
    except FileNotFoundError as error:
        raise _error(path, "there is no such file. Expected a knowledge base. " + _NEXT) from error
    except OSError as error:
        raise _error(path, f"cannot be opened ({error.strerror}). Expected a readable file.") from error
    if not head.startswith(_MAGIC):
        raise _error(path, "this is not a knowledge base. Expected a file made by citebot build. " + _NEXT)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise _error(path, "this is a database of another program. Expected a file made by citebot build. " + _NEXT)
    if (made := int.from_bytes(head[60:64], "big")) != FORMAT:
        raise _error(path, f"it has format {made}, this version of citebot reads format {FORMAT}. " + _NEXT)
    # The header says how many pages of which size there are.
    page = int.from_bytes(head[16:18], "big")
    if size != (expected := (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")):
        raise _error(path, f"it is damaged: {size:,} bytes long, expected {expected:,}. " + _NEXT)
    try:
        return sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
        )
    except sqlite3.Error as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: Exception) -> KnowledgeBaseError:
    """The error for a base whose content cannot be read."""
    return _error(path, f"it is damaged ({error}). " + _NEXT)


def _error(path: Path, message: str) -> KnowledgeBaseError:
    return KnowledgeBaseError(f"{path}: " + message.replace("{path}", str(path)))
