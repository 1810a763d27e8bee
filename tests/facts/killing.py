"""Builds killed at random moments, and what must hold afterwards."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

from bot.facts.build import build
from bot.facts.store import KnowledgeBase

_BUILD = "import sys; from pathlib import Path; from bot.facts.build import build;"
_BUILD += "print('begun', flush=True); build(Path(sys.argv[1]), Path(sys.argv[2]))"


def kill_builds(folder: Path, kb: Path, kills: int, seed: int) -> int:
    """Build, then change the folder and kill the next build at a random moment, so many times.

    folder: documents. kb: where to build. kills: how often. seed: of the moments.
    RETURNS: how many builds had not finished when they were killed. Raises AssertionError where a base is neither the
    old nor the new one, cannot be read, or the next build does not complete.
    """
    chance = random.Random(seed)
    build(folder, kb)
    caught = 0
    for number in range(kills):
        before = kb.read_bytes()
        text = f"# Page {number}\n\n" + "The pilot boards every ship. " * 120 + f"Tug {number} costs 90 euros.\n"
        (folder / f"page {number}.md").write_text(text, encoding="utf-8")
        took = _kill(folder, kb, chance.uniform(0.0, 1.5))
        caught += took
        left = kb.read_bytes()
        with KnowledgeBase.open(kb) as base:
            assert list(base.facts())
        report = build(folder, kb)
        assert any(document.path == f"page {number}.md" for document in report.documents)
        assert left in (before, kb.read_bytes()), f"kill {number}: neither the old base nor the new one"
        assert sorted(p.name for p in kb.parent.iterdir() if p != folder) == [kb.name], "something was left behind"
    return caught


def _kill(folder: Path, kb: Path, after: float) -> bool:
    """Kill a build some seconds after it has begun; whether it was still at work."""
    command = [sys.executable, "-c", _BUILD, str(folder), str(kb)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after)
        unfinished = process.poll() is None
        process.kill()
    return unfinished
