"""Knowing when no entry answers: how sure a ranking is, and near-misses told from questions.

Weights were fitted on the tuning half of the project's labelled questions (`assistant bench kb` shows the other half).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from kb.entries import Entry, entries
from kb.ranking import Ranking
from kb.text import WORD, fold, terms

FILE = Path(__file__).with_name("elsewhere.yml")
OWN_NAME = "mgen"
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
        lead: of the entry's likelihood beside that of the next on another subject, in log-odds: however a long
            story spreads the likelihood, what is clearly first answers it.
        lost, missed: of an entry of another contract that is likelier, or holds more of the words, weighed by what the
            entry itself lacks of them.
        subject: of a subject that belongs to others; length: of a longer message (at most `STORY` words).
        mass: of the likelihood that some entry answers, whichever.
    """

    constant: float
    lead: float
    coverage: float
    nearness: float
    elsewhere: float
    lost: float
    missed: float
    subject: float
    length: float = 0.0
    mass: float = 0.0


# Zero stands where about 2 % of the questions to answer are refused, of the tuning half and of the messages that may be
# read (`bot.evaluation.splits`).
LEARNED = Weights(-2.45, 0.37, 2.06, 2.18, -3.97, -0.92, 0.0, -3.44, mass=2.53)
WORDS = Weights(-3.86, 0.16, 4.78, 3.54, 0.0, 0.0, -1.07, -3.44, 2.96)


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
    total = sum(each.share for each in ranking.entries) + sum((ranking.elsewhere or {}).values())
    second = next((each.share for each in ranking.entries[1:] if not _together(best.entry, each.entry)), 0.0)
    missed = min(max(ranking.words_rival - TWIN, 0.0), LARGEST)
    odds = (
        weights.constant
        + weights.lead * _log_ratio(best.share / total, second / total)
        + weights.coverage * best.coverage
        + weights.nearness * best.nearness
        + weights.elsewhere * max(ranking.share_of(intent) for intent in UNANSWERED)
        + weights.lost * max(_log_ratio(ranking.rival, best.share), 0.0) * (1 - best.coverage)
        + weights.missed * missed * (1 if weights is WORDS else 1 - best.coverage)
        + weights.subject * bool(_foreign(best.entry, question))
        + weights.length * min(len(terms(question)), STORY) / STORY
        + weights.mass * ranking.mass
    )
    return 1 / (1 + math.exp(-odds))


def _together(first: Entry, second: Entry) -> bool:
    """Whether two entries are on one subject: one sends to the other."""
    return second.id in first.see_also or first.id in second.see_also


def names_insurer(question: str) -> bool:
    """Whether a message is about another insurer: it names one, and neither the mutual nor why it mentions that one."""
    words = " ".join(WORD.findall(fold(question)))
    phrases = _phrases()
    if OWN_NAME in words or not phrases.insurers.search(words):
        return False
    said = terms(question)
    return not any(_says(said, phrase) for phrase in phrases.beside)


def names_subject(question: str) -> bool:
    """Whether a message names a subject that belongs to others."""
    return bool(_subjects(question))


def _foreign(entry: Entry, question: str) -> list[frozenset[str]]:
    """Return the subjects of others that a message names and an entry does not speak of."""
    subjects = _subjects(question)
    return [phrase for phrase in subjects if not phrase <= _words_of(entry.id)] if subjects else []


def _subjects(question: str) -> list[frozenset[str]]:
    said = terms(question)
    subjects = _phrases().subjects
    return [phrase for word in sorted(set(said)) for phrase in subjects.get(word, ()) if _says(said, phrase)]


def _says(said: Sequence[str], phrase: frozenset[str]) -> bool:
    """Whether the words of a phrase stand near one another."""
    return phrase.issubset(said) and any(
        phrase.issubset(said[first : first + len(phrase) + BETWEEN]) for first in range(len(said))
    )


@lru_cache(maxsize=512)
def _words_of(entry_id: str) -> frozenset[str]:
    entry = entries()[entry_id]
    return frozenset(terms("\n".join((entry.title, *entry.questions, entry.answer))))


@dataclass(frozen=True)
class _Phrases:
    """What `elsewhere.yml` lists: insurers as a pattern of their names, the rest as stems.

    Attributes:
        subjects: the first word (by the alphabet) of each phrase → phrases.
    """

    insurers: re.Pattern[str]
    beside: tuple[frozenset[str], ...]
    subjects: Mapping[str, tuple[frozenset[str], ...]]


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    # Names are names: "Radiance" is no "radiation", "La Mutuelle Générale" no "assemblée générale de la mutuelle".
    names = "|".join(re.escape(" ".join(WORD.findall(fold(name)))) for name in data["insurers"])
    subjects = [phrase for group in data["subjects"].values() for phrase in group]
    return _Phrases(re.compile(rf"\b(?:{names})\b"), _stems(data["beside"]), _by_first(_stems(subjects)))


def _by_first(phrases: Sequence[frozenset[str]]) -> Mapping[str, tuple[frozenset[str], ...]]:
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for phrase in phrases:
        found[min(phrase)].append(phrase)
    return {word: tuple(under) for word, under in found.items()}


def _stems(phrases: Sequence[str]) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(terms(phrase)) for phrase in phrases)


def _log_ratio(part: float, rest: float) -> float:
    return math.log((part + SMALLEST) / (rest + SMALLEST))
