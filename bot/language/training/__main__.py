"""Rebuild the shipped model: ``python -m bot.language.training DATA_FOLDER --out bot/language/weights``.

``DATA_FOLDER`` holds ``treebanks/``, ``ner/`` and ``wordnet/`` as described in the model card. The run is seeded and
has a fixed number of steps; it takes about an hour on one core (set ``OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1``).
Trained on: EWT's, GUM's and ATIS's training parts and EWT's and ATIS's development parts, Universal NER on EWT's
development part. Watched: GUM's development part. Never read here: any test part.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from .corpus import Sentence, read_treebank, with_names
from .lemmas import compile_exceptions
from .package import finish
from .train import Plan, build, known_words, train
from .wordnet import compile_table, read_entries


def training_sentences(data: Path) -> list[Sentence]:
    """Everything that is learned from, in a fixed order."""
    parts = {
        name: read_treebank(data / "treebanks" / f"{name}.conllu.xz")
        for name in ("ewt-train", "ewt-dev", "gum-train", "atis-train", "atis-dev")
    }
    parts["ewt-dev"] = with_names(parts["ewt-dev"], data / "ner" / "uner-ewt-dev.iob2.xz")
    return [sentence for part in parts.values() for sentence in part]


def main(arguments: Sequence[str] | None = None) -> int:
    """Train and write the model."""
    parser = argparse.ArgumentParser(prog="python -m bot.language.training", description=main.__doc__)
    parser.add_argument("data", type=Path, help="folder with treebanks/, ner/ and wordnet/")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the pipeline to")
    parser.add_argument("--steps", type=int, default=Plan().steps, help="optimizer steps (%(default)s)")
    parser.add_argument("--start", type=Path, help="pipeline made by this command on this data, to go on from")
    options = parser.parse_args(arguments)
    plan = replace(Plan(), steps=options.steps)
    sentences = training_sentences(options.data)
    watched = read_treebank(options.data / "treebanks" / "gum-dev.conllu.xz")[:: plan.watch_every]
    table = compile_table(read_entries(options.data / "wordnet" / "oewn-yaml.tar.xz"))
    nlp = build(plan, table, known_words(sentences, table), compile_exceptions(sentences, table))
    train(nlp, sentences, watched, plan, options.out, options.start)
    finish(options.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
