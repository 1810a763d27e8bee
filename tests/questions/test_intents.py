"""Question families: every example is read as its family, and a faulty file is refused with all its mistakes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot import Bot
from bot.errors import IntentError
from bot.questions.intents import load_intents
from bot.questions.query import Query, describe
from bot.resources import intents_folder

INTENTS = load_intents(intents_folder())
EXAMPLES = [(intent.name, example) for intent in INTENTS for example in intent.examples]
FAMILIES = {
    "comparison",
    "definition",
    "exception",
    "help",
    "how",
    "how_long",
    "how_many",
    "how_much",
    "how_often",
    "keyword",
    "list",
    "measure",
    "topic",
    "what",
    "when",
    "where",
    "who",
    "why",
    "yes_no",
}
# What the examples speak of, so that their names are names here too.
TOWN = """# The town

ISO (International Organization for Standardization) publishes standards. Josef Adler was a teacher.
An interlibrary loan is a loan from another library. The league, founded in 1950, has five members.
"""
SOUND = """
name = "when"
about = "Asks for a date."
lookup = "gap"
asks = "when"
patterns = ["^ when ..."]
examples = ["When did it end?"]
"""

Write = Callable[..., Path]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    from bot.facts.build import build

    folder = tmp_path_factory.mktemp("town")
    (folder / "town.md").write_text(TOWN, encoding="utf-8")
    build(folder, folder / "town.kb")
    return Bot.open(folder / "town.kb")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A function from file contents by name (without .toml) to the folder that holds them."""

    def files(**contents: str) -> Path:
        for name, text in contents.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        return tmp_path

    return files


def test_families_are_those_of_the_design() -> None:
    assert {intent.name for intent in INTENTS} == FAMILIES
    assert [intent.name for intent in INTENTS] == sorted(FAMILIES)


@pytest.mark.parametrize("intent", INTENTS, ids=lambda intent: intent.name)
def test_intent_explains_itself(intent: object) -> None:
    assert getattr(intent, "about", "").endswith(".")
    assert getattr(intent, "asks", "")
    assert len(set(getattr(intent, "examples", ()))) >= 2


@pytest.mark.parametrize(("family", "example"), EXAMPLES, ids=lambda value: value)
def test_example_is_read_as_its_intent(town: Bot, family: str, example: str) -> None:
    query = town.parse(example)
    assert isinstance(query, Query)
    assert query.intent == family, describe(query)


@pytest.mark.parametrize(("family", "example"), EXAMPLES, ids=lambda value: value)
def test_example_typed_without_capitals_and_point_is_no_error(town: Bot, family: str, example: str) -> None:
    answer = town.ask(example.lower().rstrip("?.!"))
    assert answer.status in {"answered", "not_stated", "ambiguous", "not_understood", "help"}
    assert (answer.reason is None) == (answer.status in {"answered", "help"})


# Loading


def test_load_intents_reports_five_mistakes_at_once(write: Write) -> None:
    folder = write(
        when="""
name = "when"
about = 7
lookup = "gapp"
paterns = ["^ when ..."]
patterns = ["^ {nmae} ..."]
examples = []
asks = "when"
"""
    )
    with pytest.raises(IntentError) as caught:
        load_intents(folder)
    lines = str(caught.value).splitlines()
    assert len(lines) == 5
    assert all(line.startswith("when.toml: ") for line in lines)
    text = "\n".join(lines)
    assert "about: expected a string, got 7" in text
    assert "lookup: “gapp” is not one of count, define, gap, help" in text
    assert "did you mean “gap”?" in text
    assert "paterns: unknown key; did you mean “patterns”?" in text
    assert "patterns[0]: “^ {nmae} ...”: unknown slot “{nmae}”" in text
    assert "examples: needs at least one question" in text


def test_load_intents_reports_mistakes_of_every_file(write: Write) -> None:
    folder = write(a="name = 1", b="lookup = 'nonsense'", c=SOUND)
    with pytest.raises(IntentError) as caught:
        load_intents(folder)
    assert {line.partition(":")[0] for line in str(caught.value).splitlines()} == {"a.toml", "b.toml"}


def test_load_intents_refuses_duplicate_names(write: Write) -> None:
    folder = write(a=SOUND, b=SOUND)
    with pytest.raises(IntentError, match=r"b\.toml: name: “when” is taken by another file; names must differ"):
        load_intents(folder)


def test_load_intents_refuses_malformed_toml(write: Write) -> None:
    folder = write(broken='name = "when\n', sound=SOUND)
    with pytest.raises(IntentError, match=r"broken\.toml: not readable as TOML .*; fix the file and try again"):
        load_intents(folder)


def test_load_intents_refuses_what_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'name = "caf\xe9"\n')
    with pytest.raises(IntentError, match=r"latin\.toml: not readable as TOML"):
        load_intents(tmp_path)


def test_load_intents_refuses_flags_that_are_no_booleans(write: Write) -> None:
    folder = write(a=SOUND + 'exception = "yes"\n')
    with pytest.raises(IntentError, match=r"a\.toml: exception: expected true or false, got 'yes'"):
        load_intents(folder)


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_load_intents_refuses_a_folder_without_intents(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(IntentError, match=f"^{name}: .*expected one TOML file per question family"):
        load_intents(tmp_path / name)


def test_load_intents_leaves_word_lists_alone(write: Write) -> None:
    folder = write(when=SOUND, _words="nonsense = 1")
    assert [intent.name for intent in load_intents(folder)] == ["when"]
