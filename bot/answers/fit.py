"""Fit what each observation is worth on questions with known answers, and report how it holds on articles left out.

    python -m bot.answers.fit SQUAD.json FOLDER [--also QUESTIONS.jsonl BASE.kb]... [--write]

SQUAD.json has the form of SQuAD 2.0 (Rajpurkar, Jia and Liang 2018); FOLDER holds a base ``TITLE.kb`` of each article.
QUESTIONS.jsonl has a question a line with what its answer must hold, as ``tests/questions/README.md`` describes: on
documents of other kinds than an encyclopedia's.
``rank`` is a softmax over the candidates of a question and silence, fitted by Adam (Kingma and Ba 2015) on the
log-likelihood of the right ones, each counted by its F1; features worth next to nothing are dropped. ``trust`` is a
logistic regression on the best candidates, of few features, for which the ranks come from weights fitted without their
article. Every figure reported for an article is of weights fitted on the others, the ranks of those again without
theirs: a rank fitted on an answer knows that answer.
"""

from __future__ import annotations

import argparse
import json
import re
import string
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from bot.answers.gap import all_matches
from bot.answers.match import LAWS, VIOLATION
from bot.answers.ranking import Ranking, lead, trust_features
from bot.answers.shown import values_of
from bot.answers.weights import load_weights
from bot.api import Bot
from bot.questions.query import Query

Array = npt.NDArray[np.float64]
MOST = 30  # candidates of a question
RIGHT = 0.5  # token F1 from which a candidate counts as right
STEPS = 200
RATE = 0.05
PULL = 0.003  # L2 on the standardized weights of rank
TRUST_PULL = 0.02  # the same for trust
LITTLE = 0.03  # a standardized weight below this is dropped
EXPECTED = ("answered", "unknown")
EVEN = 0.5  # an answer that is more likely wrong than right is not given


class Case(Struct, frozen=True):
    """One question: its candidates' features by name, their texts and F1; ``answerable``: whether it has an answer."""

    article: str
    features: tuple[dict[str, float], ...]
    texts: tuple[str, ...]
    scores: Array
    answerable: bool


class Best(Struct, frozen=True):
    """The best candidate of a case under some weights: what its trust rests on, and its F1."""

    features: dict[str, float]
    score: float


def tokens(text: str) -> list[str]:
    """Words as SQuAD's own scorer counts them."""
    kept = "".join(c for c in text.lower() if c not in string.punctuation)
    return re.sub(r"\b(a|an|the)\b", " ", kept).split()


def f1(answer: str, gold: str) -> float:
    """Token F1 of an answer against one gold answer."""
    a, g = tokens(answer), tokens(gold)
    same = sum((Counter(a) & Counter(g)).values())
    return 2 * same / (len(a) + len(g)) if same else 0.0


def cases_of(squad: Path, folder: Path) -> list[Case]:
    """Every question with its candidates; none where it is not read as a question for a gap."""
    found: list[Case] = []
    for article in json.loads(squad.read_text(encoding="utf-8"))["data"]:
        base = folder / f"{article['title']}.kb"
        if not base.is_file():
            continue
        bot = Bot.open(base)
        for item in (q for p in article["paragraphs"] for q in p["qas"]):
            gold = [answer["text"] for answer in item["answers"]]
            features, values = candidates(bot, item["question"])
            texts = tuple(", ".join(given) for given in values)
            scores = np.array([max((f1(text, g) for g in gold), default=0.0) for text in texts])
            found.append(Case(article["title"], features, texts, scores, bool(gold)))
        print(f"{article['title']}: {len(found)} questions so far", file=sys.stderr)
    return found


def own_cases(questions: Path, base: Path) -> list[Case]:
    """Questions of one base with what their answers must hold; follow-ups are left out."""
    found: list[Case] = []
    bot = Bot.open(base)
    for line in questions.read_text(encoding="utf-8").splitlines():
        item: dict[str, Any] = json.loads(line) if line.strip() else {"turns": [""]}
        if item.get("turns") or item.get("base", base.stem) != base.stem or item["expect"] not in EXPECTED:
            continue
        features, values = candidates(bot, item["question"])
        texts = tuple(", ".join(given) for given in values)
        scores = np.array([held(text, item) for text in texts])
        found.append(Case("own", features, texts, scores, item["expect"] == "answered"))
    return found


def held(text: str, item: dict[str, Any]) -> float:
    """The share of what an answer must hold that a text holds; 0 where it holds what it must not."""
    folded = f" {re.sub(r'[^a-z0-9%$€.,]+', ' ', text.lower())} "
    groups = item["all"]
    if item["expect"] == "unknown" or not groups or any(word.lower() in folded for word in item["none"]):
        return 0.0
    return sum(any(word.lower() in folded for word in group) for group in groups) / len(groups)


def candidates(bot: Bot, question: str) -> tuple[tuple[dict[str, float], ...], list[tuple[str, ...]]]:
    """What speaks for each candidate of a question, best first by the present weights, and its values."""
    query = bot.parse(question)
    if not isinstance(query, Query) or query.lookup != "gap":
        return (), []
    matches = all_matches(query, bot.world, load_weights())[:MOST]
    return tuple(match.evidence() for match in matches), [values_of(m, query, bot.world) for m in matches]


class Table(Struct, frozen=True):
    """The cases that have candidates as one matrix: a row a candidate, a column a feature; ``question`` is each row's
    case, ``fixed`` what violated constraints cost each row."""

    names: tuple[str, ...]
    articles: tuple[str, ...]
    x: Array
    question: npt.NDArray[np.int64]
    right: Array
    fixed: Array

    def without(self, articles: set[str]) -> Table:
        """The table of the other articles."""
        kept = np.array([article not in articles for article in self.articles])
        rows = kept[self.question]
        renumbered = np.cumsum(kept) - 1
        return Table(
            self.names,
            tuple(a for a, keep in zip(self.articles, kept, strict=True) if keep),
            self.x[rows],
            renumbered[self.question[rows]],
            self.right[rows],
            self.fixed[rows],
        )


def table_of(cases: Sequence[Case]) -> Table:
    """All features of all candidates."""
    used = [case for case in cases if case.texts]
    names = sorted({name for case in used for f in case.features for name in f} - set(LAWS))
    return Table(
        tuple(names),
        tuple(case.article for case in used),
        np.array([[f.get(name, 0.0) for name in names] for case in used for f in case.features]),
        np.repeat(np.arange(len(used)), [len(case.texts) for case in used]),
        np.concatenate([np.where(case.scores >= RIGHT, case.scores, 0.0) for case in used]),
        np.array([-VIOLATION * f["violated"] for case in used for f in case.features]),
    )


def fit_rank(table: Table, columns: npt.NDArray[np.int64] | None = None) -> tuple[dict[str, float], float]:
    """Weights of the features by name, and the rank of silence. columns: which features to use, all at first."""
    used = np.arange(len(table.names)) if columns is None else columns
    x = table.x[:, used]
    middle, spread = x.mean(0), x.std(0) + 1e-6
    x = (x - middle) / spread
    question, right = table.question, table.right
    starts = np.flatnonzero(np.diff(question, prepend=-1))
    hopeless = np.maximum.reduceat(right, starts) <= 0
    silent = np.where(hopeless, 1.0, 0.02)
    w = np.zeros(x.shape[1] + 1)
    first, second = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        s = x @ w[:-1] + table.fixed
        top = np.maximum(np.maximum.reduceat(s, starts), w[-1])
        odds, none = np.exp(s - top[question]), np.exp(w[-1] - top)
        total = np.add.reduceat(odds, starts) + none
        good = np.add.reduceat(odds * right, starts) + none * silent
        pull = (odds * right / good[question] - odds / total[question]) / len(starts)
        slope = np.append(x.T @ pull - PULL * w[:-1], (none * silent / good - none / total).mean())
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        w += RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    strong = np.abs(w[:-1]) >= LITTLE
    if not strong.all():
        return fit_rank(table, used[strong])
    plain = w[:-1] / spread
    names = [table.names[n] for n in used]
    return dict(zip(names, plain.tolist(), strict=True)), float(w[-1] + plain @ middle)


def fit_trust(best: Sequence[Best]) -> tuple[dict[str, float], float]:
    """Log-odds that a best candidate is right: weights by name, and the offset. Newton's method."""
    names = sorted({name for b in best for name in b.features})
    x = np.array([[b.features.get(name, 0.0) for name in names] for b in best])
    y = np.array([b.score >= RIGHT for b in best], dtype=float)
    middle, spread = x.mean(0), x.std(0) + 1e-6
    z = np.column_stack([(x - middle) / spread, np.ones(len(x))])
    pull = np.append(np.full(len(names), TRUST_PULL * len(x) / 10), 0.0)
    w = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ w))
        hessian = (z * (p * (1 - p))[:, None]).T @ z + np.diag(pull + 1e-9)
        w += np.linalg.solve(hessian, z.T @ (y - p) - pull * w)
    plain = w[:-1] / spread
    return dict(zip(names, plain.tolist(), strict=True)), float(w[-1] - plain @ middle)


def best_of(cases: Iterable[Case], ranking: Ranking) -> list[Best | None]:
    """The best candidate of each case, None where it has none."""
    found: list[Best | None] = []
    for case in cases:
        order = sorted(
            ((ranking.sum(f) - VIOLATION * f["violated"], -n) for n, f in enumerate(case.features)), reverse=True
        )
        if not order:
            found.append(None)
            continue
        ranks = [(rank, case.texts[-n]) for rank, n in order]
        n = -order[0][1]
        features = trust_features(case.features[n], lead(ranks, ranking.silence))
        found.append(Best(features, float(case.scores[n])))
    return found


def fitted(cases: Sequence[Case], table: Table, threshold: float) -> Ranking:
    """Rank of all cases; trust of their best candidates, each article ranked by weights fitted without it. table: of
    these cases and maybe others."""
    articles = {case.article for case in cases}
    table = table.without(set(table.articles) - articles)
    best: list[Best] = []
    for article in sorted(articles):
        weights, silence = fit_rank(table.without({article}))
        of_article = best_of((c for c in cases if c.article == article), Ranking(weights, silence, {}, 0.0, threshold))
        best += [b for b in of_article if b is not None]
    trust, offset = fit_trust(best)
    weights, silence = fit_rank(table)
    return Ranking(weights, silence, trust, offset, threshold)


Outcome = tuple[float, float, bool]  # confidence (-1: no candidate), F1 of the best candidate, answerable


def outcomes(cases: Sequence[Case], ranking: Ranking) -> list[Outcome]:
    """What the bot would answer to each case, and how surely."""
    return [
        (ranking.confidence(b.features), b.score, case.answerable) if b is not None else (-1.0, 0.0, case.answerable)
        for case, b in zip(cases, best_of(cases, ranking), strict=True)
    ]


def report(found: Sequence[Outcome], threshold: float) -> str:
    """F1 over all, F1 of the answers given, coverage of the answerable, expected calibration error (ten bins)."""
    p = np.array([o[0] for o in found])
    score = np.array([o[1] for o in found])
    answerable = np.array([o[2] for o in found])
    given = p >= threshold
    total = np.where(given, score, ~answerable).mean()
    bins = np.clip((p * 10).astype(int), 0, 9)
    used = p >= 0
    error = sum(
        abs(p[mine].mean() - (score[mine] >= RIGHT).mean()) * mine.sum() / used.sum()
        for b in range(10)
        if (mine := used & (bins == b)).any()
    )
    answered = score[given].mean() if given.any() else 0.0
    coverage = (given & answerable).sum() / max(answerable.sum(), 1)
    return f"F1 {total:.3f}  answered F1 {answered:.3f}  coverage {coverage:.3f}  calibration error {error:.3f}"


def main() -> None:
    """Fit, cross-validate over articles, print; with ``--write`` keep the result in ``ranking.toml``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("squad", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threshold", type=float, default=EVEN, help="confidence below which nothing is answered")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--also", nargs=2, action="append", default=[], metavar=("QUESTIONS", "BASE"))
    options = parser.parse_args()
    cases = cases_of(options.squad, options.folder)
    articles = sorted({case.article for case in cases})
    for questions, base in options.also:
        cases += own_cases(Path(questions), Path(base))
    ranking = examine(cases, articles, options.threshold)
    if options.write:
        write(ranking)


def examine(cases: Sequence[Case], articles: Sequence[str], threshold: float) -> Ranking:
    """Print how weights fitted without an article do on it, for each of some articles; RETURNS those fitted on all."""
    table = table_of(cases)
    everything: list[Outcome] = []
    for article in articles:
        rest, apart = [c for c in cases if c.article != article], [c for c in cases if c.article == article]
        found = outcomes(apart, fitted(rest, table, threshold))
        everything += found
        print(f"held out {article:20} {report(found, threshold)}", flush=True)
    print(f"held out {'all':20} {report(everything, threshold)}")
    for other in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        print(f"   at {other:.1f} {report(everything, other)}")
    ranking = fitted(cases, table, threshold)
    print(f"fitted   {'all':20} {report(outcomes([c for c in cases if c.article in articles], ranking), threshold)}")
    return ranking


def write(ranking: Ranking) -> None:
    """Replace ``ranking.toml``, the strongest weights first."""
    lines = [
        "# Fitted by `python -m bot.answers.fit`; what each name observes is said in bot/answers/features.py,",
        "# meeting.py and ranking.py.",
        "[limits]",
        f"silence = {ranking.silence:.4g}",
        f"offset = {ranking.offset:.4g}",
        f"threshold = {ranking.threshold:g}",
    ]
    for table, weights in (("rank", ranking.rank), ("trust", ranking.trust)):
        lines += ["", f"[{table}]"]
        ordered = sorted(weights.items(), key=lambda w: (-abs(w[1]), w[0]))
        lines += [f"{name} = {weight:.4g}" for name, weight in ordered]
    Path(__file__).with_name("ranking.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
