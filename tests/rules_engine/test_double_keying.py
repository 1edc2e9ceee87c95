"""The benefit tables were transcribed twice, independently: both must say the same."""

from __future__ import annotations

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

from rules_engine.tables import OFFERS, Cell, benefit_tables

SECOND = Path(__file__).parent / "data" / "benefits_second_keying.csv"
SHARED_CATALOGUE = Path(__file__).parents[3] / "shared" / "benefits_catalogue.csv"
ONLY_MSP = {"sport_sur_ordonnance", "reparation_metal_avec_remontage_jusqu_a_14_dents"}
ONLY_OJI = {
    "protections_auditives",
    "prevention_routiere",
    "automedication",
    "club_sport_licence",
    "cure_hebergement_non_remboursee",
}
FPE_LINES = {
    "consultation_generaliste_optam",
    "consultation_generaliste_non_optam",
    "consultation_specialiste_optam",
    "consultation_specialiste_non_optam",
}


def number(text: str) -> Decimal | None:
    return Decimal(text).normalize() if text else None


def first() -> dict[tuple[str, str, str], Cell]:
    return {(cell.offer, cell.formule, cell.line): cell for cell in benefit_tables().cells(date(2026, 11, 21))}


def second() -> dict[tuple[str, str, str], dict[str, str]]:
    with SECOND.open(encoding="utf-8", newline="") as file:
        return {(row["offer"], row["formule"], row["id"]): row for row in csv.DictReader(file)}


def test_both_keyings_hold_the_same_cells() -> None:
    assert first().keys() == second().keys()


def test_both_keyings_agree_on_every_figure() -> None:
    others = second()
    differences = []
    for place, cell in first().items():
        row = others[place]
        pairs = {
            "kind": (cell.kind, row["kind"]),
            "value": (cell.value and cell.value.normalize(), number(row["value"])),
            "per": (cell.per, row["per"]),
            "session_cap": (cell.session_cap, number(row["session_cap"])),
            "max_count": (cell.max_count, int(row["max_count"]) if row["max_count"] else None),
            "count": ((cell.count_what, cell.count_period), (row["count_what"], row["count_period"])),
            "beyond_value": (cell.beyond_value, number(row["beyond_value"])),
            "extra_yearly": (cell.extra_yearly, number(row["extra_yearly"])),
        }
        differences += [(place, name, pair) for name, pair in pairs.items() if pair[0] != pair[1]]
    assert differences == []


def test_every_line_of_the_catalogue_has_a_cell_for_every_formule_of_its_offers() -> None:
    lines = {line for _, _, line in first()}
    if SHARED_CATALOGUE.exists():
        with SHARED_CATALOGUE.open(encoding="utf-8", newline="") as file:
            assert {row["id"] for row in csv.DictReader(file)} == lines
    cells = first().keys()
    for offer, formules in OFFERS.items():
        expected = FPE_LINES if offer == "FPE" else lines - (ONLY_OJI if offer == "MSP" else ONLY_MSP)
        for formule in formules:
            assert {line for o, f, line in cells if (o, f) == (offer, formule)} == expected, (offer, formule)


def test_every_line_is_reached_by_a_family() -> None:
    from rules_engine.catalogue import catalogue

    assert {line for _, _, line in first()} == catalogue().line_ids()


def test_doubtful_cells_are_marked() -> None:
    doubts = {(cell.offer, cell.line, cell.doubt) for cell in first().values() if cell.doubt}
    assert {(offer, line) for offer, line, _ in doubts} == {
        ("MSP", "bridge_element_supplementaire_intermediaire"),
        ("OJI", "bridge_element_supplementaire_intermediaire"),
        ("MSP", "reparation_metal_avec_remontage_1_dent"),
        ("OJI", "reparation_metal_avec_remontage_1_dent"),
        ("OJI", "cure_hebergement_non_remboursee"),
        ("OJI", "bilan_psychomotricite"),
        ("OJI", "prisme_incorpore_moins16"),
        ("OJI", "prisme_incorpore_16plus"),
    }
