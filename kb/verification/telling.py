"""How much of a passage the entries and rules that cite it tell: where to write the next entry."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Sequence

from kb.ingestion.library import Library
from kb.ingestion.names import key
from kb.ingestion.store import Passage
from kb.text import terms
from kb.verification.claims import Claim

WEIGHED = ("paragraph", "point", "article")
# Shorter pieces are headings or announce a list.
SHORTEST = 80


class Told:
    """What the claims on one document say, by the passages that they cite."""

    def __init__(self, document: str, library: Library, claims: Sequence[Claim]) -> None:
        """Gather the words of the claims."""
        passages = library.passages[document]
        self.library, self.document = library, document
        self.spread = Counter(term for passage in passages for term in set(terms(passage.text)))
        self.count = len(passages)
        self.words: dict[int, set[str]] = defaultdict(set)
        for claim in claims:
            own = set(terms(claim.words)) if claim.words else set()
            for cited, reference in claim.citations:
                if own and cited == document:
                    for passage in library.resolve(document, reference):
                        self.words[passage.id] |= own

    def share(self, passage: Passage) -> float:
        """Return the share (0 to 1) of the weight of a passage's words that is told."""
        told: set[str] = set()
        for around in self.library.around(self.document, passage):
            told |= self.words.get(around.id, set())
        weights = {term: math.log(1 + self.count / self.spread[term]) for term in set(terms(passage.whole))}
        total = sum(weights.values())
        return sum(weight for term, weight in weights.items() if term in told) / total if total else 1.0


def least_told(
    library: Library, claims: Sequence[Claim], left_out: Container[tuple[str, str]], most: int
) -> list[tuple[float, str, Passage]]:
    """Return (share, document, passage) of the passages that entries and rules tell least, the least first.

    Args:
        library: the documents.
        claims: what the project says.
        left_out: (document, key of the reference) of what is left out on purpose.
        most: how many.
    """
    found = []
    for document, passages in library.passages.items():
        told = Told(document, library, claims)
        for passage in passages:
            if passage.kind not in WEIGHED or len(passage.text) < SHORTEST:
                continue
            if not any((document, key(around.reference)) in left_out for around in library.around(document, passage)):
                found.append((told.share(passage), document, passage))
    return sorted(found, key=lambda item: (item[0], item[1], item[2].position))[:most]
