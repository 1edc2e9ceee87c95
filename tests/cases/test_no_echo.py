"""No training question repeats a test question: a score on a sentence that was learned says nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml
from rapidfuzz import fuzz, process

from bot.settings import ROOT
from kb.entries import entries
from kb.text import fold

CASES = Path(__file__).parent
# Shorter messages ("et pour mon fils ?") are bound to be alike.
WORDS = 8
ALIKE = 86


def plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def asked() -> list[str]:
    lines = (line for path in CASES.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines())
    turns = (turn for line in lines for turn in json.loads(line)["turns"])
    return [text for text in map(plain, turns) if len(text.split()) >= WORDS]


def learned() -> Iterator[str]:
    for entry in entries().values():
        yield from map(plain, entry.questions)
    for path in (ROOT / "data" / "nlu").glob("*.yml"):
        for spec in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            for line in spec.get("examples", "").splitlines():
                yield plain(re.sub(r"\[([^\]]*)\][({][^)}]*[)}]", r"\1", line.lstrip("- ")))


def test_no_training_question_repeats_a_test_question() -> None:
    questions, taught = asked(), sorted({text for text in learned() if len(text.split()) >= WORDS})
    scores = process.cdist(taught, questions, scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE, dtype=np.uint8)
    echoes = [(taught[i], questions[j]) for i, j in zip(*np.nonzero(scores), strict=True)]
    assert echoes == []
