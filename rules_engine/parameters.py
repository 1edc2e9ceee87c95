"""Dated parameters: every figure outside the tables stands once, with its validity and its reference.

`values: {2025-01-01: {value, document, reference}}` in `parameters/*.yml`; a `null` value ends validity;
reading outside validity raises.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from rules_engine.datafiles import yaml_files
from rules_engine.errors import InconsistentDataError, OutsideValidityError
from rules_engine.references import Reference


@dataclass(frozen=True)
class Value:
    """One value of a parameter (Decimal for a number, str for a text or a phone) with its reference."""

    value: Decimal | str
    reference: Reference


@dataclass(frozen=True)
class Parameter:
    """A figure and its history.

    Attributes:
        unit: EUR, percent, days, working_days, months, years, count, hours, age, phone or text.
        starts: first days of validity, in order; `values` holds the value from that day on, None for "ended".
        checked_on: when the value was last held against its source.
    """

    id: str
    label: str
    unit: str
    starts: tuple[date, ...]
    values: tuple[Value | None, ...]
    checked_on: date

    def at(self, on: date) -> Value:
        """Return the value in force on a day.

        Raises:
            OutsideValidityError: when no value covers the day.
        """
        index = bisect_right(self.starts, on) - 1
        value = self.values[index] if index >= 0 else None
        if value is None:
            raise OutsideValidityError(f"parameter {self.id}", on)
        return value


@lru_cache(maxsize=1)
def parameters() -> Mapping[str, Parameter]:
    """Return all parameters by id.

    Raises:
        InconsistentDataError: for a duplicate id, a missing reference, or dates out of order.
    """
    found: dict[str, Parameter] = {}
    for path, entries in yaml_files("parameters"):
        for parameter_id, spec in entries.items():
            if parameter_id in found:
                raise InconsistentDataError(f"{path.name}: parameter {parameter_id} is defined twice")
            found[parameter_id] = _parameter(parameter_id, spec)
    return found


def parameter(parameter_id: str, on: date) -> Value:
    """Return the value of a parameter in force on a day.

    Raises:
        KeyError: when no parameter has this id.
        OutsideValidityError: when no value covers the day.
    """
    return parameters()[parameter_id].at(on)


def _parameter(parameter_id: str, spec: Mapping[str, Any]) -> Parameter:
    try:
        history = sorted(spec["values"].items())
        values = tuple(_value(spec["unit"], entry) for _, entry in history)
        return Parameter(
            id=parameter_id,
            label=spec["label"],
            unit=spec["unit"],
            starts=tuple(start for start, _ in history),
            values=values,
            checked_on=spec["checked_on"],
        )
    except (KeyError, TypeError) as error:
        raise InconsistentDataError(f"parameter {parameter_id}: missing or wrong field {error}") from error


def _value(unit: str, entry: Mapping[str, Any] | None) -> Value | None:
    if entry is None or entry["value"] is None:
        return None
    raw = entry["value"]
    value = str(raw) if unit in ("phone", "text") else Decimal(str(raw))
    return Value(value, Reference(entry["document"], entry["reference"]))
