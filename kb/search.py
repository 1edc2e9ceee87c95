"""Finding the entry that answers a question: the contract first, then BM25 and the nearest listed questions.

BM25 runs over title, questions and answer; a rare word is also looked for by its meanings in the thesaurus. Of the
entries found, those whose own questions are nearest to the question asked are preferred.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kb.entries import CONTRACTS, Entry, entries
from kb.repair import Repairs
from kb.text import terms
from kb.thesaurus import MEANING, meanings

K1, B = 1.2, 0.6
WEIGHTS = {"title": 3, "questions": 2, "answer": 1}
FAMILY_BONUS = 1.35
# Where a rule computes the answer, its entry is preferred to one that only explains.
RULE_BONUS = 1.1
# A word that no entry holds says little: a name, a slip, a detail of a story.
UNKNOWN_WEIGHT = 0.3
# A word that no more entries than these hold is also looked for by its meanings, at this weight beside the word itself:
# members' common words stand in the questions of the entries, where the thesaurus would only blur them.
RARE, MEANING_WEIGHT = 10, 0.5
# The nearest questions of an entry that count, their weight beside BM25, and how many entries are compared so.
NEAREST, NEAREST_WEIGHT, COMPARED = 3, 1.0, 20


Numbers = npt.NDArray[np.int_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Posting:
    """The entries that hold a term, and the weight that it has in each."""

    numbers: Numbers
    weights: Floats


@dataclass(frozen=True)
class Hit:
    """An entry found.

    Attributes:
        score: BM25 score, raised by the nearest questions; coverage: share (0 to 1) of the question's weight that the
            entry's words hold; nearness: likeness (0 to 1) of the entry's nearest listed questions.
    """

    entry: Entry
    score: float
    coverage: float
    nearness: float = 0.0


@dataclass(frozen=True)
class Found:
    """What a search found.

    Attributes:
        rival: score of the best entry of other contracts, as a share of the score of the best that may answer.
    """

    hits: tuple[Hit, ...]
    rival: float = 0.0


class Index:
    """An inverted index of entries and of their questions, in arrays."""

    def __init__(self, documents: Iterable[Entry]) -> None:
        """Index entries."""
        self._documents = list(documents)
        self._meanings = meanings()
        self._concerned = {
            name: _marks(entry.concerns(name) for entry in self._documents) for name in (None, *CONTRACTS)
        }
        self._of_family = _numbers_by_family(self._documents)
        self._starts = np.array([entry.valid_from.toordinal() for entry in self._documents])
        self._postings = self._weigh([_weighted_terms(entry) for entry in self._documents])
        self._idf = {term: self._rarity(len(found.numbers)) for term, found in self._postings.items()}
        self._repairs = Repairs(term for term in self._postings if not term.startswith(MEANING))
        self._questions, self._ends, self._lengths = self._index_questions()

    def search(
        self, question: str, contract: str | None, on: date, families: Collection[str] = (), limit: int = 5
    ) -> Found:
        """Return the best entries for a question.

        Args:
            question: the member's words.
            contract: MSP, OJI, FPE, SOLUTIONS, or None when unknown: entries of other contracts are left out.
            on: day on which the entry must be valid.
            families: benefit families that the question names.
            limit: most entries returned.
        """
        asked = self._asked(question)
        scores, covered = self._scores(asked)
        if families:
            named = [number for family in families for number in self._of_family.get(family, ())]
            scores[np.unique(np.array(named, dtype=int))] *= FAMILY_BONUS
        scores = np.where(self._starts <= on.toordinal(), scores, 0.0)
        usable = np.where(self._concerned[contract], scores, 0.0)
        best = np.argsort(-usable, kind="stable")[: max(limit, COMPARED)]
        best = best[usable[best] > 0]
        if not len(best):
            return Found(())
        top = float(usable[best[0]])
        near = self._nearness(asked, best[:COMPARED])
        words = sum(share for term, share in asked.items() if not term.startswith(MEANING)) or 1.0
        hits = [
            Hit(
                self._documents[number],
                float(usable[number]) + top * NEAREST_WEIGHT * near.get(number, 0.0),
                float(covered[number]) / words,
                near.get(number, 0.0),
            )
            for number in best.tolist()
        ]
        hits.sort(key=lambda hit: -hit.score)
        rival = np.where(self._concerned[contract], 0.0, scores).max()
        return Found(tuple(hits[:limit]), float(rival) / top)

    def _asked(self, question: str) -> dict[str, float]:
        """Return the terms of a question and their meanings, with the weight of each."""
        stems = {self._repairs.repaired(term) for term in terms(question)}
        unknown = self._rarity(0) * UNKNOWN_WEIGHT
        asked = {stem: self._idf.get(stem, unknown) for stem in sorted(stems)}
        for stem in sorted(stems):
            held = len(self._postings[stem].numbers) if stem in self._postings else 0
            for meaning in self._meanings.get(stem, ()) if held <= RARE else ():
                if meaning in self._idf:
                    asked[meaning] = self._idf[meaning] * MEANING_WEIGHT
        return asked

    def _scores(self, asked: Mapping[str, float]) -> tuple[Floats, Floats]:
        """Return the BM25 score of each entry and the weight of the question's own words that it holds."""
        scores, covered = np.zeros(len(self._documents)), np.zeros(len(self._documents))
        for term, weight in asked.items():
            found = self._postings.get(term)
            if found:
                scores[found.numbers] += weight * found.weights
                if not term.startswith(MEANING):
                    covered[found.numbers] += weight
        return scores, covered

    def _nearness(self, asked: Mapping[str, float], numbers: Numbers) -> dict[int, float]:
        """Return how near (0 to 1) the nearest questions of some entries are to the question asked."""
        common = np.zeros(len(self._lengths))
        for term, weight in asked.items():
            if term in self._questions:
                common[self._questions[term]] += weight
        near = common / np.sqrt(self._lengths * sum(asked.values()))
        found = {}
        for number in numbers.tolist():
            likest = np.sort(near[self._ends[number] : self._ends[number + 1]])[-NEAREST:]
            found[number] = float(likest.sum()) / NEAREST
        return found

    def _weigh(self, documents: Sequence[Counter[str]]) -> dict[str, Posting]:
        """Return, for each term and each meaning, the entries that hold it and its weight in each."""
        lengths = [sum(weights.values()) for weights in documents]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, weights in enumerate(documents):
            norm = K1 * (1 - B + B * lengths[number] / mean)
            preference = RULE_BONUS if self._documents[number].rule else 1.0
            for term, weight in self._with_meanings(weights).items():
                found[term].append((number, preference * weight * (K1 + 1) / (weight + norm)))
        return {
            term: Posting(np.array([number for number, _ in held]), np.array([weight for _, weight in held]))
            for term, held in found.items()
        }

    def _index_questions(self) -> tuple[dict[str, Numbers], list[int], Floats]:
        """Return the questions that hold each term, where those of each entry begin, and the weight of each."""
        held: dict[str, list[int]] = defaultdict(list)
        ends: list[int] = [0]
        lengths: list[float] = []
        for entry in self._documents:
            for text in (*entry.questions, entry.title):
                signature = set(terms(text))
                for term in signature:
                    held[term].append(len(lengths))
                lengths.append(sum(self._idf[term] for term in signature) or 1.0)
            ends.append(len(lengths))
        return {term: np.array(numbers) for term, numbers in held.items()}, ends, np.array(lengths)

    def _with_meanings(self, weights: Mapping[str, float]) -> dict[str, float]:
        found = dict(weights)
        for term, weight in weights.items():
            for meaning in self._meanings.get(term, ()):
                found[meaning] = found.get(meaning, 0.0) + weight
        return found

    def _rarity(self, holding: int) -> float:
        return math.log(1 + (len(self._documents) - holding + 0.5) / (holding + 0.5))


def _numbers_by_family(documents: Sequence[Entry]) -> Mapping[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(documents):
        for family in entry.families:
            found[family].append(number)
    return found


def _marks(held: Iterable[bool]) -> npt.NDArray[np.bool_]:
    return np.array(list(held), dtype=bool)


def _weighted_terms(entry: Entry) -> Counter[str]:
    weights: Counter[str] = Counter()
    for text, weight in (
        (entry.title, WEIGHTS["title"]),
        (" ".join(entry.questions), WEIGHTS["questions"]),
        (entry.answer, WEIGHTS["answer"]),
    ):
        for term in terms(text):
            weights[term] += weight
    return weights


@lru_cache(maxsize=1)
def index() -> Index:
    """Return the index of all entries."""
    return Index(entries().values())


def find(question: str, contract: str | None, on: date, families: Collection[str] = (), limit: int = 5) -> list[Hit]:
    """Return the best entries for a question; see `Index.search`."""
    return list(look(question, contract, on, frozenset(families), limit).hits)


# What settles the intent of a message and what answers it look for the same: they share one search.
@lru_cache(maxsize=256)
def look(
    question: str, contract: str | None, on: date, families: frozenset[str] = frozenset(), limit: int = 5
) -> Found:
    """Return the best entries for a question and how near those of other contracts are; see `Index.search`."""
    return index().search(question, contract, on, families, limit)
