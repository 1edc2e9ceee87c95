"""What a client needs to ask for a fact with an input that fits it, as the vocabulary of facts has it."""

from __future__ import annotations

from typing import Any

from rules_engine.facts import Fact


def expected(fact: Fact) -> dict[str, Any]:
    """Return what a fact is called and which values it can have."""
    return {
        "label": fact.label,
        "type": fact.type,
        "unit": fact.unit,
        "minimum": None if fact.minimum is None else str(fact.minimum),
        "maximum": None if fact.maximum is None else str(fact.maximum),
    }
