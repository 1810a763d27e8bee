"""Five hundred malformed files: each is read or refused, and none stops a build.

``python -m tests.benchmarks.malformed`` does the same with larger files and shows time and memory.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot.documents.reading import read_bytes
from bot.errors import DocumentError
from bot.facts.build import build, read_all
from bot.facts.store import KnowledgeBase
from tests.articles import OWN, write_article

from .malformed import malformed
from .shown import assert_sound

FILES = 500
BUILT_EACH = 10


def test_malformed_files_are_read_soundly_or_refused() -> None:
    outcomes: Counter[str] = Counter()
    for file in malformed(FILES, seed=500):
        try:
            assert_sound(read_bytes(file.data, file.name))
            outcomes["read"] += 1
        except DocumentError as error:
            assert str(error).startswith(f"{file.name}: "), error
            outcomes["refused"] += 1
    assert sum(outcomes.values()) == FILES
    assert min(outcomes["read"], outcomes["refused"]) > FILES / 10, outcomes


def test_malformed_files_do_not_stop_a_build(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    good = write_article(OWN, "md", folder)
    files = [file for file in malformed(FILES, seed=500) if len(file.data) < 4000][::BUILT_EACH]
    for file in files:
        (folder / file.name).write_bytes(file.data)
    report = build(folder, tmp_path / "x.kb")
    listed = {document.path for document in report.documents} | {item.path for item in report.unread}
    assert listed == {good.name, *(file.name for file in files)}
    assert len(report.unread) > 5
    with KnowledgeBase.open(tmp_path / "x.kb") as base:
        assert any(stored.facts for stored in base.sentences(good.name))


def test_every_malformed_file_is_accounted_for(tmp_path: Path) -> None:
    names = set()
    for file in malformed(FILES, seed=501):
        names.add(file.name)
        (tmp_path / file.name).write_bytes(file.data)
    documents, unread = read_all(tmp_path, lambda stage, done, total: None)
    assert {document.path for document in documents} | {item.path for item in unread} == names
    assert all(item.failed and item.reason for item in unread)
