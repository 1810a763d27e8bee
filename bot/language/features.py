"""The pipeline's word embedding: hashed word, affix and shape features, and classes from WordNet.

It takes the place of ``spacy.MultiHashEmbed``. Two things differ. Words that the treebanks show less than twice share
one vector, so that an unknown word is known to be unknown and its affixes and WordNet classes speak for it. And the
vector of a word does not depend on its neighbours, so a loaded pipeline computes it once, together with what the
encoder's first layer makes of it (``encoder.ahead``).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import HashEmbed, Maxout, Model, chain, concatenate
from thinc.types import Floats2d, Ints2d

from .encoder import ahead
from .morphology import Morphology

# Feature columns, in order: name, rows of the hash table, width of its vectors.
COLUMNS = (
    ("norm", 5000, 96),
    ("stem", 3000, 96),
    ("prefix", 1000, 64),
    ("suffix2", 500, 64),
    ("suffix3", 1500, 64),
    ("suffix4", 2000, 64),
    ("shape", 500, 64),
    ("class", 1500, 64),
    ("parts", 300, 64),
)
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
CACHED_WORDS = 8192
BLOCK = 64  # words are embedded in blocks of this size, so that a vector never depends on what came with it


@registry.tokenizers("citebot.SavedTokenizer.v1")  # type: ignore[untyped-decorator]
def make_tokenizer() -> Callable[[Language], Tokenizer]:
    """A tokenizer without rules: the saved ones follow, and building spaCy's own first would double the work."""

    def create(nlp: Language) -> Tokenizer:
        return Tokenizer(nlp.vocab)

    return create


@registry.architectures("citebot.LexicalEmbed.v1")  # type: ignore[untyped-decorator]
def LexicalEmbed(width: int) -> Model[list[Doc], list[Floats2d]]:
    """Build the embedding; ``set_tables`` must follow before training, and loading brings the tables back."""
    columns: list[Model[Ints2d, Floats2d]] = [
        HashEmbed(size, rows, column=index, seed=index + 8, dropout=0.0)
        for index, (_, rows, size) in enumerate(COLUMNS)
    ]
    inner: Model[Ints2d, Floats2d] = chain(
        concatenate(*columns),
        Maxout(width, sum(size for _, _, size in COLUMNS), nP=3, dropout=0.0, normalize=True),
    )
    state = _State()
    return Model(
        "lexical_embed",
        partial(_forward, state),
        init=_initialize,
        layers=[inner],
        dims={"nO": width},
        attrs={"table": b"", "known": b""},
    )


def set_tables(model: Model[Any, Any], table: bytes, known: list[str]) -> None:
    """Give the embedding WordNet's table and the words and stems that have vectors of their own."""
    model.attrs["table"] = table
    model.attrs["known"] = zlib.compress("\n".join(sorted(known)).encode("utf-8"), 9)


class _State:
    """What the layer remembers between calls: decoded tables, feature rows and, beside a frozen encoder, vectors."""

    def __init__(self) -> None:
        self.morphology: Morphology | None = None
        self.known: frozenset[str] = frozenset()
        self.rows: dict[tuple[int, int], list[int]] = {}
        self.index: dict[tuple[int, int], int] = {}
        self.vectors: Any = None

    def prepare(self, model: Model[Any, Any]) -> None:
        if self.morphology is None:
            self.morphology = Morphology.decode(model.attrs["table"])
            self.known = frozenset(zlib.decompress(model.attrs["known"]).decode("utf-8").split("\n"))

    def features(self, doc: Doc, key: tuple[int, int]) -> list[int]:
        row = self.rows.get(key)
        if row is None:
            if len(self.rows) >= 8 * CACHED_WORDS:
                self.rows.clear()
            assert self.morphology is not None
            strings = doc.vocab.strings
            words = describe(strings[key[0]], strings[key[1]], self.morphology, self.known)
            row = [get_string_id(word) for word in words]
            self.rows[key] = row
        return row


def describe(word: str, norm: str, morphology: Morphology, known: frozenset[str]) -> tuple[str, ...]:
    """The value of every feature column for one word."""
    lowered = word.lower()
    bases = morphology.bases(lowered)
    stem = bases[0].lemma if bases else lowered
    for base in bases:
        if base.ending:
            stem = base.lemma
            break
    parts = ",".join(sorted({base.pos + base.ending for base in bases}))
    entry = bases[0].lemma if bases else lowered
    return (
        norm if norm in known else UNKNOWN,
        stem if stem in known else UNKNOWN,
        lowered[:3],
        lowered[-2:],
        lowered[-3:],
        lowered[-4:],
        shape(word),
        f"{morphology.classes.get(entry, '')}{bases[0].ending if bases else ''}",
        parts,
    )


def shape(word: str) -> str:
    """Letters and digits as X, x and d, runs cut to three, as in spaCy's ``shape_`` (there to four)."""
    result = ""
    for character in word[:40]:
        mark = "d" if character.isdigit() else character
        if character.isalpha():
            mark = "X" if character.isupper() else "x"
        if not result.endswith(mark * 3):
            result += mark
    return result


def _initialize(model: Model[Any, Any], X: Any = None, Y: Any = None) -> None:
    sample = model.ops.xp.zeros((1, len(COLUMNS)), dtype="uint64")
    model.layers[0].initialize(X=sample)


def _forward(
    state: _State, model: Model[Any, Any], docs: list[Doc], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Doc]]]:
    state.prepare(model)
    inner = model.layers[0]
    keys = [[tuple(pair) for pair in doc.to_array(["ORTH", "NORM"]).tolist()] for doc in docs]
    weights = model.attrs.get("ahead")
    if weights is not None and not is_train:
        return _lookup(state, inner, weights, docs, keys), lambda gradients: []
    rows = [state.features(doc, key) for doc, words in zip(docs, keys, strict=True) for key in words]
    lengths = [len(words) for words in keys]
    array = np.asarray(rows, dtype="uint64").reshape(len(rows), len(COLUMNS))
    output, backprop = inner(array, is_train)

    def finish(gradients: list[Floats2d]) -> list[Doc]:
        backprop(model.ops.flatten(gradients))
        return []

    return model.ops.unflatten(output, model.ops.asarray1i(lengths)), finish


def _lookup(
    state: _State, inner: Model[Any, Any], weights: Any, docs: list[Doc], keys: list[list[Any]]
) -> list[Floats2d]:
    missing = {key: doc for doc, words in zip(docs, keys, strict=True) for key in words if key not in state.index}
    if missing:
        if len(state.index) + len(missing) > CACHED_WORDS:
            state.index.clear()
            missing = {key: doc for doc, words in zip(docs, keys, strict=True) for key in words}
            state.vectors = None
        fresh = _embed(inner, weights, [state.features(doc, key) for key, doc in missing.items()])
        for key in missing:
            state.index[key] = len(state.index)
        used = len(state.index) - len(missing)
        if state.vectors is None or len(state.index) > len(state.vectors):
            grown = np.zeros((max(2 * len(state.index), 1024), fresh.shape[1]), dtype="f")
            if used:
                grown[:used] = state.vectors[:used]
            state.vectors = grown
        state.vectors[used : len(state.index)] = fresh
    index = state.index
    return [state.vectors[[index[key] for key in words]] for words in keys]


def _embed(inner: Model[Any, Any], weights: Any, rows: list[list[int]]) -> Any:
    array = np.zeros((-(-len(rows) // BLOCK) * BLOCK, len(COLUMNS)), dtype="uint64")
    array[: len(rows)] = rows
    blocks = [ahead(inner.predict(array[at : at + BLOCK]), weights) for at in range(0, len(array), BLOCK)]
    return np.concatenate(blocks)[: len(rows)]
