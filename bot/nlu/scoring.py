"""What the topic ranker learned, applied to one message at a time.

scikit-learn checks its input and builds matrices at every call, which for one message takes several times as long as
the arithmetic. Here stand the same vectorisers, projection and layers as plain arrays; a test holds both to the same
shares.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.neural_network import MLPClassifier

Floats = npt.NDArray[np.float32]


class Scorer:
    """The features and layers of a trained topic ranker."""

    def __init__(self, trained: Mapping[str, Any], vector_weight: float) -> None:
        """Take what `TopicRanker` trained.

        Args:
            trained: its vectorisers, projection and layers.
            vector_weight: weight of the word vectors beside the words.
        """
        self._fields = [_Field(trained["words"]), _Field(trained["pieces"])]
        self._projection = np.ascontiguousarray(trained["vectors"].components_.T * vector_weight)
        self._layers: Sequence[MLPClassifier] = trained["layers"]

    def shares(self, tokens: list[str], mended: str, vector: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Return the likelihood of each class.

        Args:
            tokens: stems and facts of the message.
            mended: its mended words.
            vector: their mean word vector.
        """
        columns, values, first = [], [], 0
        for field, source in zip(self._fields, (tokens, mended), strict=True):
            found, weights = field.weigh(source)
            columns.append(found + first)
            values.append(weights)
            first += field.size
        dense = (vector / (np.linalg.norm(vector) or 1.0)) @ self._projection
        columns.append(np.arange(first, first + len(dense)))
        values.append(dense.astype(np.float32))
        row = np.concatenate(columns), np.concatenate(values)
        return np.mean([_softmax(_through(layer, *row)) for layer in self._layers], axis=0)


class _Field:
    """A vectoriser of term frequencies as a dictionary and an array."""

    def __init__(self, vectorizer: TfidfVectorizer) -> None:
        self._terms = vectorizer.build_analyzer()
        self._columns: Mapping[str, int] = vectorizer.vocabulary_
        self._idf = vectorizer.idf_
        self.size = len(self._idf)

    def weigh(self, source: Any) -> tuple[npt.NDArray[np.int_], Floats]:
        """Return the columns of the terms of a message and their weights, of length one together."""
        counts = Counter(self._columns[term] for term in self._terms(source) if term in self._columns)
        columns = np.fromiter(counts, dtype=np.int_, count=len(counts))
        frequencies = np.fromiter(counts.values(), dtype=np.float64, count=len(counts))
        weights = (1.0 + np.log(frequencies)) * self._idf[columns]
        return columns, (weights / (np.linalg.norm(weights) or 1.0)).astype(np.float32)


def _through(layer: MLPClassifier, columns: npt.NDArray[np.int_], values: Floats) -> Floats:
    """Return what the linear layers make of a message, of whose features only those in `columns` are not zero."""
    weights, *following = layer.coefs_
    first, *shifts = layer.intercepts_
    found: Floats = values @ weights[columns] + first
    for weight, shift in zip(following, shifts, strict=True):
        found = found @ weight + shift
    return found


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    shares: Floats = raised / raised.sum()
    return shares
