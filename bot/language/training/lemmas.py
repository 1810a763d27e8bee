"""Compile the lemmatizer's exceptions: what the treebanks write where the rules would say something else."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from ..lemmatizer import feature_key, rule_lemma
from ..morphology import Morphology
from .corpus import Sentence

NOT_COLLECTED = frozenset(("PROPN", "X", "SPACE"))
# A lemma of the open classes that the rules miss may be a slip of an annotator: it is learned when seen twice.
OPEN_CLASSES = frozenset(("NOUN", "VERB", "ADJ", "ADV", "NUM", "INTJ", "PUNCT", "SYM"))


def compile_exceptions(sentences: Iterable[Sentence], table: bytes) -> dict[str, str]:
    """The majority lemma of each form and part of speech, and of each deciding feature set, unless the rules agree."""
    morphology = Morphology.decode(table)
    by_pos: dict[str, Counter[str]] = defaultdict(Counter)
    by_features: dict[str, Counter[str]] = defaultdict(Counter)
    ruled: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        rows = zip(sentence.words, sentence.pos, sentence.morphs, sentence.lemmas, strict=True)
        for word, pos, features, lemma in rows:
            if pos in NOT_COLLECTED:
                continue
            key = f"{word.lower()}\t{pos}"
            by_pos[key][lemma] += 1
            ruled[key][rule_lemma(morphology, word, pos, features)] += 1
            full = f"{key}\t{feature_key(features)}"
            by_features[full][lemma] += 1
            ruled[full][rule_lemma(morphology, word, pos, features)] += 1
    exceptions: dict[str, str] = {}
    for key in sorted(by_pos):
        lemma, number = _majority(by_pos[key])
        open_class = key.split("\t")[1] in OPEN_CLASSES
        if open_class and any(lemma.lower() == rule.lower() for rule in ruled[key]):
            continue  # the rules say the same but for a capital, in names such as *National Bank*
        if _is_regular(key, ruled[key], morphology):
            continue
        if ruled[key][lemma] < number and number >= (2 if open_class else 1):
            exceptions[key] = lemma
    for full in sorted(by_features):
        if _is_regular(full.rpartition("\t")[0], ruled[full], morphology):
            continue
        lemma, number = _majority(by_features[full])
        general = exceptions.get(full.rpartition("\t")[0])
        said = general if general is not None else _majority(ruled[full])[0]
        if lemma.lower() != said.lower() and number >= 2:
            exceptions[full] = lemma
    return exceptions


def _is_regular(key: str, ruled: Counter[str], morphology: Morphology) -> bool:
    """*Leaves* as a verb is of *leave*; annotators' tools have it of *leaf*. key: form and part of speech."""
    return key.endswith("s\tVERB") and morphology.has(_majority(ruled)[0], "v")


def _majority(counter: Counter[str]) -> tuple[str, int]:
    return min(counter.items(), key=lambda item: (-item[1], item[0]))
