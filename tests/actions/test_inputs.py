"""What the widget's inputs send (`widget/inputs.js`) is read as the value of the fact asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from actions.questions import asked_facts, reply_facts
from actions.state import Conversation, Pending
from rules_engine.facts import Fact, vocabulary
from tests.actions.told import understood


def asked_for(*types: str) -> list[Fact]:
    return [fact for fact in vocabulary().values() if fact.type in types and fact.question]


def read(fact: Fact, text: str) -> object:
    conversation = Conversation(pending=Pending(fact.id, []))
    said = understood(text)
    return (reply_facts(conversation, said) or asked_facts(conversation, said)).get(fact.id)


@pytest.mark.parametrize("fact", asked_for("date"), ids=lambda fact: fact.id)
def test_a_date(fact: Fact) -> None:
    assert read(fact, "1er mars 2026") == date(2026, 3, 1)


@pytest.mark.parametrize("fact", asked_for("money"), ids=lambda fact: fact.id)
def test_an_amount(fact: Fact) -> None:
    assert read(fact, "1\u00a0250,50\u00a0€") == Decimal("1250.50")


@pytest.mark.parametrize("fact", asked_for("integer"), ids=lambda fact: fact.id)
def test_a_number(fact: Fact) -> None:
    number = max(2, int(fact.minimum or 0))
    assert read(fact, str(number)) == number
