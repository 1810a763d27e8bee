"""How present each thing is that a section has spoken of: roles weigh, sentences halve (Lappin and Leass 1994)."""

from __future__ import annotations

from msgspec import Struct, field

from bot.facts.anaphora.phrases import Phrase
from bot.language.gazetteer.keys import name_key

RECENCY = 100.0
NAMED = 15.0
LATELY = 12.0
"""Sentences after which only names can be taken up again."""
DECAY = 0.5
"""What a sentence's distance leaves of a mention's weight."""


class Referent(Struct):
    """A thing spoken of: its mentions so far, the phrase that says most about it, and what is known of its gender."""

    key: str
    best: Phrase
    last: Phrase
    genders: frozenset[str]
    numbers: frozenset[str]
    weights: list[tuple[float, float]] = field(default_factory=list)

    @property
    def shown(self) -> Phrase:
        """The phrase that tells a reader what is meant: the latest that is a name, or has more than a bare noun."""
        return self.best if self.best.named and not self.last.named else self.last

    def score(self, now: float) -> float:
        """Salience at a time, in sentences since the section began (a new paragraph counts as one more)."""
        return sum((weight * DECAY ** (now - then) for then, weight in self.weights), 0.0)


class Discourse:
    """The referents of a section, in order of first mention; ``lately`` are those spoken of a short while ago,
    ``long_names`` names of several words by the noun that heads them."""

    def __init__(self) -> None:
        self.referents: dict[str, Referent] = {}
        self.lately: dict[str, Referent] = {}
        self.long_names: dict[str, dict[str, Referent]] = {}

    def forget(self, now: float) -> None:
        """Leave out of ``lately`` what has not been spoken of for ``LATELY`` sentences."""
        self.lately = {key: one for key, one in self.lately.items() if now - one.weights[-1][0] <= LATELY}

    def add(self, phrase: Phrase, now: float, key: str | None = None) -> Referent:
        """Note that ``phrase`` is mentioned; as what ``key`` names if given."""
        key = key or phrase.key
        known = self.referents.get(key)
        weight = RECENCY + phrase.rank + (NAMED if phrase.named else 0.0)
        if known is None:
            known = self.referents[key] = Referent(key, phrase, phrase, phrase.genders, phrase.numbers)
        else:
            # 'Their rivals, Polonia Warsaw, …': in one sentence a thing may be spoken of as one and as many.
            same = phrase.sentence == known.last.sentence
            known.numbers = known.numbers | phrase.numbers if same else phrase.numbers
            # 'The fourth emperor, Buyantu, …' is Buyantu; 'Frontex, the agency for …' is Frontex.
            apposed = phrase.role == "appos" and same
            if not (apposed and known.last.named):
                known.last = phrase
            known.genders = known.genders & phrase.genders or known.genders | phrase.genders
            if phrase.named and (not known.best.named or (not apposed and len(phrase.text) > len(known.best.text))):
                known.best = phrase
        known.weights.append((now, weight))
        self.lately[key] = known
        if phrase.named and len(phrase.heads) == 1 and len(name_key(phrase.text)) > 1:
            self.long_names.setdefault(phrase.lemma, {})[key] = known
        return known

    def again(self, referent: Referent, now: float, rank: float, genders: frozenset[str]) -> None:
        """Note that a pronoun takes a referent up."""
        referent.weights.append((now, RECENCY * 0.5 + rank))
        referent.genders = referent.genders & genders or referent.genders
