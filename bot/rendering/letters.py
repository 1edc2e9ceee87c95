"""An answer of the chat as paragraphs of a letter in the mutual's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀ-Ý«0-9])")


@dataclass(frozen=True)
class Letter:
    """Paragraphs, and the documents that they ask for (taken out of them)."""

    text: str
    pieces: tuple[str, ...] = ()


def as_letter(text: str) -> Letter:
    """Return an answer without what only a chat says: its sources, the assistant on itself, the list to send."""
    kept: list[str] = []
    pieces: list[str] = []
    listing = False
    for line in text.splitlines():
        if line.startswith(words()["list_of_pieces"]):
            listing = True
        elif listing and line.startswith("- "):
            pieces.append(line[2:].strip().rstrip("."))
        elif not line.startswith(tuple(words()["left_out_lines"])):
            listing = False
            kept.append(_without_speaker(line))
    return Letter(re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip(), tuple(pieces))


@lru_cache(maxsize=1)
def words() -> Any:
    """Return the words of the chat that no letter has."""
    return yaml.safe_load(files("bot.rendering").joinpath("letters.yml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _speaker() -> re.Pattern[str]:
    return re.compile("|".join(words()["speaker"]))


def _without_speaker(line: str) -> str:
    """Return a line without the sentences in which the assistant speaks of itself."""
    return " ".join(sentence for sentence in SENTENCE.split(line) if not _speaker().search(sentence))
