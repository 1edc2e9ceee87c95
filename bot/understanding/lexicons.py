"""The lexicons: the French words that reading a message rests on, in `lexicon/*.yml`."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=32)
def lexicon(name: str) -> Any:
    """Return the data of a lexicon file."""
    return yaml.safe_load(files("bot.understanding").joinpath(f"lexicon/{name}.yml").read_text(encoding="utf-8"))


def word_set(name: str, kind: str) -> frozenset[str]:
    """Return a set of single words of a lexicon, which the file writes in one line, spaces between."""
    return frozenset(lexicon(name)[kind].split())


def signs(name: str, kind: str) -> re.Pattern[str]:
    """Return what matches any of the regular expressions of a kind, written for folded text."""
    return re.compile("|".join(lexicon(name)[kind]))
