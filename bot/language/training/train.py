"""Build the untrained pipeline and train it: one seeded loop on one core, a fixed number of steps, no clock."""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from msgspec import Struct
from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, NumpyOps, fix_random_seed, set_current_ops, warmup_linear

from .. import lemmatizer as _registers_its_factory  # noqa: F401
from ..features import describe, set_tables
from ..morphology import Morphology
from .corpus import Sentence, gold_doc
from .tokenizer import adapt_tokenizer
from .variants import documents

LEARNERS = ("tok2vec", "ner", "morphologizer", "parser")


class Plan(Struct, frozen=True):
    """The sizes of the networks and the schedule. MODEL_CARD.md tells how the shipped weights' schedule differed."""

    width: int = 192
    depth: int = 6
    pieces: int = 2
    hidden: int = 128
    ner_hidden: int = 64
    steps: int = 7000
    warmup: int = 250
    rate: float = 0.001
    dropout: float = 0.15
    batch_words: int = 1000
    report_every: int = 500
    watch_every: int = 3
    seed: int = 0


def build(plan: Plan, table: bytes, known: list[str], exceptions: dict[str, str]) -> Language:
    """The untrained pipeline: one shared encoder under the morphologizer, the parser and the entity recogniser."""
    # numpy's matrix product is about three times as fast as BLIS on processors of today; load() chooses it too.
    set_current_ops(NumpyOps(use_blis=False))
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp)
    encoder = {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": plan.width,
        "depth": plan.depth,
        "window_size": 1,
        "maxout_pieces": plan.pieces,
    }
    embed = {"@architectures": "citebot.LexicalEmbed.v1", "width": plan.width}
    tok2vec: Any = nlp.add_pipe(
        "tok2vec", config={"model": {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encoder}}
    )
    for layer in tok2vec.model.walk():
        if layer.name == "lexical_embed":
            set_tables(layer, table, known)
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": plan.width, "upstream": "*"}
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener}
    transitions = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "extra_state_tokens": False,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": listener,
    }
    # The last component that listens carries the gradient of all back into the encoder. It must not be the recogniser,
    # which sits out most batches: the encoder would learn nothing from them.
    nlp.add_pipe("ner", config={"model": {**transitions, "state_type": "ner", "hidden_width": plan.ner_hidden}})
    nlp.add_pipe("morphologizer", config={"overwrite": True, "model": tagger})
    lemmatizer: Any = nlp.add_pipe("citebot_lemmatizer", name="lemmatizer")
    lemmatizer.wordnet, lemmatizer.exceptions = table, exceptions
    parser = {**transitions, "state_type": "parser", "hidden_width": plan.hidden}
    nlp.add_pipe("parser", config={"min_action_freq": 20, "model": parser})
    return nlp


class _Everything(frozenset[str]):
    """A set that has every word, to see features before it is known which are frequent."""

    def __contains__(self, item: object) -> bool:
        return True


def known_words(sentences: Iterable[Sentence], table: bytes) -> list[str]:
    """Norms and stems that the training text holds at least twice."""
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp)
    morphology = Morphology.decode(table)
    count: Counter[str] = Counter()
    for sentence in sentences:
        for token in nlp.make_doc(sentence.text):
            count.update(set(describe(token.text, token.norm_, morphology, _Everything())[:2]))
    return sorted(word for word, number in count.items() if number > 1)


def to_example(nlp: Language, group: Sequence[Sentence]) -> Example:
    """What the pipeline sees (the raw text) beside what it should say."""
    reference = gold_doc(nlp.vocab, group)
    return Example(nlp.make_doc(reference.text), reference)


def batches(nlp: Language, sentences: Sequence[Sentence], plan: Plan) -> Iterator[list[Example]]:
    """Endless batches of about ``batch_words`` words, smaller at first, epoch after epoch."""
    rng = random.Random(plan.seed)
    batch: list[Example] = []
    words = number = 0
    while True:
        for group in documents(sentences, rng):
            batch.append(to_example(nlp, group))
            words += len(batch[-1].x)
            if words >= min(plan.batch_words, 200 + number):
                yield batch
                batch, words, number = [], 0, number + 1


def train(
    nlp: Language,
    sentences: Sequence[Sentence],
    held_out: Sequence[Sentence],
    plan: Plan,
    out: Path,
    start: Path | None = None,
) -> None:
    """Train, writing the averaged weights to ``out`` at every report; progress goes to standard error.

    ``start`` is a pipeline of the same plan and data, whose weights this run goes on from.
    """
    fix_random_seed(plan.seed)
    optimizer = Adam(
        learn_rate=warmup_linear(plan.rate, plan.warmup, plan.steps + plan.steps // 50),  # type: ignore[arg-type]
        L2=0.01,
        L2_is_weight_decay=True,
        grad_clip=1.0,
        use_averages=True,
    )
    sample = [to_example(nlp, [sentence]) for sentence in sentences]
    nlp.initialize(lambda: sample, sgd=optimizer)
    if start is not None:
        for name in LEARNERS:
            component: Any = nlp.get_pipe(name)
            labels = component.labels if name != "tok2vec" else ()
            component.from_disk(start / name, exclude=["vocab"])
            if name != "tok2vec" and component.labels != labels:
                raise ValueError(f"{start} was trained on other data: the labels of its {name} differ")
    losses: dict[str, float] = {}
    stream = batches(nlp, sentences, plan)
    for step in range(1, plan.steps + 1):
        batch = next(stream)
        # Most sentences carry no names: the recogniser sees only those that do, in the same optimizer step.
        named = [example for example in batch if example.reference.has_annotation("ENT_IOB")]
        plain = [example for example in batch if not example.reference.has_annotation("ENT_IOB")]
        if plain:
            nlp.update(plain, drop=plan.dropout, sgd=False, losses=losses, exclude=["ner"])  # type: ignore[arg-type]
        if named:
            nlp.update(named, drop=plan.dropout, sgd=False, losses=losses)  # type: ignore[arg-type]
        for name in LEARNERS:
            nlp.get_pipe(name).finish_update(optimizer)  # type: ignore[attr-defined]
        optimizer.step_schedules()
        if step % plan.report_every == 0 or step == plan.steps:
            with nlp.use_params(optimizer.averages):
                report(nlp, held_out, step, losses)
                nlp.to_disk(out)


def report(nlp: Language, held_out: Sequence[Sentence], step: int, losses: dict[str, float]) -> None:
    """Print the scores on held-out sentences, one sentence a document, and reset the losses."""
    scores = nlp.evaluate([to_example(nlp, [sentence]) for sentence in held_out])
    names = ("pos_acc", "dep_uas", "dep_las", "ents_f")
    shown = " ".join(f"{name} {100 * scores[name]:.2f}" for name in names if scores.get(name) is not None)
    print(f"step {step}: {shown} losses { ({k: round(v) for k, v in losses.items()}) }", file=sys.stderr, flush=True)
    losses.clear()
