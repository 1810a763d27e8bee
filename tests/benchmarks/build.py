"""How long a base takes to build, from nothing and again without a change.

``python -m tests.benchmarks.build [FOLDER] [--jobs N]``: without a folder, the bundled documents.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

from bot.facts.build import build
from bot.resources import knowledge_folder
from tests.benchmarks.table import show


def main() -> None:
    """Build twice and print both times."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--jobs", type=int)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "benchmark.kb"
        times = []
        for _ in range(2):
            begin = perf_counter()
            report = build(options.folder or knowledge_folder(), file, jobs=options.jobs)
            times.append(perf_counter() - begin)
        size = file.stat().st_size
    show(
        "build",
        [
            ("documents", f"{len(report.documents):,}"),
            ("words", f"{report.words:,}"),
            ("sentences, facts", f"{report.sentences:,}, {report.facts:,}"),
            ("size", f"{size / 1e6:.1f} MB"),
            ("from nothing", f"{times[0]:.2f} s, {report.words / times[0]:,.0f} words a second"),
            ("without a change", f"{times[1]:.2f} s"),
        ],
    )


if __name__ == "__main__":
    main()
