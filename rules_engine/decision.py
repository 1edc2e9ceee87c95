"""What the engine answers: a decision, the facts it still needs, or why the rule does not apply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.references import Reference

OUTCOMES = ("granted", "partial", "denied", "depends")


@dataclass(frozen=True)
class Reason:
    """One step of the reasoning: a code (its sentence is a template), whether it holds, and what proves it."""

    code: str
    holds: bool
    reference: Reference
    figures: Mapping[str, Any] = field(default_factory=dict)


def holds(code: str, reference: Reference, **figures: Any) -> Reason:
    """Return a step of the reasoning that speaks for what the member asks."""
    return Reason(code, True, reference, figures)


def fails(code: str, reference: Reference, **figures: Any) -> Reason:
    """Return a step of the reasoning that speaks against what the member asks."""
    return Reason(code, False, reference, figures)


@dataclass(frozen=True)
class Amount:
    """A figure of the decision.

    Attributes:
        name: what it is (rate, amount, envelope, total, remaining…).
        value: number in `unit`; None for "full cost", which has no figure.
        unit: EUR, percent, months or count.
        per: what one amount pays for, empty when it stands for the whole.
    """

    name: str
    value: Decimal | None
    unit: str
    per: str = ""


@dataclass(frozen=True)
class Decision:
    """A rule's answer.

    Attributes:
        outcome: granted, partial, denied or depends.
        amounts: figures in the order of importance; dates: by name (deadline, start, end).
        reasons: steps in order; conditions: codes of what must still be met; warnings: codes of doubts.
        documents: codes of what to send; contacts: parameter ids of phones and addresses.
        facts: the facts that were read; presumed: those taken for granted, which the answer must state.
        details: anything else a template needs (line id, kind, computation steps).
        latest: the last day that a date of the answer, or a fact, may be where only its month or year is known; the
            date itself is then the first.
    """

    rule: str
    outcome: str
    amounts: tuple[Amount, ...] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    reasons: tuple[Reason, ...] = ()
    conditions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    presumed: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    latest: Mapping[str, date] = field(default_factory=dict)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The distinct references of the reasons, in order."""
        return tuple(dict.fromkeys(reason.reference for reason in self.reasons))

    def amount(self, name: str) -> Amount | None:
        """Return the first amount of this name."""
        return next((amount for amount in self.amounts if amount.name == name), None)

    def substance(self) -> tuple[Any, ...]:
        """Return what a member would notice: two decisions of equal substance are the same answer."""
        return (self.outcome, self._kept(), tuple(self.dates.items()), self.warnings)

    def undated(self) -> tuple[Any, ...]:
        """Return what a member would notice, the days of its dates aside."""
        told = {name: plain(value) for name, value in self.details.items() if name != "substance"}
        return (self._kept(), tuple(self.dates), self.warnings, self.documents, repr(told))

    def _kept(self) -> Any:
        kept = self.details.get("substance")
        return kept if kept is not None else (self.amounts, self.details.get("case"), self.conditions)

    def to_json(self) -> dict[str, Any]:
        """Return the decision as plain JSON values (numbers as strings keep their decimals)."""
        found = {
            "rule": self.rule,
            "outcome": self.outcome,
            "amount": _amount_json(self.amounts[0]) if self.amounts else None,
            "amounts": [_amount_json(amount) for amount in self.amounts],
            "dates": {name: day.isoformat() for name, day in self.dates.items()},
            "reasons": [
                {
                    "code": reason.code,
                    "holds": reason.holds,
                    **reason.reference.to_json(),
                    "figures": plain(reason.figures),
                }
                for reason in self.reasons
            ],
            "conditions": list(self.conditions),
            "warnings": list(self.warnings),
            "documents": list(self.documents),
            "contacts": list(self.contacts),
            "facts": plain(self.facts),
            "presumed": plain(self.presumed),
            "details": plain({key: value for key, value in self.details.items() if key != "substance"}),
            "missing": [],
        }
        return {**found, "latest": plain(self.latest)} if self.latest else found


@dataclass(frozen=True)
class NeedFacts:
    """The decision depends on facts that are unknown: ranked, the most decisive first.

    Attributes:
        choices: for the first fact, the alternatives left open, each a set of facts; empty for an open question.
    """

    rule: str
    ranked: tuple[str, ...]
    choices: tuple[Mapping[str, Any], ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "rule": self.rule,
            "outcome": "need_facts",
            "missing": list(self.ranked),
            "choices": [plain(choice) for choice in self.choices],
            "facts": plain(self.facts),
            "details": plain(self.details),
        }


@dataclass(frozen=True)
class NotApplicable:
    """The rule does not apply, or the documents are silent; `code` names why (its sentence is a template)."""

    rule: str
    code: str
    references: tuple[Reference, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "rule": self.rule,
            "outcome": "not_applicable",
            "code": self.code,
            "references": [reference.to_json() for reference in self.references],
            "facts": plain(self.facts),
            "details": plain(self.details),
            "missing": [],
        }


Outcome = Decision | NeedFacts | NotApplicable


def _amount_json(amount: Amount) -> dict[str, Any]:
    return {"name": amount.name, "value": plain(amount.value), "unit": amount.unit, "per": amount.per}


def plain(value: Any) -> Any:
    """Return the value with decimals and dates as strings, tuples as lists, for JSON."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    return value
