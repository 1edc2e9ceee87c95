"""The arithmetic of one cell, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from rules_engine.payment import Expense, pay
from rules_engine.tables import Cell, benefit_tables

ON = date(2026, 11, 21)


def cell(line: str, formule: str = "Référence", offer: str = "MSP") -> Cell:
    return benefit_tables().cell(offer, formule, line, ON)


@pytest.mark.parametrize(
    ("line", "formule", "expense", "total"),
    [
        ("consultation_specialiste_optam", "Equilibre", Expense(price=Decimal(45), base=Decimal(30)), Decimal("45.00")),
        ("consultation_specialiste_optam", "Equilibre", Expense(price=Decimal(60), base=Decimal(30)), Decimal("51.00")),
        ("accompagnant_conventionne", "Initiale", Expense(count=5), Decimal("192.50")),
        (
            "chambre_particuliere_ssr_conventionnee",
            "Intégrale",
            Expense(price=Decimal(15), count=10),
            Decimal("150.00"),
        ),
        ("osteopathie", "Equilibre", Expense(price=Decimal(60), count=2), Decimal(80)),
        ("osteopathie", "Equilibre", Expense(price=Decimal(60), count=4), Decimal(120)),
        ("osteopathie", "Equilibre", Expense(price=Decimal(55), used=Decimal(100)), Decimal(20)),
        ("osteopathie", "Equilibre", Expense(price=Decimal(55), used=Decimal(120)), Decimal(0)),
        ("psychotherapie_non_remboursee", "Intégrale", Expense(count=25), Decimal("400.00")),
        ("psychotherapie_non_remboursee", "Intégrale", Expense(count=5, done=18), Decimal("40.00")),
        ("couronne_sur_implant", "Référence", Expense(count=3), Decimal("561.25")),
        ("viscosupplementation", "Equilibre", Expense(count=3), Decimal("154.00")),
        ("aide_auditive_hors_panier_20plus", "Intégrale", Expense(count=2), Decimal("1580.00")),
        ("orthodontie_non_remboursee_traitement_actif", "Equilibre", Expense(count=5), Decimal("780.00")),
        ("prothese_mammaire_externe", "Référence", Expense(price=Decimal(200), secu=Decimal(60)), Decimal("190.00")),
        ("ajout_dent_contreplaquee", "Référence", Expense(Decimal(40), secu=Decimal(10), count=2), Decimal("72.00")),
        ("implant_rembourse", "Référence", Expense(Decimal(900), secu=Decimal(0), count=2, done=1), Decimal("500.00")),
        ("forfait_patient_urgences", "Initiale", Expense(price=Decimal("19.61")), Decimal("19.61")),
        ("couronne_non_visible_ceramo_metallique", "Référence", Expense(price=Decimal(200)), Decimal("200.00")),
    ],
)
def test_total(line: str, formule: str, expense: Expense, total: Decimal) -> None:
    assert pay(cell(line, formule), expense).total == total


def test_nothing_is_computed_without_a_base() -> None:
    assert pay(cell("consultation_specialiste_optam", "Equilibre"), Expense(price=Decimal(60))).total is None


def test_outside_the_pathway_the_rate_stops_at_the_base() -> None:
    payment = pay(
        cell("consultation_specialiste_optam", "Intégrale"), Expense(price=Decimal(80), base=Decimal(30)), Decimal(100)
    )
    assert payment.ceiling == Decimal("30.00")
