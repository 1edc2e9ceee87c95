"""Which facts the words around a date or a number speak of: the cues of the vocabulary, by distance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.understanding.lexicons import word_set
from bot.understanding.text import CLAUSE_ENDS, STOP_WORDS, fold, key, split
from rules_engine.facts import vocabulary

BEFORE, AFTER = 12, 6
AFTER_PENALTY = 2
# "Deux coiffures, trois heures de jardin": a number counts what follows it, and what came before "," or "et" is told.
COUNTED = frozenset({"integer"})
LIST_ENDS = {
    "integer": word_set("numbers", "ends_before_count"),
    "money": word_set("numbers", "ends_before_amount"),  # what stands before another amount is that one's
    "date": frozenset[str](),
}
# "2 750 € net": the word right after an amount names it better than what came before.
NEXT_TO = 2
FARTHEST = 99
# "2 400 € par mois sans primes": what is left out does not name the amount.
LEFT_OUT = word_set("numbers", "left_out")
# "Ma rente, ressources déduites, est de 2 600 €": nor does what is taken off.
TAKEN_OFF = word_set("numbers", "taken_off")
# What a word that only suggests a fact is farther by.
WEAK = 7
# What each further word of a cue makes it nearer by: "pension de réversion" says more than "pension".
SPECIFIC = 2
Cue = tuple[tuple[str, ...], str, int]  # keys that must all stand near, fact, what it is farther by


@lru_cache(maxsize=8)
def cues_by_key(fact_type: str) -> Mapping[str, tuple[Cue, ...]]:
    """Return, for facts of a type, the cues that hold each word key."""
    found: dict[str, list[Cue]] = {}
    for fact in vocabulary().values():
        if fact.type == fact_type:
            for phrases, farther in ((fact.cues, 0), (fact.weak_cues, WEAK)):
                for phrase in phrases:
                    keys = _keys(phrase)
                    for word in set(keys):
                        found.setdefault(word, []).append((keys, fact.id, farther))
    return {word: tuple(cues) for word, cues in found.items()}


def _keys(phrase: str) -> tuple[str, ...]:
    """Return the keys of a cue: its telling words, or all of them when only one tells ("chez vous depuis")."""
    words = split(fold(phrase))
    telling = [word for word in words if word not in STOP_WORDS]
    return tuple(dict.fromkeys(key(word) for word in (telling if len(telling) > 1 else words)))


def near_facts(before: Sequence[str], after: Sequence[str], fact_type: str) -> dict[str, int]:
    """Return the facts of a type whose cues stand around, with the distance in words (1 is next to it).

    Args:
        before: folded words before the figure, in order.
        after: folded words after it.
        fact_type: date, money or integer.
    """
    distances: dict[str, int] = {}
    counted = fact_type in COUNTED
    for words, reach, penalty, reading_on in (
        (_clause(list(reversed(before)), LIST_ENDS[fact_type]), BEFORE, 1 if counted else 0, False),
        (_clause(list(after), frozenset()), AFTER, 0 if counted else AFTER_PENALTY, True),
    ):
        keys = [key(word) for word in (_counted(words, reading_on) if fact_type == "money" else words)[:reach]]
        nearest: dict[str, int] = {}
        for distance, word in enumerate(keys, 1):
            nearest.setdefault(word, distance)
        for word in nearest:
            for wanted, fact_id, farther in cues_by_key(fact_type).get(word, ()):
                if nearest.keys() >= set(wanted):
                    distance = max(nearest[each] for each in wanted)
                    named = fact_type == "money" and penalty and distance <= NEXT_TO and not farther
                    near = distance + farther + (-1 if named else penalty) - SPECIFIC * (len(wanted) - 1)
                    distances[fact_id] = min(distances.get(fact_id, FARTHEST), near)
    return distances


def _counted(words: list[str], reading_on: bool) -> list[str]:
    """Return the words (in reading order, or reversed) with those left out or taken off blanked."""
    shifted = ["", *words], [*words[1:], ""]
    before, after = shifted if reading_on else reversed(shifted)
    return [
        "" if previous in LEFT_OUT or following in TAKEN_OFF else word
        for previous, word, following in zip(before, words, after, strict=False)
    ]


def _clause(words: list[str], ends: frozenset[str]) -> list[str]:
    kept = []
    for word in words:
        if word in CLAUSE_ENDS or word in ends:
            break
        kept.append(word)
    return kept
