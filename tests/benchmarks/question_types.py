"""How well questions are typed, and how long it takes.

``python -m tests.benchmarks.question_types [--data FILE]``: the share of right coarse and fine types (Li and Roth) on
the part of the labelled questions that rules may be written from, and on every fifth line, which is set aside and of
which nothing but the two shares is ever shown.
"""

from __future__ import annotations

import argparse
import re
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bot.language import lexicon, pipeline
from bot.language.analysis import sentence_of
from bot.questions.repair import mend
from bot.questions.types import type_of_question
from tests.benchmarks.table import show, spread

if TYPE_CHECKING:
    from spacy.language import Language

LABELLED = Path(__file__).resolve().parents[3] / "shared" / "data" / "questions" / "trec-train.label"
SET_ASIDE = 5  # every fifth line


@dataclass(frozen=True, slots=True)
class Score:
    """Shares of right types, and the seconds that each question took to type once it was parsed."""

    questions: int
    coarse: float
    fine: float
    times: tuple[float, ...]


def labelled(file: Path, *, set_aside: bool) -> list[tuple[str, str]]:
    """(label, question) of the lines that are set aside, or of the others; spaces before punctuation are taken out."""
    lines = file.read_text(encoding="latin-1").splitlines()
    chosen = [line for n, line in enumerate(lines, 1) if (n % SET_ASIDE == 0) == set_aside]
    return [(label, _untokenised(question)) for label, _, question in (line.partition(" ") for line in chosen)]


def score(questions: list[tuple[str, str]], nlp: Language) -> Score:
    """Type every question and compare."""
    words = lexicon.load()
    coarse = fine = 0
    times = []
    for label, question in questions:
        sentence = sentence_of(nlp(question))
        assert sentence is not None, question
        sentence, _ = mend(sentence)
        begin = perf_counter()
        found = type_of_question(sentence, words)
        times.append(perf_counter() - begin)
        coarse += found is not None and found.coarse == label.partition(":")[0]
        fine += found is not None and found.name == label
    return Score(len(questions), coarse / len(questions), fine / len(questions), tuple(times))


def _untokenised(question: str) -> str:
    return re.sub(r"\s+([?.,;:!'])", r"\1", question.strip()).replace("` ", "'").replace("``", '"')


def main() -> None:
    """Score both parts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=LABELLED)
    options = parser.parse_args()
    nlp = pipeline.load()
    for title, set_aside in (("question types, to write rules from", False), ("question types, set aside", True)):
        found = score(labelled(options.data, set_aside=set_aside), nlp)
        shares = [("coarse", f"{found.coarse:.1%}"), ("fine", f"{found.fine:.1%}")]
        show(title, [("questions", str(found.questions)), *shares, *spread(list(found.times))])


if __name__ == "__main__":
    main()
