"""How fast a base is built next to the parser alone, and how long it takes again without a change.

``python -m tests.benchmarks.build [FOLDER] [--jobs N] [--rounds N] [--profile]``: without a folder, the bundled
documents; a ``.json`` file of articles as SQuAD has them will do as well. The bar: a build makes at least 40 % of the
words per second that ``nlp.pipe`` alone makes of the same text with the same processes (aim: 70 %). On one process
processor time counts, else the clock. The two are timed in turns: the ratio is the median of the rounds', for a machine
that others use too slows down by half for seconds at a time; beside it stands the shortest time of each. Extraction and
linking are always timed on one process.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import tempfile
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# As the program sets it before it loads the model; here NumPy is there already, and its waiting threads would be
# counted as processor time, of the parser more than of the rest.

from bot.documents.model import Document
from bot.facts.build import BuildReport, _parsed, _tasks, build, read_all
from bot.facts.connect import connect
from bot.facts.extract import extract
from bot.facts.reuse import Reusable
from bot.facts.rules.tables import row_facts
from bot.language.analysis import BATCH
from bot.language.pipeline import load
from bot.language.values import values_in
from bot.resources import knowledge_folder
from tests.articles import read_articles, write_article
from tests.benchmarks.table import show

BAR = 0.40
AIM = 0.70


def main() -> None:
    """Time the parts and the whole, and print words per second."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="print what a build on one core spends its time on")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = _folder(options.folder or knowledge_folder(), Path(scratch))
        file = Path(scratch) / "benchmark.kb"
        load()
        if options.profile:
            _profile(folder, file)
        else:
            _measure(folder, file, options.jobs, options.rounds)


def _folder(given: Path, scratch: Path) -> Path:
    """The folder itself; of a file of articles, one where each of them is a Markdown document."""
    if given.suffix != ".json":
        return given
    folder = scratch / "articles"
    folder.mkdir()
    for article in read_articles(given):
        write_article(article, "md", folder)
    return folder


def _measure(folder: Path, kb: Path, jobs: int, rounds: int) -> None:
    documents, _ = read_all(folder, lambda stage, done, total: None)
    seconds: dict[str, list[float]] = {}
    reports: list[BuildReport] = []

    def whole() -> None:
        kb.unlink(missing_ok=True)
        values_in.cache_clear()  # a second round has read nothing before either
        reports.append(build(folder, kb, jobs=jobs))

    for _ in range(rounds):  # taken in turns, so that what else the machine does falls on all alike
        for name, action in {"nlp.pipe": lambda: _pipe(documents, jobs), "build": whole}.items():
            _time(seconds, name, action, jobs)
        _extraction_and_linking(documents, folder, seconds)
    _time(seconds, "without a change", lambda: build(folder, kb, jobs=jobs), jobs)
    report = reports[0]
    ratio = median(pipe / whole for pipe, whole in zip(seconds["nlp.pipe"], seconds["build"], strict=True))
    verdict = "aim reached" if ratio >= AIM else "bar passed" if ratio >= BAR else "BELOW THE BAR"
    best = {name: min(times) for name, times in seconds.items()}
    rates = [(name, f"{time:6.2f} s, {report.words / time:>9,.0f} words a second") for name, time in best.items()]
    rows = [
        ("documents", f"{len(report.documents):,}"),
        ("words", f"{report.words:,}"),
        ("sentences, facts", f"{report.sentences:,}, {report.facts:,}"),
        ("size", f"{kb.stat().st_size / 1e6:.1f} MB"),
        ("processes", str(jobs)),
        *rates,
        ("build to nlp.pipe", f"{ratio:.0%} (bar {BAR:.0%}, aim {AIM:.0%}): {verdict}"),
    ]
    show("build", rows)


def _time(seconds: dict[str, list[float]], name: str, action: Callable[[], object], jobs: int = 1) -> None:
    """Note how long an action took."""
    clock = process_time if jobs == 1 else perf_counter
    begin = clock()
    action()
    seconds.setdefault(name, []).append(clock() - begin)


def _pipe(documents: list[Document], jobs: int) -> None:
    texts = [task.source.text for document in documents for task in _tasks(document, Reusable())]
    for _ in load().pipe(texts, batch_size=BATCH, n_process=jobs):
        pass


def _extraction_and_linking(documents: list[Document], folder: Path, seconds: dict[str, list[float]]) -> None:
    parsed = _parsed(documents, Reusable(), 1, lambda stage, done, total: None)
    tasks = chain.from_iterable(_tasks(document, Reusable()) for document in documents)
    sources = list(zip(tasks, chain.from_iterable(document.passages for document in parsed), strict=True))
    entities = folder / "entities.toml"

    def both() -> None:
        for task, item in sources:
            if task.cells:
                row_facts(task.cells, task.context)
            else:
                for sentence in item.sentences:
                    extract(sentence, task.context)
        connect(parsed, entities if entities.is_file() else None, lambda done, total: None)

    _time(seconds, "extraction, linking", both)


def _profile(folder: Path, kb: Path) -> None:
    profile = cProfile.Profile()
    profile.runcall(build, folder, kb, jobs=1)
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)


if __name__ == "__main__":
    main()
