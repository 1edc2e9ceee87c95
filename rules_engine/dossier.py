"""The member's situation as a rule reads it: a fact is known, unknown, or presumed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from rules_engine.facts import vocabulary


class FactNeeded(Exception):  # noqa: N818 - a signal between rule and evaluator, not an error
    """Raised when a rule reads an unknown fact: the evaluator then tries what each value would change.

    Attributes:
        fact_id: the fact to ask for.
        alternatives: sets of facts that together cover all its values; None when the fact is open.
        certain: the rule knows that the fact decides, so its values need not be tried.
    """

    certain = False

    def __init__(self, fact_id: str, alternatives: tuple[Mapping[str, Any], ...] | None) -> None:
        super().__init__(fact_id)
        self.fact_id = fact_id
        self.alternatives = alternatives


class Dossier:
    """Facts known on a date. Reading records what was used and what was presumed."""

    def __init__(self, facts: Mapping[str, Any], on: date) -> None:
        self._facts = facts
        self.on = on
        self.used: dict[str, Any] = {}
        self.presumed: dict[str, Any] = {}

    def read(self, fact_id: str, among: Iterable[Any] | None = None) -> Any:
        """Return a fact that the decision needs.

        Args:
            fact_id: id in the vocabulary.
            among: the only values that can occur here, when the rule knows better than the vocabulary.

        Raises:
            FactNeeded: when the fact is unknown.
        """
        known = self.get(fact_id)
        if known is not None:
            return known
        fact = vocabulary()[fact_id]
        if fact.derived_from:
            self.read(fact.derived_from)
        values = tuple(among) if among is not None else fact.representatives()
        raise FactNeeded(fact_id, None if values is None else tuple({fact_id: value} for value in values))

    def get(self, fact_id: str) -> Any:
        """Return a fact, or None when it is unknown and the decision can do without it."""
        value = self._facts.get(fact_id)
        if value is None:
            value = self._derived(fact_id)
        if value is not None:
            self.used[fact_id] = value
        return value

    def presume(self, fact_id: str, default: Any) -> Any:
        """Return a fact, or the default, which the answer must then state."""
        value = self.get(fact_id)
        if value is None:
            self.presumed[fact_id] = default
            return default
        return value

    def _derived(self, fact_id: str) -> bool | None:
        fact = vocabulary()[fact_id]
        source = self._facts.get(fact.derived_from) if fact.derived_from else None
        if source is None or fact.derived_from is None:
            return None
        self.used[fact.derived_from] = source
        return bool(source < (fact.below or 0))
