"""No training question repeats a test question: a score on a sentence that was learned says nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from rapidfuzz import fuzz, process

from bot.settings import ROOT
from bot.utterances import learned
from kb.entries import entries
from kb.text import fold

TESTS = Path(__file__).parent.parent
MEASURED = (TESTS / "cases", TESTS / "evaluation" / "data", TESTS / "understanding" / "data")
# Shorter messages ("et pour mon fils ?") are bound to be alike.
WORDS = 8
ALIKE = 86


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def asked() -> list[str]:
    """Every message that measures the assistant."""
    rows = (row for folder in MEASURED for path in folder.glob("*.jsonl") for row in rows_of(path))
    texts = (text for row in rows for text in row.get("turns") or [row["text"]])
    return [text for text in map(plain, texts) if len(text.split()) >= WORDS]


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())


def learned_from() -> Iterator[str]:
    for entry in entries().values():
        yield from map(plain, entry.questions)
    yield from (plain(each.text) for each in learned())
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for spec in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            for line in spec.get("examples", "").splitlines():
                yield plain(re.sub(r"\[([^\]]*)\][({][^)}]*[)}]", r"\1", line.lstrip("- ")))


def test_no_training_question_repeats_a_test_question() -> None:
    questions, taught = asked(), sorted({text for text in learned_from() if len(text.split()) >= WORDS})
    scores = process.cdist(taught, questions, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, dtype=np.uint8)
    echoes = [(taught[i], questions[j]) for i, j in zip(*np.nonzero(scores), strict=True)]
    assert echoes == []
