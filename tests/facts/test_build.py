"""Building: what is read, reused and reported, and what survives when a build goes wrong."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.documents.model import Document
from bot.errors import CitebotError, DocumentError, KnowledgeBaseError
from bot.facts import build as build_module
from bot.facts import cache
from bot.facts.build import build
from bot.facts.cache import bundled_base, cache_folder
from bot.facts.store import KnowledgeBase
from bot.facts.store.lock import BuildInProgress, locked

GUIDE = """# Guide to the harbour

## Ferries

The ferry to Norway leaves at noon. It carries 300 passengers, except in winter.

- A ticket costs 40 euros.
- Children under six travel free.

## Berths

| Berth | Length |
| --- | --- |
| North pier | 120 m |
| South pier | 80 m |
"""


def folder_of(place: Path, **documents: str) -> Path:
    for name, text in documents.items():
        path = place / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return place


def content(kb: Path) -> bytes:
    return kb.read_bytes()


@pytest.fixture
def harbour(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "harbour", guide=GUIDE, notes="# Notes\n\nThe harbour master answers letters.\n")


def test_build_reports_what_it_made(harbour: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    report = build(harbour, tmp_path / "x.kb", progress=lambda *step: seen.append(step))
    assert [document.path for document in report.documents] == ["guide.md", "notes.md"]
    assert report.unread == ()
    assert report.words > 40
    with KnowledgeBase.open(tmp_path / "x.kb") as base:
        assert base.sentence_count == report.sentences
        assert len(list(base.facts())) == report.facts > 5
    assert [stage for stage in dict.fromkeys(stage for stage, _, _ in seen)] == [
        "reading",
        "parsing",
        "linking",
        "writing",
    ]
    assert all(0 <= done <= total for _, done, total in seen)


def test_build_keeps_every_sentence_at_its_place(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "x.kb")
    with KnowledgeBase.open(tmp_path / "x.kb") as base:
        quotes = [base.text(s.document)[s.sentence.start : s.sentence.end] for s in base.sentences("guide.md")]
        assert "The ferry to Norway leaves at noon." in quotes
        assert "It carries 300 passengers, except in winter." in quotes
        assert "A ticket costs 40 euros." in quotes
        rows = [base.sentence(number) for number in base.of_kind("row")]
        assert [quote for quote in quotes if "pier" in quote] == [
            base.text("guide.md")[row.passage.start : row.passage.end] for row in rows
        ]
        assert all(row.facts for row in rows)


def test_build_quotes_no_half_markup(tmp_path: Path) -> None:
    text = "# T\n\n**Ann** leads the [choir](http://x.org/a). She sings *well*.\n"
    build(folder_of(tmp_path / "d", a=text), tmp_path / "x.kb")
    with KnowledgeBase.open(tmp_path / "x.kb") as base:
        quotes = [base.text("a.md")[s.sentence.start : s.sentence.end] for s in base.sentences()]
    assert "**Ann** leads the [choir](http://x.org/a)." in quotes
    assert "She sings *well*." in quotes


def test_build_again_without_a_change_is_the_same(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "x.kb")
    first = content(tmp_path / "x.kb")
    report = build(harbour, tmp_path / "x.kb")
    assert all(document.reused for document in report.documents)
    assert content(tmp_path / "x.kb") == first


def test_build_after_edits_equals_one_from_nothing(harbour: Path, tmp_path: Path) -> None:
    kb, chance = tmp_path / "kept.kb", random.Random(5)
    sentences = ["Oslo lies in Norway.", "The pilot boards ships.", "A tug costs 90 euros.", "Ann leads the crew."]
    for step in range(8):
        path = harbour / f"{chance.choice('abc')}.md"
        match chance.choice(["write", "write", "rename", "delete"]):
            case "rename" if path.exists():
                path.rename(harbour / f"moved {step}.md")
            case "delete" if path.exists():
                path.unlink()
            case _:
                path.write_text(f"# Page {step}\n\n" + " ".join(chance.sample(sentences, 2)) + "\n", encoding="utf-8")
        build(harbour, kb)
        build(harbour, tmp_path / "fresh.kb")
        assert content(kb) == content(tmp_path / "fresh.kb")
        (tmp_path / "fresh.kb").unlink()


def test_build_reuses_the_parse_of_a_renamed_document(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "x.kb")
    (harbour / "guide.md").rename(harbour / "renamed.md")
    report = build(harbour, tmp_path / "x.kb")
    assert {document.path: document.reused for document in report.documents} == {"notes.md": True, "renamed.md": True}


def test_build_with_processes_is_the_same(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.facts.workers.BATCH_CHARS", 100)
    build(harbour, tmp_path / "one.kb", jobs=1)
    build(harbour, tmp_path / "two.kb", jobs=2)
    assert content(tmp_path / "one.kb") == content(tmp_path / "two.kb")


def test_build_reports_documents_that_cannot_be_read(harbour: Path, tmp_path: Path) -> None:
    (harbour / "broken.pdf").write_bytes(b"%PDF-1.7 nothing more")
    (harbour / "empty.txt").write_bytes(b"")
    (harbour / "data.bin").write_bytes(b"\0\1")
    report = build(harbour, tmp_path / "x.kb")
    assert {item.path: item.failed for item in report.unread} == {
        "broken.pdf": True,
        "data.bin": False,
        "empty.txt": True,
    }
    assert len(report.documents) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode elsewhere")
def test_build_reports_a_name_that_is_not_unicode(harbour: Path, tmp_path: Path) -> None:
    Path(str(harbour) + "/caf\udce9.txt").write_text("The café opens at nine.", encoding="utf-8")
    report = build(harbour, tmp_path / "x.kb")
    assert [item.failed for item in report.unread] == [True]
    assert "cannot be written as UTF-8" in report.unread[0].reason


@pytest.mark.parametrize("documents", [{}, {"a.txt": b""}, {"a.xyz": b"text"}], ids=["nothing", "empty", "unknown"])
def test_build_of_nothing_readable_keeps_the_old_base(
    harbour: Path, tmp_path: Path, documents: dict[str, bytes]
) -> None:
    build(harbour, tmp_path / "x.kb")
    before = content(tmp_path / "x.kb")
    other = tmp_path / "other"
    other.mkdir()
    for name, data in documents.items():
        (other / name).write_bytes(data)
    with pytest.raises(DocumentError, match="no document that can be read"):
        build(other, tmp_path / "x.kb")
    assert content(tmp_path / "x.kb") == before


def test_build_with_wrong_entities_keeps_the_old_base(harbour: Path, tmp_path: Path) -> None:
    build(harbour, tmp_path / "x.kb")
    before = content(tmp_path / "x.kb")
    (harbour / "entities.toml").write_text("[[entity]]\nnme = 'x'\n", encoding="utf-8")
    with pytest.raises(CitebotError, match=r"entities\.toml"):
        build(harbour, tmp_path / "x.kb")
    assert content(tmp_path / "x.kb") == before


def test_build_into_a_folder_that_does_not_exist(harbour: Path, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeBaseError, match="there is no folder"):
        build(harbour, tmp_path / "nowhere" / "x.kb")
    with pytest.raises(KnowledgeBaseError, match="this is a folder"):
        build(harbour, tmp_path)


def test_build_survives_a_reader_that_fails(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = build_module.read

    def failing(path: Path, root: Path) -> Document:
        if path.name == "notes.md":
            raise RecursionError("too deep")
        return real(path, root)

    monkeypatch.setattr(build_module, "read", failing)
    report = build(harbour, tmp_path / "x.kb")
    assert [item.path for item in report.unread] == ["notes.md"]
    assert "RecursionError: too deep" in report.unread[0].reason


def test_build_replaces_a_damaged_base(harbour: Path, tmp_path: Path) -> None:
    (tmp_path / "x.kb").write_bytes(b"SQLite format 3\0 but not really")
    assert build(harbour, tmp_path / "x.kb").sentences
    KnowledgeBase.open(tmp_path / "x.kb").close()


def test_build_while_another_runs(harbour: Path, tmp_path: Path) -> None:
    with locked(tmp_path / "x.kb"), pytest.raises(BuildInProgress, match="another build"):
        build(harbour, tmp_path / "x.kb")


KILLED = """
import sys
from pathlib import Path
import bot.facts.build as b
def tell(stage, done, total):
    print(stage, flush=True)
b.build(Path(sys.argv[1]), Path(sys.argv[2]), progress=tell)
"""


@pytest.mark.parametrize("stage", ["reading", "parsing", "linking", "writing"])
def test_build_killed_in_the_middle_keeps_the_old_base(harbour: Path, tmp_path: Path, stage: str) -> None:
    kb = tmp_path / "x.kb"
    build(harbour, kb)
    before = content(kb)
    (harbour / "more.md").write_text("# More\n\n" + "The pilot boards every ship. " * 300, encoding="utf-8")
    process = subprocess.Popen([sys.executable, "-c", KILLED, str(harbour), str(kb)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == stage:
            break
    time.sleep(0.005)
    process.kill()
    process.wait()
    if stage != "writing":
        assert content(kb) == before
    with KnowledgeBase.open(kb) as base:
        assert list(base.facts())
    report = build(harbour, kb)
    assert len(report.documents) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["harbour", "x.kb"]


# The bundled base


@pytest.fixture
def bundled(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small folder in the place of the bundled one, and a cache of its own."""
    monkeypatch.setattr(cache, "knowledge_folder", lambda: harbour)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return harbour


def first_start(notices: list[str] | None = None) -> tuple[Path, bool]:
    """The base, and whether it was built now."""
    stages: list[str] = []
    path = bundled_base(
        lambda stage, done, total: stages.append(stage), (notices if notices is not None else []).append
    )
    return path, bool(stages)


def test_bundled_base_is_built_once(bundled: Path) -> None:
    path, built = first_start()
    assert built
    assert path.parent == cache_folder()
    assert first_start() == (path, False)


def test_bundled_base_is_built_again_when_its_content_changes(bundled: Path) -> None:
    path, _ = first_start()
    (bundled / "notes.md").write_text("# Notes\n\nThe harbour is closed.\n", encoding="utf-8")
    other, built = first_start()
    assert built
    assert other != path


def test_bundled_base_that_is_damaged_is_built_again(bundled: Path) -> None:
    path, _ = first_start()
    path.write_bytes(path.read_bytes()[:5000])
    assert first_start() == (path, True)


def test_bundled_bases_of_old_versions_go(bundled: Path) -> None:
    for step in range(5):
        (bundled / "notes.md").write_text(f"# Notes {step}\n\nThe harbour is closed.\n", encoding="utf-8")
        first_start()
    assert len(list(cache_folder().glob("*.kb"))) == 3


def test_bundled_base_without_a_cache_folder_is_built_elsewhere(
    bundled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    notices: list[str] = []
    path, built = first_start(notices)
    assert built
    assert KnowledgeBase.open(path).sentence_count
    assert len(notices) == 1
    assert "cannot be used" in notices[0]
    assert "temporary folder" in notices[0]


def test_bundled_base_with_a_full_disk_is_built_elsewhere(bundled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = build_module.build_locked

    def full(folder: Path, kb: Path, *rest: object) -> object:
        if kb.parent == cache_folder():
            raise KnowledgeBaseError(f"{kb}: the knowledge base cannot be written (database or disk is full).")
        return real(folder, kb, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(build_module, "build_locked", full)
    notices: list[str] = []
    path, _ = first_start(notices)
    assert KnowledgeBase.open(path).sentence_count
    assert "disk is full" in notices[0]


START = """
import sys
from pathlib import Path
from bot.documents.model import Document
from bot.facts import build as build_module
from bot.facts import cache
cache.knowledge_folder = lambda: Path(sys.argv[1])
stages = []
path = cache.bundled_base(lambda stage, done, total: stages.append(stage), print)
print(path, bool(stages))
"""


def test_two_first_starts_at_once_build_once(bundled: Path) -> None:
    starts = [
        subprocess.Popen([sys.executable, "-c", START, str(bundled)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = sorted(start.communicate(timeout=120)[0].split() for start in starts)
    assert [start.returncode for start in starts] == [0, 0]
    assert said[0][0] == said[1][0]
    assert [line[1] for line in said] == ["False", "True"]
