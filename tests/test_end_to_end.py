"""The whole way on the evaluation's own documents and questions, where they lie beside the checkout: none wrong.

The questions are no part of the project; the scorer is a short one of our own with the evaluation's rules.
"""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import Answer, Bot
from bot.resources import knowledge_folder

SHARED = Path(__file__).resolve().parents[2] / "shared"
DATA = SHARED / "evaluate" / "data"
LONG_KINDS = {"topic", "definition", "reason"}
MANY_SOURCES = {"topic", "list", "count", "set"}
REFUSAL_IS_RIGHT = {"unknown", "not_yes", "unknown_or"}
LONGEST_QUOTE = 600


@dataclass(frozen=True, slots=True)
class Examination:
    """Questions on a folder of documents: how many must be right, and how many may be wrong."""

    name: str
    questions: Path
    documents: Path
    entities: Path | None
    right: int
    wrong: int


EXAMINATIONS = [
    examination
    for examination in (
        Examination(
            "briefing",
            DATA / "central-asia.jsonl",
            SHARED / "seeds",
            knowledge_folder() / "entities.toml",
            right=56,
            wrong=0,
        ),
        Examination(
            "library", DATA / "library" / "questions.jsonl", DATA / "library" / "documents", None, right=28, wrong=0
        ),
    )
    if examination.questions.is_file() and examination.documents.is_dir()
]


def fold(text: str) -> str:
    """Lower case, one blank, plain hyphens and apostrophes."""
    return " ".join(re.sub("[\u2010-\u2015]", "-", text.replace("\u2019", "'")).lower().split())


def holds(text: str, wanted: str) -> bool:
    """Whether folded text holds the words; those of up to four characters only as whole words."""
    edge = r"(?<![a-z0-9]){}(?![a-z0-9])" if len(fold(wanted)) <= 4 else "{}"
    return re.search(edge.format(re.escape(fold(wanted))), text) is not None


def verdict(item: dict[str, Any], answer: Answer, bot: Bot) -> str:
    """right, wrong, silent, uncited or unexplained."""
    if answer.status != "answered":
        if item["expect"] not in REFUSAL_IS_RIGHT:
            return "silent"
        return "right" if answer.reason and answer.answer else "unexplained"
    values = [fold(value) for value in answer.values]
    said = " ¶ ".join((fold(answer.answer), *values))
    longest = 1000 if item["kind"] in LONG_KINDS else 320
    wanted = {"yes": "yes", "no": "no", "not_yes": "no"}.get(item["expect"])
    wrong = (
        item["expect"] == "unknown"
        or max(len(answer.answer), sum(map(len, values))) > longest
        or (wanted is not None and values[:1] != [wanted])
        or not all(any(holds(said, choice) for choice in group) for group in item["all"])
        or any(holds(" ¶ ".join(values), banned) for banned in item["none"])
    )
    if wrong:
        return "wrong"
    return "right" if cited(item, answer, bot) else "uncited"


def cited(item: dict[str, Any], answer: Answer, bot: Bot) -> bool:
    """Whether the quotes are what is stored, few, short, and hold the words that prove the answer."""
    quotes = fold(" ¶ ".join(citation.quote for citation in answer.citations))
    return (
        1 <= len(answer.citations) <= (8 if item["kind"] in MANY_SOURCES else 4)
        and all(len(citation.quote) <= LONGEST_QUOTE for citation in answer.citations)
        and all(bot.kb.text(c.document)[c.start : c.end] == c.quote for c in answer.citations)
        and all(any(holds(quotes, choice) for choice in group.split("|")) for group in item["cite"])
    )


def examined(examination: Examination, folder: Path) -> dict[str, list[str]]:
    """Build the base, ask every question, and sort what was said by verdict."""
    from bot.facts.build import build

    shutil.copytree(examination.documents, folder / "knowledge" / "documents")
    if examination.entities:
        shutil.copy(examination.entities, folder / "knowledge" / "entities.toml")
    build(folder / "knowledge", folder / "examination.kb")
    bot = Bot.open(folder / "examination.kb")
    found: dict[str, list[str]] = {}
    for line in examination.questions.read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        item = json.loads(line)
        talk = bot.conversation()
        answer = [talk.ask(turn) for turn in (*item["turns"], item["question"])][-1]
        shown = f"{item['question']} → {answer.status}: {', '.join(answer.values)}"
        found.setdefault(verdict(item, answer, bot), []).append(shown)
    return found


@pytest.mark.parametrize("examination", EXAMINATIONS, ids=lambda examination: examination.name)
def test_examination_is_passed(examination: Examination, tmp_path: Path) -> None:
    found = examined(examination, tmp_path)
    assert len(found.get("wrong", [])) <= examination.wrong, found["wrong"]
    assert found.get("uncited", []) + found.get("unexplained", []) == []
    assert len(found.get("right", [])) >= examination.right, found


# The scorer


@pytest.mark.parametrize(
    ("text", "wanted", "expected"),
    [
        ("in 2021", "2021", True),
        ("the organisation", "is", False),
        ("it is so", "is", True),
        ("kazakh–uzbek", "Kazakh-Uzbek", True),
        ("the members\u2019 list", "members' list", True),
    ],
    ids=lambda value: str(value),
)
def test_holds(text: str, wanted: str, expected: bool) -> None:
    assert holds(fold(text), wanted) is expected


@pytest.mark.parametrize(
    ("expect", "answer", "expected"),
    [
        ("answered", Answer("q", "not_stated", "I do not know."), "silent"),
        ("unknown", Answer("q", "not_stated", "I do not know."), "unexplained"),
        ("unknown", Answer("q", "answered", "Oslo.", ("Oslo",)), "wrong"),
        ("yes", Answer("q", "answered", "No: Oslo.", ("no",)), "wrong"),
        ("answered", Answer("q", "answered", "Bergen.", ("Bergen",)), "wrong"),
        ("answered", Answer("q", "answered", "Oslo. " * 100, ("Oslo",)), "wrong"),
        ("answered", Answer("q", "answered", "Oslo.", ("Oslo",)), "uncited"),
    ],
    ids=["silent", "unexplained", "overbold", "other way", "other value", "too long", "uncited"],
)
def test_verdict(bundled_bot: Bot, expect: str, answer: Answer, expected: str) -> None:
    item = {"kind": "factoid", "expect": expect, "all": [["Oslo"]], "none": [], "cite": []}
    assert verdict(item, answer, bundled_bot) == expected
