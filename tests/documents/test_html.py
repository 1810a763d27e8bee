"""Web pages: what a reader reads, and nothing of the page around it."""

from __future__ import annotations

import pytest

from bot.documents.reading import read_bytes
from bot.errors import DocumentError

from .shown import assert_sound, kinds, leads

PAGE = """<!DOCTYPE html><html><head><title>Site: rules</title><script>var x = "<p>no</p>";</script></head><body>
<header><h1>House  <i>rules</i></h1><p>Sign in</p></header><nav><ul><li>Home</li></ul></nav>
<div>Adopted by the <b>board</b> on
9&nbsp;September.<sup class="reference">[1]</sup>
<h2>Fees</h2><p>The fees are:
<ul><li>Late: 3 euros<ul><li>none for <a href="x">pensioners</a></li></ul></li><li><p>Lost: 4.</p><p>More.</p></li></ul>
Loose text<br>second line<br><br>New paragraph.
<dl><dt>Loan</dt><dd>A thing lent.</dd></dl></div>
<aside>Advertisement</aside><ol class="references"><li>^ Miller, History.</li></ol>
<footer>Copyright</footer></body></html>"""


def read(page: str | bytes):
    document = read_bytes(page if isinstance(page, bytes) else page.encode(), "a.html")
    assert_sound(document)
    return document


def test_html_structure() -> None:
    document = read(PAGE)
    assert document.title == "House rules"
    assert kinds(document) == [
        ("title", "House rules"),
        ("paragraph", "Adopted by the board on 9 September.[1]"),
        ("heading", "Fees"),
        ("paragraph", "The fees are:"),
        ("bullet", "Late: 3 euros"),
        ("bullet", "none for pensioners"),
        ("bullet", "Lost: 4."),
        ("paragraph", "More."),
        ("paragraph", "Loose text\nsecond line"),
        ("paragraph", "New paragraph."),
        ("paragraph", "Loan:"),
        ("bullet", "A thing lent."),
        ("note", "Miller, History."),
    ]
    assert leads(document) == ["The fees are:", "Late: 3 euros", "The fees are:", "Loan:"]
    assert [p.level for p in document.passages if p.kind == "bullet"] == [1, 2, 1, 1]
    assert document.passages[-2].section == ("Fees",)


def cells(document) -> list[list[tuple[str, str]]]:
    return [
        [(cell.header, document.text[cell.start : cell.end]) for cell in passage.cells]
        for passage in document.passages
        if passage.kind == "row"
    ]


def test_html_table_with_spans() -> None:
    document = read(
        "<p>Rooms:</p><table><thead><tr><th>Room<th>Seats<th>Note</thead><tr><td rowspan=2>Hall<td>4<td>big"
        "<tr><td>5<td>old<tr><td colspan=2>Cellar<td>dark</table>"
    )
    assert cells(document) == [
        [("Room", "Hall"), ("Seats", "4"), ("Note", "big")],
        [("Room", "Hall"), ("Seats", "5"), ("Note", "old")],
        [("Room", "Cellar"), ("Note", "dark")],
    ]
    assert leads(document) == ["Rooms:"] * 3
    assert "Room | Seats | Note\nHall | 4 | big\n" in document.text


def test_html_table_with_headers_at_the_side() -> None:
    document = read("<table><tr><th>Capital<td>Astana<tr><th>Area<td>5 km<sup>2</sup></table>")
    assert cells(document) == [[("", "Capital"), ("Capital", "Astana")], [("", "Area"), ("Area", "5 km2")]]


def test_html_table_without_marked_header() -> None:
    assert cells(read("<table><tr><td>Room<td>Seats<tr><td>Hall<td>4</table>")) == [[("Room", "Hall"), ("Seats", "4")]]
    assert cells(read("<table><tr><td>Hall<td>4<tr><td>Cellar<td>5</table>"))[0] == [("", "Hall"), ("", "4")]


def test_html_layout_table_is_no_table() -> None:
    document = read("<table><tr><td><h2>News</h2><p>It rains.</p></td><td><p>It snows.</p></td></tr></table>")
    assert [kind for kind, _ in kinds(document)] == ["heading", "paragraph", "paragraph"]


def test_html_main_part_alone_is_read() -> None:
    document = read("<div>Before.</div><main><h1>Title</h1><p>Inside.</p></main><div>After.</div>")
    assert kinds(document) == [("title", "Title"), ("paragraph", "Inside.")]


def test_html_title_element_names_a_page_without_heading() -> None:
    document = read("<title> The\n page </title><p>Text.</p>")
    assert document.title == "The page"
    assert kinds(document) == [("paragraph", "Text.")]


def test_html_page_of_furniture_alone_is_read_after_all() -> None:
    assert kinds(read("<body><form>All of it is in a form.</form><nav>Here.</nav></body>"))[0][1].startswith("All")


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "cp1251", "utf-16"])
def test_html_encodings(encoding: str) -> None:
    text = "Улица и дом." if encoding == "cp1251" else "Das Café in Köln."
    document = read(f'<meta charset="{encoding}"><p>{text}</p>'.encode(encoding))
    assert kinds(document) == [("paragraph", text)]


@pytest.mark.parametrize(
    "page", [b"<p></p>", b"<script>x</script>", b"\x00\x01<p>", b"<div>" * 5000 + b"text", b"<ul><li>" * 3000 + b"x"]
)
def test_html_refuses(page: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^a\.html: "):
        read_bytes(page, "a.html")


def test_html_list_of_notes_is_known_by_its_ways_back() -> None:
    document = read("<p>It is big.</p><h2>Notes</h2><ol><li><a href='#r'>^</a> Measured in 2019.</li></ol>")
    assert kinds(document)[-1] == ("note", "Measured in 2019.")
