"""Whole answers on the invented handbook: values, citations, refusals of every kind, conversations, the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import Answer, Bot
from bot.answers.model import ReasonKind
from tests.answers.handbook import BOATS, ENTITIES, HANDBOOK
from tests.cli.test_cli import spawn

# question → values
ANSWERED: dict[str, tuple[str, ...]] = {
    # plain
    "Who founded the Marrow Bay Rowing Club?": ("Edda Kolm",),
    "When was the Marrow Bay Rowing Club founded?": ("1931",),
    "Where does the boathouse stand?": ("Tern Island",),
    "How many boats does the club own?": ("14",),
    "Whose consent do children need?": ("parent",),
    "How many oars may members borrow?": ("two",),
    "How much is the annual fee?": ("40 euros",),
    "Who cannot row at night?": ("Beginners",),
    # lists, exceptions, groups
    "Which countries does the Harbour Cup link the Lowland clubs with?": ("Norway", "Denmark"),
    "Which club is left out of the Harbour Cup?": ("Fenwick",),
    "Is Fenwick linked to Norway by the Harbour Cup?": ("no",),
    "Is Aldmoor linked to Norway by the Harbour Cup?": ("yes",),
    "Is Fenwick linked to Sweden by the Sound Trophy?": ("yes",),
    # quantifiers
    "Do some Lowland clubs receive assistance from the Salt Foundation?": ("yes",),
    "Do all Lowland clubs receive assistance from the Salt Foundation?": ("no",),
    "Do all Lowland clubs publish their results?": ("yes",),
    "Does Aldmoor publish its results?": ("yes",),
    # counts
    "How many countries does the Harbour Cup link the Lowland clubs with?": ("2",),
    # sets
    "Which organization links the Lowland clubs with Norway but not Denmark?": ("Sound Trophy",),
    "Which organizations link the Lowland clubs with Norway but not Denmark?": ("Sound Trophy",),
    # time
    "Who trained the juniors in 2000?": ("Oskar Lind",),
    "Was the club founded in 1950?": ("no",),
    # tables
    "How many seats does the Puffin have?": ("4",),
    "What is the length of the Puffin?": ("12",),
    "Which boat has the most seats?": ("Gannet",),
    "Which boat has the fewest seats?": ("Razorbill",),
    # ways of asking
    "Is it true that the club was founded in 1931?": ("yes",),
    "Am I right that the annual fee is 40 euros?": ("yes",),
    "Could you please tell me who founded the Marrow Bay Rowing Club?": ("Edda Kolm",),
    "According to the handbook, who founded the club?": ("Edda Kolm",),
    "who founded the marrow bay rowing club": ("Edda Kolm",),
    "Where does the boathose stand?": ("Tern Island",),
}
REFUSED: dict[str, str] = {
    "Where is Zanzibar?": "unknown_entity",
    "Does the Harbour Cup finance the Lowland clubs?": "unknown_relation",
    "Does Aldmoor receive assistance from the Salt Foundation?": "no_such_fact",
    "Who trained the juniors in 2010?": "outside_time",
    "When does the HL meet?": "ambiguous_name",
    "???": "not_a_question",
    "asdf qwer zxcv": "not_a_question",
    "Wo steht das Bootshaus der Ruderer denn heute?": "other_language",
    "Где стоит дом?": "other_language",
    "Who founded the club? Where is the boathouse?": "unsupported",
}
# question → values that the handbook does not bear out: another answer or none will do
NOT_SO: dict[str, set[str]] = {
    # what an exception leaves out
    "Which countries does the Harbour Cup link Fenwick with?": {"Norway", "Denmark"},
    "Does the Harbour Cup link all Lowland clubs with Norway?": {"yes"},
    # quantifiers
    "Do most Lowland clubs receive assistance from the Salt Foundation?": {"yes"},
    "Do no Lowland clubs publish their results?": {"yes"},
    # members of a group, and how many there are
    "List the Lowland clubs.": {"Salt Foundation"},
    "Which clubs are Lowland clubs?": {"Salt Foundation"},
    "How many Lowland clubs are there?": {"Some", "some"},
    "How many boats are there?": {"8", "4", "2"},
    # statements to confirm
    "Is it correct that the club was founded in 1931?": {"Edda Kolm"},
    "Is it true that the club was founded in 1950?": {"yes", "Edda Kolm"},
    # what is asked for is no argument of what is said
    "What is the league?": {"May", "June"},
    "What happened in 1931?": {"Edda Kolm"},
    # neighbours
    "Does the club own 15 boats?": {"yes"},
    "May members borrow three oars?": {"yes"},
    "Who may row at night?": {"Beginners"},
    "Does the Sound Trophy link the Lowland clubs with Denmark?": {"yes"},
    "Is Norway linked to Iceland?": {"yes"},
    "How many oars can children borrow?": {"two", "2"},
    "Did Jonas Reith found the club?": {"yes"},
    "Where was the club founded?": {"Tern Island"},
    "How many seats does the Albatross have?": {"8", "4", "2"},
}
STATUS = {
    "ambiguous_name": "ambiguous",
    "ambiguous_question": "ambiguous",
    "not_a_question": "not_understood",
    "unsupported": "not_understood",
    "other_language": "not_understood",
}
# Kinds that no question of the handbook reaches.
UNREACHED = {"ambiguous_question"}
KEYS = ["question", "status", "answer", "values", "intent", "answer_type", "confidence", "citations", "suggestions"]
TEXTS = {"documents/handbook.md": HANDBOOK, "tables/boats.csv": BOATS}


def _verified(answer: Answer) -> None:
    """Every citation is what the document holds at its place, and is no more than a sentence or row."""
    for citation in answer.citations:
        assert TEXTS[citation.document][citation.start : citation.end] == citation.quote
        assert citation.quote.strip() == citation.quote != ""
        assert "\n" not in citation.quote


@pytest.mark.parametrize(("question", "values"), ANSWERED.items(), ids=ANSWERED)
def test_answer_has_its_values_and_is_cited(club: Bot, question: str, values: tuple[str, ...]) -> None:
    answer = club.ask(question)
    assert (answer.status, answer.values) == ("answered", values), answer.answer
    assert answer.reason is None
    assert 0 < answer.confidence <= 1
    assert 1 <= len(answer.citations) <= 8
    assert answer.trace and answer.query
    _verified(answer)


@pytest.mark.parametrize(("question", "kind"), REFUSED.items(), ids=REFUSED)
def test_refusal_says_why(club: Bot, question: str, kind: str) -> None:
    answer = club.ask(question)
    assert answer.reason is not None, answer.answer
    assert (answer.reason.kind, answer.status) == (kind, STATUS.get(kind, "not_stated"))
    assert answer.reason.detail and answer.answer.endswith((".", "?", "”", "…"))
    assert (answer.values, answer.citations) == ((), ())


@pytest.mark.parametrize(("question", "wrong"), NOT_SO.items(), ids=NOT_SO)
def test_answer_is_not_what_the_handbook_does_not_say(club: Bot, question: str, wrong: set[str]) -> None:
    answer = club.ask(question)
    assert not wrong & set(answer.values), answer.answer
    _verified(answer)


def test_every_kind_of_refusal_is_reached() -> None:
    assert set(REFUSED.values()) == set(get_args(ReasonKind)) - UNREACHED


@pytest.mark.parametrize("line", ["Hello", "help", "What can you do?", "Thank you!", "Who are you?"])
def test_help_offers_questions_that_have_answers(club: Bot, line: str) -> None:
    answer = club.ask(line)
    assert (answer.status, answer.reason, answer.citations) == ("help", None, ())
    assert answer.suggestions
    for suggestion in answer.suggestions:
        assert club.ask(suggestion).status == "answered", suggestion


@pytest.mark.parametrize("question", REFUSED, ids=REFUSED)
def test_suggestions_of_refusals_have_answers(club: Bot, question: str) -> None:
    for suggestion in club.ask(question).suggestions:
        assert club.ask(suggestion).status == "answered", suggestion
    assert club.ask("Does the Harbour Cup finance the Lowland clubs?").suggestions


def test_ambiguous_name_offers_both_readings(club: Bot) -> None:
    answer = club.ask("When does the HL meet?")
    assert answer.suggestions == ("When does the Harbour League meet?", "When does the Hill League meet?")
    assert [club.ask(reading).values for reading in answer.suggestions] == [("May",), ("June",)]


# What the sentence keeps


def test_exception_is_the_reason_of_a_no(club: Bot) -> None:
    answer = club.ask("Is Fenwick linked to Norway by the Harbour Cup?")
    assert answer.answer.startswith("No")
    assert "except Fenwick" in answer.citations[0].quote


def test_quantifier_is_kept(club: Bot) -> None:
    assert "some" in club.ask("Do all Lowland clubs receive assistance from the Salt Foundation?").answer.lower()
    refused = club.ask("Does Aldmoor receive assistance from the Salt Foundation?")
    assert refused.reason is not None
    assert "Some Lowland clubs" in refused.reason.detail


def test_hedge_is_kept(club: Bot) -> None:
    answer = club.ask("Will the new crane be the main tool for the repair of the jetties?")
    assert answer.status == "answered"
    assert "likely" in answer.answer


def test_certainty_is_not_made_of_a_hedge(club: Bot) -> None:
    answer = club.ask("Will the new crane certainly be the main tool for the repair of the jetties?")
    assert answer.values != ("yes",)


def test_count_cites_and_names_what_it_counts(club: Bot) -> None:
    answer = club.ask("How many countries does the Harbour Cup link the Lowland clubs with?")
    assert all(name in answer.answer for name in ("Norway", "Denmark"))
    assert any("Norway and Denmark" in citation.quote for citation in answer.citations)


def test_superlative_cites_the_rows_that_it_compares(club: Bot) -> None:
    quotes = {citation.quote for citation in club.ask("Which boat has the most seats?").citations}
    assert quotes == set(BOATS.splitlines()[1:])


def test_group_membership_is_told_in_the_trace(club: Bot) -> None:
    answer = club.ask("Is Aldmoor linked to Norway by the Harbour Cup?")
    assert any("Aldmoor is one of Lowland clubs (entities.toml)" in step for step in answer.trace)


def test_correction_of_spelling_is_told(club: Bot) -> None:
    answer = club.ask("Where does the boathose stand?")
    assert "“boathose” as “boathouse”" in answer.answer
    assert any("boathose" in step for step in answer.trace)


def test_pronoun_of_the_document_is_written_out(club: Bot) -> None:
    answer = club.ask("Where does the boathouse stand?")
    assert "Its" not in answer.answer.split()
    assert answer.citations[0].quote == "Its boathouse stands on Tern Island."


@pytest.mark.parametrize("name", ["Salt Foundation", "Harbour Cup", "Tern Island"])
def test_topic_holds_sentences_that_name_it(club: Bot, name: str) -> None:
    answer = club.ask(f"Tell me about the {name}")
    assert answer.status == "answered"
    assert all(name in value for value in answer.values)
    _verified(answer)


def test_keywords_find_the_sentence_that_has_them(club: Bot) -> None:
    answer = club.ask("jetties crane repair")
    assert (answer.status, answer.intent) == ("answered", "keyword")
    assert "crane" in answer.citations[0].quote


# Conversations


def test_follow_up_swaps_a_name(club: Bot) -> None:
    talk = club.conversation()
    first = talk.ask("Which countries does the Harbour Cup link the Lowland clubs with?")
    second = talk.ask("And the Sound Trophy?")
    assert (first.values, second.values) == (("Norway", "Denmark"), ("Norway", "Sweden"))
    assert any("read as “Which countries does the Sound Trophy link" in step for step in second.trace)


def test_follow_up_bare_when_and_possessive(club: Bot) -> None:
    talk = club.conversation()
    assert talk.ask("Who founded the Marrow Bay Rowing Club?").values == ("Edda Kolm",)
    assert talk.ask("When?").values == ("1931",)
    assert talk.ask("Where does its boathouse stand?").values == ("Tern Island",)


def test_follow_up_person_answered(club: Bot) -> None:
    talk = club.conversation()
    talk.ask("Who founded the Marrow Bay Rowing Club?")
    assert talk.ask("When did she found it?").values == ("1931",)


def test_follow_up_row_of_a_table(club: Bot) -> None:
    talk = club.conversation()
    assert talk.ask("How many seats does the Gannet have?").values == ("8",)
    assert talk.ask("And the Puffin?").values == ("4",)


def test_follow_up_how_many_counts_what_was_listed(club: Bot) -> None:
    talk = club.conversation()
    talk.ask("Which countries does the Harbour Cup link the Lowland clubs with?")
    assert talk.ask("How many?").values == ("2",)


def test_thanks_within_a_conversation_forget_nothing(club: Bot) -> None:
    talk = club.conversation()
    talk.ask("Who founded the Marrow Bay Rowing Club?")
    assert talk.ask("thanks").status == "help"
    assert talk.ask("When?").values == ("1931",)


def test_reset_and_new_conversations_know_nothing(club: Bot) -> None:
    talk = club.conversation()
    talk.ask("Who founded the Marrow Bay Rowing Club?")
    assert "Rowing Club" in talk.state
    talk.reset()
    assert talk.state == "nothing yet"
    assert talk.ask("When?").status != "answered"


# The contract


@pytest.mark.parametrize("question", [*ANSWERED, *REFUSED, "Hello"], ids=str)
def test_as_dict_has_the_keys_of_the_contract(club: Bot, question: str) -> None:
    answer = club.ask(question)
    shown = answer.as_dict()
    refused = answer.status not in ("answered", "help")
    assert list(shown) == [*KEYS, *(["reason"] if refused else []), "trace"]
    assert json.loads(json.dumps(shown)) == shown
    for citation in shown["citations"]:
        assert {"document", "title", "section", "start", "end", "quote"} <= set(citation)
    if refused:
        assert set(shown["reason"]) == {"kind", "detail"}


def test_citation_names_document_title_and_section(club: Bot) -> None:
    (citation,) = club.ask("How much is the annual fee?").citations
    assert citation.document == "documents/handbook.md"
    assert citation.title == "Marrow Bay Rowing Club: Handbook"
    assert citation.section == ("Rules",)
    assert citation.page is None


def test_same_question_same_bytes(club: Bot, handbook: Path) -> None:
    other = Bot.open(handbook)
    questions = [*ANSWERED, *REFUSED]
    first = [json.dumps(club.ask(question).as_dict()) for question in questions]
    again = [json.dumps(other.ask(question).as_dict()) for question in reversed(questions)]
    assert first == again[::-1]


def test_same_question_same_bytes_whatever_the_hash_seed(handbook: Path) -> None:
    lines = "\n".join([*ANSWERED, *REFUSED, *NOT_SO]).encode()
    first, again = (
        spawn("ask", "--json", "--conversation", "--kb", handbook, stdin=lines, PYTHONHASHSEED=seed) for seed in "01"
    )
    assert first.returncode == again.returncode == 0
    assert first.stdout == again.stdout != b""


def test_min_confidence_holds_answers_back(handbook: Path) -> None:
    strict = Bot.open(handbook, min_confidence=1.0)
    answer = strict.ask("How much is the annual fee?")
    assert (answer.status, answer.values, answer.citations) == ("not_stated", (), ())
    assert answer.reason is not None and "below the 1.00 asked for" in answer.reason.detail


# Any words

WORDS = sorted({word.strip(".,:#-()\\") for word in (HANDBOOK + ENTITIES).split()} - {""})
WORDS += [
    "who",
    "what",
    "which",
    "when",
    "how many",
    "does",
    "is",
    "not",
    "but not",
    "except",
    "the",
    "?",
    "it",
    "2010",
]


@settings(max_examples=120, derandomize=True, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=9))
def test_word_salad_is_answered_with_proof_or_refused(club: Bot, words: list[str]) -> None:
    talk = club.conversation()
    talk.ask("Which countries does the Harbour Cup link the Lowland clubs with?")
    for answer in (club.ask(" ".join(words)), talk.ask(" ".join(words))):
        _verified(answer)
        assert (answer.status == "answered") == bool(answer.citations) == bool(answer.values)
        assert (answer.reason is None) == (answer.status in ("answered", "help"))
        assert answer.answer


# Who asks, and how much at once


def test_somebody_elses_joining_is_no_leave_for_me(club: Bot) -> None:
    answer = club.ask("Can I train the juniors?")
    assert answer.status == "not_stated", answer.answer
    assert "not of you" in answer.answer
    assert club.ask("May I borrow two oars?").values == ("yes",)


@pytest.mark.parametrize(
    "question",
    ["Who founded the club and where does its boathouse stand?", "Who founded the club, and in which year?"],
)
def test_two_questions_in_one_are_told_so(club: Bot, question: str) -> None:
    answer = club.ask(question)
    assert (answer.status, answer.reason and answer.reason.kind) == ("not_understood", "unsupported")
    assert "more than one question" in answer.answer


def test_current_is_answered_by_the_documents_own_dates(club: Bot) -> None:
    assert club.ask("How high is the current annual fee?").values == club.ask("How high is the annual fee?").values
    assert club.ask("What is the current annual fee?").values == ("40 euros",)
