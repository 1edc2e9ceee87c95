"""The income that a contribution is a percentage of: règlement MGEN Santé Prévoyance, articles 59-1 and 59-2."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.contributions import Price
from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.money import ZERO, percent_of

MONTHS_OF_A_YEAR = 12
INCOME = {
    "actif": ("base_brute_fiscale", "base_brute_fiscale_mensuelle"),
    "retraite": ("pensions_brutes", "pensions_brutes_mensuelles"),
}


def income_of(dossier: Dossier, category: str) -> tuple[Decimal, tuple[str, ...]]:
    """Return the yearly income (€) that the contribution is a percentage of, and conditions on it.

    Raises:
        FactNeeded: for the income; between floor and cap it always decides.
    """
    if category == "retraite" and _supplement(dossier) is not None:
        return _pensions(dossier), ("pensions_additionnees",)
    yearly, monthly = INCOME[category]
    said, by_month = dossier.get(yearly), dossier.get(monthly)
    left_out = _survivor_pension(dossier) if category == "retraite" else ZERO
    if by_month is not None and (said is None or said <= by_month):  # a monthly income first taken for a yearly one
        return max(ZERO, by_month - left_out) * MONTHS_OF_A_YEAR, ("revenu_mensuel_annualise",)
    if said is None:
        raise FactNeeded(yearly, None)
    return max(ZERO, said - left_out), ()


def _survivor_pension(dossier: Dossier) -> Decimal:
    """Return what to take off a total of pensions (€, of the same period): the réversion that it holds (article 59)."""
    within = dossier.get("pension_reversion") if dossier.get("reversion_comprise") else None
    return ZERO if within is None else Decimal(within)


def _supplement(dossier: Dossier) -> Decimal | None:
    """Return the complementary pension said, of a month or of a year, or the smaller of two pensions; None if none."""
    for name in ("pension_complementaire_mensuelle", "pension_complementaire"):
        if dossier.get(name) is not None:
            return Decimal(dossier.get(name))
    yearly, monthly = (dossier.get(name) for name in INCOME["retraite"])
    return Decimal(yearly) if yearly is not None and monthly is not None and yearly < monthly else None


def _pensions(dossier: Dossier) -> Decimal:
    """Return the yearly sum (€) of the base pension and the complementary one, each said by the month or the year.

    A base pension asked by the month makes the other one that of a month too.

    Raises:
        FactNeeded: for the base pension.
    """
    more = _supplement(dossier)
    assert more is not None
    said, by_month = (dossier.get(name) for name in INCOME["retraite"])
    base = dossier.get("pension_base_par_mois")
    if base is None and by_month is not None and (said is None or said <= by_month):
        base = by_month
    if base is not None:
        return Decimal(base + more) * MONTHS_OF_A_YEAR
    if said is None:
        raise FactNeeded("pension_base_par_mois", None)
    months = MONTHS_OF_A_YEAR if dossier.get("pension_complementaire_mensuelle") is not None else 1
    return Decimal(said + more * months)


def hold_period_is_known(dossier: Dossier, price: Price, income: Decimal) -> None:
    """Hold that an income is known to be that of a year.

    Raises:
        FactNeeded: for the income of a month, when the one said may be that and would change the contribution.
    """
    if _perhaps_monthly(dossier, price, income):
        both = price.category == "retraite" and _supplement(dossier) is not None
        raise FactNeeded("pension_base_par_mois" if both else INCOME[price.category][1], None)


def _perhaps_monthly(dossier: Dossier, price: Price, income: Decimal) -> bool:
    """Return whether an income said without its period may be that of a month: it is far below the floor as a year's.

    As a month's, it would change the contribution.
    """
    by_month = (INCOME[price.category][1], "pension_base_par_mois")
    if dossier.get("revenu_annuel") or any(dossier.get(name) is not None for name in by_month):
        return False
    as_a_year = percent_of(price.rate, income)
    return 2 * as_a_year < price.floor < MONTHS_OF_A_YEAR * as_a_year
