"""The invented handbook as a base, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import Bot
from tests.answers.handbook import FILES


@pytest.fixture(scope="session")
def handbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base of the handbook."""
    from bot.facts.build import build

    folder = tmp_path_factory.mktemp("handbook")
    for name, text in FILES.items():
        path = folder / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build(folder / "knowledge", folder / "handbook.kb")
    return folder / "handbook.kb"


@pytest.fixture(scope="session")
def club(handbook: Path) -> Bot:
    """A bot on the handbook."""
    return Bot.open(handbook)
