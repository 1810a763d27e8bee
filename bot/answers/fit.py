"""Fit the weights of matching on questions with known answers, and report how well they hold on articles left out.

    python -m bot.answers.fit SQUAD.json FOLDER [--write]

SQUAD.json has the form of SQuAD 2.0 (Rajpurkar, Jia and Liang 2018); FOLDER holds a base ``TITLE.kb`` of each article.
For each question the candidates' features are taken once; the model is a softmax over the candidates and *no answer*
whose scores are the weighted sums of the features' logarithms, fitted by gradient ascent with non-negative weights and
a pull towards the hand-set ones. Then a logistic curve maps the best score to a probability (Platt 1999).
"""

from __future__ import annotations

import argparse
import json
import re
import string
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bot.answers.gap import all_matches, values_of
from bot.answers.weights import FLOOR, Weights, load_weights
from bot.api import Bot
from bot.questions.query import Query

Array = npt.NDArray[np.float64]
MOST = 25
RIGHT = 0.6  # token F1 from which a candidate counts as right
PULL = 0.02
STEPS = 400
RATE = 0.3


@dataclass(frozen=True, slots=True)
class Case:
    """One question: log-features of its candidates, and which of them are right (none: silence is)."""

    article: str
    features: Array
    right: npt.NDArray[np.bool_]
    answerable: bool


def tokens(text: str) -> list[str]:
    """Words as SQuAD's own scorer counts them."""
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


def f1(answer: str, gold: str) -> float:
    """Token F1 of an answer against one gold answer."""
    a, g = tokens(answer), tokens(gold)
    same = sum((Counter(a) & Counter(g)).values())
    return 2 * same / (len(a) + len(g)) if same else 0.0


def cases_of(squad: Path, folder: Path, names: tuple[str, ...], weights: Weights) -> list[Case]:
    """Candidates of every question that asks for a gap."""
    found = []
    for article in json.loads(squad.read_text(encoding="utf-8"))["data"]:
        base = folder / f"{article['title']}.kb"
        if not base.is_file():
            continue
        bot = Bot.open(base)
        for item in (q for p in article["paragraphs"] for q in p["qas"]):
            query = bot.parse(item["question"])
            if not isinstance(query, Query) or query.lookup != "gap":
                continue
            matches = all_matches(query, bot.world, weights)[:MOST]
            if not matches:
                continue
            gold = [answer["text"] for answer in item["answers"]]
            rows, right = [], []
            for match in matches:
                given = dict(match.features)
                rows.append([np.log(max(given[name], FLOOR)) for name in names])
                said = ", ".join(values_of(match, query, bot.world))
                right.append(any(f1(said, g) >= RIGHT for g in gold))
            found.append(Case(article["title"], np.array(rows), np.array(right), bool(gold)))
        print(f"{article['title']}: {len(found)} questions so far", file=sys.stderr)
    return found


def fit(cases: list[Case], start: Array) -> tuple[Array, float]:
    """Weights and the score of *no answer*, by gradient ascent on the mean log-likelihood."""
    weights, silent = start.copy(), float(np.log(0.3))
    prior = start.copy()
    for step in range(STEPS):
        gradient, slope = np.zeros_like(weights), 0.0
        for case in cases:
            scores = np.append(case.features @ weights, silent)
            p = np.exp(scores - scores.max())
            p /= p.sum()
            target = np.append(case.right.astype(float), 0.0 if case.right.any() else 1.0)
            posterior = p * target
            posterior /= posterior.sum() or 1.0
            difference = posterior - p
            gradient += difference[:-1] @ case.features
            slope += float(difference[-1])
        rate = RATE / (1 + step / 100)
        weights = np.maximum(0.02, weights + rate * (gradient / len(cases) - PULL * (weights - prior)))
        silent += rate * slope / len(cases)
    return weights, silent


def curve(cases: list[Case], weights: Array) -> tuple[float, float]:
    """Steepness and middle of the logistic curve from the best score to the probability that it is right."""
    best = [(case.features @ weights).argmax() for case in cases]
    x = np.array([(case.features @ weights)[n] for case, n in zip(cases, best, strict=True)])
    y = np.array([bool(case.right[n]) for case, n in zip(cases, best, strict=True)], dtype=float)
    steep, offset = 1.0, 0.0
    for _ in range(3000):
        p = 1 / (1 + np.exp(-(steep * x + offset)))
        steep += 0.05 * float(((y - p) * x).mean())
        offset += 0.05 * float((y - p).mean())
    return steep, float(np.exp(-offset / steep))


def report(cases: list[Case], weights: Array, steep: float, middle: float, least: float) -> str:
    """Precision and coverage of the answers given at a threshold, and the expected calibration error."""
    probabilities, right, answerable = [], [], 0
    for case in cases:
        scores = case.features @ weights
        n = int(scores.argmax())
        probabilities.append(1 / (1 + np.exp(-steep * (scores[n] - np.log(middle)))))
        right.append(bool(case.right[n]))
        answerable += case.answerable
    p, y = np.array(probabilities), np.array(right, dtype=float)
    given = p >= least
    bins = np.minimum((p * 10).astype(int), 9)
    error = sum(
        abs(p[bins == b].mean() - y[bins == b].mean()) * (bins == b).mean() for b in range(10) if (bins == b).any()
    )
    precision = y[given].mean() if given.any() else 0.0
    found = y[given].sum() / max(answerable, 1)
    return (
        f"answers {given.sum()} of {len(cases)}, right {precision:.3f}, "
        f"of the answerable {found:.3f}, calibration error {error:.3f}"
    )


def main() -> None:
    """Fit, cross-validate over articles, print; with ``--write`` keep the result in ``weights.toml``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("squad", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    weights = load_weights()
    names = tuple(weights.features)
    cases = cases_of(options.squad, options.folder, names, weights)
    start = np.array([weights.features[name] for name in names])
    for article in sorted({case.article for case in cases}):
        rest, held = [c for c in cases if c.article != article], [c for c in cases if c.article == article]
        fitted, _ = fit(rest, start)
        print(f"held out {article:20} {report(held, fitted, *curve(rest, fitted), weights.threshold)}")
    fitted, silent = fit(cases, start)
    steep, middle = curve(cases, fitted)
    for name, value in zip(names, fitted, strict=True):
        print(f"{name:10} {value:.2f}")
    print(f"steepness {steep:.2f} middle {middle:.3f} silent {np.exp(silent):.3f}")
    print("all", report(cases, fitted, steep, middle, weights.threshold))
    if options.write:
        write(dict(zip(names, fitted.tolist(), strict=True)), steep, middle)


def write(features: dict[str, float], steep: float, middle: float) -> None:
    """Replace the numbers in ``weights.toml``, comments kept."""
    path = Path(__file__).with_name("weights.toml")
    text = path.read_text(encoding="utf-8")
    for name, value in {**features, "steepness": steep, "middle": middle}.items():
        text = re.sub(rf"^({name} = )[\d.]+", rf"\g<1>{value:.3f}", text, flags=re.M)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
