"""The project's own labelled questions of search."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from bot.settings import ROOT
from kb.entries import entries

QUESTIONS = ROOT / "tests" / "kb" / "data" / "search_questions.jsonl"
HALVES = ("dev", "held")


@dataclass(frozen=True)
class Question:
    """A question, as a member puts it.

    Attributes:
        half: dev (used for tuning) or held (kept aside from the start).
        contract: the member's contract, None when it does not matter; told: whether the search is told of it, or only
            the words say it.
        entries: ids of the entries that answer it; none when it is to be refused.
        refuse: why it is to be refused: other_insurer, other_contract, outside, near_miss.
    """

    id: str
    half: str
    style: str
    contract: str | None
    told: bool
    question: str
    entries: tuple[str, ...]
    refuse: str = ""

    @property
    def answers(self) -> set[str]:
        """What answers it: entries that one rule answers are one."""
        return {answer_of(entry) for entry in self.entries}


def answer_of(entry_id: str) -> str:
    """Return the rule that answers for an entry, or the entry itself."""
    return entries()[entry_id].answer_id


def labelled(half: str = "all", path: Path = QUESTIONS) -> list[Question]:
    """Return the labelled questions of a half, or all of them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    questions = [Question(**{**row, "entries": tuple(row["entries"])}) for row in rows]
    return [question for question in questions if half in ("all", question.half)]
