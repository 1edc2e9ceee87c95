"""What must hold for any facts, known or unknown."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine.catalogue import catalogue
from rules_engine.decision import Decision, NeedFacts, NotApplicable
from rules_engine.evaluation import decide
from rules_engine.registry import rules
from tests.rules_engine.strategies import FAMILIES, MONEY, subsets

ON = date(2026, 11, 21)
REIMBURSEMENT = rules()["remboursement"]


@pytest.mark.parametrize("name", sorted(rules()))
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_facts_give_a_decision_a_question_or_a_reason(name: str, data: st.DataObject) -> None:
    facts = data.draw(subsets(rules()[name].facts))
    outcome = decide(name, facts, ON)
    assert isinstance(outcome, Decision | NeedFacts | NotApplicable)
    if isinstance(outcome, Decision):
        assert outcome.references, "no decision without a reference"
        assert all(reference.document and reference.reference for reference in outcome.references)
        assert outcome.to_json()["outcome"] in ("granted", "partial", "denied", "depends")
    if isinstance(outcome, NeedFacts):
        assert outcome.ranked, "a question must be about something"
        assert all(facts.get(fact) is None or outcome.choices for fact in outcome.ranked[:1])


@settings(max_examples=300, deadline=None)
@given(facts=subsets(REIMBURSEMENT.facts), family=FAMILIES, price=MONEY)
def test_no_payment_exceeds_the_expense(facts: dict[str, Any], family: str, price: Decimal) -> None:
    outcome = decide("remboursement", {**facts, "prestation": family, "prix": price}, ON)
    if not isinstance(outcome, Decision):
        return
    total = outcome.amount("total")
    if total is None or total.value is None:
        return
    # The price of a pair of glasses is that of the whole pair, however many lenses are counted.
    whole = str(outcome.details.get("kind", "")).startswith("composite")
    spent = price if whole else price * (facts.get("quantite") or 1)
    assert Decimal(0) <= total.value <= spent
    remaining = outcome.amount("remaining")
    if remaining is not None and remaining.value is not None:
        assert remaining.value + total.value == pytest.approx(spent)


@settings(max_examples=150, deadline=None)
@given(facts=subsets(REIMBURSEMENT.facts), family=FAMILIES, low=MONEY, more=MONEY)
def test_a_dearer_act_is_never_paid_less(facts: dict[str, Any], family: str, low: Decimal, more: Decimal) -> None:
    outcomes = [decide("remboursement", {**facts, "prestation": family, "prix": p}, ON) for p in (low, low + more)]
    totals = [outcome.amount("total") for outcome in outcomes if isinstance(outcome, Decision)]
    if len(totals) == 2 and all(totals):
        assert totals[0].value <= totals[1].value  # type: ignore[union-attr, operator]


@settings(max_examples=150, deadline=None)
@given(facts=subsets(tuple(name for name in REIMBURSEMENT.facts if name != "prestation")), family=FAMILIES)
def test_the_fact_asked_for_can_change_the_answer(facts: dict[str, Any], family: str) -> None:
    facts = {**facts, "prestation": family}
    outcome = decide("remboursement", facts, ON)
    if not isinstance(outcome, NeedFacts) or not outcome.choices:
        return
    answers = {_ends({**facts, **values}) for values in outcome.choices}
    if any(UNSETTLED in ends for ends in answers):
        return  # a number is still to be asked
    assert len(answers) > 1, "asking was useless"


UNSETTLED = "a question without choices"


def _ends(facts: dict[str, Any], depth: int = 4) -> frozenset[object]:
    """Return every decision that the questions still to ask can lead to."""
    then = decide("remboursement", facts, ON)
    if not isinstance(then, NeedFacts):
        return frozenset({then.substance() if isinstance(then, Decision) else ("not applicable", then.code)})
    if not then.choices or not depth:
        return frozenset({UNSETTLED})
    return frozenset(end for values in then.choices for end in _ends({**facts, **values}, depth - 1))


@pytest.mark.parametrize("family", sorted(catalogue().families))
def test_intégrale_never_pays_less_than_initiale_for_the_same_rate_or_amount(family: str) -> None:
    """The tables are monotone between the lowest and the highest formule, line by line."""
    from rules_engine.tables import benefit_tables

    for line in catalogue().families[family].lines:
        if not benefit_tables().has_line("MSP", line.id):
            continue
        low, high = (benefit_tables().cell("MSP", name, line.id, ON) for name in ("Initiale", "Intégrale"))
        if low.kind == high.kind and low.value is not None and high.value is not None:
            assert low.value <= high.value
