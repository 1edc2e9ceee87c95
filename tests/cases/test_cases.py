"""The project's own evaluation cases, written by people who did not see the training data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cases.judge import faults
from tests.conftest import Talk

pytestmark = pytest.mark.model
HERE = Path(__file__).parent
# Shares held at the last change; raise them with the assistant, never lower them.
HELD = {
    "benefits.jsonl": 0.98,
    "benefits_second_author.jsonl": 0.98,
    "benefits_third_author.jsonl": 0.98,
    "robustness.jsonl": 0.95,
    "robustness_second_author.jsonl": 0.98,
    "robustness_third_author.jsonl": 0.98,
    "rights_assistance.jsonl": 0.95,
    "rights_membership.jsonl": 0.9,
    "rights_prevoyance.jsonl": 0.9,
    "rights_assistance_second_author.jsonl": 0.94,
    "rights_membership_second_author.jsonl": 0.92,
    "rights_prevoyance_second_author.jsonl": 0.85,
    # Authors who had seen nothing of the project; part of each set was counted before anybody looked at it.
    "rights_assistance_third_author.jsonl": 0.9,
    "rights_membership_third_author.jsonl": 0.77,
    "rights_prevoyance_third_author.jsonl": 0.86,
    "guides_author.jsonl": 0.93,
    "rights_assistance_fourth_author.jsonl": 0.95,
    "rights_membership_fourth_author.jsonl": 0.9,
    "rights_prevoyance_fourth_author.jsonl": 0.8,
    "guides_fourth_author.jsonl": 0.95,
    "benefits_fourth_author.jsonl": 0.93,
    "robustness_fourth_author.jsonl": 0.8,
    "rights_assistance_fifth_author.jsonl": 0.9,
    "rights_membership_fifth_author.jsonl": 0.88,
    "rights_prevoyance_fifth_author.jsonl": 0.8,
    "guides_fifth_author.jsonl": 0.8,
    "benefits_fifth_author.jsonl": 0.9,
    "robustness_fifth_author.jsonl": 0.93,
}
# Wrong replies that are known and still to be mended: none may be added.
OPEN_DEFECTS: frozenset[str] = frozenset()


def cases(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines() if line]


@pytest.mark.parametrize("name", sorted(HELD))
def test_the_share_of_right_replies_is_held(talk: Talk, name: str) -> None:
    failed = {case["id"]: problems for case in cases(name) if (problems := faults(case, talk(*case["turns"])))}
    share = 1 - len(failed) / len(cases(name))
    assert share >= HELD[name], failed
    wrong = {
        case_id: problems
        for case_id, problems in failed.items()
        if case_id not in OPEN_DEFECTS and any(p.startswith("forbidden") for p in problems)
    }
    assert not wrong, "a wrong figure is worse than no answer"
