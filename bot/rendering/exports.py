"""Every value that the rules engine holds, as rows of the public contract."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from bot.rendering.exports_contributions import contributions
from bot.rendering.views import phrases
from rules_engine.tables import Cell, benefit_tables

BENEFIT_COLUMNS = ("offer", "formule", "id", "kind", "value", "limit", "reference")
Export = tuple[tuple[str, ...], list[dict[str, str]]]


def benefits(on: date) -> Export:
    """Return the benefit tables in force on a day."""
    rows = [
        {
            "offer": cell.offer,
            "formule": cell.formule,
            "id": cell.line,
            "kind": cell.kind,
            "value": _plain(cell.value),
            "limit": limit(cell),
            "reference": cell.reference.reference,
        }
        for cell in benefit_tables().cells(on)
    ]
    return BENEFIT_COLUMNS, rows


def limit(cell: Cell) -> str:
    """Return a cell's unit and limits in words."""
    parts = [phrases()["per"].get(cell.per, "")] if cell.per != "act" else []
    if cell.session_cap is not None:
        parts.append(f"{_euros(cell.session_cap)} maximum par séance")
    if cell.max_count is not None:
        singular, plural = phrases()["counted"][cell.count_what]
        period = phrases()["periods"].get(cell.count_period, "")
        parts.append(f"{cell.max_count} {singular if cell.max_count == 1 else plural} {period}".strip())
    if cell.beyond_value is not None:
        parts.append(f"puis {_euros(cell.beyond_value)} au-delà")
    if cell.extra_yearly is not None and cell.per == "programme":
        parts.append(f"{_euros(cell.extra_yearly)} maximum par an")
    elif cell.extra_yearly is not None:
        parts.append(f"plus un forfait de {_euros(cell.extra_yearly)} par année civile")
    if cell.second_value is not None:
        parts.append(f"seconde valeur imprimée : {_euros(cell.second_value)}")
    if cell.envelope and cell.envelope in phrases()["envelopes"] and phrases()["envelopes"][cell.envelope]:
        parts.append(phrases()["envelopes"][cell.envelope])
    return " ; ".join(part for part in parts if part)


def _plain(value: Decimal | None) -> str:
    if value is None:
        return ""
    return format(value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1)), "f")


def _euros(value: Decimal) -> str:
    return f"{_plain(value).replace('.', ',')} €"


EXPORTS: dict[str, Callable[[date], Export]] = {"benefits": benefits, "contributions": contributions}
