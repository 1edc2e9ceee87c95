"""Nights of lodging that an assistance pays, in France (Packs ÔJI) and abroad (IMA): how many, at what price."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from rules_engine.decision import Amount
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.rules.assistance_autres_commun import amount, number


@dataclass(frozen=True)
class Limits:
    """The parameters of the most nights, and of the most € a night."""

    nights: str
    night: str


IN_FRANCE = Limits("oji_deplacement_nuits", "oji_deplacement_nuit")
ABROAD = Limits("ima_nuits", "ima_nuit")


def lodging(dossier: Dossier, limits: Limits) -> tuple[Amount, ...]:
    """Return the whole (€), nights (count), € a night (ceiling, and `paid` of the price said), within the limits."""
    nights = amount("nights", limits.nights, "count", dossier)
    night = amount("night", limits.night, "EUR", dossier, "night")
    asked: Decimal | int | None = dossier.get("nuits_hebergement")
    assert nights.value is not None and night.value is not None
    counted = nights.value if asked is None else min(nights.value, asked)
    price = min(dossier.get("prix_nuit_hotel") or night.value, night.value)
    paid = Amount("paid", to_cents(price), "EUR", "night")
    return (Amount("total", to_cents(counted * price), "EUR"), nights, night, paid)


def nights_case(dossier: Dossier, limits: Limits, case: str) -> str:
    """Return the headline of a number of nights: as it is, for the nights told, or for more than are paid."""
    asked = dossier.get("nuits_hebergement")
    if asked is None:
        return case
    return f"{case}_trop" if asked > number(limits.nights, dossier) else f"{case}_nuits"
