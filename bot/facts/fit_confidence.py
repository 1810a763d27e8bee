"""Fit ``data/confidence.toml`` on sentences whose facts people wrote down (CaRB's development sentences).

    python -m bot.facts.fit_confidence carb-dev.tsv

The file: sentence, relation, first argument, further arguments, tab-separated. Each extracted fact is paired with at
most one fact of its sentence, best pair first; the words that the pair has in common, as the mean of their share of
either's words, are what the sum of weights is fitted to, by logistic regression with a ridge: a fact that says little
of what people wrote is worth less than one that says all of it. Kinds and rules too rare to judge keep what the file
says.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
import tomli

from bot.facts.confidence import features
from bot.facts.extract import extract
from bot.facts.model import Fact
from bot.facts.openie import to_openie
from bot.language.analysis import Source, analyse_many
from bot.language.pipeline import load

RAREST = 20
RIDGE = 2.0
SHAPES_BY_HAND = {"subject_only": -1.9}
"""A fact that says nothing of its subject is worth less than the words it shares."""
Matrix = npt.NDArray[np.float64]
Triple = tuple[list[str], list[str], list[str]]


def shared(gold: Triple, said: Triple) -> float:
    """What two facts have in common, slot by slot, as the mean of its shares of their words; 0 where the relations
    share no word."""
    common = [sum((Counter(g) & Counter(s)).values()) for g, s in zip(gold, said, strict=True)]
    be = {"be", "is", "are", "was", "were", "been", "being"}
    if not common[0] and "is" in said[0] and be & set(gold[0]):
        common[0] = 1
    if not common[0]:
        return 0.0
    return sum(sum(common) / max(1, sum(map(len, words))) for words in (gold, said)) / 2


def triple(relation: str, first: str, rest: str) -> Triple:
    return relation.split(), first.split(), rest.split()


def printed(fact: Fact) -> Triple:
    said = to_openie(fact)
    return triple(said["relation"], said["subject"], " ".join([said["object"], *said["arguments"]]))


def paired(gold: list[Triple], facts: list[Fact]) -> list[float]:
    """What each fact is worth: its share with the gold fact it is paired with, 0 for none."""
    worth = [0.0] * len(facts)
    scores = ((shared(g, printed(f)), i, j) for i, g in enumerate(gold) for j, f in enumerate(facts))
    rows: set[int] = set()
    columns: set[int] = set()
    for score, i, j in sorted(scores, key=lambda x: (-x[0], x[1], x[2])):
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            worth[j] = score
    return worth


def read_gold(path: Path) -> dict[str, list[Triple]]:
    gold: dict[str, list[Triple]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence, relation, first, *rest = line.split("\t")
        gold[sentence.strip()].append(triple(relation, first, " ".join(rest)))
    return dict(gold)


def logistic(rows: Matrix, target: Matrix, ridge: Matrix) -> Matrix:
    """Weights of a logistic regression on shares, by Newton's steps."""
    weights = np.zeros(rows.shape[1])
    for _ in range(30):
        guess = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (target - guess) - ridge * weights
        curve = (rows * (guess * (1 - guess))[:, None]).T @ rows + np.diag(ridge)
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def fit(facts: list[Fact], worth: list[float], old: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    """New weights; what is too rare keeps its old kind's figure, or weighs nothing."""
    counts = Counter(name for fact in facts for name in features(fact))
    names = sorted(name for name, n in counts.items() if n >= RAREST)
    column = {name: k for k, name in enumerate(names)}
    rows = np.zeros((len(facts), len(names)))
    target = np.array(worth)
    for i, fact in enumerate(facts):
        for feature in features(fact):
            if feature in column:
                rows[i, column[feature]] = 1.0
    weights = logistic(rows, target, np.array([0.5 if group == "kind" else RIDGE for group, _ in names]))
    found: dict[str, dict[str, float]] = {"kind": dict(old["kind"]), "rule": {}, "shape": {}}
    for (group, name), weight in zip(names, weights, strict=True):
        found[group][name] = round(float(weight), 3)
    found["shape"].update(SHAPES_BY_HAND)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="Fit the confidence of facts on sentences with known facts.")
    parser.add_argument("gold", type=Path)
    gold = read_gold(parser.parse_args().gold)
    facts: list[Fact] = []
    worth: list[float] = []
    for sentence, parsed in zip(gold, analyse_many(load(), [Source(s) for s in gold]), strict=True):
        found = [fact for one in parsed for fact in extract(one)]
        facts += found
        worth += paired(gold[sentence], found)
    target = Path(str(files("bot.facts").joinpath("data", "confidence.toml")))
    text = target.read_text(encoding="utf-8")
    weights = fit(facts, worth, tomli.loads(text))
    lines = [line for line in text.splitlines() if line.startswith("#")]
    for group, table in weights.items():
        lines += ["", f"[{group}]", *(f"{name} = {weight}" for name, weight in sorted(table.items()))]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(gold)} sentences, {len(facts)} facts, worth {sum(worth) / len(worth):.3f} on average: {target.name}")


if __name__ == "__main__":
    main()
