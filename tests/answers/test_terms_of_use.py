"""Terms with numbered clauses: what they charge, allow, forbid, and by when; an invented boatyard's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Bot
from tests.answers.pages import answered, opened, refused

PAGE = """# Terms of the Tarn Boatyard

The Tarn Boatyard is a small boatyard on Lake Ennis, 9 kilometres north of the town of Aster. It stands at a height of
310 metres. A crane was bought in 2015, but it was sold to a museum in 2021.

| Berth | Year | Length |
| --- | --- | --- |
| North | 1987 | 12 m |

## 1. Charges

1.1 The Member pays a deposit of £80 when renting a berth. The Yard may deduct £15 from the deposit.

1.2 Admission is 6 euros for guests and 3 euros for pupils; children under five are admitted free of charge.

1.3 The deposit is refunded within ten days of the return of the key.

## 2. Use

2.1 Night sailing is forbidden on the lake.

2.2 Groups must book at least three weeks in advance.

2.3 The Member is liable for theft and damage, but not for ordinary wear.

2.4 Any leak must be reported to the Yard within 12 hours.

2.5 The yard is open to guests on Mondays from 8 a.m. to 5 p.m. between May and August.

2.6 A locker requires a fee of £1. Lessons can be cancelled up to two days before they begin.

- Complaints are answered within five days
"""
ANSWERED = {
    "How much is the deposit?": ("£80",),
    "How much is the fee for a locker?": ("£1",),
    "How much do pupils pay?": ("3 euros",),
    "When is the deposit refunded?": ("within ten days",),
    "How early must groups book?": ("at least three weeks",),
    "When are complaints answered?": ("within five days",),
    "Who is liable for theft?": ("Member",),
    "By when must a leak be reported?": ("within 12 hours",),
    "When does the yard open on Mondays?": ("from 8 a.m. to 5 p.m.",),
    "May I sail at night on the lake?": ("no",),
    "Is night sailing allowed?": ("no",),
    "When was the crane bought?": ("2015",),
}
REFUSED = (
    "Who is liable for wear?",
    "In what year was the deposit refunded?",
    "How much do children under five pay?",
)


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    yield from opened(tmp_path_factory.mktemp("yard"), {"terms.md": PAGE})


@pytest.mark.parametrize("question", ANSWERED)
def test_what_the_terms_say_is_answered(yard: Bot, question: str) -> None:
    assert answered(yard, question).values == ANSWERED[question]


@pytest.mark.parametrize("question", REFUSED)
def test_what_they_do_not_say_is_not(yard: Bot, question: str) -> None:
    refused(yard, question)


def test_what_is_spoken_of_again_is_the_and_no_clause_number_is_read(yard: Bot) -> None:
    assert "but the crane was sold" in yard.ask("When was the crane sold?").answer
    assert yard.ask("Who is liable for theft?").answer.startswith("The Member")
    assert "before lessons begin" in yard.ask("What can be cancelled?").answer


def test_what_a_thing_is_is_not_where_it_is(yard: Bot) -> None:
    assert "small boatyard" not in yard.ask("Where is the Tarn Boatyard?").values
