"""The income that a contribution is a percentage of: règlement MGEN Santé Prévoyance, articles 59-1 and 59-2."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rules_engine.contributions import Price
from rules_engine.dates import MONTHS_OF_A_YEAR
from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.money import ZERO, percent_of


@dataclass(frozen=True)
class Sources:
    """The facts that tell an income: its parts by the year and by the month, or its whole.

    Attributes:
        yearly, monthly: the amounts, the main one first, then those of other employers or funds.
        extra: those of `yearly` and `monthly` beside the first, which need words that speak of several payers.
        supplements: what is itself a second payer (a complementary pension).
        several: says that there are several payers; whole: the total asked for when the parts leave doubt.
    """

    yearly: tuple[str, ...]
    monthly: tuple[str, ...]
    extra: frozenset[str]
    supplements: tuple[str, ...]
    several: str
    whole: str


SALARIES = ("base_brute_fiscale", "base_brute_fiscale_2", "base_brute_fiscale_3")
SALARIES_BY_MONTH = (
    "base_brute_fiscale_mensuelle",
    "base_brute_fiscale_mensuelle_2",
    "base_brute_fiscale_mensuelle_3",
)
PENSIONS = ("pensions_brutes", "pensions_brutes_2", "pension_complementaire", "pension_complementaire_2")
PENSIONS_BY_MONTH = (
    "pensions_brutes_mensuelles",
    "pensions_brutes_mensuelles_2",
    "pension_complementaire_mensuelle",
    "pension_complementaire_mensuelle_2",
)
INCOME = {
    "actif": Sources(
        SALARIES,
        SALARIES_BY_MONTH,
        frozenset((*SALARIES[1:], *SALARIES_BY_MONTH[1:])),
        (),
        "plusieurs_employeurs",
        "base_brute_totale",
    ),
    "retraite": Sources(
        PENSIONS,
        PENSIONS_BY_MONTH,
        frozenset((PENSIONS[1], PENSIONS[3], PENSIONS_BY_MONTH[1], PENSIONS_BY_MONTH[3])),
        (PENSIONS[2], PENSIONS_BY_MONTH[2]),
        "plusieurs_pensions",
        "pensions_totales",
    ),
}
BASE_BY_MONTH = "pension_base_par_mois"
WHOLE_SAID = "revenu_total_dit"
SURVIVOR = ("pension_reversion", "pension_reversion_mensuelle")
INCOME_FACTS = (
    *("base_brute_fiscale", "base_brute_fiscale_mensuelle", "pensions_brutes", "pensions_brutes_mensuelles"),
    *("reversion_comprise", "revenu_annuel", "pension_complementaire", "pension_complementaire_mensuelle"),
    *(BASE_BY_MONTH, *SURVIVOR),
    *sorted(INCOME["actif"].extra | INCOME["retraite"].extra),
    *("plusieurs_employeurs", "base_brute_totale", "plusieurs_pensions", "pensions_totales", WHOLE_SAID),
)


def category_of_income(dossier: Dossier) -> str | None:
    """Return the category that alone pays on the income said: an actif's salary, a retraité's pensions."""
    said = {name for name, sources in INCOME.items() if _any(dossier, (*sources.yearly, *sources.monthly))}
    return said.pop() if len(said) == 1 else None


def _any(dossier: Dossier, names: Iterable[str]) -> bool:
    return any(dossier.get(name) is not None for name in names)


def income_of(dossier: Dossier, category: str) -> tuple[Decimal, tuple[str, ...]]:
    """Return the yearly income (€) that the contribution is a percentage of, and conditions on it.

    Raises:
        FactNeeded: for the income; between floor and cap it always decides.
    """
    sources = INCOME[category]
    whole = dossier.get(sources.whole)
    if whole is not None:
        return Decimal(whole), ()
    if _has_parts(dossier, sources):
        return _sum(dossier, sources), (f"{'pensions' if category == 'retraite' else 'salaires'}_additionnes",)
    return _single(dossier, sources, category)


def _said(dossier: Dossier, names: Iterable[str]) -> dict[str, Decimal]:
    return {name: Decimal(dossier.get(name)) for name in names if dossier.get(name) is not None}


def _has_parts(dossier: Dossier, sources: Sources) -> bool:
    """Return whether the income said is the sum of several parts.

    Raises:
        FactNeeded: for the total, when several payers are spoken of and one amount said, or the reverse.
    """
    yearly, monthly = _said(dossier, sources.yearly), _said(dossier, sources.monthly)
    several, count = bool(dossier.get(sources.several)), len(yearly) + len(monthly)
    if _any(dossier, sources.supplements):
        return True
    if count <= 1:
        if count and several and sources.several == "plusieurs_employeurs" and not dossier.get(WHOLE_SAID):
            raise FactNeeded(sources.whole, None)
        return False
    if several:
        return True
    if len(yearly) != 1 or len(monthly) != 1:
        raise FactNeeded(sources.whole, None)
    return sources.several == "plusieurs_pensions" and min(yearly.values()) < min(monthly.values())


def _single(dossier: Dossier, sources: Sources, category: str) -> tuple[Decimal, tuple[str, ...]]:
    said = next(iter(_said(dossier, sources.yearly).values()), None)
    by_month = next(iter(_said(dossier, sources.monthly).values()), None)
    left_out = _survivor_pension(dossier, said, by_month) if category == "retraite" else ZERO
    if by_month is not None and (said is None or said <= by_month):  # a monthly income first taken for a yearly one
        return max(ZERO, by_month - left_out) * MONTHS_OF_A_YEAR, ("revenu_mensuel_annualise",)
    if said is None:
        raise FactNeeded(sources.yearly[0], None)
    if _of_a_month(dossier, category) and not left_out:  # "1 850 € par mois", read without its period
        return said * MONTHS_OF_A_YEAR, ("revenu_mensuel_annualise",)
    return max(ZERO, said - left_out), ()


def _of_a_month(dossier: Dossier, category: str) -> bool:
    """Return whether an income said without its period is of a month: as said, or as the réversion told beside it."""
    yearly: bool | None = dossier.get("revenu_annuel")
    if yearly is None and category == "retraite":
        return dossier.get("pension_reversion_mensuelle") is not None and dossier.get("pension_reversion") is None
    return yearly is False


def _survivor_pension(dossier: Dossier, said: Decimal | None, by_month: Decimal | None) -> Decimal:
    """Return what to take off a total of pensions (€, of the same period): the réversion that it holds (article 59)."""
    yearly, monthly = (dossier.get(name) for name in SURVIVOR)
    if not dossier.get("reversion_comprise") or (yearly is None and monthly is None):
        return ZERO
    if monthly is not None and by_month is None and said is not None and dossier.get("revenu_annuel"):
        return Decimal(monthly) * MONTHS_OF_A_YEAR
    return Decimal(monthly if yearly is None else yearly)


def _sum(dossier: Dossier, sources: Sources) -> Decimal:
    """Return the yearly sum (€) of the parts, each said by the month or the year.

    A part said without its period, and smaller than one of a month, is of a month too; so are all those beside a
    base pension asked by the month.

    Raises:
        FactNeeded: for the base pension, or for the total when the period of a part stays in doubt.
    """
    yearly, monthly = _said(dossier, sources.yearly), _said(dossier, sources.monthly)
    base = dossier.get(BASE_BY_MONTH) if sources.several == "plusieurs_pensions" else None
    main = sources.yearly[0]
    if base is not None or (main in yearly and yearly[main] == monthly.get(sources.monthly[0])):
        yearly.pop(main, None)  # the same amount, first taken for a yearly one
    if base is not None:
        return (Decimal(base) + sum((*monthly.values(), *yearly.values()), ZERO)) * MONTHS_OF_A_YEAR
    if not ({*yearly, *monthly} - {*sources.supplements}):
        raise FactNeeded(BASE_BY_MONTH, None)
    top = max(monthly.values(), default=ZERO)
    if any(top < part < top * MONTHS_OF_A_YEAR for part in yearly.values()):
        raise FactNeeded(sources.whole, None)  # of a year, or of a month too?
    by_month = sum((*monthly.values(), *(part for part in yearly.values() if part <= top)), ZERO)
    return by_month * MONTHS_OF_A_YEAR + sum((part for part in yearly.values() if part > top), ZERO)


def hold_period_is_known(dossier: Dossier, price: Price, income: Decimal) -> None:
    """Hold that an income is known to be that of a year.

    Raises:
        FactNeeded: for the income of a month, when the one said may be that and would change the contribution.
    """
    if not _perhaps_monthly(dossier, price, income):
        return
    sources = INCOME[price.category]
    if not _has_parts(dossier, sources):
        raise FactNeeded(sources.monthly[0], None)
    by_base = price.category == "retraite" and dossier.get(sources.yearly[0]) is not None
    raise FactNeeded(BASE_BY_MONTH if by_base else sources.whole, None)


def _perhaps_monthly(dossier: Dossier, price: Price, income: Decimal) -> bool:
    """Return whether an income said without its period may be that of a month: it is far below the floor as a year's.

    As a month's, it would change the contribution.
    """
    sources = INCOME[price.category]
    if dossier.get("revenu_annuel") or _any(dossier, (*sources.monthly, BASE_BY_MONTH, sources.whole)):
        return False
    as_a_year = percent_of(price.rate, income)
    return 2 * as_a_year < price.floor < MONTHS_OF_A_YEAR * as_a_year
