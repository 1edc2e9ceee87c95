"""What one person pays: the price of a line of annexe 2 at an age, the income, and how to tell the result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.contributions import Charge, Price
from rules_engine.decision import Amount, Decision, Reason
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.rules.cotisations_choix import compared_line, line_of, selection_of
from rules_engine.rules.cotisations_commun import (
    ANNEXE_2,
    PARAGRAPH,
    Age,
    Draft,
    Refusal,
    Selection,
    Year,
    age_of,
    age_reason,
    charged,
    figure,
    known_age,
    reduction_of,
    tariff_reason,
    total_amounts,
    year_of,
)
from rules_engine.rules.cotisations_revenu import INCOME, SURVIVOR, income_of

OPEN_CASES = {
    "assistance": "alsace_deux_lectures",
    "part_sante": "alsace_fourchette",
    "plafond": "alsace_plafond",
}
STEPS = {"rate": "au_taux", "floor": "au_plancher", "cap": "au_plafond", "flat": "forfait"}


@dataclass(frozen=True)
class Quote:
    """What one person pays in a year, and what it rests on.

    Attributes:
        income: yearly income (€) of a price at a rate.
        reduction: Alsace-Moselle reduction (%), None without.
    """

    charge: Charge
    age: Age
    year: Year
    income: Decimal | None
    reduction: Decimal | None
    conditions: tuple[str, ...]

    @property
    def price(self) -> Price:
        """The line of annexe 2."""
        return self.charge.price

    @property
    def open_point(self) -> str:
        """Which point of a reduction the documents leave open, empty when the total is a single figure."""
        if self.charge.exact:
            return ""
        if not self.price.health_only:
            return "part_sante"
        return "plafond" if self.price.at_a_rate else "assistance"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What stays doubtful."""
        found = self.year.warnings
        if self.price.doubt == "essentielle_above_initiale":
            found = (*found, "essentielle_au_dessus_initiale")
        return (*found, f"alsace_{self.open_point}") if self.open_point else found


def quote_member(dossier: Dossier, category: str | None) -> Quote:
    """Return what the member pays.

    Args:
        dossier: the facts.
        category: the category that the question is about, when it says one.

    Raises:
        FactNeeded, Refusal.
    """
    year = year_of(dossier)
    _old_enough(dossier, year, category)
    line = line_of(dossier, category)
    age = age_of(dossier, year)
    if line.category in INCOME:
        income_of(dossier, line.category)
    return quote_of(dossier, year, price_of(dossier, year, selection_of(dossier, line), age.number), age)


def price_member(dossier: Dossier) -> tuple[Year, Price, Age]:
    """Return the price of the member's line of annexe 2, whatever the income.

    Raises:
        FactNeeded, Refusal.
    """
    year = year_of(dossier)
    _old_enough(dossier, year, None)
    line = line_of(dossier, None)
    age = age_of(dossier, year)
    return year, price_of(dossier, year, selection_of(dossier, line), age.number), age


def quotes_compared(dossier: Dossier) -> list[Quote]:
    """Return the quote of each formule of the member's category, decided again with everything else unchanged.

    Raises:
        FactNeeded, Refusal.
    """
    year = year_of(dossier)
    _old_enough(dossier, year, None)
    line = compared_line(dossier)
    age = age_of(dossier, year)
    if line.category in INCOME:
        income_of(dossier, line.category)
    start = selection_of(dossier, line)
    formules = year.tariff.formules("conjoint" if line.category == "enfant" else line.category)
    return [quote_of(dossier, year, _price_in(dossier, year, start, name, age.number), age) for name in formules]


def _price_in(dossier: Dossier, year: Year, start: Selection, formule: str, age: int) -> Price:
    prevoyance = "" if formule == "Initiale" else start.prevoyance
    return price_of(dossier, year, Selection(start.category, formule, prevoyance), age)


def _old_enough(dossier: Dossier, year: Year, category: str | None) -> None:
    """Hold that somebody of this age can pay: below, nothing else need be asked.

    Raises:
        Refusal: for an age at which nobody pays for himself.
    """
    age = known_age(dossier, year)
    if age is None or age.number >= figure("orphelin_age_min", dossier) or dossier.get("qualite") == "enfant":
        return
    if dossier.get("qualite") == "orphelin" or category == "orphelin":
        raise Refusal("orphelin_trop_jeune", ANNEXE_2, article_msp("59-5"))
    raise Refusal("age_a_verifier", article_msp("58"))


def quote_of(dossier: Dossier, year: Year, price: Price, age: Age) -> Quote:
    """Return what a price makes one pay.

    Raises:
        FactNeeded: for the income.
    """
    found, income, conditions = charged(price, age.number, dossier)
    conditions = (*age.conditions, *conditions)
    if price.sante == "Essentielle":
        conditions = (*conditions, "essentielle_nouveaux_jeunes")
    if price.sante == "Initiale" and price.category in ("associe", "conjoint"):
        conditions = (*conditions, "initiale_sante_seule")
    return Quote(found, age, year, income, reduction_of(price, age.number, dossier), conditions)


def price_of(dossier: Dossier, year: Year, selection: Selection, age: int) -> Price:
    """Return the price of a line of annexe 2 at an age.

    Raises:
        FactNeeded, Refusal.
    """
    if selection.category == "enfant":
        return child_price(dossier, year, selection.sante, age)
    if selection.category == "orphelin":
        return _orphan_price(dossier, year, selection.sante, age)
    return adult_price(dossier, year, selection, age)


def adult_price(dossier: Dossier, year: Year, selection: Selection, age: int) -> Price:
    """Return the price of an adult member or conjoint.

    Raises:
        Refusal: for an age at which nobody pays alone, or a formule that the table does not print.
    """
    if age < figure("orphelin_age_min", dossier):
        raise Refusal("age_a_verifier", article_msp("58"))
    price = year.tariff.price(selection.category, selection.sante, selection.prevoyance, age)
    if price is None:
        raise Refusal("formule_non_tarifee", article_msp("24"), ANNEXE_2)
    return price


def child_ages(year: Year) -> tuple[int, ...]:
    """Return one age in each band of the children."""
    tariff = year.tariff
    return (
        *tariff.ages("enfant_moins_18"),
        *tariff.ages("enfant_18_29"),
        *tariff.ages("enfant_handicap_plus_29"),
    )


def child_price(dossier: Dossier, year: Year, sante: str, age: int) -> Price:
    """Return the price of a child; past the last band, only a recognised handicap keeps the cover.

    Raises:
        FactNeeded: for the handicap.
        Refusal: past the age without a recognised handicap, or for a formule that no child has.
    """
    for category in ("enfant_moins_18", "enfant_18_29"):
        price = year.tariff.price(category, sante, "", age)
        if price is not None:
            return price
    price = year.tariff.price("enfant_handicap_plus_29", sante, "", age, handicap=True)
    if price is None:
        raise Refusal("formule_non_tarifee", article_msp("24"), ANNEXE_2)
    if not handicap_recognised(dossier):
        raise Refusal("enfant_age_depasse", article_msp("22"), denied=True)
    return price


def handicap_recognised(dossier: Dossier) -> bool:
    """Return whether the MDPH has recognised the handicap.

    Raises:
        FactNeeded: when it is unknown.
    """
    if dossier.get("handicap_mdph") is None and dossier.get("handicap") is False:
        return False
    if dossier.get("handicap") and dossier.get("qualite") in ("enfant", "orphelin"):
        return bool(dossier.presume("handicap_mdph", True))  # who is still covered then has it recognised
    return bool(dossier.read("handicap_mdph"))


def _orphan_price(dossier: Dossier, year: Year, sante: str, age: int) -> Price:
    price = year.tariff.price("orphelin", sante, "", age)
    if price is None:
        price = year.tariff.price("orphelin", sante, "", age, handicap=True)
        if price is not None and not handicap_recognised(dossier):
            raise Refusal("orphelin_age_depasse", article_msp("22"), denied=True)
    if price is None:
        raise Refusal("formule_non_tarifee", article_msp("24"), ANNEXE_2)
    return price


def quote_decision(name: str, dossier: Dossier, found: Quote) -> Decision:
    """Return the decision that tells what one person pays."""
    draft = Draft(
        "granted" if found.charge.exact else "depends",
        case_of(found),
        _reasons(found, dossier),
        tuple(_amounts(found, dossier)),
        {},
        found.conditions,
        found.warnings,
        _details(found),
    )
    return draft.decision(name, dossier)


def case_of(found: Quote) -> str:
    """Return the headline: what decides the total, and how a reduction bears on it."""
    charge = found.charge
    if found.open_point:
        return OPEN_CASES[found.open_point]
    if found.reduction is not None and charge.step == "rate":
        return "alsace_au_taux" if charge.low - charge.added > found.price.floor else "alsace_au_plancher"
    return STEPS[charge.step]


def _amounts(found: Quote, dossier: Dossier) -> list[Amount]:
    charge, price = found.charge, found.price
    amounts = total_amounts(charge.low, charge.high, dossier)
    if price.at_a_rate:
        amounts += [
            Amount("cotisation", charge.low - charge.added, "EUR", "year"),
            Amount("assistance", charge.added, "EUR", "year"),
            Amount("taux", price.rate, "percent"),
            Amount("calcul", charge.computed, "EUR", "year"),
            Amount("plancher", price.floor, "EUR", "year"),
            Amount("plafond", price.cap, "EUR", "year"),
        ]
    if found.reduction is not None:
        sans = charge.due + charge.added
        amounts += [
            Amount("reduction", found.reduction, "percent"),
            Amount("sans_reduction", sans, "EUR", "year"),
        ]
    return amounts


def _details(found: Quote) -> dict[str, Any]:
    price = found.price
    return {
        **found.year.details(),
        "age": found.age.number,
        "formule": price.formule,
        "tranche": price.band,
        "categorie": price.category,
        "revenu": found.income,
    }


def _reasons(found: Quote, dossier: Dossier) -> tuple[Reason, ...]:
    price = found.price
    article = article_msp(PARAGRAPH[price.category])
    reasons = [tariff_reason(price), age_reason(found.age, found.year)]
    reasons.append(Reason(f"calcul_{price.category}", True, article))
    if price.assistance:
        reasons.append(assistance_reason(price, dossier))
    if any(dossier.get(name) is not None for name in SURVIVOR) and price.category == "retraite":
        reasons.append(Reason("reversion_exclue", True, article))
    return (*reasons, *reduction_reasons(found, dossier))


def assistance_reason(price: Price, dossier: Dossier) -> Reason:
    """Return the step that adds or includes the assistance contracts, as the foot of the table says."""
    if price.assistance == "included_oji":
        figures = {"rma": figure("cotisation_rma_oji", dossier), "ima": figure("cotisation_ima_oji", dossier)}
    else:
        figures = {"rma": figure("cotisation_rma", dossier)}
    return Reason(f"assistance_{price.assistance}", True, price.reference, figures)


def reduction_reasons(found: Quote, dossier: Dossier) -> tuple[Reason, ...]:
    """Return the step on the Alsace-Moselle reduction, where that scheme is said to be the member's."""
    if dossier.get("alsace_moselle") is not True:
        return ()
    article = article_msp("60")
    if found.reduction is None:
        return (Reason("alsace_sans_effet", False, article),)
    return (Reason("alsace_sante", True, article, {"reduction": found.reduction}),)
