"""Every score of the model card: ``python -m bot.language.training.evaluate DATA_FOLDER [--model FOLDER]``.

Scores follow ``spacy evaluate``: the pipeline gets raw text with its real spacing, one sentence a document, words are
aligned by character, and punctuation is left out of the attachment scores. Speed is wall time on documents of EWT's
test part, one process; run it with ``OPENBLAS_NUM_THREADS=1`` for the figure of one core.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.training import Example

from ..pipeline import WEIGHTS, load_from
from .corpus import Sentence, gold_doc, read_treebank, with_names
from .variants import bare, is_question, lower

COLD_START = (
    "import sys, time; start = time.perf_counter(); from pathlib import Path;"
    "from bot.language.pipeline import load_from; nlp = load_from(Path(sys.argv[1]));"
    "nlp('Which states provide assistance to the Central Asian countries?');"
    "print(time.perf_counter() - start)"
)


def examples(nlp: Language, sentences: Sequence[Sentence]) -> list[Example]:
    """One example a sentence, already parsed."""
    golds = [gold_doc(nlp.vocab, [sentence]) for sentence in sentences]
    docs = nlp.pipe(gold.text for gold in golds)
    return [Example(doc, gold) for doc, gold in zip(docs, golds, strict=True)]


def grammar_scores(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Words, parts of speech, features, lemmas and attachment, in per cent."""
    pairs = examples(nlp, [replace(sentence, entities=None) for sentence in sentences])
    scores = Scorer.score_tokenization(pairs)
    scores.update(Scorer.score_token_attr(pairs, "pos"))
    scores.update(Scorer.score_token_attr(pairs, "morph"))
    scores.update(Scorer.score_token_attr(pairs, "lemma"))
    caseless: Callable[..., str] = lambda token, _: token.lemma_.lower()  # noqa: E731
    scores["lemma_caseless"] = Scorer.score_token_attr(pairs, "lemma", getter=caseless)["lemma_acc"]
    scores.update(Scorer.score_deps(pairs, "dep", getter=lambda token, attr: token.dep_, ignore_labels=("p", "punct")))
    names = {
        "words F1": "token_f",
        "UPOS": "pos_acc",
        "features": "morph_acc",
        "lemmas": "lemma_acc",
        "lemmas, any case": "lemma_caseless",
        "UAS": "dep_uas",
        "LAS": "dep_las",
    }
    return {shown: 100 * float(scores[name]) for shown, name in names.items()}


def name_scores(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Precision, recall and F1 of named entities, and F1 by label, in per cent."""
    scores = Scorer.score_spans(examples(nlp, sentences), "ents")
    result = {"precision": scores["ents_p"], "recall": scores["ents_r"], "F1": scores["ents_f"]}
    result.update({f"F1 {label}": row["f"] for label, row in sorted(scores["ents_per_type"].items())})
    return {name: 100 * float(value) for name, value in result.items()}


def whole_documents(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """The sentences by document."""
    result: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.new_document or not result:
            result.append([])
        result[-1].append(sentence)
    return result


def sentence_score(nlp: Language, sentences: Sequence[Sentence]) -> float:
    """F1 of sentence ends when whole documents are given as running text, in per cent."""
    golds = [gold_doc(nlp.vocab, group) for group in whole_documents(sentences)]
    pairs = [Example(doc, gold) for doc, gold in zip(nlp.pipe(gold.text for gold in golds), golds, strict=True)]
    return 100 * float(Scorer.score_spans(pairs, "sents", getter=lambda doc, _: doc.sents)["sents_f"])


def words_per_second(nlp: Language, sentences: Sequence[Sentence], repeats: int = 3) -> float:
    """The best of some runs over whole documents, after a first one that warms caches."""
    texts = [gold_doc(nlp.vocab, group).text for group in whole_documents(sentences)]
    times, words = [], 0
    for _ in range(repeats + 1):
        start = time.perf_counter()
        words = sum(len(doc) for doc in nlp.pipe(texts))
        times.append(time.perf_counter() - start)
    return words / min(times[1:])


def cold_start(folder: Path, repeats: int = 5) -> float:
    """Seconds from a fresh Python (its own start left out) to the first parse, the best of some runs."""
    command = [sys.executable, "-c", COLD_START, str(folder)]
    runs = [float(subprocess.run(command, capture_output=True, text=True, check=True).stdout) for _ in range(repeats)]
    return min(runs)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every score of the model card."""
    parser = argparse.ArgumentParser(prog="python -m bot.language.training.evaluate", description=main.__doc__)
    parser.add_argument("data", type=Path, help="folder with treebanks/ and ner/")
    parser.add_argument("--model", type=Path, default=WEIGHTS, help="pipeline to score (the shipped one)")
    options = parser.parse_args(arguments)
    nlp = load_from(options.model)
    treebanks = options.data / "treebanks"
    ewt = read_treebank(treebanks / "ewt-test.conllu.xz")
    gum = read_treebank(treebanks / "gum-test.conllu.xz")
    atis = read_treebank(treebanks / "atis-test.conllu.xz")
    for title, sentences in (
        ("EWT test", ewt),
        ("EWT test, lower case, no final punctuation", [bare(lower(sentence)) for sentence in ewt]),
        ("GUM test", gum),
        ("ATIS test", atis),
        ("questions of EWT and GUM test", [sentence for sentence in [*ewt, *gum] if is_question(sentence)]),
    ):
        show(title, grammar_scores(nlp, sentences))
    named = with_names(ewt, options.data / "ner" / "uner-ewt-test.iob2.xz")
    show("names, Universal NER on EWT test", name_scores(nlp, named))
    show("names, GUM test (entity marks)", name_scores(nlp, gum))
    ends = {"EWT test F1": sentence_score(nlp, ewt), "GUM test F1": sentence_score(nlp, gum)}
    show("sentence ends, running text", ends)
    show("speed", {"words/s": words_per_second(nlp, ewt), "cold start, s": cold_start(options.model)})
    size = sum(file.stat().st_size for file in options.model.rglob("*") if file.is_file())
    show("size", {"MB": size / 1e6})
    return 0


def show(title: str, scores: dict[str, float]) -> None:
    """One block of the report."""
    print(title)
    for name, value in scores.items():
        print(f"  {name:18} {value:10.2f}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
