"""Round trip of whole articles in every format: how much evidence is found again, how many sentences yield a fact.

``python -m tests.benchmarks.round_trip [FILE]``: a file of articles as SQuAD has them; without one, the development
articles. Exits with 1 when any evidence is not found or a format falls short of the yield.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.articles import FORMATS, OWN, development_articles, read_articles
from tests.facts.round_trip import LEAST_YIELD, RoundTrip, round_trip

COLUMNS = f"{'article':<28} {'format':<8} {'facts':>6} {'found':>8} {'loose':>6} {'verbal':>7} {'yield':>7}"


def main() -> None:
    """Write, build and check every article in every format, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--silent", action="store_true", help="list the sentences that yielded no fact")
    options = parser.parse_args()
    articles = read_articles(options.file) if options.file else development_articles() or [OWN]
    sums: dict[str, list[RoundTrip]] = {}
    print(COLUMNS)
    for article in articles:
        for form in FORMATS:
            with tempfile.TemporaryDirectory() as scratch:
                found = round_trip(article, form, Path(scratch))
            sums.setdefault(form, []).append(found)
            print(_line(article.title, form, [found]), flush=True)
            for text in [*found.misplaced, *found.loose, *(found.silent if options.silent else ())]:
                print(f"    {text}")
    for form, all_found in sums.items():
        print(_line("all", form, all_found))
    every = [found for all_found in sums.values() for found in all_found]
    print(_line("all", "all", every))
    short = [form for form, all_found in sums.items() if _share(all_found) < LEAST_YIELD]
    sys.exit(1 if short or any(found.misplaced or found.loose for found in every) else 0)


def _share(found: list[RoundTrip]) -> float:
    verbal = sum(one.verbal for one in found)
    return 1 - sum(len(one.silent) for one in found) / verbal if verbal else 1.0


def _line(title: str, form: str, found: list[RoundTrip]) -> str:
    facts = sum(one.facts for one in found)
    bad, loose = sum(len(one.misplaced) for one in found), sum(len(one.loose) for one in found)
    verbal = sum(one.verbal for one in found)
    kept = 100 * (1 - bad / facts) if facts else 100.0
    return f"{title:<28} {form:<8} {facts:>6,} {kept:>6.1f} % {loose:>6} {verbal:>7,} {100 * _share(found):>5.1f} %"


if __name__ == "__main__":
    main()
