"""Cells that the printed tables merge, worked out by hand from annexes 1 and 3 and their articles."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rules_engine.tables import benefit_tables

ON = date(2026, 11, 21)
MSP = ("Initiale", "Equilibre", "Référence", "Intégrale")
OJI = ("Essentielle", *MSP)


def values(offer: str, line: str) -> list[str]:
    formules = MSP if offer == "MSP" else OJI
    cells = [benefit_tables().cell(offer, formule, line, ON) for formule in formules]
    return [cell.kind if cell.value is None else f"{cell.value.normalize():f}" for cell in cells]


@pytest.mark.parametrize(
    ("offer", "line", "expected"),
    [
        ("MSP", "consultation_generaliste_optam", ["100", "100", "100", "170"]),
        ("MSP", "consultation_generaliste_non_optam", ["100", "100", "100", "150"]),
        ("MSP", "consultation_specialiste_optam", ["100", "170", "100", "200"]),
        ("MSP", "consultation_specialiste_non_optam", ["100", "150", "100", "175"]),
        ("OJI", "consultation_specialiste_optam", ["100", "100", "170", "100", "200"]),
        ("MSP", "semelles_orthopediques", ["100", "230", "230", "350"]),
        ("OJI", "semelles_orthopediques", ["100", "100", "230", "230", "350"]),
        ("MSP", "bilan_psychomotricite", ["none", "125", "none", "150"]),
        ("MSP", "osteodensitometrie", ["none", "none", "none", "150"]),
        ("OJI", "osteodensitometrie", ["none", "none", "none", "none", "150"]),
        ("OJI", "chambre_particuliere_ssr_conventionnee", ["none", "40", "40", "40", "40"]),
        ("OJI", "accompagnant_non_conventionne", ["none", "none", "25", "25", "25"]),
        ("MSP", "lentilles_non_remboursees", ["50", "100", "110", "170"]),
        ("OJI", "lentilles_non_remboursees", ["none", "50", "100", "110", "170"]),
        ("MSP", "forfait_journalier_psychiatrique", ["full_cost"] * 4),
        ("MSP", "medicaments_15", ["15", "25", "15", "50"]),
        ("MSP", "parodontie_non_remboursee", ["none", "none", "none", "400"]),
    ],
)
def test_merged_cell(offer: str, line: str, expected: list[str]) -> None:
    assert values(offer, line) == expected


def test_the_yearly_amount_is_the_same_on_every_line_that_shares_it() -> None:
    shared: dict[tuple[str, str, str], set[Decimal | None]] = {}
    for cell in benefit_tables().cells(ON):
        if cell.envelope and cell.kind == "shared_envelope":
            shared.setdefault((cell.offer, cell.formule, cell.envelope), set()).add(cell.value)
    assert shared
    assert [place for place, amounts in shared.items() if len(amounts) > 1] == []
