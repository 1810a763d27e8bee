"""The few weights of matching, in ``weights.toml`` beside this file, and how they make a score and a confidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources

import tomli
from msgspec import Struct

from bot.errors import ModelError

FLOOR = 1e-3


class Weights(Struct, frozen=True):
    """``features`` maps a feature's name to the power it is raised to; ``steepness`` and ``middle`` map a score to a
    probability; below ``threshold`` of confidence there is no answer; a sentence with a cover below ``least_cover`` is
    not looked at; another value is listed beside the best where its score is at least ``alike`` times the best's;
    an answer's score is at least ``least_score``, however it ranks (``least_sound`` where its sentence lacks nothing of
    the question), and from ``stated`` on such a sentence is one whatever its rank, from a
    confidence of ``certain`` on an answer is one whatever its score."""

    features: Mapping[str, float]
    steepness: float
    middle: float
    threshold: float
    least_cover: float
    alike: float
    least_score: float
    least_sound: float
    stated: float
    certain: float

    def score(self, features: Mapping[str, float]) -> float:
        """The product of the features, each raised to its weight: 0 to 1."""
        total = 0.0
        for name, power in self.features.items():
            value = features.get(name, 1.0)
            if value < 1.0:
                total += power * math.log(value if value > FLOOR else FLOOR)
        return math.exp(total)

    def confidence(self, score: float) -> float:
        """The probability that an answer of this score is right."""
        x = self.steepness * (math.log(max(score, FLOOR)) - math.log(self.middle))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """The weights of the package; raises ModelError where the file is missing or damaged."""
    try:
        table = tomli.loads(resources.files("bot.answers").joinpath("weights.toml").read_text(encoding="utf-8"))
        curve, search = table["confidence"], table["search"]
        return Weights(
            features={str(name): float(power) for name, power in table["features"].items()},
            steepness=float(curve["steepness"]),
            middle=float(curve["middle"]),
            threshold=float(curve["threshold"]),
            least_cover=float(search["least_cover"]),
            alike=float(search["alike"]),
            least_score=float(search["least_score"]),
            least_sound=float(search["least_sound"]),
            stated=float(search["stated"]),
            certain=float(search["certain"]),
        )
    except (OSError, tomli.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
        raise ModelError(f"bot/answers/weights.toml is missing or damaged ({error}); install citebot again") from error
