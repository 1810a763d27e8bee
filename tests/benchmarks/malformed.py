"""Malformed files at full size, with the time and memory that the worst of them take.

``python -m tests.benchmarks.malformed [--files N] [--scale N] [--seed N]``
"""

from __future__ import annotations

import argparse
import resource
from collections import Counter
from time import process_time

from bot.documents.reading import read_bytes
from bot.errors import DocumentError
from tests.benchmarks.table import show
from tests.documents.malformed import malformed


def main() -> None:
    """Read every file and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--scale", type=int, default=20)
    parser.add_argument("--seed", type=int, default=500)
    options = parser.parse_args()
    outcomes: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    for file in malformed(options.files, options.seed, options.scale):
        begin = process_time()
        try:
            read_bytes(file.data, file.name)
            outcomes["read"] += 1
        except DocumentError:
            outcomes["refused"] += 1
        slowest = sorted([*slowest, (process_time() - begin, file.name)], reverse=True)[:5]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    rows = [(name, str(number)) for name, number in sorted(outcomes.items())]
    rows += [("peak memory", f"{peak:,.0f} MB"), *((name, f"{seconds:.2f} s") for seconds, name in slowest)]
    show("malformed", rows)


if __name__ == "__main__":
    main()
