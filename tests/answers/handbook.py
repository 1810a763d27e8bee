"""An invented handbook, which the tests of answering ask about: a club, leagues with an exception, fees, a table."""

from __future__ import annotations

HANDBOOK = """# Marrow Bay Rowing Club: Handbook

## The club

The Marrow Bay Rowing Club was founded in 1931 by Edda Kolm. Its boathouse stands on Tern Island. The club owns 14 \
boats. The secretary, Jonas Reith, keeps the list of members. Between 1998 and 2003 Oskar Lind trained the juniors.

## Leagues

- The Harbour Cup links the Lowland clubs except Fenwick with Norway and Denmark.
- The Sound Trophy links the Lowland clubs with Norway and Sweden.
- The Salt Foundation provides links with Iceland.

Some Lowland clubs receive assistance from the Salt Foundation in repairing their jetties. All Lowland clubs publish \
their results. The Harbour League meets in May. The Hill League meets in June.

The new crane is likely to be the main tool for the repair of the jetties.

## Rules

Members may borrow two oars at a time. Children need the consent of a parent. Beginners cannot row at night. The \
annual fee is 40 euros. Training takes place on Tuesdays.
"""

BOATS = """Boat,Seats,Length (m)
Gannet,8,17.5
Puffin,4,12
Razorbill,2,9.5
"""

_COUNTRIES = ("Norway", "Denmark", "Sweden", "Iceland")
_CLUBS = ("Aldmoor", "Brackwater", "Fenwick")


def _entity(name: str, kind: str, more: str = "") -> str:
    return f'[[entity]]\nid = "{name.lower().replace(" ", "-")}"\nname = "{name}"\ntype = "{kind}"\n{more}\n'


ENTITIES = (
    "\n".join(_entity(name, "country") for name in _COUNTRIES)
    + "\n".join(_entity(name, "club") for name in _CLUBS)
    + _entity("Harbour Cup", "organization")
    + _entity("Sound Trophy", "organization")
    + _entity("Harbour League", "organization", 'acronyms = ["HL"]')
    + _entity("Hill League", "organization", 'acronyms = ["HL"]')
    + '[[group]]\nid = "lowland-clubs"\nname = "Lowland clubs"\ntype = "club"\n'
    + 'members = ["aldmoor", "brackwater", "fenwick"]\n'
)

FILES = {"documents/handbook.md": HANDBOOK, "tables/boats.csv": BOATS, "entities.toml": ENTITIES}
