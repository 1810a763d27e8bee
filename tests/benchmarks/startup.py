"""How long a process takes from cold to its first answer, and what importing costs.

``python -m tests.benchmarks.startup [--rounds N]``: the base is built before anything is timed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from time import perf_counter

from tests.benchmarks.table import show, spread

QUESTION = "Where is the UN Regional Center for Preventive Diplomacy based?"
STARTS = {
    "python": ["-c", "pass"],
    "import bot": ["-c", "import bot"],
    "--version": ["-m", "bot", "--version"],
    "first answer": ["-m", "bot", "ask", QUESTION],
}


def main() -> None:
    """Start each some times and print the spread."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    for name, arguments in reversed(STARTS.items()):
        _start(arguments)
        show(name, spread([_start(arguments) for _ in range(options.rounds)]))


def _start(arguments: list[str]) -> float:
    begin = perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
    return perf_counter() - begin


if __name__ == "__main__":
    main()
