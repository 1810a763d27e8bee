"""PDF, made here with fpdf2: structure told by print, each passage with its page."""

from __future__ import annotations

import pytest
from fpdf import FPDF

from bot.documents.page_layout import Line, Page, lay_out
from bot.documents.reading import read_bytes
from bot.errors import DocumentError

from .shown import assert_sound, cleaned, kinds, leads, stored

SENTENCE = "The cooperation of members goes on through the year without much ado, and nobody knows its end. "


class Printed(FPDF):
    """Pages with a running head and a page number."""

    def header(self) -> None:
        self.set_font("Helvetica", "I", 8)
        self.cell(0, 8, "Elm Park Library - Annual rules", align="C")
        self.ln(12)

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("Helvetica", "I", 8)
        self.cell(0, 10, f"Page {self.page_no()}", align="C")

    def put(self, text: str, size: float = 11, style: str = "") -> None:
        self.set_font("Helvetica", style, size)
        self.multi_cell(0, size * 0.55, text, new_x="LMARGIN", new_y="NEXT")
        self.ln(3)


def read(made: FPDF):
    document = read_bytes(bytes(made.output()), "a.pdf")
    assert_sound(document)
    return document


def rules() -> Printed:
    made = Printed()
    made.add_page()
    made.put("House rules of the library", 20, "B")
    made.put("1 Opening hours", 14, "B")
    made.put("The co-\noperation of towns rests in winter. " + SENTENCE * 3)
    made.put("2 Fees", 14, "B")
    made.put("The fees are:")
    for words in ("Late return: 30 cents per item and day, " + SENTENCE, "Reservation: 1 euro."):
        made.set_x(15)
        made.cell(5, 6, "\x95")
        made.multi_cell(0, 6, words, new_x="LMARGIN", new_y="NEXT")
    made.ln(3)
    made.put("Our rooms:")
    for row in (("Room", "Seats", "Equipment"), ("Reading room", "64", "lamps"), ("Hall", "120", "projector, piano")):
        for cell in row:
            made.cell(50, 6, cell)
        made.ln(6)
    made.ln(4)
    for number in range(9):
        made.put(f"Paragraph {number} is here. {SENTENCE * 5}")
    made.put("3 End", 14, "B")
    made.put("That is all.")
    return made


def test_pdf_structure() -> None:
    document = read(rules())
    assert document.title == "House rules of the library"
    found = [(kind, " ".join(text.split())) for kind, text in kinds(document)]
    assert found[0] == ("title", "House rules of the library")
    assert [text for kind, text in found if kind == "heading"] == ["1 Opening hours", "2 Fees", "3 End"]
    assert [text for kind, text in found if kind == "bullet"] == [
        ("Late return: 30 cents per item and day, " + SENTENCE).strip(),
        "Reservation: 1 euro.",
    ]
    assert leads(document)[:2] == ["The fees are:"] * 2
    rows = [passage for passage in document.passages if passage.kind == "row"]
    assert [[(cell.header, document.text[cell.start : cell.end]) for cell in row.cells] for row in rows] == [
        [("Room", "Reading room"), ("Seats", "64"), ("Equipment", "lamps")],
        [("Room", "Hall"), ("Seats", "120"), ("Equipment", "projector, piano")],
    ]
    assert leads(document)[2:] == ["Our rooms:"] * 2


def test_pdf_running_heads_are_left_out_and_pages_kept() -> None:
    document = read(rules())
    assert "Annual rules" not in document.text and "Page 1" not in document.text
    assert (document.passages[0].page, document.passages[-1].page) == (1, 2)


def test_pdf_paragraph_broken_by_a_page_is_one() -> None:
    document = read(rules())
    paragraphs = [
        text for passage, text in zip(document.passages, cleaned(document), strict=True) if "Paragraph" in text
    ]
    assert len(paragraphs) == 9
    assert all(text == f"Paragraph {number} is here. {SENTENCE * 5}".strip() for number, text in enumerate(paragraphs))


def test_pdf_hyphenation_is_repaired_in_the_cleaned_text() -> None:
    document = read(rules())
    passage = next(passage for passage in document.passages if "towns" in stored(document, passage))
    assert "co-\noperation" in stored(document, passage)
    assert cleaned(document)[document.passages.index(passage)].startswith(
        "The cooperation of towns rests in winter. The"
    )


def test_pdf_footnote_and_its_sign() -> None:
    made = Printed()
    made.add_page()
    made.put("A heading", 14, "B")
    made.put(SENTENCE * 4)
    made.set_font("Helvetica", size=11)
    made.write(6, "The town was founded early.")
    made.char_vpos = "SUP"
    made.write(6, "1")
    made.char_vpos = "LINE"
    made.write(6, " It grew.")
    made.set_y(-40)
    made.put("1 Miller, History of the town, page 3.", 8)
    document = read(made)
    assert kinds(document)[-1] == ("note", "Miller, History of the town, page 3.")
    assert "early.[1] It grew." in document.text
    assert "The town was founded early. It grew." in cleaned(document)


def test_pdf_without_print_marks_tells_titles_by_their_look() -> None:
    made = FPDF()
    made.add_page()
    made.set_font("Helvetica", size=11)
    for text in ("Opening hours", SENTENCE * 2, "Fees", SENTENCE * 3):
        made.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")
        made.ln(5)
    assert [kind for kind, _ in kinds(read(made))] == ["heading", "paragraph", "heading", "paragraph"]


def test_page_layout_reads_columns_in_order() -> None:
    lines = tuple(
        Line(f"{words} of the {side} column goes on and", left, left + 200, 700 - 12 * row, 10.0)
        for side, left in (("left", 50.0), ("right", 300.0))
        for row, words in enumerate(("this line", "that line", "one more line"))
    )
    parsed = lay_out([Page(1, 800.0, lines)], "a.pdf")
    assert [passage.kind for passage in parsed.passages] == ["paragraph"]
    assert parsed.text.split("\n")[3].startswith("this line of the right")


def test_pdf_refuses_scans_and_secrets() -> None:
    blank = FPDF()
    blank.add_page()
    secret = Printed()
    secret.set_encryption("owner", "user")
    secret.add_page()
    for made, reason in [(blank, "scans"), (secret, "password")]:
        with pytest.raises(DocumentError, match=reason):
            read_bytes(bytes(made.output()), "a.pdf")


def test_pdf_refuses_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.documents.pdf.MAX_PAGES", 1)
    with pytest.raises(DocumentError, match="more than 1"):
        read(rules())


def test_pdf_truncated_or_changed_anywhere_is_read_or_refused() -> None:
    data = bytes(rules().output())
    outcomes = set()
    for position in range(1, len(data), len(data) // 80):
        for damaged in (data[:position], data[:position] + b"\xff\x00" + data[position + 2 :]):
            try:
                assert_sound(read_bytes(damaged, "a.pdf"))
                outcomes.add("read")
            except DocumentError:
                outcomes.add("refused")
    assert outcomes == {"read", "refused"}
