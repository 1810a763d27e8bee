"""Timings as a table."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from statistics import median, quantiles

from bot.version import __version__


def show(title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Print a title, what it was measured on, and the rows."""
    print(f"{title} (citebot {__version__}, Python {platform.python_version()}, {platform.machine()})")
    width = max(len(name) for name, _ in rows)
    for name, value in rows:
        print(f"  {name:<{width}}  {value}")


def spread(seconds: Sequence[float]) -> list[tuple[str, str]]:
    """Median, ninetieth percentile and extremes, in milliseconds."""
    ninetieth = quantiles(seconds, n=10)[-1] if len(seconds) > 1 else seconds[0]
    figures = {
        "median": median(seconds),
        "90th percentile": ninetieth,
        "fastest": min(seconds),
        "slowest": max(seconds),
    }
    return [(name, f"{figure * 1000:.2f} ms") for name, figure in figures.items()]
