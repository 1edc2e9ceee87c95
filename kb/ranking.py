"""Which entries answer a question: what was learned of the members' questions, and the words, together."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.entries import Entry, entries
from kb.search import find

# Marks a topic that stands for an intent rather than for an entry.
ELSEWHERE = "@"
# Weight of the words beside the learned likelihood; measured on unread questions (docs/decisions/0006-topics.md).
WORDS_WEIGHT = 1.0
FOUND_BY_WORDS = 20
# Of an entry that the words find and the learned ranking does not.
UNRANKED = 1e-4


@dataclass(frozen=True)
class Ranked:
    """An entry that may answer; entries that one rule answers are one.

    Attributes:
        share: likelihood (0 to 1) that it answers.
        coverage: share (0 to 1) of the question's weight that its words hold.
    """

    entry: Entry
    share: float
    coverage: float = 0.0


@dataclass(frozen=True)
class Ranking:
    """Entries, the likeliest first.

    Attributes:
        elsewhere: likelihood of each intent that no entry answers, by its name.
    """

    entries: tuple[Ranked, ...] = ()
    elsewhere: Mapping[str, float] | None = None

    @property
    def best(self) -> Ranked | None:
        """The likeliest entry."""
        return self.entries[0] if self.entries else None

    def share_of(self, intent: str) -> float:
        """Return the likelihood that the question is of an intent rather than of an entry."""
        return (self.elsewhere or {}).get(intent, 0.0)


def rank(
    question: str,
    topics: Sequence[tuple[str, float]],
    contract: str | None,
    on: date,
    families: Collection[str] = (),
    favoured: Mapping[str, float] | None = None,
) -> Ranking:
    """Return the entries that may answer a question.

    Args:
        question: the member's words, mended.
        topics: learned likelihoods: entry id, or "@intent", and share (0 to 1).
        contract: MSP, OJI, FPE, SOLUTIONS, or None when unknown: entries of other contracts are left out.
        on: day on which an entry must be valid.
        families: benefit families that the question names.
        favoured: entry id → how many times likelier the conversation makes it than the words alone.
    """
    favoured = favoured or {}
    hits = find(question, contract, on, families, limit=FOUND_BY_WORDS)
    words = {hit.entry.id: hit.score / hits[0].score for hit in hits}
    coverage = {hit.entry.id: hit.coverage for hit in hits}
    learned = {name: share for name, share in topics if not name.startswith(ELSEWHERE)}
    known = entries()
    weights = {
        name: learned.get(name, UNRANKED) * math.exp(WORDS_WEIGHT * words.get(name, 0.0)) * favoured.get(name, 1.0)
        for name in learned.keys() | words.keys()
        if name in known and known[name].valid_from <= on
    }
    others = {name.removeprefix(ELSEWHERE): share for name, share in topics if name.startswith(ELSEWHERE)}
    total = sum(weights.values()) + sum(others.values()) or 1.0
    by_answer: dict[str, list[str]] = {}
    # What another contract's entry would have answered is not more likely asked of this contract's others.
    usable = [name for name in weights if known[name].concerns(contract)]
    for name in sorted(usable, key=lambda name: -weights[name]):
        by_answer.setdefault(known[name].rule or name, []).append(name)
    ranked = [
        Ranked(
            known[names[0]],
            sum(weights[name] for name in names) / total,
            max(coverage.get(name, 0.0) for name in names),
        )
        for names in by_answer.values()
    ]
    ranked.sort(key=lambda candidate: -candidate.share)
    return Ranking(tuple(ranked), {name: share / total for name, share in others.items()})
