"""What an article on a kind of animal says of it; an invented crane's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Bot
from tests.answers.pages import answered, opened, refused

PAGE = """# Spotted Marsh Crane

The spotted marsh crane (*Grus palustris*) is a wading bird of the northern bogs. It was first described by the Danish
zoologist Ida Krag in 1842. The male defends a nesting ground of up to 3 hectares. The cranes mark it with pellets,
called rounds, which are found on tufts of grass.

## Behaviour

Marsh cranes are mostly active at dawn and at dusk. They leave the bogs between Christmas and Easter. After a breeding
season of about 40 days, the flocks gather on the lake. Chicks fly at the age of nine weeks, adults moult two weeks
later. The chicks are fed only when the parents return from the lake.

## Protection

The bird was hunted for its feathers until 1931, when the shooting of cranes was banned. The oldest known bird, a
female named Solveig, lived in Aarup Zoo. In the 1920s the bird still nested on Lake Vind, but it left the lake when
the shore was drained. Up to four injured birds may be kept by a warden; they must be freed before 1 May. The wardens
live in Skovly, and their hut, a former mill called Skov, stands beside it. Wardens care for 60 nests a year, of which
the first 20 are fenced.
"""
ANSWERED = {
    "What is the spotted marsh crane?": ("wading bird of the northern bogs",),
    "Who first described the spotted marsh crane?": ("Ida Krag",),
    "How large is the nesting ground?": ("up to 3 hectares",),
    "What are rounds?": ("pellets",),
    "When are marsh cranes active?": ("at dawn and at dusk",),
    "When do the cranes leave the bogs?": ("between Christmas and Easter",),
    "How long is the breeding season?": ("about 40 days",),
    "When are the chicks fed?": ("when the parents return from the lake",),
    "When was the shooting of cranes banned?": ("1931",),
    "When did the bird leave the lake?": ("when the shore was drained",),
    "What is Skov?": ("a former mill",),
    "Where did Solveig live?": ("Aarup Zoo",),
    "How many injured birds may be kept?": ("Up to four",),
}
REFUSED = (
    "In which year do the cranes leave the bogs?",
    "At what age do adults moult?",
    "Who banned the shooting of cranes?",
)


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    yield from opened(tmp_path_factory.mktemp("crane"), {"crane.md": PAGE})


@pytest.mark.parametrize("question", ANSWERED)
def test_what_the_article_says_is_answered(bot: Bot, question: str) -> None:
    assert answered(bot, question).values == ANSWERED[question]


@pytest.mark.parametrize("question", REFUSED)
def test_what_it_does_not_say_is_not(bot: Bot, question: str) -> None:
    refused(bot, question)
