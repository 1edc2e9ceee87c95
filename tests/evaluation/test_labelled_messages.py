"""The labelled messages themselves: enough of them, well labelled, split by author."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from bot.evaluation.splits import READ, SPLITS, measured
from bot.settings import ROOT
from bot.utterances import learned, utterances
from kb.entries import entries
from rules_engine.catalogue import catalogue
from rules_engine.facts import vocabulary
from rules_engine.registry import rules

EVERYONE = [*learned(), *measured("all")]
LEAST = 1500
STYLES = {"clean", "familiar", "typos", "sms", "voice", "long"}
KINDS = {"answer", "question", "handover", "out_of_scope", "emergency", "smalltalk"}
REIMBURSEMENT = "remboursement"


def test_there_are_enough_and_no_two_alike() -> None:
    assert len(EVERYONE) >= LEAST
    assert len({each.id for each in EVERYONE}) == len(EVERYONE)
    assert len({each.text.casefold() for each in measured("all")}) == len(measured("all"))


def test_each_style_is_as_frequent() -> None:
    counts = Counter(each.style for each in EVERYONE)
    assert counts.keys() == STYLES
    assert min(counts.values()) >= 0.9 * max(counts.values())


def test_no_author_is_both_learned_from_and_measured() -> None:
    assert not {each.author for each in learned()} & {each.author for each in measured("all")}
    assert {each.author for each in measured("read")} == READ
    assert len(measured("aside")) + len(measured("read")) == len(measured("all"))


def test_labels_exist() -> None:
    intents = {
        name if isinstance(name, str) else next(iter(name))
        for name in yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))["intents"]
    }
    answers = {REIMBURSEMENT, *rules(), *entries()}
    for each in EVERYONE:
        assert each.intent in intents, each.id
        assert each.benefit is None or each.benefit in catalogue().families, each.id
        assert set(each.answers) <= answers, each.id
        assert each.kinds <= KINDS, each.id
        vocabulary().parse(each.facts)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "Z.jsonl").write_text(json.dumps({"id": "Z-1"}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"Z\.jsonl"):
        utterances(tmp_path)


def test_a_split_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match=SPLITS[0]):
        measured("tous")
