"""Contradictions: planted pairs through the whole build, what is stored, listed and counted, and the cost."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot import Bot
from bot.answers import engine
from bot.answers.conflicting import with_conflicts
from bot.cli import facts as command
from bot.cli.build import report_lines
from bot.facts.build import build
from bot.facts.conflicts import Given, conflicts
from bot.facts.model import Argument, Fact
from bot.facts.store import KnowledgeBase
from bot.language.values import values_in

PLANTED = tomllib.loads((Path(__file__).parent / "data" / "planted_contradictions.toml").read_text(encoding="utf-8"))
PAIRS = PLANTED["pair"]


def written(folder: Path, **documents: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (folder / f"{name}.md").write_text(f"# {name}\n\n{text}\n", encoding="utf-8")
    return folder


def built(place: Path, **documents: str) -> KnowledgeBase:
    build(written(place / "documents", **documents), place / "x.kb", jobs=1)
    return KnowledgeBase.open(place / "x.kb")


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterable[KnowledgeBase]:
    documents = {f"p{n:02}{side}": pair[which] for n, pair in enumerate(PAIRS) for side, which in SIDES}
    with built(tmp_path_factory.mktemp("planted"), **documents) as base:
        yield base


SIDES = (("a", "first"), ("b", "second"))


def test_planted_pairs_are_judged(planted: KnowledgeBase) -> None:
    assert len(PAIRS) == 30
    assert sum(pair["conflict"] for pair in PAIRS) == 15
    found = {
        tuple(sorted(planted.sentence(side.sentence).document[:3] for side in (c.first, c.second)))
        for c in planted.conflicts()
    }
    across = {pair for pair in found if pair[0] != pair[1]}
    assert not across, f"conflicts between pairs that have nothing to do with each other: {sorted(across)}"
    wrong = [
        f"{'missed' if pair['conflict'] else 'imagined'} ({pair['kind']}): {pair['first']} / {pair['second']}"
        for n, pair in enumerate(PAIRS)
        if ((f"p{n:02}", f"p{n:02}") in found) != pair["conflict"]
    ]
    assert len(PAIRS) - len(wrong) >= 25, "\n".join(wrong)
    assert not wrong, "\n".join(wrong)


def test_conflicts_are_counted_stored_and_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {"a": "The capital of Velmoria is Tarsk.", "b": "The capital of Velmoria is Brenholm."}
    report = build(written(tmp_path / "d", **texts), tmp_path / "x.kb", jobs=1)
    assert report.conflicts == 1
    assert "; 1 conflict (" in report_lines(report)[0]
    with KnowledgeBase.open(tmp_path / "x.kb") as base:
        (conflict,) = base.conflicts()
        assert (conflict.kind, conflict.first_value, conflict.second_value) == ("name", "Tarsk", "Brenholm")
        assert base.conflicts_of(conflict.first.sentence) == base.conflicts_of(conflict.second.sentence) == (conflict,)
        assert base.conflicts_of(0) == ()
        command.show_conflicts(base)
    shown = capsys.readouterr().out
    assert "capital of Velmoria: Tarsk / Brenholm" in shown
    for name, text in texts.items():
        assert f"“{text}”" in shown
        assert f"{name}.md › {name} [5:{5 + len(text)}]" in shown or f"{name}.md [5:{5 + len(text)}]" in shown


def test_who_says_it_is_told(tmp_path: Path) -> None:
    texts = {
        "a": "The Tolan Network connects 24 towns.",
        "b": "According to Dahl, the Tolan Network connects 31 towns.",
    }
    with built(tmp_path, **texts) as base:
        (conflict,) = base.conflicts()
    assert "according to Dahl" in conflict.detail


def test_cost_stays_near_linear() -> None:
    def many(count: int) -> list[Given]:
        (value,) = values_in("20 euros")
        found = []
        for n in range(count):
            subject = Argument("subj", f"Item{n % (count // 2)} Ash", 1, (1, 2), 0, 9)
            price = Argument("obj", "20 euros", 4, (4, 5), 10, 18, value=value)
            found.append(Given(n, n, Fact("cost", "v", "costs", (3,), (subject, price), tense="present"), "d"))
        return found

    few, more = many(1_000), many(8_000)
    conflicts(few)
    took = []
    for given in (few, more):
        start = time.perf_counter()
        assert conflicts(given) == ()
        took.append(time.perf_counter() - start)
    assert took[1] < 30 * max(took[0], 0.005)


GAZETTEER = """The population of Orvane is 48,000. The capital of Velmoria is Tarsk.

Turmania belongs to the Amber Union. Ada Merrow was born on 4 May 1902."""
ALMANAC = """Orvane has 61,000 inhabitants. The capital of Velmoria is Brenholm.

Turmania does not belong to the Amber Union. Ada Merrow was born on 9 May 1902. Pernia belongs to the Amber Union."""


@pytest.fixture(scope="module")
def disputed(tmp_path_factory: pytest.TempPathFactory) -> Iterable[Bot]:
    place = tmp_path_factory.mktemp("disputed")
    with built(place, a=GAZETTEER, b=ALMANAC):
        yield Bot.open(place / "x.kb")


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("What is the population of Orvane?", ("48,000", "61,000 inhabitants")),
        ("What is the capital of Velmoria?", ("Tarsk", "Brenholm")),
        ("Does Turmania belong to the Amber Union?", ("yes", "no")),
        ("When was Ada Merrow born?", ("4 May 1902", "9 May 1902")),
        ("Does Pernia belong to the Amber Union?", ("yes",)),
    ],
)
def test_an_answer_gives_every_value(
    disputed: Bot, monkeypatch: pytest.MonkeyPatch, question: str, values: tuple[str, ...]
) -> None:
    """``answered`` as wired; applied to an answer that has its conflicts already, it changes nothing."""
    plain = engine.answered
    monkeypatch.setattr(engine, "answered", lambda q, found, world: plain(q, with_conflicts(found, q, world), world))
    answer = disputed.ask(question)
    assert answer.values == values
    assert answer.answer.startswith("The documents disagree: ") == (len(values) > 1)
    assert {c.document for c in answer.citations} == ({"a.md", "b.md"} if len(values) > 1 else {"b.md"})
