"""The encoder as it runs gives what the trained layers give, whatever stands beside a sentence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from thinc.api import Model, chain

from bot.language.encoder import ahead, frozen

WIDTH = 8


def encoder(depth: int, pieces: int = 2, window: int = 1) -> Model:
    model = MaxoutWindowEncoder(width=WIDTH, window_size=window, maxout_pieces=pieces, depth=depth)
    model.initialize(X=[np.zeros((3, WIDTH), dtype="f")])
    rng = np.random.default_rng(depth)
    for layer in model.walk():
        for name in layer.param_names:
            layer.set_param(name, rng.normal(size=layer.get_param(name).shape).astype("f"))
    return model


def rows(length: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(length, WIDTH)).astype("f")


def encoded(model: Model, sequences: list[np.ndarray]) -> list[np.ndarray]:
    """What a frozen model gives for word vectors."""
    return model.predict([ahead(vectors, model.attrs["ahead"]) for vectors in sequences])


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=4), st.integers(1, 6), st.integers(1, 3))
def test_encoder_frozen_gives_what_its_layers_give(lengths: list[int], depth: int, pieces: int) -> None:
    model = encoder(depth, pieces)
    sequences = [rows(length, seed) for seed, length in enumerate(lengths)]
    for expected, found in zip(model.predict(sequences), encoded(frozen(model), sequences), strict=True):
        assert found.shape == expected.shape
        np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-3)


def test_encoder_frozen_is_the_same_bytes_in_any_batch() -> None:
    model = frozen(encoder(6))
    sequences = [ahead(rows(length, length), model.attrs["ahead"]) for length in (5, 1, 9)]
    together = model.predict(sequences)
    assert [a.tobytes() for a in together] == [model.predict([s])[0].tobytes() for s in sequences]


def test_encoder_frozen_cannot_be_trained() -> None:
    model = frozen(encoder(2))
    _, backprop = model.begin_update([ahead(rows(3, 0), model.attrs["ahead"])])
    with pytest.raises(TypeError, match="cannot be trained"):
        backprop([rows(3, 0)])


@pytest.mark.parametrize("model", [encoder(2, window=2), chain(encoder(1), encoder(1))], ids=["window", "chain"])
def test_encoder_of_another_kind_is_refused(model: Model) -> None:
    with pytest.raises(ValueError, match="window of one"):
        frozen(model)
