"""Labelled messages, each by an author who had seen neither the entries' questions nor the code.

Those of some authors are learned from (`data/utterances`); those of the others measure what was learned. They are split
by author, so that no wording of a measured message stands in the training data.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.settings import ROOT

LEARNED = ROOT / "data" / "utterances"


@dataclass(frozen=True)
class Utterance:
    """A message and what it says.

    Attributes:
        style: clean, familiar, typos, sms, voice or long.
        intent: what the member wants to do.
        benefit: the benefit family that it is about, None for none.
        facts: fact id → value stated, as JSON.
        answers: rules and entries, each of which would answer; none for what is not to be answered.
        kinds: kinds of a right first reply; none for a message that only means something after another.
    """

    id: str
    author: str
    style: str
    text: str
    intent: str
    benefit: str | None
    facts: Mapping[str, Any]
    answers: tuple[str, ...]
    kinds: frozenset[str]

    @property
    def answerable(self) -> bool:
        """Whether it asks something that the assistant is to answer."""
        return bool(self.answers)


def utterances(folder: Path) -> list[Utterance]:
    """Return the labelled messages of a folder, one file an author.

    Raises:
        ValueError: for a line that is no labelled message; it names the file.
    """
    return [_utterance(path, line) for path in sorted(folder.glob("*.jsonl")) for line in _lines(path)]


@lru_cache(maxsize=1)
def learned() -> tuple[Utterance, ...]:
    """Return the labelled messages that the model learns from."""
    return tuple(utterances(LEARNED))


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _utterance(path: Path, line: str) -> Utterance:
    try:
        row = json.loads(line)
        return Utterance(
            id=row["id"],
            author=path.stem,
            style=row["style"],
            text=row["text"],
            intent=row["intent"],
            benefit=row["benefit"],
            facts=row["facts"],
            answers=tuple(row["answers"]),
            kinds=frozenset((row["kind"] or "").split("|")) - {""},
        )
    except (ValueError, KeyError) as error:
        raise ValueError(f"{path.name}: {line[:60]}… is no labelled message: {error}") from None
