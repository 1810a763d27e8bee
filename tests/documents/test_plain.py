"""Plain text: structure is told by the look of lines alone."""

from __future__ import annotations

import pytest

from bot.documents.reading import read_bytes

from .shown import assert_sound, cleaned, kinds, leads

BRIEFING = """Trade links

Members trade freely and have agreed on common rules with a number of states:

  • The first treaty covers goods.\u00a0 It names (in an annex) all tariffs.
  • The second covers services.
Security links with the north

Some members rely on help.
"""


def read(text: str):
    document = read_bytes(text.encode(), "a.txt")
    assert_sound(document)
    return document


def test_plain_briefing() -> None:
    document = read(BRIEFING)
    lead = "Members trade freely and have agreed on common rules with a number of states:"
    assert document.title == "Trade links"
    assert kinds(document) == [
        ("heading", "Trade links"),
        ("paragraph", lead),
        ("bullet", "The first treaty covers goods.\u00a0 It names (in an annex) all tariffs."),
        ("bullet", "The second covers services."),
        ("heading", "Security links with the north"),
        ("paragraph", "Some members rely on help."),
    ]
    assert [passage.section for passage in document.passages] == [("Trade links",)] * 4 + [
        ("Security links with the north",)
    ] * 2
    assert leads(document) == [lead, lead]
    assert cleaned(document)[2] == "The first treaty covers goods. It names (in an annex) all tariffs."


def test_plain_title_followed_by_heading_is_no_section() -> None:
    document = read("House Rules\n\nOpening hours\n\nThe house is open all day.\n\nFees\n\nEntry is free.\n")
    assert [(p.kind, p.section) for p in document.passages] == [
        ("title", ()),
        ("heading", ("Opening hours",)),
        ("paragraph", ("Opening hours",)),
        ("heading", ("Fees",)),
        ("paragraph", ("Fees",)),
    ]


def test_plain_wrapped_paragraph_is_one_passage() -> None:
    text = (
        "The library was founded by the citizens of the town with money that they\n"
        "collected among themselves, and it opened its doors to the public in May\n"
        "1958. It has been enlarged since.\n"
    )
    document = read(text)
    assert kinds(document) == [("paragraph", text.strip())]
    assert cleaned(document) == [text.strip().replace("\n", " ")]


def test_plain_signs_that_a_wrap_brings_to_a_lines_head_are_no_bullets() -> None:
    text = (
        "In 1939 about 1,300,000 people lived in the town, but six years later it was\n"
        "- 420,000 only. During the first years after the war the growth of it all was\n"
        "c. 6 per cent, so that it soon had (1) too few houses, (2) too few roads, and\n"
        "(3) no bridge. It was enlarged by villages.\n"
    )
    assert kinds(read(text)) == [("paragraph", text.strip())]


def test_plain_list_right_after_its_paragraph() -> None:
    document = read("Members may, from the first day of their membership and for as long as it:\n- borrow\n- use\n")
    assert [kind for kind, _ in kinds(document)] == ["paragraph", "bullet", "bullet"]
    document = read("Members may\na) borrow\nb) use\n")
    assert leads(document) == ["Members may"] * 2


def test_plain_unwrapped_lines_are_paragraphs() -> None:
    first = "A first paragraph that is so long that no editor would have kept it on one line. " * 3
    second = "A second one that likewise runs on and on without any end that could be foreseen. " * 3
    document = read(f"{first.strip()}\n{second.strip()}\n")
    assert kinds(document) == [("paragraph", first.strip()), ("paragraph", second.strip())]


@pytest.mark.parametrize("sign", ["•", "-", "*", "–", "▪", "+"])
def test_plain_bullet_signs(sign: str) -> None:
    document = read(f"Members may:\n{sign} borrow books,\n{sign} use the\n  reading room.\n")
    assert kinds(document)[1:] == [("bullet", "borrow books,"), ("bullet", "use the\n  reading room.")]
    assert leads(document) == ["Members may:"] * 2


@pytest.mark.parametrize("signs", ["1. 2.", "1) 2)", "(1) (2)", "(a) (b)", "a) b)", "(i) (ii)", "A) B)"])
def test_plain_numbered_bullets(signs: str) -> None:
    one, two = signs.split()
    document = read(f"The board decides:\n\n{one} the fees are raised.\n{two} the hall is closed.\n")
    assert kinds(document)[1:] == [("bullet", "the fees are raised."), ("bullet", "the hall is closed.")]


def test_plain_bullets_nest_by_indentation_and_by_sign() -> None:
    document = read("- Fees:\n  - late: 3 euros\n  - lost: 4 euros\n- Rooms.\n(a) one.\n(b) two.\n")
    assert [p.level for p in document.passages] == [1, 2, 2, 1, 2, 2]
    assert leads(document) == [None, "Fees:", "Fees:", None, None, None]


@pytest.mark.parametrize(
    ("heading", "underline", "words"),
    [
        ("3.2 Payment terms", "", "Payment terms"),
        ("Article 5 Termination", "", "Termination"),
        ("Section 2. Scope", "", "Scope"),
        ("GENERAL RULES", "", "GENERAL RULES"),
        ("Chapter IV", "", "Chapter IV"),
        ("Opening hours", "=============", "Opening hours"),
        ("Opening hours", "-------------", "Opening hours"),
        ("Who may join?", "", "Who may join?"),
    ],
)
def test_plain_headings(heading: str, underline: str, words: str) -> None:
    """The number is in the path, and no part of what is read as a sentence."""
    text = f"The preamble says little of note.\n\n{heading}\n{underline}\n\nThe tenant pays in advance.\n"
    document = read(text)
    assert kinds(document) == [
        ("paragraph", "The preamble says little of note."),
        ("heading", words),
        ("paragraph", "The tenant pays in advance."),
    ]
    assert document.passages[-1].section == (heading,)


def test_plain_numbered_headings_nest() -> None:
    document = read(
        "PART ONE\n\nIt begins here.\n\n3 Payment\n\nThe tenant pays.\n\n3.2 Terms\n\nThe tenant pays early.\n"
    )
    assert document.passages[-1].section == ("PART ONE", "3 Payment", "3.2 Terms")


def test_plain_numbered_clauses_are_bullets() -> None:
    document = read("3.1 The tenant pays the rent on the first day.\n3.2 The landlord repairs the roof.\n")
    assert kinds(document) == [
        ("bullet", "The tenant pays the rent on the first day."),
        ("bullet", "The landlord repairs the roof."),
    ]


def test_plain_footnotes_and_references() -> None:
    document = read("The town was founded early.[1] It grew.[2][3]\n\n[1] Miller, History, page 3.\n")
    assert kinds(document)[1] == ("note", "Miller, History, page 3.")
    assert cleaned(document)[0] == "The town was founded early. It grew."


def test_plain_hyphenation_follows_the_documents_own_words() -> None:
    document = read(
        "The co-\noperation of a well-\nknown and post-\nSoviet state is co-\nordinated.\n\nA well-known man left.\n"
    )
    document_two = read("Turbines with high-\nand low-pressure stages.\n")
    assert cleaned(document_two) == ["Turbines with high- and low-pressure stages."]
    assert cleaned(document)[0] == "The cooperation of a well-known and post-Soviet state is coordinated."


def test_plain_list_of_short_lines_is_no_run_of_headings() -> None:
    document = read("The members met in March and agreed.\n\nJohn Smith\n\nMary Jones\n\nAnn Brown\n")
    assert [kind for kind, _ in kinds(document)] == ["paragraph"] * 4


def test_plain_without_title_is_named_by_its_file() -> None:
    assert read_bytes(b"it is so.", "notes/house_rules.txt").title == "House rules"
