"""What is learned of labelled mails: the kind of request, and whether anything is to be done on the file.

A bag of words, word pairs and letter groups of subject and text, joined with the kinds that the assistant's own ranking
of its answers speaks for. Chosen by accuracy on mails of an author that it never read (docs/decisions/0010-triage.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import joblib
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from bot.triage.kinds import categories, kinds, kinds_of_entries
from bot.triage.priority import WORD, PriorityModel
from bot.understanding.reader import read
from kb.ranking import ELSEWHERE, Topic

SUBJECT_WEIGHT = 0.7
# Of the words and the marks by which a mere question is told.
PLAIN_WEIGHT, MARKS_WEIGHT = 2.5, 0.5
SHARPNESS = 3.0
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Features:
    """A message as the model wants it.

    Attributes:
        text: its mended words; subject: those of its subject line alone.
        ranked: kind, or "@intent" → likelihood that the assistant's ranking of answers gives it.
        marks: the marks of a question or a request (`signs`).
        heard: the assistant's intents, with their likelihood.
    """

    text: str
    subject: str
    ranked: Mapping[str, float]
    marks: Mapping[str, float]
    heard: Mapping[str, float] = field(default_factory=dict)

    @property
    def both(self) -> str:
        """Subject and text."""
        return f"{self.subject} {self.text}"


@dataclass(frozen=True)
class Sorted:
    """What the model makes of a message.

    Attributes:
        kinds: kind → likelihood (0 to 1), the likeliest first.
        confidence: likelihood that the category of the first is right, as measured on unread mails.
        low: likelihood that nothing is to be done on the file.
    """

    kinds: Mapping[str, float]
    confidence: float
    low: float

    @property
    def kind(self) -> str:
        """The likeliest kind."""
        return next(iter(self.kinds))


def features(
    words: str,
    subject: str,
    topics: Iterable[Topic],
    marks: Mapping[str, float],
    today: date,
    heard: Mapping[str, float] | None = None,
) -> Features:
    """Return a message as the model wants it.

    Args:
        words: subject and text without personal data.
        subject: the subject line without personal data.
        topics: entries, or "@intent", with their likelihood.
        marks: of `signs`.
        today: its day.
        heard: the assistant's intents, with their likelihood.
    """
    ranked: defaultdict[str, float] = defaultdict(float)
    belong = kinds_of_entries()
    for name, share in topics:
        if name.startswith(ELSEWHERE):
            ranked[name] += share
        for kind in (known := belong.get(name, ())):
            ranked[kind] += share / len(known)
    said = read(subject, today).text if subject else ""
    return Features(read(words, today).text, said, dict(ranked), dict(marks), dict(heard or {}))


class TriageModel:
    """The two classifiers and their vectorisers."""

    def __init__(self) -> None:
        """Make an untrained model."""
        self._words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD, dtype=np.float32)
        self._subject = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD, dtype=np.float32)
        self._pieces = TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, dtype=np.float32
        )
        self._ranked, self._marks = DictVectorizer(dtype=np.float32), DictVectorizer(dtype=np.float32)
        self._plain = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, token_pattern=WORD, dtype=np.float32)
        self._kind = LinearSVC(C=1.0, class_weight="balanced", random_state=0)
        self._low = LogisticRegression(C=3.0, class_weight="balanced", max_iter=2000)
        self._sureness: tuple[float, float] = (1.0, 0.0)
        self.priority = PriorityModel()

    def fit(self, messages: Sequence[Features], labels: Sequence[str]) -> TriageModel:
        """Learn the kinds of messages."""
        self._kind.fit(self._of_kind(messages, fit=True), labels)
        return self

    def fit_low(self, messages: Sequence[Features], low: Sequence[bool]) -> TriageModel:
        """Learn which of the messages that nothing makes urgent ask for nothing on the file."""
        self._low.fit(self._of_low(messages, fit=True), low)
        return self

    def calibrate(self, leads: Sequence[float], right: Sequence[bool]) -> TriageModel:
        """Learn how sure a lead over the other categories makes, from unread messages."""
        fitted = LogisticRegression(C=10.0).fit(np.array(leads).reshape(-1, 1), right)
        self._sureness = (float(fitted.coef_[0][0]), float(fitted.intercept_[0]))
        return self

    def sort(self, message: Features) -> Sorted:
        """Return the kinds of a message and what is sure of them."""
        scores = self.scores(message)
        shares = np.exp((scores - scores.max()) * SHARPNESS)
        shares /= shares.sum()
        order = np.argsort(-shares)
        ranked = {str(self._kind.classes_[i]): float(shares[i]) for i in order}
        slope, shift = self._sureness
        low = self._low.predict_proba(self._of_low([message]))[0][list(self._low.classes_).index(True)]
        return Sorted(ranked, float(1 / (1 + np.exp(-(slope * self.lead(scores) + shift)))), float(low))

    def scores(self, message: Features) -> Floats:
        """Return the score of each kind."""
        found: Floats = self._kind.decision_function(self._of_kind([message]))[0]
        return found

    def lead(self, scores: Floats) -> float:
        """Return by how much the best category leads the next one."""
        best = {name: -np.inf for name in categories()}
        for kind, score in zip(self._kind.classes_, scores, strict=True):
            category = kinds()[kind].category
            best[category] = max(best[category], score)
        first, second = sorted(best.values(), reverse=True)[:2]
        return float(first - second)

    def best(self, scores: Floats) -> str:
        """Return the kind of the best score."""
        return str(self._kind.classes_[int(scores.argmax())])

    def save(self, path: Path) -> None:
        """Keep the model in a file, all at once."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        joblib.dump(self, unfinished, compress=3)
        unfinished.replace(path)

    @staticmethod
    def load(path: Path) -> TriageModel:
        """Return the model of a file."""
        model: TriageModel = joblib.load(path)
        return model

    def _of_kind(self, messages: Sequence[Features], fit: bool = False) -> csr_matrix:
        parts = [
            _vectors(self._words, [message.text for message in messages], fit),
            _vectors(self._subject, [message.subject for message in messages], fit) * SUBJECT_WEIGHT,
            _vectors(self._pieces, [message.both for message in messages], fit),
            _vectors(self._ranked, [message.ranked for message in messages], fit),
        ]
        return hstack(parts).tocsr()

    def _of_low(self, messages: Sequence[Features], fit: bool = False) -> csr_matrix:
        parts = [
            _vectors(self._plain, [message.both for message in messages], fit) * PLAIN_WEIGHT,
            _vectors(self._marks, [message.marks for message in messages], fit) * MARKS_WEIGHT,
        ]
        return hstack(parts).tocsr()


def _vectors(vectoriser: Any, source: Sequence[Any], fit: bool) -> csr_matrix:
    return vectoriser.fit_transform(source) if fit else vectoriser.transform(source)
