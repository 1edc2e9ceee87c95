"""What a caller says to the line itself rather than to the assistant."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from kb.text import fold

NOT_WORDS = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1)
def words() -> Any:
    """Return the words of the line."""
    return yaml.safe_load(files("bot.voice").joinpath("line.yml").read_text(encoding="utf-8"))


def command(text: str) -> str:
    """Return which command an utterance is (repeat, slower, faster, more, spell, yes, no); empty for none."""
    folded = NOT_WORDS.sub(" ", fold(text)).strip()
    return next((name for name, pattern in _patterns().items() if pattern.fullmatch(folded)), "")


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    said = words()
    return {
        name: re.compile(f"{said['before']}(?:{'|'.join(patterns)}){said['polite']}")
        for name, patterns in said["commands"].items()
    }
