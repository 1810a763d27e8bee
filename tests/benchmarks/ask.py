"""How long a question takes on a warm bot, answered and refused ones apart.

``python -m tests.benchmarks.ask [--kb FILE] [--rounds N] [--questions FILE]``: without a file, the examples of all
intents and the questions that the base suggests.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter

from bot import Bot
from bot.questions.intents import load_intents
from bot.resources import intents_folder
from tests.benchmarks.table import show, spread

SUGGESTED = 100


def main() -> None:
    """Ask every question some rounds and print the spread."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kb", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--questions", type=Path, metavar="FILE", help="one a line")
    options = parser.parse_args()
    bot = Bot.open(options.kb)
    questions = _questions(bot, options.questions)
    for question in questions:
        bot.ask(question)
    times: dict[str, list[float]] = {"answered": [], "refused": []}
    for _ in range(options.rounds):
        for question in questions:
            begin = perf_counter()
            status = bot.ask(question).status
            times["answered" if status == "answered" else "refused"].append(perf_counter() - begin)
    for name, seconds in times.items():
        if seconds:
            show(f"ask, warm, {name}", [("questions", str(len(seconds) // options.rounds)), *spread(seconds)])


def _questions(bot: Bot, file: Path | None) -> list[str]:
    if file:
        return [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    examples = [example for intent in load_intents(intents_folder()) for example in intent.examples]
    return [*examples, *bot.suggestions(SUGGESTED)]


if __name__ == "__main__":
    main()
