"""Misspelt words brought to the nearest word of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
# From so many letters on, two slips are allowed instead of one.
LONG = 8
KEPT = 20_000


class Repairs:
    """The words of an index, and the repairs already found."""

    def __init__(self, known: Iterable[str]) -> None:
        """Take the words that need no repair."""
        self._known = frozenset(known)
        self._by_start: dict[tuple[str, int], list[str]] = defaultdict(list)
        for word in sorted(self._known):
            self._by_start[word[0], len(word)].append(word)
        self._found: dict[str, str] = {}

    def repaired(self, word: str) -> str:
        """Return a word, or the nearest known one when it is unknown and one is near."""
        if word in self._known or len(word) < SHORTEST:
            return word
        if word not in self._found:
            if len(self._found) > KEPT:
                self._found.clear()
            self._found[word] = self._nearest(word)
        return self._found[word]

    def _nearest(self, word: str) -> str:
        allowed = 1 if len(word) < LONG else 2
        lengths = range(len(word) - allowed, len(word) + allowed + 1)
        candidates = [known for length in lengths for known in self._by_start.get((word[0], length), ())]
        best = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=allowed)
        return best[0] if best else word
