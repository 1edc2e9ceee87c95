"""Finding the entry that answers a question: BM25 over title, questions and answer, the contract first."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb.entries import Entry, entries
from kb.text import terms

K1, B = 1.2, 0.6
WEIGHTS = {"title": 3, "questions": 2, "answer": 1}
FAMILY_BONUS = 1.35
# Where a rule computes the answer, its entry is preferred to one that only explains.
RULE_BONUS = 1.1
REPAIR_MINIMUM = 5
# A word that no entry holds says little: a name, a slip, a detail of a story.
UNKNOWN_WEIGHT = 0.3
REPAIRS_KEPT = 20_000


@dataclass(frozen=True)
class Hit:
    """An entry found.

    Attributes:
        score: BM25 score; coverage: share (0 to 1) of the question's weight that the entry's words hold.
    """

    entry: Entry
    score: float
    coverage: float


class Index:
    """An inverted index of entries."""

    def __init__(self, documents: Iterable[Entry]) -> None:
        """Index entries."""
        self._documents = list(documents)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        lengths: list[float] = []
        for number, entry in enumerate(self._documents):
            weights = _weighted_terms(entry)
            lengths.append(sum(weights.values()))
            for term, weight in weights.items():
                self._postings[term].append((number, weight))
        self._mean = sum(lengths) / len(lengths) if lengths else 1.0
        self._lengths = lengths
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for term in self._postings:
            self._by_length[len(term)].append(term)
        self._repairs: dict[str, str] = {}

    def search(
        self, question: str, contract: str | None, on: date, families: Collection[str] = (), limit: int = 5
    ) -> list[Hit]:
        """Return the best entries for a question.

        Args:
            question: the member's words.
            contract: MSP, OJI, FPE, SOLUTIONS, or None when unknown.
            on: day on which the entry must be valid.
            families: benefit families that the question names.
            limit: most entries returned.
        """
        asked = {self._repaired(term) for term in terms(question)}
        weights = {term: self._idf(term) * (1 if term in self._postings else UNKNOWN_WEIGHT) for term in asked}
        total = sum(weights.values()) or 1.0
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        for term, idf in weights.items():
            for number, frequency in self._postings.get(term, ()):
                norm = K1 * (1 - B + B * self._lengths[number] / self._mean)
                scores[number] += idf * frequency * (K1 + 1) / (frequency + norm)
                covered[number] += idf
        for number in scores:
            if set(self._documents[number].families) & set(families):
                scores[number] *= FAMILY_BONUS
            if self._documents[number].rule:
                scores[number] *= RULE_BONUS
        usable = [n for n in scores if self._documents[n].concerns(contract) and self._documents[n].valid_from <= on]
        ranked = sorted(usable, key=lambda number: -scores[number])[:limit]
        return [Hit(self._documents[n], scores[n], covered[n] / total) for n in ranked]

    def _idf(self, term: str) -> float:
        count, holding = len(self._documents), len(self._postings.get(term, ()))
        return math.log(1 + (count - holding + 0.5) / (holding + 0.5))

    def _repaired(self, term: str) -> str:
        if term in self._postings or len(term) < REPAIR_MINIMUM:
            return term
        if term not in self._repairs:
            if len(self._repairs) > REPAIRS_KEPT:
                self._repairs.clear()
            self._repairs[term] = self._nearest(term)
        return self._repairs[term]

    def _nearest(self, term: str) -> str:
        allowed = 1 if len(term) < 8 else 2
        lengths = range(len(term) - allowed, len(term) + allowed + 1)
        candidates = [known for length in lengths for known in self._by_length.get(length, ()) if known[0] == term[0]]
        best = process.extractOne(term, candidates, scorer=OSA.distance, score_cutoff=allowed)
        return best[0] if best else term


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
    return index().search(question, contract, on, families, limit)
