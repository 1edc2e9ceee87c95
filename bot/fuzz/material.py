"""What generated messages are made of: the project's own wordings, values of facts, and what no member should write."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from bot.settings import ROOT
from bot.utterances import learned
from kb.entries import entries
from rules_engine.facts import vocabulary

NLU = ROOT / "data" / "nlu"


@lru_cache(maxsize=1)
def wordings() -> tuple[str, ...]:
    """Return every message that the project knows: labelled ones, examples of the intents, questions of the entries."""
    labelled = (message.text for message in learned())
    asked = (question for entry in entries().values() for question in entry.questions)
    return tuple(sorted({*labelled, *_examples(), *asked}))


@lru_cache(maxsize=1)
def values() -> tuple[str, ...]:
    """Return what states a fact: the labels of its choices, and odd dates, ages, amounts and numbers."""
    labels = (choice.label for fact in vocabulary().values() for choice in fact.choices)
    return tuple(sorted({*labels, *_listed("values")}))


@lru_cache(maxsize=1)
def hostile() -> tuple[str, ...]:
    """Return what attacks or confuses programs: markup, commands, templates, odd characters, personal data."""
    return tuple(_listed("hostile"))


@lru_cache(maxsize=1)
def characters() -> str:
    """Return characters that text may hold and that programs forget."""
    return "".join(chr(int(code, 16)) for code in _listed("characters"))


def _examples() -> list[str]:
    lines: list[str] = []
    for path in sorted(NLU.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", []):
            lines += [line[2:].strip() for line in str(block.get("examples", "")).splitlines() if line.startswith("- ")]
    return lines


@cache
def _listed(name: str) -> Sequence[str]:
    loaded = yaml.safe_load(files("bot.fuzz").joinpath("material.yml").read_text(encoding="utf-8"))
    return tuple(str(each) for each in loaded[name])
