"""The data files of the triage."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=16)
def data(name: str) -> Any:
    """Return the content of a data file."""
    return yaml.safe_load(files("bot.triage").joinpath(f"data/{name}.yml").read_text(encoding="utf-8"))
