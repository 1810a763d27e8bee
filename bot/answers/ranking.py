"""What each observation is worth (``ranking.toml``): the rank of a candidate, and how far the best can be trusted.

``rank`` is a sum of named features (``features.py``) and orders the candidates of a question. ``trust`` is the log-odds
that the best of them answers it, from its lead on the others and what its sentence lacks (Platt 1999 for the logistic
form). Both are fitted by ``bot/answers/fit.py``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import tomli
from msgspec import Struct

from bot.errors import ModelError


class Ranking(Struct, frozen=True):
    """``rank`` and ``trust`` map a feature to its weight; ``silence`` is the rank of giving no answer, ``offset`` the
    log-odds of trust where all features are 0; below ``threshold`` of confidence there is no answer."""

    rank: Mapping[str, float]
    silence: float
    trust: Mapping[str, float]
    offset: float
    threshold: float

    def sum(self, features: Mapping[str, float]) -> float:
        """The worth of some features for the rank."""
        worth = self.rank
        return sum([worth.get(name, 0.0) * value for name, value in features.items() if value])

    def confidence(self, features: Mapping[str, float]) -> float:
        """The probability that the best candidate is right."""
        odds = self.offset + sum([self.trust.get(name, 0.0) * value for name, value in features.items()])
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


AHEAD = 5.0  # in rank, from which a lead on the next answer says no more


def lead(ranks: list[tuple[float, str]], silence: float) -> dict[str, float]:
    """How far the first of some ranked answers leads: on silence, on the next answer that differs, and its share of the
    probability of all answers and silence.

    ranks: rank and text of each candidate, best first.
    """
    best, text = ranks[0]
    top = max(best, silence)
    weights = [math.exp(rank - top) for rank, _ in ranks]
    total = sum(weights) + math.exp(silence - top)
    share = sum(weight for weight, (_, other) in zip(weights, ranks, strict=True) if other == text) / total
    rival = next((rank for rank, other in ranks if other != text), min(silence, best))
    return {
        "on_silence": best - silence,
        "on_next": min(best - rival, AHEAD),
        "share": share,
    }


def most_lead(ranks: list[float], silence: float) -> dict[str, float]:
    """The lead that the first of some ranked answers could have at most, whatever their texts are: if all of them said
    the same. Trust grows with each part of it."""
    return {**lead([(rank, "") for rank in ranks], silence), "on_next": AHEAD}


# What a statement that meets the question would not have; the first few, once they are there, are hardly ever right.
HARD = (
    "violated",
    "no_name",
    "no_number",
    "denied",
    "turned",
    "no_degree",
    "polarity",
    "rival",
    "clash",
)
SOFT = ("no_noun", "no_modifier", "no_verb", "before")
PLAIN = ("unified", "exact", "unmet", "terms", "names", "verbless", "kindless", "product", "row")


def trust_features(evidence: Mapping[str, float], ahead: Mapping[str, float]) -> dict[str, float]:
    """What trust in the best candidate rests on: its lead (see ``lead``), and what the question has that its sentence
    has not. The lead says less where something is missing."""
    hard = float(sum(evidence.get(name, 0.0) > 0 for name in HARD))
    soft = float(sum(evidence.get(name, 0.0) > 0 for name in SOFT))
    features = {name: value for name, value in evidence.items() if name in PLAIN or name.startswith("asks_")}
    return {
        **features,
        "on_silence": ahead["on_silence"],
        "on_next": ahead["on_next"],
        "share": ahead["share"],
        "hard": hard,
        "soft": soft,
        "sound_on_silence": 0.0 if hard else ahead["on_silence"],
        "whole_on_silence": 0.0 if hard + soft else ahead["on_silence"],
        "whole_share": 0.0 if hard + soft else ahead["share"],
    }


@lru_cache(maxsize=1)
def load_ranking() -> Ranking:
    """The fitted weights of the package; raises ModelError where the file is missing or damaged."""
    try:
        table = tomli.loads(resources.files("bot.answers").joinpath("ranking.toml").read_text(encoding="utf-8"))
        rank = {str(name): float(weight) for name, weight in table["rank"].items()}
        trust = {str(name): float(weight) for name, weight in table["trust"].items()}
        silence, offset = float(table["limits"]["silence"]), float(table["limits"]["offset"])
        return Ranking(rank, silence, trust, offset, float(table["limits"]["threshold"]))
    except (OSError, tomli.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
        raise ModelError(f"bot/answers/ranking.toml is missing or damaged ({error}); install citebot again") from error
