"""Examples as data beside the rules: facts, the day, and what must come out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from rules_engine.decision import Decision, NeedFacts, NotApplicable
from rules_engine.evaluation import decide
from rules_engine.facts import vocabulary

FOLDER = Path(__file__).parent / "examples"
KEYS = frozenset(
    "rule facts on note missing not_applicable outcome amounts dates conditions warnings documents case "
    "references".split()
)


def examples() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yml")):
        for number, example in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")) or [], 1):
            yield pytest.param(example, id=f"{path.stem}-{number}-{example['rule']}")


@pytest.mark.parametrize("example", examples())
def test_example(example: dict[str, Any]) -> None:
    facts = vocabulary().parse(example.get("facts", {}))
    outcome = decide(example["rule"], facts, example.get("on", date(2026, 11, 21)))
    shown = f"{example.get('note', '')}\n{outcome.to_json()}"
    if "missing" in example:
        assert isinstance(outcome, NeedFacts), shown
        assert list(outcome.ranked)[: len(example["missing"])] == example["missing"], shown
        return
    if "not_applicable" in example:
        assert isinstance(outcome, NotApplicable), shown
        assert outcome.code == example["not_applicable"], shown
        return
    assert isinstance(outcome, Decision), shown
    assert outcome.outcome == example["outcome"], shown
    for name, value in example.get("amounts", {}).items():
        amount = outcome.amount(name)
        assert amount is not None and str(amount.value) == str(value), f"{name}\n{shown}"
    for name, day in example.get("dates", {}).items():
        assert outcome.dates.get(name) == day, f"{name}\n{shown}"
    for key in ("conditions", "warnings", "documents"):
        if key in example:
            assert list(getattr(outcome, key)) == example[key], f"{key}\n{shown}"
    if "case" in example:
        assert outcome.details.get("case") == example["case"], shown
    if "references" in example:
        assert [reference.reference for reference in outcome.references] == example["references"], shown


@pytest.mark.parametrize("example", examples())
def test_an_example_says_nothing_unheard(example: dict[str, Any]) -> None:
    """A key misspelt, or read as a boolean by YAML ("on"), would test nothing."""
    assert example.keys() <= KEYS
