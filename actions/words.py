"""The French words of `words.yml`: what the actions read in messages, and the titles of buttons."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def words() -> Mapping[str, Mapping[str, Any]]:
    """Return the sections of the file; lists of words are one string."""
    return yaml.safe_load(files("actions").joinpath("words.yml").read_text(encoding="utf-8"))
