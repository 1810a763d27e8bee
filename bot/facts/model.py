"""The fact record: one proposition of one sentence, with its evidence and the rules that made it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from bot.language.values.model import Value

Polarity = Literal["positive", "negative"]

# Roles are normalised for voice: whoever does it is ``subj`` in actives and passives alike, what it is done to ``obj``.
#   subj obj iobj   core arguments (a *by*-phrase of a passive is ``subj``)
#   attr            what a copula says of its subject, the second name of an apposition, the value of a table cell
#   comp            a clausal complement, or what *agreed to* … is about
#   obl:with …      a prepositional argument or adjunct, with its preposition's lemma
#   poss, of        the possessor of the predicate when that is a noun (*Turkmenistan's capital*, *capital of …*)
#   time place manner reason purpose duration quantity   adjuncts known by their value or marker, whatever preposition
#   except          what an exception leaves out (*except Turkmenistan*)
Role = str


class TraceStep(Struct, frozen=True, array_like=True):
    """A rule that fired: its name, and the token indices it fired on."""

    rule: str
    tokens: tuple[int, ...] = ()
    note: str = ""


class Antecedent(Struct, frozen=True, array_like=True):
    """What a pronoun or a definite noun phrase stands for: its text and where the document says it."""

    text: str
    start: int
    end: int
    entity: str | None = None
    lemmas: tuple[str, ...] = ()


class Argument(Struct, frozen=True, array_like=True):
    """A participant or circumstance of a fact.

    ``head`` is its head's token index in the sentence and ``tokens`` all its tokens, sorted (case marker left out,
    kept in the role). ``text`` is the phrase as the sentence words it. ``start`` and ``end`` are offsets in the stored
    text from first to last token. ``entities`` are ids of linked entities named by the phrase's head (more than one for
    a compound that names its members), ``preposition`` the marker as it stands. ``head`` is -1 for an argument that the
    sentence does not contain (a heading or lead-in supplied it); ``antecedent`` then says where it comes from.
    """

    role: Role
    text: str
    head: int
    tokens: tuple[int, ...]
    start: int
    end: int
    preposition: str = ""
    entities: tuple[str, ...] = ()
    value: Value | None = None
    quantifier: str = ""
    antecedent: Antecedent | None = None


class Fact(Struct, frozen=True, array_like=True):
    """One proposition. ``predicate`` is its lemma with particle (*take part*, *set up*), lower-case; ``pos`` says
    whether it is a verb (``v``), a noun (``n``: nominal facts and copular ones, whose predicate is the attribute's
    head lemma) or an adjective (``a``). ``relation`` is the wording that ``extract`` prints, ``predicate_tokens`` the
    indices it rests on. ``hedge`` is the word that weakens it (*likely*), ``modal`` a modal verb's lemma, ``tense``
    one of past, present, future or empty. ``kind`` names the construction: clause, copula, apposition, possessive,
    nominal, exception, parenthesis, compound, table, heading."""

    predicate: str
    pos: Literal["v", "n", "a"]
    relation: str
    predicate_tokens: tuple[int, ...]
    arguments: tuple[Argument, ...]
    kind: str = "clause"
    polarity: Polarity = "positive"
    hedge: str = ""
    modal: str = ""
    tense: str = ""
    confidence: float = 1.0
    trace: tuple[TraceStep, ...] = ()

    def argument(self, *roles: Role) -> Argument | None:
        """The first argument with one of the roles."""
        return next((a for a in self.arguments if a.role in roles), None)


class Context(Struct, frozen=True):
    """What stands around a sentence and may supply what it leaves out: the document, its title, the headings above,
    the text of the lead-in (with its offsets), the passage's kind, and the bullet's or row's own place."""

    document: str
    title: str = ""
    section: tuple[str, ...] = ()
    kind: str = "paragraph"
    lead: tuple[int, int] | None = None
    lead_text: str = ""
    page: int | None = None
