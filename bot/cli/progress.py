"""The progress of a build on standard error: one line that is rewritten on a terminal, a few lines in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from bot.facts.build import Stage

_UNITS = {"reading": "files", "parsing": "characters", "linking": "documents", "writing": "documents"}
_REDRAW_SECONDS = 0.1
_LOG_SECONDS = 10.0
_WORTH_SAYING_SECONDS = 1.0
"""In a log, a stage that took less needs no line for its end."""


class ProgressLine:
    """``update`` is the progress callback of ``build``; use as a context manager, which clears the line at the end."""

    def __init__(self, prefix: str = "") -> None:
        self._prefix = prefix
        self._stream = sys.stderr
        self._live = self._stream.isatty()
        self._stage = ""
        self._begun = self._shown = 0.0
        self._any = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._any and self._live:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def update(self, stage: Stage, done: int, total: int) -> None:
        """Show how far the build is, but not more often than a person can read."""
        now = time.monotonic()
        new = stage != self._stage
        if new:
            self._stage, self._begun = stage, now
        pause = _REDRAW_SECONDS if self._live else _LOG_SECONDS
        if not new and done < total and now - self._shown < pause:
            return
        took = now - self._begun
        if not self._live and not new and done >= total and took < _WORTH_SAYING_SECONDS:
            return
        self._shown = now
        self._write(self._prefix + progress_text(stage, done, total, took))

    def _write(self, text: str) -> None:
        self._any = True
        self._stream.write(f"\r\x1b[K{text}" if self._live else f"citebot: {text}\n")
        self._stream.flush()


def progress_text(stage: Stage, done: int, total: int, seconds: float) -> str:
    """``parsing 120,000 characters``, then ``parsing 40,000 of 120,000 characters, 38,000 a second, 3 s left``."""
    if not done and total:
        return f"{stage} {total:,} {_UNITS[stage]}"
    text = f"{stage} {done:,} of {total:,} {_UNITS[stage]}"
    if done and seconds > 0.5:
        rate = done / seconds
        left = f"{(total - done) / rate:,.0f} s left" if done < total else f"{seconds:,.0f} s in all"
        text += f", {rate:,.0f} a second, {left}"
    return text
