"""Every value of the contribution tariff (annexe 2), as rows of the public contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.contributions import tariff_known
from rules_engine.errors import OutsideValidityError

CONTRIBUTION_COLUMNS = ("category", "formule", "age_band", "kind", "value", "reference")
Export = tuple[tuple[str, ...], list[dict[str, str]]]


def contributions(on: date) -> Export:
    """Return the tariff of the day's year, or the last one known before it, one row a printed value.

    Raises:
        OutsideValidityError: when the day precedes every tariff.
    """
    tariff = tariff_known(on.year)
    if tariff is None:
        raise OutsideValidityError("contributions", on)
    rows = [
        {
            "category": value.category,
            "formule": value.formule,
            "age_band": value.age_band,
            "kind": value.kind,
            "value": _plain(value.value),
            "reference": value.reference.reference,
        }
        for value in tariff.values
    ]
    return CONTRIBUTION_COLUMNS, rows


def _plain(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return format(value.quantize(Decimal(1)) if whole else value.normalize(), "f")
