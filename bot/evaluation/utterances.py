"""The project's own labelled messages, each by an author who had seen neither the training data nor the code.

Authors in `KEPT_ASIDE` are never read when the assistant is mended: their figures are what an unseen message is worth.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import ROOT

FOLDER = ROOT / "tests" / "evaluation" / "data"
KEPT_ASIDE = frozenset({"E", "F"})
SPLITS = ("tuning", "aside", "all")


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
    answers: frozenset[str]
    kinds: frozenset[str]

    @property
    def answerable(self) -> bool:
        """Whether it asks something that the assistant is to answer."""
        return bool(self.answers)


def utterances(split: str = "all", folder: Path = FOLDER) -> list[Utterance]:
    """Return the labelled messages of a split: tuning, aside or all.

    Raises:
        ValueError: for another split, or a line that is no labelled message.
    """
    if split not in SPLITS:
        raise ValueError(f"{split}: the splits are {', '.join(SPLITS)}")
    found = [_utterance(path, line) for path in sorted(folder.glob("*.jsonl")) for line in _lines(path)]
    return [each for each in found if split == "all" or (each.author in KEPT_ASIDE) == (split == "aside")]


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
            answers=frozenset(row["answers"]),
            kinds=frozenset((row["kind"] or "").split("|")) - {""},
        )
    except (ValueError, KeyError) as error:
        raise ValueError(f"{path.name}: {line[:60]}… is no labelled message: {error}") from None
