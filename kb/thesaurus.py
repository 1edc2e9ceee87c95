"""The thesaurus of the trade: words that members use for one another (`thesaurus.yml`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import yaml

from kb.text import terms

FILE = Path(__file__).with_name("thesaurus.yml")
# Marks a meaning among the terms of the index: no word of a text begins with it.
MEANING = "="


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, tuple[str, ...]]:
    """Return the meanings of each stem of the thesaurus."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, line in enumerate(yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)):
        for stem in {stem for word in line for stem in single(word)}:
            found[stem].append(f"{MEANING}{number}")
    return {stem: tuple(names) for stem, names in found.items()}


def single(word: str) -> list[str]:
    """Return the stem of a word of the thesaurus; nothing for a stop word, or an expression: it would say too much."""
    stems = terms(word)
    return stems if len(stems) == 1 else []
