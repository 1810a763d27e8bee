"""Builds killed (SIGKILL) at random moments: ``python -m tests.benchmarks.kill [--kills N] [--seed N]``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.articles import OWN, write_article
from tests.benchmarks.table import show
from tests.facts.killing import kill_builds


def main() -> None:
    """Kill so many builds; an AssertionError says where the promise broke."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "documents"
        folder.mkdir()
        write_article(OWN, "md", folder)
        caught = kill_builds(folder, Path(scratch) / "x.kb", options.kills, options.seed)
    rows = [("killed", str(options.kills)), ("while at work", str(caught)), ("old or new base, next completes", "all")]
    show("kill", rows)


if __name__ == "__main__":
    main()
