"""Decisions in words, outside of any conversation."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.rendering.outcomes import in_words
from rules_engine.evaluation import decide
from rules_engine.facts import vocabulary
from rules_engine.registry import rules

TODAY = date(2026, 11, 21)


def told(rule: str, **facts: Any) -> dict[str, Any]:
    return in_words(decide(rule, vocabulary().parse(facts), TODAY), TODAY)


def test_a_decision_is_told_with_its_reasons_and_its_article() -> None:
    found = told("remboursement", prestation="couronne", couronne_position="molaire", formule="Référence")
    assert found["kind"] == "answer"
    assert found["spoken"].startswith("216") and "Source" not in found["spoken"]
    assert "Source : Annexe 1 – Dentaire" in found["text"]
    assert found["why"]
    assert {"document": "statuts-reglements-mgen", "reference": "Annexe 1 – Dentaire"} in found["sources"]


def test_a_missing_fact_is_asked_with_the_replies_left_open() -> None:
    found = told("remboursement", prestation="couronne", formule="Référence")
    assert found["kind"] == "question"
    assert found["question"]["fact"] == "couronne_position"
    assert [choice["facts"] for choice in found["question"]["choices"]] == [
        {"couronne_position": "visible"},
        {"couronne_position": "molaire"},
    ]


def test_what_the_documents_do_not_tell_goes_to_an_adviser() -> None:
    found = told("remboursement", prestation="couronne", contrat="SOLUTIONS")
    assert found["kind"] == "handover"
    assert "MGEN Solutions" in found["text"] and not found["why"]


@pytest.mark.parametrize("rule", [*rules()])
def test_every_rule_says_something_of_no_facts(rule: str) -> None:
    found = told(rule)
    assert found["text"] and found["spoken"]
    assert found["kind"] == "question" or found["sources"] or found["kind"] == "handover"
