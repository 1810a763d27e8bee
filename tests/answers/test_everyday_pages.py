"""Questions that people ask of a notice and of a biography, each answered from one construction that the page uses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Bot
from tests.answers.pages import answered, opened

NOTICE = """# Marsh Lane Pool

Admission is 12 euros for adults and 5 euros for children. Lockers cost 2 euros, towels 3 euros. Members pay 25 euros a
month and students 15 euros. The main pool opens at seven and the sauna at ten. The cafe is closed from 4 January to
16 March. Dogs are not allowed in the building. The pool was built in 1931 by the engineer Otto Weiss. In 1984 the small
pool was sold to a school. It has 42 employees, nine of them lifeguards. The oldest thing in the hall is a brass bell.
The bell was paid for by the Friends of the Pool, a society with 80 members. The server needs 2 GB of memory
and 350 MB of disk space. Visitors made 44% of their visits by bicycle, compared with 37% in 2019.

To book a lane, call the office, give your name and choose an hour.

The pool offers three courses:

- Diving, which lasts six weeks;
- Rescue, taught by Anna Bell;
- Water polo, for members only.

| Card | Annual fee | Joining fee |
| --- | --- | --- |
| Adult | €240 | €30 |
| Family | €410 | €45 |
"""
LIFE = """# Ilse Rademann

Ilse Rademann (12 May 1850 – 3 June 1923) was a novelist. Her brother Karl Rademann (1848–1901) built ships. She wrote
her first novel in 1888, under the Olden dynasty (1820–1911). In Paris she met the painter Jules Marot (born 1861). The
bridge appears in the novel The Long Oath by Ilse Rademann. Rademann, who taught drawing, served as the first president
of the Academy until 1899.
"""
ANSWERED = {
    "How much do children pay?": ("5 euros",),
    "What does admission cost for adults?": ("12 euros",),
    "What does a towel cost?": ("3 euros",),
    "How much do students pay?": ("15 euros",),
    "When does the sauna open?": ("ten",),
    "How many of the employees are lifeguards?": ("nine",),
    "What happened to the small pool in 1984?": ("was sold to a school",),
    "Who paid for the brass bell?": ("Friends of the Pool",),
    "How much memory does the server need?": ("2 GB",),
    "What share of their visits did visitors make by bicycle in 2019?": ("37%",),
    "How do I book a lane?": ("call the office, give your name and choose an hour",),
    "Which courses does the pool offer?": ("Diving", "Rescue", "Water polo"),
    "What does a family pay to join?": ("€45",),
    "What do adults pay each year?": ("€240",),
    "What does an adult card cost?": ("€240", "€30"),
    "When was Ilse Rademann born?": ("12 May 1850",),
    "When did Ilse Rademann die?": ("3 June 1923",),
    "When did Karl Rademann die?": ("1901",),
    "When did the Olden dynasty begin?": ("1820",),
    "When was Jules Marot born?": ("1861",),
    "Who wrote The Long Oath?": ("Ilse Rademann",),
    "Who was the first president of the Academy?": ("Rademann",),
}
REFUSED = (
    "When did Jules Marot die?",
    "How much do pensioners pay?",
    "When does the library open?",
    "Who sold the small pool?",
    "Which courses does the school offer?",
)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    yield from opened(tmp_path_factory.mktemp("pages"), {"pool.md": NOTICE, "life.md": LIFE})


@pytest.mark.parametrize("question", ANSWERED)
def test_answered(pages: Bot, question: str) -> None:
    answer = answered(pages, question)
    assert tuple(value.removeprefix("at ") for value in answer.values) == ANSWERED[question]


@pytest.mark.parametrize("question", REFUSED)
def test_refused(pages: Bot, question: str) -> None:
    assert pages.ask(question).status == "not_stated"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did nine of the employees leave?", None),
        ("Does the pool have 42 employees?", "yes"),
        ("Does the pool have 50 employees?", "no"),
        ("Are dogs allowed in the building?", "no"),
    ],
)
def test_numbers_of_a_yes_or_no_question_are_checked(pages: Bot, question: str, verdict: str | None) -> None:
    assert pages.ask(question).values == ((verdict,) if verdict else ())
