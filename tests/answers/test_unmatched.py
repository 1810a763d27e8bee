"""What a refusal says stood in the way: a time only where the question names one."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from bot.answers.match import Match
from bot.answers.unmatched import unmatched
from bot.language.sentence import from_conllu
from bot.language.values.model import Value
from bot.questions.query import Query
from tests.answers.views import CUP, view

SENTENCE = from_conllu(CUP)
ASKED = Query("Which clubs did the Cup link?", SENTENCE, "gap", "gap")
YEAR = Value("date", "1999", 0, 4, date(1999, 1, 1).toordinal(), date(1999, 12, 31).toordinal(), "")
AT_ANOTHER_TIME = Match(view(CUP), None, None, (("time", 0.1),), 0.1, ())


@pytest.mark.parametrize(
    ("query", "match", "kind"),
    [
        (replace(ASKED, times=(YEAR,)), AT_ANOTHER_TIME, "outside_time"),
        (replace(ASKED, times=(YEAR,)), replace(AT_ANOTHER_TIME, features=(("time", 1.0),)), "no_such_fact"),
        # for a boat over nine metres: an amount weighs where a time would
        (ASKED, AT_ANOTHER_TIME, "no_such_fact"),
    ],
)
def test_the_time_is_named_only_where_one_was_asked_for(query: Query, match: Match, kind: str) -> None:
    found = unmatched(query, match, match.trace)
    assert found.kind == kind and found.closest is match
