"""The bundled corpus is well formed, says where it comes from, and says nothing that its sources do not say.

The checks against the sources need the originals, which are no part of the project: they run once for each original
found beside the checkout.
"""

from __future__ import annotations

import csv
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import Bot
from bot.cli.check import golden_questions, wrong_answers

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
KNOWLEDGE = ROOT / "knowledge"
DOCUMENTS = sorted((KNOWLEDGE / "documents").rglob("*.md"))
TABLES = sorted((KNOWLEDGE / "tables").glob("*.csv"))
COUNTRIES = ("Kazakhstan", "Kyrgyzstan", "Tajikistan", "Turkmenistan", "Uzbekistan")
ORGANIZATIONS = {
    "United Nations Regional Centre for Preventive Diplomacy for Central Asia": "unrcca",
    "Organization for Security and Co-operation in Europe": "osce",
    "Commonwealth of Independent States": "cis",
    "Eurasian Economic Community": "eurasec",
    "Collective Security Treaty Organization": "csto",
    "Shanghai Cooperation Organization": "sco",
    "Economic Cooperation Organization": "eco",
    "Inter-State Coordinating Commission for Water Resources": "icwc",
}
LONGEST_COMMON_RUN = 60

COMMENT = re.compile(r"^<!-- source: (?P<source>.+) -->$", re.MULTILINE)
POSITION = re.compile(r"(?P<file>[^\s:]+\.txt):(?P<start>\d+)-(?P<end>\d+)")
FIGURE = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
WORD = re.compile(r"[A-Za-z][\w'’-]*")


def _texts(folder: Path, pattern: str) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob(pattern))}


def _json(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


SEEDS = _texts(SHARED / "seeds", "*.txt")
FACTBOOK = _json(SHARED / "data" / "factbook" / "central-asia.json")
PAGES = {k: v for k, v in _json(SHARED / "data" / "organizations" / "organizations.json").items() if k[0] != "_"}


@dataclass(frozen=True, slots=True)
class Restated:
    """One sentence of the briefing and the place in the original that it restates."""

    sentence: str
    file: str
    start: int
    end: int


def _body(path: Path) -> str:
    """The document without its provenance comments."""
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def _figures(text: str) -> set[str]:
    return {figure.replace(",", "") for figure in FIGURE.findall(text)}


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).casefold()


def _stems(text: str) -> set[str]:
    """Words of five letters or more, cut to five, so that *training* and *trained* count as one."""
    return {word.casefold()[:5] for word in WORD.findall(text) if len(word) >= 5}


def _restated() -> list[Restated]:
    """The briefing's sentences, each with its comment; fails where a passage has more of one than of the other."""
    found: list[Restated] = []
    sentences: list[str] = []
    positions: list[tuple[str, int, int]] = []

    def flush() -> None:
        assert len(sentences) == len(positions), f"{len(positions)} source comments after: {' '.join(sentences)}"
        found.extend(Restated(s, *p) for s, p in zip(sentences, positions, strict=True))
        sentences.clear()
        positions.clear()

    text = (KNOWLEDGE / "documents" / "briefing.md").read_text(encoding="utf-8")
    for line in text.splitlines():
        if comment := COMMENT.match(line):
            if position := POSITION.fullmatch(comment["source"]):
                positions.append((position["file"], int(position["start"]), int(position["end"])))
        elif line and not line.startswith("#"):
            flush()
            sentences.extend(re.split(r"(?<=[.:])\s+(?=[A-Z])", line.removeprefix("- ")))
    flush()
    return found


def _entities() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    data = tomllib.loads((KNOWLEDGE / "entities.toml").read_text(encoding="utf-8"))
    assert set(data) == {"entity", "group"}
    return data["entity"], data["group"]


def _names(entry: dict[str, Any]) -> list[str]:
    return [entry["name"], *entry.get("aliases", ()), *entry.get("acronyms", ()), *entry.get("demonyms", ())]


def _relative(path: Path) -> str:
    return path.relative_to(KNOWLEDGE).as_posix()


# The folder by itself.


def test_corpus_has_every_document() -> None:
    expected = {"documents/briefing.md"}
    expected |= {f"documents/{country.lower()}.md" for country in COUNTRIES}
    expected |= {f"documents/organizations/{name}.md" for name in ORGANIZATIONS.values()}
    assert {_relative(path) for path in DOCUMENTS} == expected


@pytest.mark.parametrize("path", DOCUMENTS, ids=_relative)
def test_document_starts_with_its_source_and_one_title(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = COMMENT.match(text)
    assert first is not None
    assert len(first["source"].split("; ")) >= 3, "title, date and licence"
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    assert "\r" not in text


@pytest.mark.parametrize("path", TABLES, ids=_relative)
def test_table_rows_are_complete(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert rows
    assert len(set(header)) == len(header)
    for row in rows:
        assert len(row) == len(header), row[0]
        assert all(cell and cell == cell.strip() for cell in row), row[0]


def test_countries_table_has_one_row_per_country() -> None:
    with (KNOWLEDGE / "tables" / "countries.csv").open(encoding="utf-8", newline="") as file:
        assert [row["Country"] for row in csv.DictReader(file)] == list(COUNTRIES)


def test_entities_have_unique_ids_and_known_keys() -> None:
    entities, groups = _entities()
    assert entities and groups
    ids = [entry["id"] for entry in entities + groups]
    assert len(set(ids)) == len(ids)
    for entry in entities + groups:
        required = {"id", "name", "type"} | ({"members"} if entry in groups else set())
        assert required <= set(entry) <= required | {"aliases", "acronyms", "demonyms"}, entry["id"]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry["id"])
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", entry["type"]), entry["id"]
        names = _names(entry)
        assert all(isinstance(name, str) and name and name == name.strip() for name in names), entry["id"]
        assert len(set(names)) == len(names), entry["id"]


def test_group_members_exist_and_have_its_type() -> None:
    entities, groups = _entities()
    types = {entity["id"]: entity["type"] for entity in entities}
    for group in groups:
        assert group["members"] and len(set(group["members"])) == len(group["members"]), group["id"]
        assert {types.get(member) for member in group["members"]} == {group["type"]}, group["id"]


def test_entities_know_every_acronym_of_the_documents() -> None:
    entities, groups = _entities()
    known = {name for entry in entities + groups for name in _names(entry)}
    words = {"GDP"}  # not a name
    found = {a for path in DOCUMENTS for a in re.findall(r"\b[A-Z][A-Za-z]*[A-Z]\b|\b[A-Z]+-\d+\b", _body(path))}
    assert found
    assert found - known - words == set()


def test_entities_know_every_country_name_of_the_table() -> None:
    entities, _ = _entities()
    countries = {name for entity in entities if entity["type"] == "country" for name in _names(entity)}
    with (KNOWLEDGE / "tables" / "countries.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    used = {row[column] for row in rows for column in ("Country", "Official name")}
    used |= {name for row in rows for name in row["Border countries"].split("; ")}
    assert used and used <= countries


def test_the_golden_questions_are_answered(bundled_bot: Bot) -> None:
    questions = golden_questions(KNOWLEDGE / "questions.jsonl")
    assert questions
    assert list(wrong_answers(bundled_bot, questions)) == []


# The folder against the originals.


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("path", [*DOCUMENTS, *TABLES], ids=_relative)
def test_nothing_stands_word_for_word_in_the_original(path: Path, seed: str) -> None:
    ours, original = _plain(_body(path)), _plain(SEEDS[seed])
    runs = {ours[i : i + LONGEST_COMMON_RUN] for i in range(len(ours) - LONGEST_COMMON_RUN + 1)}
    assert [run for run in sorted(runs) if run in original] == []


@pytest.mark.parametrize("seed", SEEDS)
def test_no_sentence_of_the_briefing_is_copied(seed: str) -> None:
    ours = {_plain(item.sentence) for item in _restated()}
    theirs = {_plain(part) for part in re.split(r"(?<=[.:])\s+|\n", SEEDS[seed])} - {""}
    assert ours & theirs == set()


def _lead(original: str, at: int) -> str:
    """The paragraph, ending in a colon, that introduces the bullet at a position; empty where none stands there."""
    lines = original[:at].split("\n")
    if not lines[-1].strip().startswith("•"):
        return ""
    above = next((line for line in reversed(lines) if line.strip() and not line.strip().startswith("•")), "")
    return above if above.rstrip().endswith(":") else ""


@pytest.mark.parametrize("seed", SEEDS)
def test_briefing_positions_hold_what_is_restated(seed: str) -> None:
    original = SEEDS[seed]
    entities, _ = _entities()
    items = [item for item in _restated() if item.file == seed]
    assert items
    for item in items:
        span = original[item.start : item.end]
        assert span == span.strip() and span[0].isupper() and span[-1] in ".:", (item.sentence, span)
        assert _figures(item.sentence) <= _figures(original[item.start : item.end]), item.sentence
        # A bullet that stands alone takes words from the sentence that introduces it (*links X with* under *X has*).
        ours = _stems(item.sentence) - (_stems(_lead(original, item.start)) - _stems(span))
        assert len(ours & _stems(span)) >= len(ours) / 2, (item.sentence, span)
        # A name may stand earlier in the original, where the original goes on with *they*, *the unit* or a bullet.
        before = original[: item.end]
        inner = item.sentence.split(" ", 1)[1]
        for name in re.findall(r"[A-Z][\w.-]*\w", inner):
            others = [other for entity in entities if name in _names(entity) for other in _names(entity)]
            assert any(form in before for form in (name, *others)), (item.sentence, name)


@pytest.mark.parametrize("seed", SEEDS)
def test_briefing_leaves_no_sentence_and_no_figure_out(seed: str) -> None:
    original = SEEDS[seed]
    items = [item for item in _restated() if item.file == seed]
    left = original
    for item in items:
        left = left[: item.start] + " " * (item.end - item.start) + left[item.end :]
    titles = ["International organizations", "Security links primarily with Russia and NATO"]
    assert re.sub(r"[\s•]+", " ", left).strip() == " ".join(titles)
    assert [item.start for item in items] == sorted(item.start for item in items), "same order"
    for start, end in sorted({(item.start, item.end) for item in items}):
        ours = " ".join(item.sentence for item in items if item.start == start)
        assert _figures(original[start:end]) == _figures(ours), ours


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    "word",
    ["some", "a few", "likely", "primarily", "primary", "initially", "limited", "except turkmenistan", "eventual",
     "many", "a number of", "in particular", "various", "alone", "annual", "at the same time", "other post-soviet"],
)  # fmt: skip
def test_briefing_keeps_hedges_and_exceptions(word: str, seed: str) -> None:
    assert word in _plain(SEEDS[seed])
    assert word in _plain(_body(KNOWLEDGE / "documents" / "briefing.md"))


@pytest.mark.parametrize("country", FACTBOOK)
def test_country_figures_come_from_the_factbook(country: str) -> None:
    given = _figures(" ".join(FACTBOOK[country].values()))
    ours = _figures(_body(KNOWLEDGE / "documents" / f"{country.lower()}.md"))
    assert len(ours) > 50
    assert ours - given == set()
    with (KNOWLEDGE / "tables" / "countries.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["Country"] == country)
    assert _figures(" ".join([*row, *row.values()])) - given == set()


@pytest.mark.parametrize("country", FACTBOOK)
def test_country_profile_leaves_no_figure_out(country: str) -> None:
    given = _figures(" ".join(FACTBOOK[country].values()))
    ours = _figures(_body(KNOWLEDGE / "documents" / f"{country.lower()}.md"))
    assert given - ours == set()


@pytest.mark.parametrize("name", PAGES)
def test_organization_figures_and_sources_come_from_its_pages(name: str) -> None:
    path = KNOWLEDGE / "documents" / "organizations" / f"{ORGANIZATIONS[name]}.md"
    facts = PAGES[name]["facts"]
    given = _figures(json.dumps([(label, fact) for label, fact, _ in facts]))
    attributed = _figures(" ".join(source for *_, source in facts))  # *according to wikien4.appspot.com*
    assert given <= _figures(_body(path)) <= given | attributed
    head = " ".join(COMMENT.findall(path.read_text(encoding="utf-8")))
    for page in re.split("; ", "; ".join(source for *_, source in facts)):
        assert re.split(r"[,( ]", page)[0] in head, page
