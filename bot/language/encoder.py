"""The pipeline's encoder as it runs once it is trained: the same layers, worked out in one go.

The encoder is spaCy's ``MaxoutWindowEncoder``: layers that each look at a word and its two neighbours
(``expand_window``, ``maxout``, ``layernorm``), added to what they were given. For a question of a dozen words thinc
spends as long on calling its layers, and on the padding around the words, as on the matrix products; :func:`frozen`
gives a model that does nothing but those products, and of the padding works out only what reaches a word. What its
first layer makes of a word as a left neighbour, as the word itself and as a right neighbour does not depend on the
sentence: it is given with the word's vector (:func:`ahead`), which the embedding remembers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from msgspec import Struct
from thinc.api import Model
from thinc.types import Floats2d

EPSILON = 1e-8  # thinc's, in the layer norm


class Layer(Struct, frozen=True):
    """Weights of one layer. ``weights`` is (3 · width) × (pieces · width), with the pieces of the maxout side by side;
    ``beyond`` is two rows of what the layer is given in the padding, where no word is in sight."""

    weights: Any
    bias: Any
    scale: Any
    shift: Any
    pieces: int
    beyond: Any


def frozen(encoder: Model[list[Floats2d], list[Floats2d]]) -> Model[list[Floats2d], list[Floats2d]]:
    """An encoder that gives what ``encoder`` gives, up to rounding, and cannot be trained. Its input is word vectors as
    :func:`ahead` gives them with its attribute ``ahead``.

    Raises ValueError where it is not made of the layers of a ``MaxoutWindowEncoder`` with a window of one.
    """
    if len(encoder.layers) != 1:
        raise ValueError(f"not a MaxoutWindowEncoder with a window of one: {encoder.name!r}")
    layers: list[Layer] = []
    width = encoder.get_dim("nO")
    beyond = np.zeros((4, width), dtype="f")
    for residual in encoder.layers[0].layers:
        layer = _layer(residual, beyond[:2])
        layers.append(layer)
        beyond[:] = _run(layer, beyond)[0]
    by_place = np.concatenate([layers[0].weights[at * width : (at + 1) * width] for at in range(3)], axis=1)
    attributes = {"layers": layers, "ahead": by_place}
    return Model("frozen_encoder", _forward, attrs=attributes, dims={"nO": width})


def ahead(vectors: Any, weights: Any) -> Any:
    """Vectors of words (rows), each followed by what the first layer makes of it in each of its three places."""
    return np.concatenate((vectors, vectors @ weights), axis=1)


def _layer(residual: Model[Any, Any], beyond: Any) -> Layer:
    found = {model.name: model for model in residual.walk()}
    missing = {"expand_window", "maxout", "layernorm"} - set(found)
    if missing or found["expand_window"].attrs["window_size"] != 1:
        raise ValueError(f"no layer of a MaxoutWindowEncoder with a window of one: {residual.name!r}")
    maxout, norm = found["maxout"], found["layernorm"]
    weights: Any = maxout.get_param("W")  # width × pieces × inputs
    bias: Any = maxout.get_param("b")
    width, pieces, inputs = weights.shape
    side_by_side = np.ascontiguousarray(weights.transpose(2, 1, 0).reshape(inputs, pieces * width))
    return Layer(side_by_side, bias.T.reshape(-1), norm.get_param("G"), norm.get_param("b"), pieces, beyond.copy())


def _run(layer: Layer, rows: Any) -> Any:
    """The layer's output for all rows but the first and the last, which are neighbours only."""
    return _output(layer, np.concatenate((rows[:-2], rows[1:-1], rows[2:]), axis=1) @ layer.weights, rows[1:-1])


def _run_first(layer: Layer, words: Any, width: int, around: int) -> Any:
    """The first layer's output for words as :func:`ahead` gives them, and for ``around`` rows of padding, at most one,
    on each side."""
    places = (words.shape[1] - width) // 3
    left, centre, right = (words[:, width + at * places : width + (at + 1) * places] for at in range(3))
    count = len(words)
    product = np.zeros((count + 2, places), dtype="f")  # with one row of padding on each side
    product[1:-1] = centre
    product[2:] += left
    product[:-2] += right
    rows = np.zeros((count + 2 * around, width), dtype="f")
    rows[around : around + count] = words[:, :width]
    return _output(layer, product[1 - around : count + 1 + around], rows)


def _output(layer: Layer, product: Any, rows: Any) -> Any:
    """What a layer makes of its product with the rows and their neighbours: maxout, layer norm, residual."""
    product += layer.bias
    width = rows.shape[1]
    best = product[:, :width]
    for piece in range(1, layer.pieces):
        best = np.maximum(best, product[:, piece * width : (piece + 1) * width])
    best = best - np.add.reduce(best, axis=1, keepdims=True) / width
    variance = np.add.reduce(best * best, axis=1, keepdims=True) / width
    best *= 1 / np.sqrt(variance + EPSILON)
    best *= layer.scale
    best += layer.shift
    best += rows
    return best


def _encode(layers: list[Layer], words: Any, width: int) -> Any:
    """One sequence. Of the padding, layer ``n`` of ``N`` needs ``N - n`` rows on each side, and only the ``n`` next to
    the words differ from one another."""
    depth = len(layers)
    have = min(1, depth - 1)
    rows = _run_first(layers[0], words, width, have)
    for n, layer in enumerate(layers[1:], start=2):
        need = min(n, depth - n) + 1
        if need > have:
            around = layer.beyond[: need - have]
            rows = np.concatenate((around, rows, around))
        rows, have = _run(layer, rows), need - 1
    return rows


def _forward(
    model: Model[Any, Any], sequences: list[Floats2d], is_train: bool
) -> tuple[list[Floats2d], Callable[[list[Floats2d]], list[Floats2d]]]:
    layers, width = model.attrs["layers"], model.get_dim("nO")
    return [_encode(layers, words, width) if len(words) else words[:, :width] for words in sequences], _untrainable


def _untrainable(gradients: list[Floats2d]) -> list[Floats2d]:
    raise TypeError("a frozen encoder cannot be trained; train the pipeline as its recipe builds it")
