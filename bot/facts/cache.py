"""The bundled knowledge base: built at first start, kept in the user's cache folder by a key of all that makes it."""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import KnowledgeBaseError
from bot.facts.fingerprint import folder_fingerprint, program_fingerprint
from bot.facts.store.lock import locked
from bot.facts.store.reader import KnowledgeBase
from bot.resources import knowledge_folder

if TYPE_CHECKING:
    from bot.facts.build import Progress

WAIT_SECONDS = 600.0
"""How long a first start waits for another one that is building already."""

ROOM_BYTES = 64_000_000
"""Free space below which the cache folder counts as full."""

_OLD_KEPT = 2


def bundled_base(progress: Progress | None = None, notice: Callable[[str], None] | None = None) -> Path:
    """The bundled base, built now if need be.

    progress: told how far a build is. notice: given a line for the user when something took another course.
    RETURNS: the file. Raises CitebotError when it can be built nowhere.
    """
    tell = progress or (lambda stage, done, total: None)
    knowledge = knowledge_folder()
    key = hashlib.sha256(f"{program_fingerprint()}:{folder_fingerprint(knowledge)}".encode()).hexdigest()[:16]
    folder = cache_folder()
    target = folder / f"bundled-{key}.kb"
    if _sound(target):
        return target
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free < ROOM_BYTES:
            raise KnowledgeBaseError(f"{folder}: the disk is full")
        _build(knowledge, target, tell)
        _prune(folder, target)
        return target
    except (OSError, KnowledgeBaseError) as error:
        spare = Path(tempfile.mkdtemp(prefix="citebot-"))
        atexit.register(shutil.rmtree, spare, ignore_errors=True)
        reason = error.strerror if isinstance(error, OSError) else str(error)
        (notice or _warn)(
            f"the cache folder {folder} cannot be used ({reason}). Building in a temporary folder; this takes as long"
            " at every start until the cache folder can be written, or XDG_CACHE_HOME names one that can."
        )
        _build(knowledge, spare / target.name, tell)
        return spare / target.name


def cache_folder() -> Path:
    """Where this platform keeps what a program can make again."""
    if named := os.environ.get("XDG_CACHE_HOME"):
        return Path(named) / "citebot"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "citebot" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "citebot"
    return Path.home() / ".cache" / "citebot"


def _warn(text: str) -> None:
    print(f"citebot: {text}", file=sys.stderr)


def _build(knowledge: Path, target: Path, progress: Progress) -> None:
    from bot.facts.build import build_locked  # a start with a base in the cache does without

    with locked(target, WAIT_SECONDS):
        if not _sound(target):  # another start may have built it while this one waited
            build_locked(knowledge, target, progress)


def _sound(path: Path) -> bool:
    try:
        KnowledgeBase.open(path).close()
    except KnowledgeBaseError:
        return False
    return True


def _prune(folder: Path, current: Path) -> None:
    """Remove bundled bases of earlier versions but the latest few, which other installations may be using."""
    with suppress(OSError):
        others = [path for path in folder.glob("bundled-*.kb") if path != current]
        for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[_OLD_KEPT:]:
            path.unlink()
