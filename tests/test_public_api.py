from __future__ import annotations

import subprocess
import sys

import pytest

import bot


def test_the_exported_names_are_these() -> None:
    assert bot.__all__ == ["Answer", "Bot", "Citation", "CitebotError", "Conversation"]
    assert set(bot.__all__) <= set(dir(bot))


@pytest.mark.parametrize("name", bot.__all__)
def test_every_exported_name_is_there_and_documented(name: str) -> None:
    assert getattr(bot, name).__name__ == name
    assert getattr(bot, name).__doc__


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Bott'"):
        bot.Bott  # noqa: B018


def test_importing_the_package_loads_no_model_nor_the_prompt() -> None:
    listing = "import sys, bot; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, check=True).stdout.split()
    assert "bot" in loaded
    assert not {"spacy", "thinc", "numpy", "prompt_toolkit", "rapidfuzz", "sqlite3"} & set(loaded)


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("Bot", ["open", "ask", "conversation", "kb", "suggestions", "names"]),
        ("Conversation", ["ask", "reset", "state"]),
    ],
)
def test_the_members_that_programs_rely_on(name: str, members: list[str]) -> None:
    exported = getattr(bot, name)
    annotated = set(getattr(exported, "__annotations__", ()))
    assert not [member for member in members if not hasattr(exported, member) and member not in annotated]
