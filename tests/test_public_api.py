from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

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


def test_the_members_that_programs_rely_on(bundled_bot: bot.Bot) -> None:
    for thing, members in (
        (bundled_bot, ("open", "ask", "conversation", "kb", "suggestions", "names")),
        (bundled_bot.conversation(), ("ask", "reset", "state")),
    ):
        assert not [member for member in members if not hasattr(thing, member)]


def test_a_bot_answers_threads_as_it_answers_one(bundled_bot: bot.Bot) -> None:
    questions = [*bundled_bot.suggestions(8), "Where is the UN Regional Center for Preventive Diplomacy based?"] * 2
    alone = [bundled_bot.ask(question) for question in questions]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(bundled_bot.ask, questions)) == alone


def test_conversations_keep_apart(bundled_bot: bot.Bot) -> None:
    first, second = bundled_bot.conversation(), bundled_bot.conversation()
    untouched = second.state
    first.ask("Where is the UN Regional Center for Preventive Diplomacy based?")
    assert first.state != untouched
    assert second.state == untouched
    first.reset()
    assert first.state == untouched
