"""Knowing when no entry answers: how sure a ranking is, and near-misses told from questions.

Weights were fitted on the tuning half of the project's labelled questions (`assistant bench kb` shows the other half).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from kb.ranking import Ranking
from kb.text import terms

FILE = Path(__file__).with_name("elsewhere.yml")
OWN_NAME = "mgen"
# A message so like a question listed under an entry is answered whatever else its words may mean.
LISTED = 0.6
# Subjects that no entry answers, as the ranking names them.
UNANSWERED = ("account_data", "out_of_scope", "medical_advice", "legal_advice", "other_insurer")
SURE = 0.5
SMALLEST = 1e-3
# Entries of other contracts that hold about as many of the words are twins of the one found; beyond, they are missed.
TWIN, LARGEST = 0.7, 2.3
STORY = 30
# Words that may stand between those of a phrase.
BETWEEN = 2


@dataclass(frozen=True)
class Weights:
    """Weights of the signs of an answer, in log-odds; zero parts the sure from the unsure.

    Attributes:
        share: of the entry's likelihood among this contract's entries and the other subjects, in log-odds.
        lost, missed: of an entry of another contract that is likelier, or holds more of the words, weighed by what the
            entry itself lacks of them.
        subject: of a subject that belongs to others; length: of a longer message (at most `STORY` words).
    """

    constant: float
    share: float
    coverage: float
    nearness: float
    elsewhere: float
    lost: float
    missed: float
    subject: float
    length: float = 0.0


# Zero stands where about 2 % of the questions to answer of the tuning half are refused.
LEARNED = Weights(0.42, 0.66, 1.26, 0.66, -1.12, -1.0, -0.25, -4.13)
WORDS = Weights(-3.05, 0.24, 4.59, 2.64, 0.0, 0.0, -0.96, -3.66, 3.34)


def sureness(ranking: Ranking, question: str) -> float:
    """Return how sure (0 to 1) the first entry of a ranking is to answer the question; below `SURE`, none should.

    Args:
        ranking: what `kb.ranking.rank` returned.
        question: the member's words, as written.
    """
    best = ranking.best
    if best is None or names_insurer(question):
        return 0.0
    weights = LEARNED if ranking.learned else WORDS
    others = (ranking.elsewhere or {}).values()
    share = best.share / (sum(each.share for each in ranking.entries) + sum(others))
    missed = min(max(ranking.words_rival - TWIN, 0.0), LARGEST)
    odds = (
        weights.constant
        + weights.share * _log_ratio(share, 1 - share)
        + weights.coverage * best.coverage
        + weights.nearness * best.nearness
        + weights.elsewhere * max(ranking.share_of(intent) for intent in UNANSWERED)
        + weights.lost * max(_log_ratio(ranking.rival, best.share), 0.0) * (1 - best.coverage)
        + weights.missed * missed * (1 if weights is WORDS else 1 - best.coverage)
        + weights.subject * (best.nearness < LISTED and names_subject(question))
        + weights.length * min(len(terms(question)), STORY) / STORY
    )
    return 1 / (1 + math.exp(-odds))


def names_insurer(question: str) -> bool:
    """Whether a message names another insurer and not the mutual."""
    said = terms(question)
    return OWN_NAME not in said and _says(said, _phrases()["insurers"])


def names_subject(question: str) -> bool:
    """Whether a message names a subject that belongs to others."""
    return _says(terms(question), _phrases()["subjects"])


def _says(said: Sequence[str], phrases: Sequence[frozenset[str]]) -> bool:
    """Whether the words of one of the phrases stand near one another."""
    words = set(said)
    return any(
        phrase <= words
        and any(phrase.issubset(said[first : first + len(phrase) + BETWEEN]) for first in range(len(said)))
        for phrase in phrases
    )


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, tuple[frozenset[str], ...]]:
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    subjects = [phrase for group in data["subjects"].values() for phrase in group]
    written = {"insurers": data["insurers"], "subjects": subjects}
    return {name: tuple(frozenset(terms(phrase)) for phrase in phrases) for name, phrases in written.items()}


def _log_ratio(part: float, rest: float) -> float:
    return math.log((part + SMALLEST) / (rest + SMALLEST))
