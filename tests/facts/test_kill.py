"""A build killed (SIGKILL) at random moments; ``python -m tests.benchmarks.kill`` does it twenty times."""

from __future__ import annotations

from pathlib import Path

from tests.articles import OWN, write_article
from tests.facts.killing import kill_builds


def test_killed_builds_leave_the_old_base_and_the_next_one_completes(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    write_article(OWN, "md", folder)
    assert kill_builds(folder, tmp_path / "x.kb", kills=6, seed=6) > 0
