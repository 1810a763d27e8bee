"""Markdown: exact columns, and provenance in comments."""

from __future__ import annotations

import pytest

from bot.documents.clean import clean_span, clean_text, stored_span
from bot.documents.reading import read_bytes
from bot.errors import DocumentError

from .shown import assert_sound, cleaned, kinds, leads, stored


def read(text: str):
    document = read_bytes(text.encode(), "a.md")
    assert_sound(document)
    return document


def test_markdown_structure() -> None:
    document = read(
        "# House rules\n\nIn force.\n\n## Fees ##\n\nThe fees are:\n\n- Late: **3** euros\n"
        "  - for *pensioners*\n    and [others](x.html)\n1. Lost\n\nEnd\n===\n\n> Quoted\n> text.\n"
    )
    assert document.title == "House rules"
    assert kinds(document) == [
        ("title", "House rules"),
        ("paragraph", "In force."),
        ("heading", "Fees"),
        ("paragraph", "The fees are:"),
        ("bullet", "Late: **3** euros"),
        ("bullet", "for *pensioners*\n    and [others](x.html)"),
        ("bullet", "Lost"),
        ("heading", "End"),
        ("paragraph", "Quoted\n> text."),
    ]
    assert cleaned(document)[4:6] == ["Late: 3 euros", "for pensioners and others"]
    assert cleaned(document)[-1] == "Quoted text."
    assert leads(document) == ["The fees are:", "Late: **3** euros", "The fees are:"]
    assert [passage.level for passage in document.passages if passage.kind == "bullet"] == [1, 2, 1]
    assert document.passages[5].section == ("Fees",) and document.passages[-1].section == ("End",)


def test_markdown_table_rows() -> None:
    document = read(
        "Our rooms:\n\n| Room | **Seats** |\n|---|---:|\n| A \\| B | 4 |\n| Hall |\n| C | 1 | more |\n\nEnd.\n"
    )
    rows = [passage for passage in document.passages if passage.kind == "row"]
    assert [stored(document, row) for row in rows] == ["A \\| B | 4", "Hall", "C | 1 | more"]
    assert [[(c.header, clean_span(document, c.start, c.end)[0]) for c in row.cells] for row in rows] == [
        [("Room", "A | B"), ("Seats", "4")],
        [("Room", "Hall")],
        [("Room", "C"), ("Seats", "1"), ("", "more")],
    ]
    assert leads(document) == ["Our rooms:"] * 3


def test_markdown_provenance() -> None:
    document = read(
        "<!-- source: a.txt, a briefing -->\n<!-- written 2011 -->\n\n# Title\n<!-- licence: none -->\n\n"
        "First. Second.\n<!-- source: a.txt:1-5 -->\n<!-- source: a.txt:6-9 -->\n\nLead in:\n\n"
        "- One.\n  <!-- source: a.txt:10 -->\n- Two. <!-- source: a.txt:11 -->\n<!-- a remark -->\n- Three.\n"
        "<!--\nsource: a.txt:12\na.txt:13\n-->\n"
    )
    assert document.source == ("a.txt, a briefing", "written 2011", "licence: none")
    assert [(stored(document, p), p.sources) for p in document.passages] == [
        ("Title", ()),
        ("First. Second.", ("a.txt:1-5", "a.txt:6-9")),
        ("Lead in:", ()),
        ("One.", ("a.txt:10",)),
        ("Two.", ("a.txt:11",)),
        ("Three.", ("a.txt:12", "a.txt:13")),
    ]
    assert leads(document) == ["Lead in:"] * 3


@pytest.mark.parametrize("comments", [["r1", "r2"], ["all"]])
def test_markdown_table_provenance(comments: list[str]) -> None:
    table = "T.\n\n|a|b|\n|-|-|\n|1|2|\n|3|4|\n\n" + "".join(f"<!-- source: {one} -->\n" for one in comments)
    rows = [passage.sources for passage in read(table).passages if passage.kind == "row"]
    assert rows == ([("r1",), ("r2",)] if len(comments) == 2 else [("all",), ("all",)])


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ("**bold** and _it_ and ***both***", "bold and it and both"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("a `code *x*` tick", "a code *x* tick"),
        (r"not \*emphasis\* here", "not *emphasis* here"),
        ('see [the *rules*](a_(b).html "t") now', "see the rules now"),
        ("see [the rules][r] now", "see the rules now"),
        ("an ![image](x.png) here", "an here"),
        ("a <b>tag</b> and <https://x.org/a_b_c>", "a tag and https://x.org/a_b_c"),
        ("a note[^1] here <!-- no --> x", "a note here x"),
        ("two\nlines", "two lines"),
        ("~~struck~~ 1 < 2", "struck 1 < 2"),
        ("of MPLS. <Miller, X.25 and more> it", "of MPLS. <Miller, X.25 and more> it"),
        ("the Ulus[a] rules constitute[d] it[citation needed]", "the Ulus rules constitute[d] it"),
    ],
)
def test_markdown_clean_text(marked: str, words: str) -> None:
    assert cleaned(read(marked + ".")) == [words + "."]


def test_markdown_stored_span_keeps_markup_whole() -> None:
    document = read("He said **no**. See [the rules](a.md) again.")
    words, offsets = clean_text(document, document.passages[0])
    for quote, expected in [("no", "**no**."), ("the rules", "[the rules](a.md)"), ("He said no.", "He said **no**.")]:
        start = words.index(quote)
        found = stored_span(document, offsets, start, start + len(quote))
        assert document.text[slice(*found)] == expected.removesuffix(".") + ("." if quote.endswith(".") else "")


def test_markdown_footnotes_front_matter_and_code() -> None:
    document = read(
        "---\ntitle: Front title\ndate: 2020\n---\n\nText.[^a]\n\n```\ncode here\n```\n\n[^a]: The note is here.\n"
        "[link]: http://x.org\n"
    )
    assert document.title == "Front title"
    assert kinds(document) == [("paragraph", "Text.[^a]"), ("note", "The note is here.")]


def test_markdown_bold_line_is_a_heading() -> None:
    document = read("# T\n\n## A\n\n**Opening hours**\n\nOpen.\n\n**Note.**\n")
    assert document.passages[3].section == ("A", "Opening hours")
    assert document.passages[-1].kind == "paragraph"


def test_markdown_byte_order_mark_and_line_ends() -> None:
    document = read_bytes(b"\xef\xbb\xbf# Title\r\n\r\nOne\r\ntwo.\r\n", "a.md")
    assert document.text == "# Title\n\nOne\ntwo.\n"
    assert kinds(document) == [("title", "Title"), ("paragraph", "One\ntwo.")]


@pytest.mark.parametrize("text", ["> " * 500 + "x", "".join(" " * 2 * depth + "- a\n" for depth in range(500))])
def test_markdown_refuses_deep_nesting(text: str) -> None:
    with pytest.raises(DocumentError, match="nested more than"):
        read_bytes(text.encode(), "a.md")


def test_markdown_clauses_are_read_without_their_numbers() -> None:
    document = read(
        "# Terms\n\n## 2. Deposit\n\n2.1 The Borrower pays £60.\n2.2 It is refunded.\n\n(a) The tank is empty.\n\n"
        "3.5 Million people live here.\n"
    )
    assert kinds(document)[1:] == [
        ("heading", "Deposit"),
        ("paragraph", "The Borrower pays £60."),
        ("paragraph", "It is refunded."),
        ("paragraph", "The tank is empty."),
        ("paragraph", "3.5 Million people live here."),  # no clause 3.1 comes before it
    ]
    assert document.passages[-1].section == ("2. Deposit",)


@pytest.mark.parametrize(
    ("before", "lead"),
    [
        ("These are the telescopes.", "These are the telescopes."),
        ("The dish was sold. It had cost too much.", None),
        ("The dish was sold. The others are these:", "The dish was sold. The others are these:"),
    ],
)
def test_markdown_table_is_led_in_by_a_sentence_not_by_an_account(before: str, lead: str | None) -> None:
    document = read(f"{before}\n\n| Name | Year |\n| --- | --- |\n| Solheim | 1894 |\n")
    row = document.passages[-1]
    assert (document.text[slice(*row.lead)] if row.lead else None) == lead
