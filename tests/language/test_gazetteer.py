"""The gazetteer: its file, exact and near names, and names learned from documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.language.gazetteer import Entity, Gazetteer, Group, learn, load
from bot.language.sentence import Sentence, from_conllu

ENTITIES = (
    Entity("norland", "Norland", "country", ("Republic of Norland",), ("NL",), ("Norlander",)),
    Entity("suthia", "Suthia", "country", (), (), ("Suthian",)),
    Entity("us", "United States", "country", (), ("U.S.",), ("American",)),
    Entity("hco", "Harbour Cooperation Organization", "organization", (), ("HCO",)),
    Entity("hro", "Harbour Research Organization", "organization"),
    Entity("rcp", "Regional Centre for Preventive Dentistry", "organization"),
    Entity("springfield-n", "Springfield", "city"),
    Entity("springfield-s", "Springfield", "city"),
)
GROUPS = (
    Group("coastal", "Coastal states", "country", ("norland", "suthia"), ("Coastal countries",), (), ("Coastal",)),
)
NAMES = Gazetteer(ENTITIES, GROUPS)


def plain(text: str, **tags: str) -> Sentence:
    """A sentence of words that all hang on the first; ``tags`` gives some their part of speech."""
    rows = [
        f"{w} {w.lower()} {tags.get(w, 'NOUN')} {0 if i == 0 else 1} {'root' if i == 0 else 'dep'}"
        for i, w in enumerate(text.split())
    ]
    return from_conllu("\n".join(rows))


def named(text: str, *, question: bool = False, gazetteer: Gazetteer = NAMES, **tags: str) -> list[tuple[str, ...]]:
    return [mention.entities for mention in gazetteer.mentions(plain(text, **tags), question=question)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Republic of Norland helps", [("norland",)]),
        ("the Norlanders and the Suthian king", [("norland",), ("suthia",)]),
        ("Norland 's coast", [("norland",)]),
        ("the Coastal states", [("coastal",)]),
        ("a Suthian-Norlander fleet", [("suthia",), ("norland",)]),
        ("the Harbor Cooperation Organisation", [("hco",)]),
        ("U.S. ships and US ships", [("us",), ("us",)]),
        ("it helps us", []),
        ("a coastal road", []),
        ("Springfield", [("springfield-n", "springfield-s")]),
    ],
)
def test_mentions_in_documents(text: str, expected: list[tuple[str, ...]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("does norland belong to the hco ?", [("norland",), ("hco",)]),
        ("does the us help ?", [("us",)]),
        ("who helps us ?", []),
        ("Does Norland help us ?", [("norland",)]),
    ],
)
def test_mentions_in_questions_allow_small_letters(text: str, expected: list[tuple[str, ...]]) -> None:
    assert named(text, question=True, us="PRON") == expected


def test_groups_expand_and_know_their_members() -> None:
    assert NAMES.expand("coastal") == ("norland", "suthia")
    assert NAMES.expand("norland") == ("norland",)
    assert NAMES.groups_of("suthia") == ("coastal",)
    assert NAMES.is_member("suthia", "coastal") and not NAMES.is_member("us", "coastal")
    assert NAMES.is_group("coastal") and not NAMES.is_group("us")
    assert NAMES.named_in("Trade of Norland with the Coastal states") == ("coastal", "norland")
    assert NAMES.ids("hco") == ("hco",) and NAMES.ids("nowhere") == ()


@pytest.mark.parametrize(
    ("typed", "entity"),
    [
        ("Norlnad", "norland"),
        ("harbuor coperation org", "hco"),
        ("preventive dentistry center", "rcp"),
        ("Sutthia", "suthia"),
    ],
)
def test_closest_finds_names_that_are_nearly_right(typed: str, entity: str) -> None:
    near = NAMES.closest(typed)
    assert near and near[0].entity == entity and near[0].score >= 0.8


@pytest.mark.parametrize("typed", ["organization", "harbour", "organizations", "elephant", "regional", ""])
def test_closest_takes_no_common_word_for_a_name(typed: str) -> None:
    assert NAMES.closest(typed) == []


def test_fuzzy_mentions_say_what_they_assume() -> None:
    sentence = plain("does Norlnad join the harbuor coperation org ?", does="AUX", join="VERB", the="DET")
    mentions, notes = NAMES.fuzzy_mentions(sentence, NAMES.mentions(sentence, question=True))
    assert [mention.entities for mention in mentions] == [("norland",), ("hco",)]
    assert notes == (
        "read “Norlnad” as “Norland”",
        "read “harbuor coperation org” as “Harbour Cooperation Organization”",
    )


def test_fuzzy_mentions_keep_what_is_equally_near() -> None:
    sentence = plain("describe the harbour organization", describe="VERB", the="DET")
    mentions, _ = NAMES.fuzzy_mentions(sentence)
    assert [mention.entities for mention in mentions] == [("hco", "hro")]


def test_fuzzy_mentions_leave_descriptions_alone() -> None:
    sentence = plain("Which harbour organization helps", Which="DET", helps="VERB")
    assert NAMES.fuzzy_mentions(sentence) == ((), ())


def test_text_form_reads_back() -> None:
    again = Gazetteer.from_text(NAMES.extended([Entity("doc:x", 'A "quoted" \\ name\x7f')]).to_text())
    assert again.entities[:-1] == ENTITIES and again.groups == GROUPS
    assert again.entities[-1].name == 'A "quoted" \\ name\x7f'


BROKEN = """
[[entity]]
id = "Norland"
name = "Norland"
type = "country"
[[entity]]
id = "suthia"
name = ""
type = "Country"
aliasses = ["x"]
[[entity]]
id = "east"
name = "East"
type = "country"
aliases = "one"
[[entity]]
id = "west"
name = "West"
type = "country"
acronyms = ["W", "W"]
[[entity]]
id = "good"
name = "Good"
type = "country"
[[entity]]
id = "good"
name = "Good again"
type = "country"
[[group]]
id = "all"
name = "All"
type = "country"
members = ["good", "goood"]
[[group]]
id = "none"
name = "None"
type = "country"
[[things]]
"""


def test_load_reports_every_mistake(tmp_path: Path) -> None:
    path = tmp_path / "entities.toml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load(path)
    message = str(caught.value)
    assert str(path) in message and "10 mistakes" in message
    parts = (
        "'Norland'", "'aliasses'", "did you mean 'aliases'", "key 'name'", "'Country'", "a list of texts", "'W' twice",
        "taken already", "'goood'", "did you mean 'good'", "'none'", "'things'",
    )  # fmt: skip
    for part in parts:
        assert part in message, part


def test_load_reports_what_is_no_toml(tmp_path: Path) -> None:
    path = tmp_path / "entities.toml"
    path.write_text("[[entity", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="not valid TOML"):
        load(path)
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load(tmp_path / "missing.toml")


def learned(*rows: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in learn([from_conllu(row) for row in rows])}


def test_learn_takes_acronyms_from_brackets_and_initials() -> None:
    found = learned(
        "The the DET 2 det\nLGS LGS PROPN 6 nsubj\n( ( PUNCT 4 punct\nLeague league PROPN 2 appos\nof of ADP 6 case\n"
        "Green green ADJ 7 amod\nStates state PROPN 4 nmod\n) ) PUNCT 4 punct\nmeets meet VERB 0 root",
        "Partnership partnership PROPN 4 nsubj\nfor for ADP 3 case\nWater water PROPN 1 nmod\nhelps help VERB 0 root",
    )
    assert found["League of Green States"].acronyms[0] == "LGS"
    assert "LGS" not in found
    assert "PfW" in found["Partnership for Water"].acronyms


def test_learn_keeps_numerals_whole_in_initials() -> None:
    found = learned("World world PROPN 2 compound\nWar war PROPN 4 nsubj\nII II NUM 2 nummod\nended end VERB 0 root")
    acronyms = {acronym for entity in found.values() for acronym in entity.acronyms}
    assert "WWI" not in acronyms


def test_learn_shortens_persons_to_surnames_and_keeps_shared_ones_ambiguous() -> None:
    rows = [
        f"{first} {first} PROPN 3 nsubj\nVogel Vogel PROPN 1 flat\nsang sing VERB 0 root" for first in ("Lena", "Karl")
    ]
    sentences = []
    for row in rows:
        sentence = from_conllu(row)
        tokens = tuple(
            type(t)(t.i, t.text, t.lemma, t.upos, t.dep, t.head, t.start, t.end, t.feats, "PERSON" if t.i < 2 else "")
            for t in sentence
        )
        sentences.append(Sentence(sentence.text, sentence.start, sentence.end, tokens))
    entities = learn(sentences)
    assert {entity.id: (entity.type, entity.aliases) for entity in entities} == {
        "doc:lena-vogel": ("person", ("Vogel",)),
        "doc:karl-vogel": ("person", ("Vogel",)),
    }
    assert named("Vogel", gazetteer=Gazetteer(entities)) == [("doc:karl-vogel", "doc:lena-vogel")]


def test_learn_skips_what_is_known() -> None:
    sentence = from_conllu("Norland Norland PROPN 2 nsubj\nhelps help VERB 0 root\nEastonia Eastonia PROPN 2 obj")
    assert [entity.name for entity in learn([sentence], NAMES)] == ["Eastonia"]
