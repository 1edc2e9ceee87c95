"""The intent classifier: words, word pieces, the reader's marks and the spaCy vector under a linear SVM.

Chosen by accuracy on messages it never saw (docs/decisions/0001-classifier.md).
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC

from bot.nlu.component import TrainedComponent
from bot.understanding.features import marks
from bot.understanding.reader import read

RANKING = 5


def no_analysis(marks_of_message: list[str]) -> list[str]:
    """Return the marks as they are (a named function, so that the vectoriser can be stored)."""
    return marks_of_message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FeaturedIntentClassifier(TrainedComponent):
    """Predicts the intent from the repaired text, its marks and its dense features."""

    FILE = "classifier.joblib"

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return C of the SVM, weight of marks and vector beside the words, sharpness of the confidences."""
        return {"C": 0.4, "marks_weight": 0.6, "vector_weight": 1.0, "sharpness": 3.0}

    def train(self, training_data: TrainingData) -> Resource:
        """Fit vectorisers and SVM on the examples, and keep them."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._trained = {
            "words": TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=r"(?u)\b\w+\b"),
            "pieces": TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
            "marks": CountVectorizer(analyzer=no_analysis, binary=True),
            "svm": LinearSVC(C=self._config["C"], class_weight="balanced", random_state=0),
        }
        features = self._features(examples, fit=True)
        self._trained["svm"].fit(features, [example.get(INTENT) for example in examples])
        return self.keep()

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of each message."""
        for message in messages:
            if not message.get(TEXT) or self._trained is None:
                continue
            ranking = self._ranking(message)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _ranking(self, message: Message) -> list[dict[str, Any]]:
        assert self._trained is not None
        svm = self._trained["svm"]
        scores = svm.decision_function(self._features([message]))[0] * self._config["sharpness"]
        shares = np.exp(scores - scores.max())
        shares /= shares.sum()
        order = np.argsort(-shares)[:RANKING]
        return [{INTENT_NAME_KEY: svm.classes_[i], PREDICTED_CONFIDENCE_KEY: float(shares[i])} for i in order]

    def _features(self, messages: list[Message], fit: bool = False) -> csr_matrix:
        assert self._trained is not None
        texts = [message.get(TEXT) for message in messages]
        readings = [read(text, date.today()) for text in texts]
        repaired = [reading.text for reading in readings]
        marked = [marks(text, reading, date.today()) for text, reading in zip(texts, readings, strict=True)]

        def vectors(name: str, source: list[Any]) -> csr_matrix:
            assert self._trained is not None
            return getattr(self._trained[name], "fit_transform" if fit else "transform")(source)

        parts = [
            vectors("words", repaired),
            vectors("pieces", repaired),
            vectors("marks", marked) * self._config["marks_weight"],
            csr_matrix(normalize(self._dense(messages)) * self._config["vector_weight"]),
        ]
        return hstack(parts).tocsr()

    @staticmethod
    def _dense(messages: list[Message]) -> np.ndarray:
        """Return the sentence vectors, one row a message."""
        rows = []
        for message in messages:
            _, sentence = message.get_dense_features(TEXT)
            rows.append(sentence.features[0])
        return np.array(rows)
