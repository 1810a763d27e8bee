"""Word documents, made here with python-docx or by hand."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest

from bot.documents import docx as reader
from bot.documents.reading import read_bytes
from bot.errors import DocumentError

from .shown import assert_sound, kinds, leads, stored

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes):
    document = read_bytes(data, "a.docx")
    assert_sound(document)
    return document


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def zipped(body: str, **others: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for part, text in others.items():
            archive.writestr(f"word/{part}.xml", text)
    return out.getvalue()


def test_docx_structure() -> None:
    made = docx.Document()
    made.add_heading("House rules", 0)
    made.add_paragraph("Adopted by the board.")
    made.add_heading("Fees", 1)
    made.add_paragraph("The fees are:")
    made.add_paragraph("Late: 3 euros", style="List Bullet")
    made.add_paragraph("none for pensioners", style="List Bullet 2")
    made.add_paragraph("Lost: 4", style="List Number")
    made.add_heading("Rooms", 2)
    made.add_paragraph().add_run("Small rooms").bold = True
    paragraph = made.add_paragraph("Some ")
    paragraph.add_run("bold").bold = True
    paragraph.add_run(" text\tis\nhere.")
    document = read(saved(made))
    assert document.title == "House rules"
    assert kinds(document) == [
        ("title", "House rules"),
        ("paragraph", "Adopted by the board."),
        ("heading", "Fees"),
        ("paragraph", "The fees are:"),
        ("bullet", "Late: 3 euros"),
        ("bullet", "none for pensioners"),
        ("bullet", "Lost: 4"),
        ("heading", "Rooms"),
        ("heading", "Small rooms"),
        ("paragraph", "Some bold text is\nhere."),
    ]
    assert leads(document) == ["The fees are:", "Late: 3 euros", "The fees are:"]
    assert document.passages[-1].section == ("Fees", "Rooms", "Small rooms")


def test_docx_table_with_merged_cells() -> None:
    made = docx.Document()
    made.add_paragraph("Our rooms:")
    table = made.add_table(rows=3, cols=3)
    for row, texts in enumerate([["Room", "Seats", "Note"], ["Hall", "4", "x"], ["", "5", ""]]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    document = read(saved(made))
    rows = [passage for passage in document.passages if passage.kind == "row"]
    assert [[(cell.header, document.text[cell.start : cell.end]) for cell in row.cells] for row in rows] == [
        [("Room", "Hall"), ("Seats", "4"), ("Note", "x")],
        [("Room", "Hall"), ("Seats", "5")],
    ]
    assert leads(document) == ["Our rooms:"] * 2


def test_docx_only_heading_of_level_one_is_the_title() -> None:
    made = docx.Document()
    made.add_heading("Only", 1)
    made.add_paragraph("Text.")
    assert kinds(read(saved(made)))[0] == ("title", "Only")
    made.add_heading("Another", 1)
    assert kinds(read(saved(made)))[0] == ("heading", "Only")


def test_docx_footnotes_changes_and_boxes() -> None:
    text = "<w:r><w:t>{}</w:t></w:r>".format
    note = f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{text("See page 3.")}</w:p></w:footnote></w:footnotes>'
    body = (
        f"<w:p>{text('It is ')}<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        f"<w:ins>{text('so.')}</w:ins><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        f"<w:p><w:r><w:txbxContent><w:p>{text('In a box.')}</w:p></w:txbxContent></w:r></w:p>"
    )
    document = read(zipped(body, footnotes=note))
    assert kinds(document) == [("paragraph", "It is so."), ("note", "See page 3."), ("paragraph", "In a box.")]


def test_docx_list_levels_of_its_own() -> None:
    item = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    )
    document = read(zipped("<w:p><w:r><w:t>Two:</w:t></w:r></w:p>" + item.format(0, "one") + item.format(1, "two")))
    assert [(stored(document, p), p.level) for p in document.passages[1:]] == [("one", 1), ("two", 2)]
    assert leads(document) == ["Two:", "one"]


BOMB = (
    '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
    f"<w:document {W}><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>"
)


def test_docx_styles_based_on_each_other_without_end_are_left() -> None:
    styles = "".join(f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n - 1}"/></w:style>' for n in range(3000))
    circle = '<w:style w:styleId="s0"><w:basedOn w:val="s2999"/></w:style>'
    paragraph = "<w:p><w:pPr><w:pStyle w:val='s2999'/></w:pPr><w:r><w:t>Text.</w:t></w:r></w:p>"
    document = read(zipped(paragraph, styles=f"<w:styles {W}>{styles}{circle}</w:styles>"))
    assert kinds(document) == [("paragraph", "Text.")]


def test_docx_refuses_entities() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", BOMB)
    with pytest.raises(DocumentError, match="document type"):
        read_bytes(out.getvalue(), "a.docx")


def test_docx_refuses_bombs_before_they_unpack() -> None:
    with pytest.raises(DocumentError, match="unpacked it has more"):
        read_bytes(zipped("x" * (reader.MAX_UNPACKED_PART_BYTES + 1)), "a.docx")


def test_docx_refuses_deep_nesting() -> None:
    with pytest.raises(DocumentError, match="nested"):
        read_bytes(zipped("<w:p>" * 3000 + "</w:p>" * 3000), "a.docx")


def test_docx_refuses_other_archives_and_old_formats() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "text")
    for data, reason in [(out.getvalue(), "no word/document.xml"), (b"\xd0\xcf\x11\xe0rest", "Word 2003")]:
        with pytest.raises(DocumentError, match=reason):
            read_bytes(data, "a.docx")


def test_docx_truncated_or_changed_anywhere_is_read_or_refused() -> None:
    made = docx.Document()
    made.add_paragraph("Some text is here.")
    data = saved(made)
    refused = 0
    for position in range(1, len(data), len(data) // 60):
        for damaged in (data[:position], data[:position] + b"\xff\x00" + data[position + 2 :]):
            try:
                assert_sound(read_bytes(damaged, "a.docx"))
            except DocumentError:
                refused += 1
    assert refused > 60
