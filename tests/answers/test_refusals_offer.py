"""What a refusal offers is answered when asked: over refused questions on documents of several kinds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot import Bot

QUESTIONS = Path(__file__).parents[1] / "questions"
BASES = ("handbook", "report", "museum", "manual")


def _lines(base: str) -> list[str]:
    files = sorted(QUESTIONS.glob("*-questions.jsonl"))
    items = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line]
    return [item["question"] for item in items if item["base"] == base]


@pytest.mark.parametrize("base", BASES)
def test_every_suggestion_of_every_refusal_is_answered(base: str, tmp_path: Path) -> None:
    from bot.facts.build import build

    build(QUESTIONS / "documents" / base, tmp_path / "made.kb")
    bot = Bot.open(tmp_path / "made.kb")
    answers = [bot.ask(question) for question in _lines(base)]
    refused = [a for a in answers if a.status not in ("answered", "help")]
    assert refused and any(a.suggestions for a in refused)
    assert all(a.suggestions for a in refused), [a.question for a in refused if not a.suggestions]
    offered = dict.fromkeys(s for a in refused for s in a.suggestions)
    assert [s for s in offered if bot.ask(s).status != "answered"] == []
