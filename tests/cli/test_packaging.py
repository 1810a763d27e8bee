"""The wheel: every module and data file of the checkout is in it, and the bundled folders are found either way."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from bot import resources
from bot.errors import KnowledgeError
from bot.resources import PACKAGE, intents_folder, knowledge_folder

CHECKOUT = PACKAGE.parent
IGNORED = {"__pycache__", "_knowledge", "_intents"}

pytestmark = pytest.mark.skipif(not (CHECKOUT / "pyproject.toml").is_file(), reason="needs the checkout")


def files_of_the_package() -> list[Path]:
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and not IGNORED & set(path.parts)]
    assert files
    return files


def test_packaging_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for path in files_of_the_package() if path.suffix == ".py"}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_packaging_every_data_file_is_taken_along() -> None:
    data = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = data["tool"]["setuptools"]["package-data"]["*"]
    packages = {path.parent for path in files_of_the_package() if path.name == "__init__.py"}
    taken = {path for package in packages for pattern in patterns for path in package.glob(pattern)}
    left = [
        path.relative_to(CHECKOUT).as_posix()
        for path in files_of_the_package()
        if path.suffix not in {".py", ".pyc"} and path not in taken
    ]
    assert left == []


def test_resources_are_found_in_a_checkout() -> None:
    assert knowledge_folder() == CHECKOUT / "knowledge"
    assert intents_folder() == CHECKOUT / "intents"


def test_resources_are_found_in_an_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "site-packages" / "bot"
    (package / "_knowledge").mkdir(parents=True)
    (package.parent / "knowledge").mkdir()  # another distribution's
    monkeypatch.setattr(resources, "PACKAGE", package)
    assert knowledge_folder() == package / "_knowledge"
    with pytest.raises(KnowledgeError, match="Install citebot again"):
        intents_folder()
