"""One builder at a time: a lock file beside the base. The operating system frees it when a builder dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.errors import KnowledgeBaseError

_PAUSE = 0.1


class BuildInProgress(KnowledgeBaseError):
    """Another process is building the same base."""


@contextmanager
def locked(target: Path, wait: float = 0.0) -> Iterator[None]:
    """Hold the lock of ``target`` for the length of the block.

    target: the base to be written. wait: seconds to wait for another builder before BuildInProgress is raised.
    """
    path = target.with_name(target.name + "-lock")
    deadline = time.monotonic() + wait
    while (handle := _acquire(path)) is None:
        if time.monotonic() >= deadline:
            raise BuildInProgress(
                f"{target}: another build of this knowledge base is under way. Wait for it to end, or stop it first."
            )
        time.sleep(_PAUSE)
    try:
        yield
    finally:
        with suppress(OSError):  # Windows removes no open file; an empty lock file left behind does no harm
            path.unlink()
        os.close(handle)


def _acquire(path: Path) -> int | None:
    """The open lock file, or None while another process has it."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise KnowledgeBaseError(
            f"{path.parent}: a knowledge base cannot be written there ({error.strerror}). Name another place."
        ) from error
    try:
        if not _lock(handle):
            os.close(handle)
            return None
        # Its last owner may have removed the file between our opening and locking it: then ours is nobody's lock.
        if os.fstat(handle).st_ino != os.stat(path).st_ino:
            os.close(handle)
            return None
    except FileNotFoundError:
        os.close(handle)
        return None
    return handle


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # a file system without locks: better built unguarded than not at all
        return True
