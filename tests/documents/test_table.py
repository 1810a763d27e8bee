"""Tables as files: cells as the csv module has them, with their places."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.clean import clean_span
from bot.documents.reading import read_bytes
from bot.documents.table import delimiter_of, split

from .shown import assert_sound, cleaned, stored


def test_table_rows_and_cells() -> None:
    document = read_bytes(
        b'Country,"Area, km2",Note\nA,"2,700",\n\nB,1,"the ""old"" one"\nC\nD,1,2,3\n', "t/land_areas.csv"
    )
    assert_sound(document)
    assert document.title == "Land areas"
    assert [stored(document, row) for row in document.passages] == [
        'A,"2,700"',
        'B,1,"the ""old"" one"',
        "C",
        "D,1,2,3",
    ]
    assert [
        [(cell.header, clean_span(document, cell.start, cell.end)[0]) for cell in p.cells] for p in document.passages
    ] == [
        [("Country", "A"), ("Area, km2", "2,700")],
        [("Country", "B"), ("Area, km2", "1"), ("Note", 'the "old" one')],
        [("Country", "C")],
        [("Country", "D"), ("Area, km2", "1"), ("Note", "2"), ("", "3")],
    ]
    assert cleaned(document)[1] == 'B,1,"the "old" one"'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_table_delimiter(delimiter: str) -> None:
    rows = [["Name", "Sum"], ["A, B", "1,5"], ["C", "2,5"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert delimiter_of(out.getvalue()) == delimiter


def test_table_header_alone_is_text() -> None:
    assert [p.kind for p in read_bytes(b"a,b\n", "x.csv").passages] == ["paragraph"]


CELL = st.text(st.sampled_from('ab ,;"\n\t|é'), max_size=6)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), max_size=6), st.sampled_from(",;\t|"))
def test_table_split_agrees_with_csv_on_what_it_writes(rows: list[list[str]], delimiter: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    assert _cells(out.getvalue(), delimiter) == _by_csv(out.getvalue(), delimiter)


@given(st.text(st.sampled_from("ab ,;\n"), max_size=40), st.sampled_from(",;"))
def test_table_split_agrees_with_csv_on_unquoted_text(text: str, delimiter: str) -> None:
    assert _cells(text, delimiter) == _by_csv(text, delimiter)


def _cells(text: str, delimiter: str) -> list[list[str]]:
    rows = [[text[start:end].replace('""', '"') for start, end in row] for row in split(text, delimiter)]
    return [row for row in rows if row != [""]]


def _by_csv(text: str, delimiter: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if row not in ([], [""])]
