"""Which facts the words around a date or a number speak of: the cues of the vocabulary, by distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.understanding.text import CLAUSE_ENDS, STOP_WORDS, fold, key, split
from rules_engine.facts import vocabulary

BEFORE, AFTER = 12, 4
AFTER_PENALTY = 2
# "Deux coiffures, trois heures de jardin": a number counts what follows it, and what came before "," or "et" is told.
COUNTED = frozenset({"integer"})
LIST_ENDS = {
    "integer": frozenset({",", "et", "puis"}),
    "money": frozenset({"€", "euro", "euros"}),  # what stands before another amount is that one's
    "date": frozenset[str](),
}
# "2 750 € net": the word right after an amount names it better than what came before.
NEXT_TO = 2


@lru_cache(maxsize=8)
def cue_keys(fact_type: str) -> Mapping[str, tuple[str, ...]]:
    """Return, for facts of a type, word key → facts that it is a cue of."""
    found: dict[str, list[str]] = {}
    for fact in vocabulary().values():
        if fact.type == fact_type:
            for cue in fact.cues:
                words = split(fold(cue))
                telling = [word for word in words if word not in STOP_WORDS] or words
                found.setdefault(key(telling[-1]), []).append(fact.id)
    return {word: tuple(facts) for word, facts in found.items()}


def near_facts(before: Sequence[str], after: Sequence[str], fact_type: str) -> dict[str, int]:
    """Return the facts of a type whose cues stand around, with the distance in words (1 is next to it).

    Args:
        before: folded words before the figure, in order.
        after: folded words after it.
        fact_type: date, money or integer.
    """
    distances: dict[str, int] = {}
    counted = fact_type in COUNTED
    for words, reach, penalty in (
        (_clause(list(reversed(before)), LIST_ENDS[fact_type]), BEFORE, 1 if counted else 0),
        (_clause(list(after), frozenset()), AFTER, 0 if counted else AFTER_PENALTY),
    ):
        for distance, word in enumerate(words[:reach], 1):
            for fact_id in cue_keys(fact_type).get(key(word), ()):
                named = fact_type == "money" and penalty and distance <= NEXT_TO
                distances[fact_id] = min(distances.get(fact_id, 99), distance + (-1 if named else penalty))
    return distances


def _clause(words: list[str], ends: frozenset[str]) -> list[str]:
    kept = []
    for word in words:
        if word in CLAUSE_ENDS or word in ends:
            break
        kept.append(word)
    return kept
