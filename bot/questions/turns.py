"""What is remembered of a turn, and a line completed with it."""

from __future__ import annotations

from msgspec import Struct

from bot.questions.query import Query
from bot.questions.referents import Referent


class Turn(Struct, frozen=True):
    """One turn remembered: the line as completed, its query, the values answered and the names it was about.

    ``referents`` is what a pronoun of the next line may stand for, ``topic`` what this line's own pronoun stood for,
    ``pair`` what *the former* and *the latter* are, ``offers`` the questions that the answer offered, ``asked`` a bare
    line (*By whom?*) that changed what the question asks for, ``inherited`` what this line took from the turn before.
    """

    text: str
    query: Query | None
    values: tuple[str, ...] = ()
    answer: str = ""
    topics: tuple[str, ...] = ()
    referents: tuple[Referent, ...] = ()
    topic: str = ""
    offers: tuple[str, ...] = ()
    asked: str = ""
    inherited: str = ""
    pair: tuple[str, str] | None = None

    def __str__(self) -> str:
        lines = [f"last question: {self.text}"]
        lines += [f"it took from the one before: {self.inherited}"] if self.inherited else []
        about = "; ".join(map(str, self.referents)) or ", ".join(self.topics) or "nothing named"
        lines += [f"it was about: {about}"]
        lines += [f"answered: {', '.join(self.values)}"] if self.values else []
        lines += [f"offered: {', '.join(self.offers)}"] if self.offers else []
        return "\n".join(lines)


class Completed(Struct, frozen=True):
    """A line made whole: either words to be read, or a query already made; ``note`` says what was assumed.

    ``asked`` is a bare line still to be asked of ``text``; ``others`` are further readings of the line, less likely;
    ``topic`` is what its pronoun was taken for;
    ``part_of`` holds values that a part of them cannot equal; ``unclear`` says that the line leans on the turn before
    in a way that was not understood.
    """

    text: str
    query: Query | None = None
    note: str = ""
    asked: str = ""
    others: tuple[Completed, ...] = ()
    topic: str = ""
    part_of: tuple[str, ...] = ()
    unclear: bool = False


def read_as(text: str, topic: str = "") -> Completed:
    """A line read as another, and said so."""
    return Completed(text, None, note_of(text), topic=topic)


def note_of(text: str, asked: str = "") -> str:
    """What was read, and the bare question then asked of it."""
    return f"read as “{' '.join(text.split())}”" + (f", then “{asked}”" if asked else "")
