"""Hypothesis strategies over the engine's facts, all in one place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from rules_engine.catalogue import catalogue
from rules_engine.facts import Fact, vocabulary

FAMILIES = st.sampled_from(sorted(catalogue().families))
MONEY = st.decimals(min_value=0, max_value=5000, places=2, allow_nan=False, allow_infinity=False)
DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31))


def values(fact: Fact) -> st.SearchStrategy[Any]:
    """Return values within the bounds of a fact."""
    if fact.type == "enum":
        return st.sampled_from([choice.value for choice in fact.choices])
    if fact.type == "boolean":
        return st.booleans()
    if fact.type == "integer":
        return st.integers(int(fact.minimum or 0), int(fact.maximum or 200))
    if fact.type == "money":
        top = min(fact.maximum or Decimal(5000), Decimal(5000))
        return st.decimals(min_value=fact.minimum or 0, max_value=top, places=2)
    if fact.type == "date":
        return DAYS
    return FAMILIES


def subsets(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """Return any subset of facts, each with any value: the rest is unknown."""
    facts = vocabulary()
    return st.fixed_dictionaries({}, optional={name: values(facts[name]) for name in names})
