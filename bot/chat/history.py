"""Where the history of typed lines is kept between sessions."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def history_file(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """``citebot/history`` in the user's folder for program state: ``XDG_STATE_HOME``, ``LOCALAPPDATA`` on Windows,
    ``~/.local/state`` elsewhere."""
    if platform == "win32":
        base = Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        # A relative path there is to be ignored, says the XDG specification.
        given = Path(environment.get("XDG_STATE_HOME", ""))
        base = given if given.is_absolute() else Path.home() / ".local" / "state"
    return base / "citebot" / "history"


def prepare(path: Path) -> None:
    """Make the file, readable by its owner only. Raises OSError where it cannot be written."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
