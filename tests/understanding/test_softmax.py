"""The softmax of the topic ranker: the same every time, hardly moved by one example more, right on what is plain."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from scipy.sparse import csr_matrix, vstack
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from bot.nlu.softmax import fit_layers

CLASSES, EACH, WORDS = 40, 30, 300
SETTINGS = {"layers": 1, "units": 32, "epochs": 7, "averaged": 3, "batch": 256, "learning_rate": 0.01}


def _examples(seed: int, each: int = EACH) -> tuple[csr_matrix, list[str]]:
    """Return messages of a few words of their class and a few of any, and their classes."""
    chance = np.random.RandomState(seed)
    own = np.random.RandomState(0).randint(0, WORDS, (CLASSES, 8))
    rows = np.zeros((CLASSES * each, WORDS), dtype=np.float32)
    for row in range(len(rows)):
        rows[row, chance.choice(own[row % CLASSES], 3)] = 1
        rows[row, chance.randint(0, WORDS, 4)] = 1
    return csr_matrix(rows), [f"class {row % CLASSES:02}" for row in range(len(rows))]


def _best(layers: list[MLPClassifier], features: csr_matrix) -> np.ndarray:
    shares = np.mean([layer.predict_proba(features) for layer in layers], axis=0)
    best: np.ndarray = layers[0].classes_[shares.argmax(axis=1)]
    return best


@pytest.fixture(autouse=True)
def _few_epochs() -> None:
    warnings.filterwarnings("ignore", category=ConvergenceWarning)


def test_the_same_examples_give_the_same_weights() -> None:
    first, again = (fit_layers(*_examples(1), **SETTINGS)[0] for _ in range(2))
    for weights, others in zip(first.coefs_ + first.intercepts_, again.coefs_ + again.intercepts_, strict=True):
        assert np.array_equal(weights, others)


def test_one_example_more_changes_less_than_another_random_beginning() -> None:
    features, labels = _examples(1)
    unread, wanted = _examples(2, each=20)
    more = vstack([features[:1], features]).tocsr()
    ours = [
        _best(fit_layers(given, names, **SETTINGS), unread)
        for given, names in ((features, labels), (more, [labels[0], *labels]))
    ]
    random = [
        _best(
            [MLPClassifier((32,), "identity", batch_size=256, max_iter=7, random_state=seed).fit(features, labels)],
            unread,
        )
        for seed in (0, 1)
    ]
    assert (ours[0] != ours[1]).mean() < (random[0] != random[1]).mean() / 2
    assert (ours[0] == np.array(wanted)).mean() > 0.8


def test_layers_differ_by_the_order_of_their_examples() -> None:
    first, second = fit_layers(*_examples(1), **{**SETTINGS, "layers": 2})
    assert not np.array_equal(first.coefs_[0], second.coefs_[0])
    assert list(first.classes_) == sorted(set(_examples(1)[1]))
