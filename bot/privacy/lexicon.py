"""The words that finding personal data rests on, in `lexicon/*.yml`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from spellchecker import SpellChecker

from kb.text import fold

# How often the French word list has a word that is no name, whatever stands before it.
USUAL = 10_000


@lru_cache(maxsize=4)
def _loaded(name: str) -> Any:
    return yaml.safe_load(files("bot.privacy").joinpath(f"lexicon/{name}.yml").read_text(encoding="utf-8"))


def pattern(kind: str) -> str:
    """Return a regular expression of the file of words, alternatives already joined."""
    found = _loaded("words")[kind]
    return found if isinstance(found, str) else "|".join(found)


@lru_cache(maxsize=16)
def words(kind: str) -> frozenset[str]:
    """Return a set of folded words."""
    return frozenset(_loaded("words")[kind].split())


@lru_cache(maxsize=1)
def first_names() -> frozenset[str]:
    """Return the folded first names, those that are words too among them."""
    return frozenset(name for lines in _loaded("first_names").values() for line in lines for name in line.split())


@lru_cache(maxsize=1)
def names_or_words() -> frozenset[str]:
    """Return the folded first names that are words too."""
    return frozenset(name for line in _loaded("first_names")["also_words"] for name in line.split())


@lru_cache(maxsize=1)
def usual_words() -> frozenset[str]:
    """Return the folded words that are too frequent in French to be taken for a name."""
    counted = SpellChecker(language="fr").word_frequency.dictionary
    return frozenset(fold(word) for word, count in counted.items() if count >= USUAL)
