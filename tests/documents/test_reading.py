"""Folders, dispatch and errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.documents import limits
from bot.documents.reading import find, is_knowledge_folder, read, read_bytes, readable
from bot.errors import DocumentError


def lay_out(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("It is so.\n", encoding="utf-8")


def names(folder: Path) -> tuple[list[str], list[str]]:
    found = find(folder)
    return (
        [path.relative_to(folder).as_posix() for path in found.paths],
        [item.path.relative_to(folder).as_posix() for item in found.skipped],
    )


def test_find_plain_folder(tmp_path: Path) -> None:
    lay_out(tmp_path, "b.MD", "a.txt", "sub/c.csv", "x.png", ".hidden/d.txt", ".e.txt", "entities.toml", "noname")
    assert names(tmp_path) == (["a.txt", "b.MD", "sub/c.csv"], [".e.txt", ".hidden", "noname", "x.png"])


def test_find_knowledge_folder(tmp_path: Path) -> None:
    lay_out(tmp_path, "documents/deep/a.md", "tables/t.csv", "entities.toml", "README.md")
    assert is_knowledge_folder(tmp_path)
    assert names(tmp_path) == (["documents/deep/a.md", "tables/t.csv"], ["README.md"])
    document = read(tmp_path / "documents/deep/a.md", tmp_path)
    assert document.path == "documents/deep/a.md"


def test_find_plain_folder_that_has_a_documents_folder(tmp_path: Path) -> None:
    lay_out(tmp_path, "documents/a.md", "b.md")
    assert names(tmp_path) == (["b.md", "documents/a.md"], [])


def test_find_reports_links_to_folders(tmp_path: Path) -> None:
    lay_out(tmp_path, "a/a.md")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert names(tmp_path) == (["a/a.md"], ["loop"])


def test_find_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such folder"):
        find(tmp_path / "none")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("a.xyz", b"text", "unknown format"),
        ("a.txt", b"", "empty"),
        ("a.md", b"  \n\n", "no text"),
        ("a.md", b"```\ncode\n```\n", "no sentences"),
        ("a.csv", b"a" + b"," * 3000, "2,000 cells"),
    ],
)
def test_read_bytes_refuses(name: str, data: bytes, expected: str) -> None:
    with pytest.raises(DocumentError, match=expected) as caught:
        read_bytes(data, name)
    assert str(caught.value).startswith(f"{name}: ")


def test_read_refuses_missing_and_oversized_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DocumentError, match="cannot be opened"):
        read(tmp_path / "none.txt", tmp_path)
    lay_out(tmp_path, "a.txt")
    monkeypatch.setattr("bot.documents.reading.MAX_FILE_BYTES", 3)
    with pytest.raises(DocumentError, match="more than"):
        read(tmp_path / "a.txt", tmp_path)


def test_read_hashes_bytes_and_names_path_by_root(tmp_path: Path) -> None:
    lay_out(tmp_path, "a/b.txt")
    document = read(tmp_path / "a" / "b.txt", tmp_path)
    assert (document.path, document.format, len(document.sha256)) == ("a/b.txt", "txt", 64)


def test_long_passages_are_cut_at_sentence_ends() -> None:
    sentence = "This is one sentence of many that all say the same. "
    document = read_bytes((sentence * 2000).encode(), "a.txt")
    assert len(document.passages) > 1
    assert all(p.end - p.start <= limits.MAX_PASSAGE_CHARS for p in document.passages)
    assert all(document.text[p.end - 1] == "." and document.text[p.start] == "T" for p in document.passages)


def test_long_line_without_blanks_is_read() -> None:
    document = read_bytes(b"x" * 4_000_000, "a.txt")
    assert sum(p.end - p.start for p in document.passages) == 4_000_000


@pytest.mark.parametrize("suffix", ["txt", "md", "csv", "html"])
def test_ten_megabyte_line_is_refused(suffix: str) -> None:
    with pytest.raises(DocumentError, match="Split it"):
        read_bytes(b"word " * 2_000_000, f"a.{suffix}")


@pytest.mark.parametrize(
    ("name", "title"), [("t/house_rules.csv", "House rules"), ("NATO-2011.txt", "NATO 2011"), ("a.md", "A")]
)
def test_readable(name: str, title: str) -> None:
    assert readable(name) == title
