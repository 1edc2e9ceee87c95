"""What is learned of the priority: the taxonomy's signs, the kind of request and all the words weighed together.

The signs of `priority.yml` are held to; what is told in other words ("je me pique une fois sur deux pour faire durer
l'insuline") only the whole message tells (docs/decisions/0010-triage.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bot.triage.kinds import HIGH, LOW, NORMAL

if TYPE_CHECKING:
    from bot.triage.decision import Decision
    from bot.triage.signs import Signs

WORD = r"(?u)\b\w+\b"
WORDS_WEIGHT, MENTION_WEIGHT, MOST_MENTIONS, HALF, TWICE = 2.5, 0.7, 2, 0.5, 2.0
# Likelihood from which a message is urgent: by itself, and where a sign of the taxonomy's list shows.
URGENT, URGENT_WITH_SIGN = 0.5, 0.2
Clues = dict[str, float]


class PriorityModel:
    """A classifier of the three priorities over the words and the clues of a message."""

    def __init__(self) -> None:
        """Make an untrained model."""
        self._words = TfidfVectorizer(
            ngram_range=(1, 2), sublinear_tf=True, min_df=2, token_pattern=WORD, dtype=np.float32
        )
        self._clues = DictVectorizer(dtype=np.float32)
        self._learned = LogisticRegression(C=1.0, class_weight="balanced", max_iter=1000)

    def fit(self, texts: Sequence[str], clues: Sequence[Clues], priorities: Sequence[str]) -> PriorityModel:
        """Learn the priorities of messages, each with its clues as they are seen unread."""
        words = self._words.fit_transform(texts) * WORDS_WEIGHT
        self._learned.fit(hstack([words, self._clues.fit_transform(clues)]).tocsr(), priorities)
        return self

    def settle(self, text: str, clues: Clues, sign: bool) -> str:
        """Return the priority of a message.

        Args:
            text: its mended words.
            clues: what `clues_of` made of it.
            sign: whether a sign of the taxonomy's list shows.
        """
        shares = dict(zip(self._learned.classes_, self._learned.predict_proba(self._seen(text, clues))[0], strict=True))
        if shares[HIGH] > (URGENT_WITH_SIGN if sign else URGENT):
            return HIGH
        return LOW if shares[LOW] > shares[NORMAL] else NORMAL

    def _seen(self, text: str, clues: Clues) -> csr_matrix:
        return hstack([self._words.transform([text]) * WORDS_WEIGHT, self._clues.transform([clues])]).tocsr()


def clues_of(decision: Decision, shown: Signs, low: float, heard: Mapping[str, float]) -> Clues:
    """Return what speaks for a priority beside the words.

    Args:
        decision: how the taxonomy's rules sort the message.
        shown: its signs.
        low: likelihood that nothing is to be done on the file.
        heard: the assistant's intents, with their likelihood.
    """
    return {
        **{f"sign:{name}": 1.0 for name in shown.high},
        **{f"stake:{name}": 1.0 for name in shown.stakes},
        **{f"mark:{name}": HALF * count for name, count in (shown.counts or {}).items()},
        **{f"mention:{name}": MENTION_WEIGHT * min(MOST_MENTIONS, n) for name, n in (shown.mentions or {}).items()},
        **{f"intent:{name}": share for name, share in heard.items()},
        f"rule:{decision.priority}": 1.0,
        f"category:{decision.kind.category}": HALF,
        f"kind:{decision.kind.id}": HALF,
        f"act:{decision.act}": 1.0,
        "online": float(decision.online),
        "accident": float(shown.accident),
        "hospital": float(shown.in_hospital),
        "low": TWICE * low,
    }
