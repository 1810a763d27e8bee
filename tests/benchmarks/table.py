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
    """Median, ninetieth and ninety-ninth percentile and extremes, in milliseconds."""
    hundredths = quantiles(seconds, n=100) if len(seconds) > 1 else [*seconds] * 99
    figures = {
        "median": median(seconds),
        "90th percentile": hundredths[89],
        "99th percentile": hundredths[98],
        "fastest": min(seconds),
        "slowest": max(seconds),
    }
    return [(name, f"{figure * 1000:.2f} ms") for name, figure in figures.items()]
