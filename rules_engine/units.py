"""What members count (sessions, nights, teeth…) and the words that count it; the data stand in `units.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import yaml

from rules_engine.datafiles import ROOT


@lru_cache(maxsize=1)
def unit_words() -> Mapping[str, frozenset[str]]:
    """Return the folded words of each unit."""
    data = yaml.safe_load((ROOT / "units.yml").read_text(encoding="utf-8"))
    return {unit: frozenset(words) for unit, words in data.items()}


def count_of(unit: str, counts: Mapping[str, int]) -> int | None:
    """Return how many of a unit were counted.

    Args:
        unit: a unit of `units.yml`.
        counts: folded word → number, in the order of the message.
    """
    words = unit_words().get(unit, frozenset())
    return next((count for word, count in counts.items() if word in words), None)
