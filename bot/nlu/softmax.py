"""A softmax over many classes through one narrow linear layer, trained so that a few more examples change it little.

A layer begun at random ends in another place whenever an example is added: two trainings of the topic ranker then
disagreed on one message in eight. Begun at the examples' own directions (their singular vectors, and where each class
lies along them), and averaged over its last epochs, it disagrees on one in twenty-five, and is right more often.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.neural_network import MLPClassifier

Floats = npt.NDArray[np.float32]
ITERATIONS_OF_SVD = 4
# What only training needs; the optimiser holds the weights three times.
TRAINING_ONLY = ("_optimizer", "_label_binarizer_inverse", "loss_curve_", "_random_state", "random_state")


def fit_layers(
    features: csr_matrix,
    labels: Sequence[str],
    *,
    layers: int,
    units: int,
    epochs: int,
    averaged: int,
    batch: int,
    learning_rate: float,
) -> list[MLPClassifier]:
    """Return trained layers, whose probabilities are to be averaged: they differ by the order of their examples.

    Args:
        features: examples × features.
        labels: class of each example.
        layers: how many to train.
        units: width of each.
        epochs: passes over the examples.
        averaged: how many of the last passes the weights are averaged over.
        batch: examples a step.
        learning_rate: of Adam.
    """
    wanted = np.asarray(labels)
    classes, firsts = np.unique(wanted, return_index=True)
    into, out = _directions(features, wanted, classes, units)
    fitted = []
    for order in range(layers):
        layer = MLPClassifier(
            hidden_layer_sizes=(units,),
            activation="identity",
            learning_rate_init=learning_rate,
            max_iter=epochs - averaged,
            alpha=1e-5,
            # An object, not a number: each pass then takes the examples in another order.
            random_state=np.random.RandomState(order),
        )
        # One example of each class makes the arrays; what they begin with is set after.
        layer.partial_fit(features[firsts], wanted[firsts], classes=classes)
        layer.set_params(warm_start=True, batch_size=min(batch, len(wanted)))
        layer.coefs_ = [into.copy(), out.copy()]
        layer.intercepts_ = [np.zeros_like(shift) for shift in layer.intercepts_]
        layer.fit(features, wanted)
        fitted.append(_averaged(layer, features, wanted, averaged))
    return fitted


def _directions(features: csr_matrix, labels: npt.NDArray[Any], classes: npt.NDArray[Any], units: int) -> list[Floats]:
    """Return the examples' singular vectors, and where each class lies along them, at the size a layer begins with."""
    found = TruncatedSVD(units, n_iter=ITERATIONS_OF_SVD, random_state=0).fit(features)
    into = found.components_.T / np.sqrt(found.singular_values_)
    along = features @ into
    members = np.searchsorted(classes, labels)
    centres = np.zeros((len(classes), units))
    np.add.at(centres, members, along)
    centres /= np.bincount(members)[:, None]
    centres -= centres.mean(axis=0)
    return [_at_usual_size(into), _at_usual_size(centres.T)]


def _at_usual_size(weights: npt.NDArray[Any]) -> Floats:
    """Return weights at the spread that Glorot and Bengio give a layer of this shape."""
    spread: Floats = (weights / weights.std() * np.sqrt(2 / sum(weights.shape))).astype(np.float32)
    return spread


def _averaged(layer: MLPClassifier, features: csr_matrix, labels: npt.NDArray[Any], epochs: int) -> MLPClassifier:
    """Return the layer after more epochs, its weights the average of what each left."""
    kept: list[list[Floats]] = []
    for _ in range(epochs):
        layer.partial_fit(features, labels)
        kept.append([weights.copy() for weights in (*layer.coefs_, *layer.intercepts_)])
    averages = [np.mean(weights, axis=0) for weights in zip(*kept, strict=True)]
    depth = len(layer.coefs_)
    layer.coefs_, layer.intercepts_ = averages[:depth], averages[depth:]
    for name in TRAINING_ONLY:
        if hasattr(layer, name):
            delattr(layer, name)
    return layer
