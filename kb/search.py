"""Finding the entry that answers a question: the contract first, then BM25 and the nearest listed questions.

BM25 runs over title, questions and answer; a rare word is also looked for by its meanings in the thesaurus. Of the
entries found, those whose own questions are nearest to the question asked are preferred.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from heapq import nlargest

from kb.entries import Entry, entries
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

    hits: list[Hit]
    rival: float = 0.0


class Index:
    """An inverted index of entries."""

    def __init__(self, documents: Iterable[Entry]) -> None:
        """Index entries."""
        self._documents = list(documents)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._meanings = meanings()
        weighted = [_weighted_terms(entry) for entry in self._documents]
        lengths = [sum(weights.values()) for weights in weighted]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        for number, weights in enumerate(weighted):
            norm = K1 * (1 - B + B * lengths[number] / mean)
            for term, weight in self._with_meanings(weights).items():
                self._postings[term].append((number, weight * (K1 + 1) / (weight + norm)))
        self._idf = {term: self._rarity(len(found)) for term, found in self._postings.items()}
        self._repairs = Repairs(term for term in self._postings if not term.startswith(MEANING))
        self._questions = [self._signatures(entry) for entry in self._documents]

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
        for number in scores:
            scores[number] *= self._preference(number, families)
        valid = [number for number in scores if self._documents[number].valid_from <= on]
        usable = [number for number in valid if self._documents[number].concerns(contract)]
        best = nlargest(max(limit, COMPARED), usable, key=scores.__getitem__)
        if not best:
            return Found([])
        top, weight = scores[best[0]], sum(asked.values())
        near = {number: self._nearness(number, asked, weight) for number in best[:COMPARED]}
        words = sum(share for term, share in asked.items() if not term.startswith(MEANING)) or 1.0
        hits = [
            Hit(
                self._documents[number],
                scores[number] + top * NEAREST_WEIGHT * near.get(number, 0.0),
                covered[number] / words,
                near.get(number, 0.0),
            )
            for number in best
        ]
        hits.sort(key=lambda hit: -hit.score)
        others = (scores[number] for number in valid if not self._documents[number].concerns(contract))
        return Found(hits[:limit], max(others, default=0.0) / top)

    def _preference(self, number: int, families: Collection[str]) -> float:
        entry = self._documents[number]
        named = families and not set(entry.families).isdisjoint(families)
        return (FAMILY_BONUS if named else 1.0) * (RULE_BONUS if entry.rule else 1.0)

    def _asked(self, question: str) -> dict[str, float]:
        """Return the terms of a question and their meanings, with the weight of each."""
        stems = {self._repairs.repaired(term) for term in terms(question)}
        unknown = self._rarity(0) * UNKNOWN_WEIGHT
        asked = {stem: self._idf.get(stem, unknown) for stem in stems}
        for stem in stems:
            for meaning in self._meanings.get(stem, ()) if len(self._postings.get(stem, ())) <= RARE else ():
                if meaning in self._idf:
                    asked[meaning] = self._idf[meaning] * MEANING_WEIGHT
        return asked

    def _scores(self, asked: Mapping[str, float]) -> tuple[dict[int, float], dict[int, float]]:
        """Return the BM25 score of each entry and the weight of the question's own words that it holds."""
        scores: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        for term, weight in asked.items():
            said = not term.startswith(MEANING)
            for number, frequency in self._postings.get(term, ()):
                scores[number] += weight * frequency
                if said:
                    covered[number] += weight
        return scores, covered

    def _nearness(self, number: int, asked: Mapping[str, float], weight: float) -> float:
        """Return how near (0 to 1) the entry's nearest questions are to the question asked."""
        near = [
            sum(asked[term] for term in asked.keys() & signature) / math.sqrt(weight * total)
            for signature, total in self._questions[number]
        ]
        return sum(nlargest(NEAREST, near)) / NEAREST

    def _signatures(self, entry: Entry) -> list[tuple[frozenset[str], float]]:
        """Return the terms of each question and of the title with their weight."""
        signatures = (frozenset(terms(text)) for text in (*entry.questions, entry.title))
        return [(signature, sum(self._idf[term] for term in signature)) for signature in signatures if signature]

    def _with_meanings(self, weights: Mapping[str, float]) -> dict[str, float]:
        found = dict(weights)
        for term, weight in weights.items():
            for meaning in self._meanings.get(term, ()):
                found[meaning] = found.get(meaning, 0.0) + weight
        return found

    def _rarity(self, holding: int) -> float:
        return math.log(1 + (len(self._documents) - holding + 0.5) / (holding + 0.5))


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
    return look(question, contract, on, families, limit).hits


def look(question: str, contract: str | None, on: date, families: Collection[str] = (), limit: int = 5) -> Found:
    """Return the best entries for a question and how near those of other contracts are; see `Index.search`."""
    return index().search(question, contract, on, families, limit)
