"""Values: what is read from a text, how values compare, and properties that hold for any text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.values import Value, calendar, compare, compatible, contains, values_in


def only(text: str) -> Value:
    values = values_in(text)
    assert len(values) == 1, values
    return values[0]


def days(year: int, month: int = 1, day: int = 1) -> int:
    return date(year, month, day).toordinal() - 1


DATES = [
    ("It opened on 9 September 2023.", "9 September 2023", days(2023, 9, 9), days(2023, 9, 9), "exact"),
    ("It opened on September 9, 2023, at last.", "September 9, 2023", days(2023, 9, 9), days(2023, 9, 9), "exact"),
    ("the 9th of September 2023", "9th of September 2023", days(2023, 9, 9), days(2023, 9, 9), "exact"),
    ("dated 2023-09-09", "2023-09-09", days(2023, 9, 9), days(2023, 9, 9), "exact"),
    ("Tuesday, 5 May 2020", "Tuesday, 5 May 2020", days(2020, 5, 5), days(2020, 5, 5), "exact"),
    ("In 2021 the hall was renovated.", "2021", days(2021), days(2021, 12, 31), "exact"),
    ("exercises during 1996-2002", "1996-2002", days(1996), days(2002, 12, 31), "exact"),
    ("Kublai (1260–94) ruled", "1260–94", days(1260), days(1294, 12, 31), "exact"),
    ("the Tang (618–907)", "618–907", days(618), days(907, 12, 31), "exact"),
    ("between 1998 and 2003", "between 1998 and 2003", days(1998), days(2003, 12, 31), "between"),
    ("from 1990 to 1995", "from 1990 to 1995", days(1990), days(1995, 12, 31), "between"),
    ("in the 1990s", "the 1990s", days(1990), days(1999, 12, 31), "exact"),
    ("in the 10th century", "10th century", days(901), days(1000, 12, 31), "exact"),
    ("the 10th and 11th centuries", "10th and 11th centuries", days(901), days(1100, 12, 31), "exact"),
    ("from the 14th to the 16th century", "14th to the 16th century", days(1301), days(1600, 12, 31), "exact"),
    ("in the nineteenth century", "nineteenth century", days(1801), days(1900, 12, 31), "exact"),
    ("in force since 1 January 2024", "since 1 January 2024", days(2024), None, "since"),
    ("since 2001", "since 2001", days(2001), None, "since"),
    ("moved by 2011.", "by 2011", None, days(2011, 12, 31), "by"),
    ("until 2005", "until 2005", None, days(2005, 12, 31), "until"),
    ("before 1990", "before 1990", None, days(1989, 12, 31), "before"),
    ("after 1989", "after 1989", days(1990), None, "after"),
    ("early 2005", "early 2005", days(2005), days(2005, 5, 1), "about"),
    ("in autumn 2025", "autumn 2025", days(2025, 9), days(2025, 11, 30), "about"),
    ("In May 1944 he", "May 1944", days(1944, 5), days(1944, 5, 31), "exact"),
    ("in may 1944", "may 1944", days(1944, 5), days(1944, 5, 31), "exact"),
    ("9-10 May 2023", "9-10 May 2023", days(2023, 5, 9), days(2023, 5, 10), "exact"),
    ("June 5–9, 2023", "June 5–9, 2023", days(2023, 6, 5), days(2023, 6, 9), "exact"),
    ("AD 79", "AD 79", days(79), days(79, 12, 31), "exact"),
]


@pytest.mark.parametrize(("text", "shown", "low", "high", "bound"), DATES, ids=[row[0] for row in DATES])
def test_values_read_dates(text: str, shown: str, low: int | None, high: int | None, bound: str) -> None:
    value = only(text)
    assert (value.kind, value.text, value.low, value.high, value.bound) == ("date", shown, low, high, bound)


def test_values_count_days_before_the_common_era() -> None:
    value = only("in 334 BC")
    assert value.high is not None and value.high < 0
    assert compare(value, only("in 333 BC")) == "before"
    assert contains(only("in the 4th century BC"), value)


def test_values_keep_days_without_a_year_apart() -> None:
    value = only("closed between 24 December and 1 January")
    assert (value.unit, value.low, value.high) == ("monthday", 358, 366)
    assert compare(value, only("in 1996")) is None


AMOUNTS = [
    ("four weeks", "duration", "four weeks", 2419200, 2419200, "", "exact"),
    ("within five working days", "duration", "within five working days", None, 432000, "", "at_most"),
    ("2 hours and 30 minutes", "duration", "2 hours and 30 minutes", 9000, 9000, "", "exact"),
    ("a 30-year-old man", "duration", "30-year", 946728000, 946728000, "", "exact"),
    ("lent for a week", "duration", "a week", 604800, 604800, "", "exact"),
    ("25 euros", "money", "25 euros", 25, 25, "EUR", "exact"),
    ("it costs $4.25 an hour", "money", "$4.25 an hour", 4.25, 4.25, "USD", "exact"),
    ("30 cents", "money", "30 cents", 0.3, 0.3, "", "exact"),
    ("1.2 million dollars", "money", "1.2 million dollars", 1200000, 1200000, "USD", "exact"),
    ("US$ 5bn", "money", "US$ 5bn", 5e9, 5e9, "USD", "exact"),
    ("40% of it", "percent", "40%", 40, 40, "", "exact"),
    ("forty per cent", "percent", "forty per cent", 40, 40, "", "exact"),
    ("about 12,000 photographs", "quantity", "about 12,000 photographs", 12000, 12000, "photograph", "about"),
    ("13,364 km", "quantity", "13,364 km", 13364, 13364, "km", "exact"),
    ("2,724,900 sq km", "quantity", "2,724,900 sq km", 2724900, 2724900, "km2", "exact"),
    ("up to 20 items", "quantity", "up to 20 items", None, 20, "item", "at_most"),
    ("more than 200 old books", "quantity", "more than 200 old books", 200, None, "book", "more_than"),
    ("20 or more items", "quantity", "20 or more items", 20, None, "item", "at_least"),
    ("between 5 and 10 km", "quantity", "between 5 and 10 km", 5, 10, "km", "between"),
    ("a room with 30-seat rows", "quantity", "30-seat", 30, 30, "seat", "exact"),
    ("In 1990 3,000 soldiers", "quantity", "3,000 soldiers", 3000, 3000, "soldier", "exact"),
    ("children under 12", "number", "under 12", None, 12, "", "less_than"),
    ("twenty-one", "number", "twenty-one", 21, 21, "", "exact"),
    ("two thirds", "number", "two thirds", 2 / 3, 2 / 3, "", "exact"),
    ("a dozen", "number", "a dozen", 12, 12, "", "exact"),
    ("one and a half million", "number", "one and a half million", 1.5e6, 1.5e6, "", "exact"),
    ("two hundred and five", "number", "two hundred and five", 205, 205, "", "exact"),
    ("the third", "ordinal", "third", 3, 3, "", "exact"),
    ("the 21st", "ordinal", "21st", 21, 21, "", "exact"),
    ("twice a week", "frequency", "twice a week", 2, 2, "week", "exact"),
    ("three times", "frequency", "three times", 3, 3, "", "exact"),
    ("until 5 p.m.", "time", "until 5 p.m.", None, 1020, "", "until"),
    ("10 a.m.-8 p.m.", "time", "10 a.m.-8 p.m.", 600, 1200, "", "exact"),
    ("at 14:30", "time", "14:30", 870, 870, "", "exact"),
    ("on Tuesdays and Thursdays", "time", "Tuesdays and Thursdays", None, None, "Tuesday Thursday", "exact"),
]


@pytest.mark.parametrize(
    ("text", "kind", "shown", "low", "high", "unit", "bound"), AMOUNTS, ids=[row[0] for row in AMOUNTS]
)
def test_values_read_amounts(
    text: str, kind: str, shown: str, low: float | None, high: float | None, unit: str, bound: str
) -> None:
    value = [value for value in values_in(text) if value.kind != "date"][-1]
    assert (value.kind, value.text, value.unit, value.bound) == (kind, shown, unit, bound)
    assert (value.low, value.high) == (
        pytest.approx(low) if low is not None else None,
        pytest.approx(high) if high is not None else None,
    )


@pytest.mark.parametrize(
    "text",
    [
        "You may go.",
        "Article 5 applies.",
        "No one knows one of them.",
        "World War II",
        "a B-52 and COVID-19",
        "a 3D film",
        "He may march in the sun.",
        "Once he left, they sat down.",
        "Article 101(1) applies.",
        "articles 1 to 4",
        "Regulation 139/2004/EC",
        "Apollo 11 landed.",
    ],
)
def test_values_leave_other_words_alone(text: str) -> None:
    assert values_in(text) == ()


@pytest.mark.parametrize(
    ("one", "two", "order"),
    [
        ("2000", "1996-2002", "within"),
        ("the 10th century", "in 950", "contains"),
        ("1990", "1991", "before"),
        ("since 2001", "2005", "contains"),
        ("5 km", "5000 m", "equal"),
        ("5 km", "300 m", "after"),
        ("two weeks", "14 days", "equal"),
        ("30 cents", "0.30 euros", "equal"),
        ("25 euros", "$25", None),
        ("5 km", "5 kg", None),
        ("64 seats", "64", "equal"),
        ("Tuesdays and Thursdays", "Thursday", "contains"),
        ("in May", "1996", None),
    ],
)
def test_compare_puts_values_on_one_scale(one: str, two: str, order: str | None) -> None:
    assert compare(only(one), only(two)) == order


def test_compatible_allows_for_about() -> None:
    assert compatible(only("about 12,000 photographs"), only("12,100 photographs"))
    assert not compatible(only("12,000 photographs"), only("12,100 photographs"))
    assert compatible(only("at least 5 books"), only("7 books"))


PIECES = st.sampled_from(
    [
        "1",
        "2",
        "19",
        "1996",
        "2002",
        "12,000",
        "3.5",
        "1/2",
        "-",
        "–",
        "to",
        "and",
        "between",
        "from",
        "since",
        "by",
        "until",
        "the",
        "of",
        "BC",
        "AD",
        "century",
        "centuries",
        "10th",
        "3rd",
        "first",
        "second",
        "third",
        "half",
        "a",
        "an",
        "one",
        "two",
        "twenty",
        "hundred",
        "million",
        "dozen",
        "May",
        "march",
        "June",
        "9",
        "31",
        "30",
        "September",
        "2021",
        "euros",
        "$",
        "€",
        "US$",
        "%",
        "percent",
        "km",
        "sq",
        "items",
        "people",
        "Tuesdays",
        "Monday",
        "weekend",
        "noon",
        "10:30",
        "a.m.",
        "pm",
        "per",
        "hour",
        "week",
        "times",
        "twice",
        "once",
        "about",
        "more",
        "than",
        "at",
        "least",
        "up",
        "or",
        "early",
        "late",
        "mid",
        "1990s",
        "'90s",
        "autumn",
        "2023-09-09",
        "(",
        ")",
        ",",
        ".",
        "½",
        "£5m",
        "EUR",
        "couple",
        "İstanbul",
        "ﬁve",
        "٣",
    ]
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=60))
def test_values_of_any_text_lie_in_it_in_order(text: str) -> None:
    end = 0
    for value in values_in(text):
        assert text[value.start : value.end] == value.text and value.text
        assert value.start >= end
        end = value.end
        assert value.low is None or value.high is None or value.low <= value.high


@given(st.dates())
def test_calendar_agrees_with_the_standard_library(day: date) -> None:
    assert calendar.day_number(day.year, day.month, day.day) == day.toordinal() - 1


@given(st.lists(PIECES, max_size=6).map(" ".join), st.lists(PIECES, max_size=6).map(" ".join))
def test_compare_is_antisymmetric(one: str, two: str) -> None:
    opposite = {"before": "after", "after": "before", "contains": "within", "within": "contains"}
    for a in values_in(one):
        for b in values_in(two):
            order = compare(a, b)
            assert compare(b, a) == (opposite.get(order, order) if order else None)
            assert compatible(a, b) == compatible(b, a)


def test_values_are_finite() -> None:
    text = f"It has {'9' * 400} rooms and 3 doors."
    assert [value.text for value in values_in(text)] == ["3 doors"]
    assert not values_in(f"{'9' * 330} million euros")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It opens at 9 p.m. in summer and at 5 p.m. in the winter.", [("summer", "Summer"), ("winter", "Winter")]),
        ("every fall", [("fall", "Autumn")]),
        ("a spring in the garden, and prices fall", []),
    ],
)
def test_values_read_seasons_of_any_year(text: str, shown: list[tuple[str, str]]) -> None:
    assert [(v.text, v.unit) for v in values_in(text) if v.kind == "time" and v.unit] == shown


def test_values_read_the_season_of_a_year_as_a_date() -> None:
    assert [v.kind for v in values_in("in the summer of 1944")] == ["date"]
