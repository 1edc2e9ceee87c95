"""The French words of speech, from the data files beside the modules that use them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=8)
def data(name: str) -> Any:
    """Return a data file of speech (pronunciation, phrases)."""
    return yaml.safe_load(files("bot.rendering.speech").joinpath(f"{name}.yml").read_text(encoding="utf-8"))
