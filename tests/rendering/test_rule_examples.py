"""Every decided example of the assistance and of the action sociale is put into words, no figure unsupported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rendering.renderer import Renderer
from rules_engine.decision import Decision
from rules_engine.evaluation import decide
from rules_engine.facts import vocabulary

TODAY = date(2026, 11, 21)
FOLDER = Path(__file__).parents[1] / "rules_engine" / "examples"
FILES = ("assistance_rma", "droits_generaux_action_sociale")


def cases() -> Iterator[Any]:
    seen: set[tuple[str, str]] = set()
    for name in FILES:
        for example in yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8")):
            outcome = decide(example["rule"], vocabulary().parse(example.get("facts", {})), example.get("on", TODAY))
            case = (example["rule"], str(getattr(outcome, "details", {}).get("case")))
            if isinstance(outcome, Decision) and case not in seen:
                seen.add(case)
                yield pytest.param(outcome, id="-".join(case))


@pytest.mark.parametrize("decision", cases())
@pytest.mark.parametrize("neutral", [False, True])
def test_each_case_has_its_sentence(decision: Decision, neutral: bool) -> None:
    answer = {"kind": "answer", "template": "rule", "decision": decision.to_json(), "data": {"neutral": neutral}}
    text = Renderer(TODAY).text(answer)
    assert text[:1].strip(), text
