from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.chat.commands import COMMANDS
from bot.chat.completion import LIMIT, complete, continuation, vocabulary

WORDS = vocabulary(
    ["Library Board", "Lending Office", "The Reading Room", "Łódź"],
    ["How long do loans last?", "How much does a card cost?", "Who may borrow?"],
)


def offered(text: str) -> list[str]:
    """The whole lines that the suggestions for this text would make."""
    return [text[: len(text) - found.replaces] + found.text for found in complete(text, WORDS)]


def test_a_slash_offers_every_command_with_its_help() -> None:
    found = complete("/", WORDS)
    assert [each.text for each in found] == [command.name for command in COMMANDS]
    assert [each.note for each in found] == [command.help for command in COMMANDS]
    assert offered("/S") == ["/sources"]
    assert offered("/nope") == []


def test_questions_that_start_so_come_first() -> None:
    assert offered("how") == ["How long do loans last?", "How much does a card cost?"]
    assert offered("  who") == ["  Who may borrow?"]


def test_an_empty_line_offers_questions() -> None:
    assert "Who may borrow?" in offered("")


def test_the_last_words_complete_to_names() -> None:
    assert offered("Where is the li") == ["Where is the Library Board"]
    assert offered("Where is the library b") == ["Where is the Library Board"]
    assert offered("Is the reading ro") == ["Is The Reading Room"]
    assert offered("Where is (łó") == ["Where is (Łódź"]


def test_one_letter_completes_to_no_name() -> None:
    assert offered("Where is L") == []


def test_facts_completes_names_and_other_commands_nothing() -> None:
    assert offered("/facts len") == ["/facts Lending Office"]
    assert offered("/reset len") == []


def test_continuation_goes_on_with_the_first_question() -> None:
    assert continuation("how m", WORDS) == "uch does a card cost?"
    assert continuation("h", WORDS) == ""
    assert continuation("zzz", WORDS) == ""


@given(st.text(), st.lists(st.text(), max_size=30))
def test_suggestions_are_few_and_replace_only_what_was_typed(text: str, texts: list[str]) -> None:
    found = complete(text, vocabulary(texts, texts))
    assert len(found) <= LIMIT
    assert all(0 <= each.replaces <= len(text) for each in found)
    continuation(text, vocabulary(texts, texts))
