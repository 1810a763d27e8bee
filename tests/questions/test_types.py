"""Answer types of questions in the standard taxonomy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.language import lexicon
from bot.language.analysis import sentence_of
from bot.language.lexicon import Lexicon
from bot.questions.repair import mend
from bot.questions.types import QuestionType, type_of_question
from bot.questions.types.admitting import admitted
from bot.questions.types.heads import Heads
from bot.questions.types.rules import RULES, Rule
from bot.questions.types.tables import load_taxonomy
from bot.questions.wh import count_types
from tests.benchmarks.question_types import LABELLED, labelled, score
from tests.questions import parses

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def words() -> Lexicon:
    return lexicon.load()


def _type(question: str, nlp: Language, words: Lexicon) -> tuple[str, str]:
    sentence = sentence_of(nlp(question))
    assert sentence is not None
    found = type_of_question(mend(sentence)[0], words)
    return (found.name, found.trace) if found else ("", "")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (parses.LINK, "LOC:state"),
        (parses.BORROW, "NUM:count"),
        (parses.SIGNED_BY, "HUM:ind"),
        (parses.SIGNED_BY_WHO, "HUM:ind"),
        (parses.WHOSE, "HUM:ind"),
        (parses.FUEL, "NUM:count"),
        (parses.LONG_BRIDGE, "NUM:dist"),
        (parses.LONG_LENT, "NUM:period"),
        (parses.UNTIL, "NUM:date"),
        (parses.LIST, "LOC:state"),
        (parses.OWNS, "ENTY:other"),
    ],
)
def test_types_of_hand_made_parses(rows: str, expected: str, words: Lexicon) -> None:
    found = type_of_question(parses.parsed(rows), words)
    assert found is not None
    assert found.name == expected


def test_types_are_none_where_nothing_is_asked_for(words: Lexicon) -> None:
    assert type_of_question(parses.parsed(parses.ENDED), words) is None
    assert type_of_question(parses.parsed(parses.ALL_PAY), words) is None


def test_rules_have_different_names() -> None:
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_decides_its_own_example(rule: Rule, nlp: Language, words: Lexicon) -> None:
    name, trace = _type(rule.example, nlp, words)
    assert (name, trace.partition(":")[0]) == (rule.gives, rule.name)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What year was the mill built?", "NUM:date"),
        ("In what century did the dynasty end?", "NUM:date"),
        ("What is the name of the river in Osh?", "LOC:other"),
        ("What is the name of the swimmer who won?", "HUM:ind"),
        ("What city's mayor resigned?", "LOC:city"),
        ("Which of the rivers is the longest?", "LOC:other"),
        ("To whom was the letter sent?", "HUM:ind"),
        ("What kind of animal lives there?", "ENTY:animal"),
        ("What do you call a young swan?", "ENTY:termeq"),
        ("How old is the bridge?", "NUM:period"),
        ("How big is the island?", "NUM:volsize"),
        ("How fast does the train go?", "NUM:speed"),
        ("How hot does the oven get?", "NUM:temp"),
        ("How much does the ticket cost?", "NUM:money"),
        ("How much does the bell weigh?", "NUM:weight"),
        ("How do I renew a book?", "DESC:manner"),
        ("What is the population of Osh?", "NUM:other"),
        ("What percentage of the members voted?", "NUM:perc"),
        ("What currency is used there?", "ENTY:currency"),
        ("What company runs the ferry?", "HUM:gr"),
        ("The ferry is run by what company?", "HUM:gr"),
        ("What was her job?", "HUM:title"),
        ("Who was Josef Adler?", "HUM:desc"),
        ("Who was the author of the report?", "HUM:ind"),
        ("What is the purpose of the fund?", "DESC:reason"),
        ("What is the difference between a fee and a fine?", "DESC:desc"),
        ("What part of the body does it harm?", "ENTY:body"),
        ("Name the treaty that ended the war.", "ENTY:cremat"),
    ],
)
def test_types_of_questions(question: str, expected: str, nlp: Language, words: Lexicon) -> None:
    assert _type(question, nlp, words)[0] == expected


def test_types_nouns_that_are_listed_nowhere_by_what_they_are_kinds_of(words: Lexicon) -> None:
    heads = Heads(words, load_taxonomy())
    listed = load_taxonomy().nouns
    cases = {"heron": "ENTY:animal", "bassoon": "ENTY:instru", "bartender": "HUM:ind", "measles": "ENTY:dismed"}
    assert not set(cases) & set(listed)
    assert {noun: heads.of([noun])[0] for noun in cases} == cases


def test_taxonomy_has_fifty_types_that_admit_known_ones(words: Lexicon) -> None:
    taxonomy = load_taxonomy()
    assert len(taxonomy.about) == 50
    assert {name.partition(":")[0] for name in taxonomy.about} == {"ABBR", "DESC", "ENTY", "HUM", "LOC", "NUM"}
    admitted = {kind for kinds in taxonomy.admits.values() for kind in kinds}
    assert admitted
    assert admitted <= {*words.answer_types.names, "quantity", "ordinal", "frequency"}


@pytest.mark.parametrize(
    ("name", "rule", "of_noun", "of_intent", "expected"),
    [
        ("LOC:city", "copula", (), (), ("city",)),  # what is the capital of Chile
        ("HUM:ind", "copula", (), ("money", "number"), ("person",)),  # what was the Yuan's last ruler
        ("LOC:other", "kind", ("number", "percent"), (), ("place",)),  # which part of China
        ("HUM:gr", "kind", ("group", "organization"), (), ("group", "organization")),
        ("NUM:money", "copula", (), (), ("money",)),
        ("ENTY:food", "copula", (), (), ()),
        ("DESC:reason", "copula", (), (), ()),  # the aim of the plan is a noun phrase as often as a clause
        ("DESC:reason", "why", ("reason",), (), ("reason",)),
        ("ENTY:other", "what", (), ("money",), ("money",)),
    ],
)
def test_admitted_types_of_the_look_up(
    name: str, rule: str, of_noun: tuple[str, ...], of_intent: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    asked = QuestionType(*name.split(":"), f"{rule}: by hand")
    assert admitted(asked, of_noun, of_intent) == expected


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("day", ("duration",)),
        ("euro", ("money",)),
        ("pound", ("money", "quantity")),
        ("stage", ("number", "quantity")),
        ("reserve", ("number", "quantity")),
        ("time", ("frequency",)),
    ],
)
def test_how_many_of_a_unit_is_an_amount(noun: str, expected: tuple[str, ...]) -> None:
    assert count_types(noun) == expected


@pytest.mark.parametrize("question", ["What were the drivers looking for?", "What was the emperor afraid of?"])
def test_types_do_not_take_a_subject_for_what_is_asked(question: str, nlp: Language, words: Lexicon) -> None:
    assert not _type(question, nlp, words)[0].startswith("HUM")


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled questions are not beside the project")
def test_types_of_questions_set_aside(nlp: Language) -> None:
    found = score(labelled(LABELLED, set_aside=True), nlp)
    assert found.questions == 990
    assert found.coarse >= 0.92
    assert found.fine >= 0.865
