"""Which entries answer a question: what was learned of the members' questions, and the words, together."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kb.entries import Entry, entries
from kb.search import Hit, look

Topic = tuple[str, float]  # entry id, or "@intent"; learned likelihood (0 to 1)
# Marks a topic that stands for an intent rather than for an entry.
ELSEWHERE = "@"
REIMBURSEMENT = ELSEWHERE + "ask_reimbursement"
# Weight of the words beside the learned likelihood; measured on unread questions (docs/decisions/0006-topics.md).
WORDS_WEIGHT = 1.0
FOUND_BY_WORDS = 20
# Where nothing was learned, the words alone part the entries: their weight must then be far greater.
WORDS_ALONE = 12.0
# How many times less likely an entry on other benefits is than those on the benefit that the question names.
OTHER_BENEFIT = 0.3
# Of an entry that the words find and the learned ranking does not.
UNRANKED = 1e-4


@dataclass(frozen=True)
class Ranked:
    """An entry that may answer; entries that one rule answers are one.

    Attributes:
        share: likelihood (0 to 1) that it answers.
        coverage: share (0 to 1) of the question's weight that its words hold.
        nearness: likeness (0 to 1) of the questions listed under it.
    """

    entry: Entry
    share: float
    coverage: float = 0.0
    nearness: float = 0.0


@dataclass(frozen=True)
class Ranking:
    """Entries, the likeliest first.

    Attributes:
        elsewhere: likelihood of each intent that no entry answers, by its name.
        rival: likelihood of the likeliest entry of other contracts; words_rival: its score by the words alone, as a
            share of that of the best that may answer.
        learned: whether more than the words ranked them.
    """

    entries: tuple[Ranked, ...] = ()
    elsewhere: Mapping[str, float] | None = None
    rival: float = 0.0
    words_rival: float = 0.0
    learned: bool = False

    @property
    def best(self) -> Ranked | None:
        """The likeliest entry."""
        return self.entries[0] if self.entries else None

    @property
    def mass(self) -> float:
        """Likelihood (0 to 1) that some entry of this contract answers, whichever it is."""
        return sum(candidate.share for candidate in self.entries)

    def share_of(self, intent: str) -> float:
        """Return the likelihood that the question is of an intent rather than of an entry."""
        return (self.elsewhere or {}).get(intent, 0.0)


def without_contracts(ranking: Ranking, contracts: Collection[str]) -> Ranking:
    """Return a ranking without the entries that concern none but some contracts."""
    left = (each for each in ranking.entries if not each.entry.contracts or each.entry.contracts - set(contracts))
    return replace(ranking, entries=tuple(left))


def without_reimbursement(topics: Iterable[Topic]) -> list[Topic]:
    """Return the topics of a message that names no benefit: none can be reimbursed instead of an entry."""
    return [topic for topic in topics if topic[0] != REIMBURSEMENT]


def rank(
    question: str,
    topics: Sequence[Topic],
    contract: str | None,
    on: date,
    families: Collection[str] = (),
    favoured: Mapping[str, float] | None = None,
) -> Ranking:
    """Return the entries that may answer a question.

    Args:
        question: the member's words, mended.
        topics: what was learned of the message, the likeliest first.
        contract: MSP, OJI, FPE, SOLUTIONS, or None when unknown: entries of other contracts are left out.
        on: day on which an entry must be valid.
        families: benefit families that the question names, and their lines.
        favoured: entry id → how many times likelier the conversation makes it than the words alone.
    """
    favoured = favoured or {}
    found = look(question, contract, on, frozenset(families), limit=FOUND_BY_WORDS)
    hits = {hit.entry.id: hit for hit in found.hits}
    words = {name: hit.score / found.hits[0].score for name, hit in hits.items()}
    learned = {name: share for name, share in topics if not name.startswith(ELSEWHERE)}
    known = entries()
    weights = {
        name: learned.get(name, UNRANKED)
        * math.exp((WORDS_WEIGHT if topics else WORDS_ALONE) * words.get(name, 0.0))
        * favoured.get(name, 1.0)
        * (OTHER_BENEFIT if _on_others(known[name], families) else 1.0)
        for name in learned.keys() | words.keys()
        if name in known and known[name].valid_from <= on
    }
    others = {name.removeprefix(ELSEWHERE): share for name, share in topics if name.startswith(ELSEWHERE)}
    total = sum(weights.values()) + sum(others.values()) or 1.0
    # What another contract's entry would have answered is not more likely asked of this contract's others.
    usable = [name for name in weights if known[name].concerns(contract)]
    rival = max((weight for name, weight in weights.items() if not known[name].concerns(contract)), default=0.0)
    return Ranking(
        _by_answer(sorted(usable, key=lambda name: -weights[name]), weights, hits, total),
        {name: share / total for name, share in others.items()},
        rival / total,
        found.rival,
        bool(topics),
    )


def _on_others(entry: Entry, families: Collection[str]) -> bool:
    """Whether an entry is on benefits, none of which the question names."""
    return bool(families) and bool(entry.families) and set(entry.families).isdisjoint(families)


def _by_answer(
    names: Sequence[str], weights: Mapping[str, float], hits: Mapping[str, Hit], total: float
) -> tuple[Ranked, ...]:
    """Return entries, those that one rule answers as one, the likeliest first."""
    known = entries()
    by_answer: dict[str, list[str]] = {}
    for name in names:
        by_answer.setdefault(known[name].answer_id, []).append(name)
    ranked = [
        Ranked(
            known[together[0]],
            sum(weights[name] for name in together) / total,
            max((hits[name].coverage for name in together if name in hits), default=0.0),
            max((hits[name].nearness for name in together if name in hits), default=0.0),
        )
        for together in by_answer.values()
    ]
    return tuple(sorted(ranked, key=lambda candidate: -candidate.share))
