"""What tests share: the pipeline and the bundled base, made once a session; bases of documents made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from spacy.language import Language

    from bot import Bot

MakeBase = Callable[[Mapping[str, str]], Path]


@pytest.fixture(scope="session", autouse=True)
def _own_user_folders(tmp_path_factory: pytest.TempPathFactory) -> object:
    """Caches and histories of the test run stay out of the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(tmp_path_factory.mktemp(name.lower())))
        yield


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The language pipeline of the package."""
    from bot.language import pipeline

    return pipeline.load()


@pytest.fixture(scope="session")
def bundled_kb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base of the bundled documents."""
    from bot.facts.build import build
    from bot.resources import knowledge_folder

    file = tmp_path_factory.mktemp("bundled") / "bundled.kb"
    build(knowledge_folder(), file)
    return file


@pytest.fixture(scope="session")
def bundled_bot(bundled_kb: Path) -> Bot:
    """A bot on the bundled documents."""
    from bot import Bot

    return Bot.open(bundled_kb)


@pytest.fixture
def make_kb(tmp_path: Path) -> MakeBase:
    """A function from documents (name to text, ``entities.toml`` among them if wanted) to the base built of them."""
    from bot.facts.build import build

    def make(documents: Mapping[str, str]) -> Path:
        folder = tmp_path / "documents"
        for name, text in documents.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="")
        build(folder, tmp_path / "made.kb")
        return tmp_path / "made.kb"

    return make
