"""Questions that an invented page does not answer though it has nearly all of their words, beside those it answers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot import Bot
from tests.answers.pages import answered, opened, refused

PAGE = """# Skarvik Lighthouse

In 1866 King Orm issued the Charter of Tolne, revoking the Charter of Selby. A coal-fired lamp burned until 1889. The
lamp was described by Rees in 1551 and by Branca in 1629. Article 5 of the rules banned nets and article 6 made
provisions for boats. The Pilot Board refused to sign the treaty. The crew was not allowed to leave the rock. Unlike the
northern keepers, the southern keepers never struck.

Its great lens, made in Paris by Barbier, weighs 2.3 tonnes. A bomb damaged the fog signal in 1942, but the lantern
survived. The keepers' house has served as a hostel since 2003; it has 18 beds. The crane lifts 18 tonnes and was
installed in 2011 by Hartmann Brothers. In 2005 the workshop was sold to Avto, a Danish manufacturer of engines.

The boat scheme, called Velora, recorded 214 trips in 2022. The Court of Appeal (CA) heard the case. The rules on
moorings concern the harbour. Orm dismissed the pilot for fear of betrayal. The siege of the rock took place in 1421.
The council is made up of ministers of the islands.

The lease is between Orchard Yard Ltd (the Landlord) and Mira Solberg (the Tenant). The Landlord repairs the roof, the
walls and the lift. The tower is 34 metres tall and built of grey granite. The signal box can be visited on the first
Saturday of each month. The boathouse was destroyed by fire in 1932 and was never rebuilt. The logs are kept at the
Harbour Museum in Tolne. Chart 4 was published in May 2012; chart 3 is valid until June 2024.
"""
ANSWERED = {
    "When did King Orm issue the Charter of Tolne?": ("1866",),
    "Who described the lamp in 1629?": ("Branca",),
    "Who described the lamp in 1551?": ("Rees",),
    "Which article made provisions for boats?": ("6",),
    "How many beds does the hostel have?": ("18",),
    "Who installed the crane?": ("Hartmann Brothers",),
    "How many trips did Velora record in 2022?": ("214",),
    "When was chart 4 published?": ("May 2012",),
    "Who heard the case?": ("Court of Appeal",),
    "Why did Orm dismiss the pilot?": ("for fear of betrayal",),
    "When did the siege of the rock take place?": ("1421",),
    "What is the council made up of?": ("ministers of the islands",),
    "Who is the Landlord?": ("Orchard Yard Ltd",),
    "Who repairs the roof?": ("Landlord",),
    "When can the signal box be visited?": ("first Saturday of each month",),
    "What destroyed the boathouse?": ("fire",),
    "Where are the logs kept?": ("Harbour Museum",),
    "What is the tower built of?": ("grey granite",),
    "What Danish manufacturer bought the workshop in 2005?": ("Avto",),
}
REFUSED = (
    "When did King Orm issue the Charter of Selby?",
    "Until when did a wood-fired lamp burn?",
    "Which article banned boats?",
    "Who agreed to sign the treaty?",
    "Who was allowed to leave the rock?",
    "When was chart 3 published?",
    "When was the boathouse rebuilt?",
    "Where is the great lens?",
    "When was the lantern destroyed?",
    "What Swedish manufacturer bought the workshop in 2005?",
    "In what year did the northern keepers strike?",
)


@pytest.fixture(scope="module")
def lighthouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bot]:
    yield from opened(tmp_path_factory.mktemp("lighthouse"), {"lighthouse.md": PAGE})


@pytest.mark.parametrize("question", ANSWERED)
def test_what_the_page_says_is_answered(lighthouse: Bot, question: str) -> None:
    assert answered(lighthouse, question).values == ANSWERED[question]


@pytest.mark.parametrize("question", REFUSED)
def test_what_it_says_of_something_else_is_not(lighthouse: Bot, question: str) -> None:
    refused(lighthouse, question)
