"""The theme of a rule or of an entry, by its French title (`themes.yml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from kb.entries import entries
from rules_engine.registry import rules


@lru_cache(maxsize=1)
def _themes() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(files("bot.storage").joinpath("themes.yml").read_text(encoding="utf-8"))
    return loaded


def other() -> str:
    """Return the title of what has no theme of its own."""
    return str(_themes()["other"])


@lru_cache(maxsize=1)
def titles() -> tuple[str, ...]:
    """Return the titles of all themes."""
    return (*(theme["title"] for theme in _themes()["themes"]), other())


def theme_of(topic: str) -> str:
    """Return the theme of a topic: a rule or an entry of the knowledge base."""
    if topic in rules():
        return _of_module(rules()[topic].function.__module__.rsplit(".", 1)[1])
    if topic in entries():
        file = entries()[topic].theme
        return next((theme["title"] for theme in _themes()["themes"] if file in theme["entries"]), other())
    return other()


def _of_module(module: str) -> str:
    matching = [
        (len(prefix), str(theme["title"]))
        for theme in _themes()["themes"]
        for prefix in theme["rules"]
        if module.startswith(prefix)
    ]
    return max(matching, default=(0, other()))[1]
