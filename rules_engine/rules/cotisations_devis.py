"""From facts to what one person pays: the line of annexe 2, the age, the income, and how to tell the result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.contributions import Charge, Price
from rules_engine.decision import Amount, Decision, Reason
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.rules.cotisations_commun import (
    ANNEXE_2,
    COLLECTIVE,
    PARAGRAPH,
    Age,
    Draft,
    Refusal,
    Selection,
    Year,
    age_of,
    age_reason,
    charged,
    extremes,
    figure,
    not_collective,
    read_formule,
    reduction_of,
    renforcee,
    tariff_reason,
    total_amounts,
    year_of,
)

PAYING = ("actif", "retraite", "associe", "orphelin")
OF_PREVOYANCE = {"actif": "actif", "actif_renforcee": "actif", "retraite": "retraite"}
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
    def two_readings(self) -> bool:
        """Whether both bounds are exact amounts, one for each reading of the reduction."""
        return not self.charge.exact and self.price.health_only and not self.price.at_a_rate

    @property
    def warnings(self) -> tuple[str, ...]:
        """What stays doubtful."""
        found = self.year.warnings
        if self.price.doubt == "essentielle_above_initiale":
            found = (*found, "essentielle_au_dessus_initiale")
        if self.charge.exact:
            return found
        return (*found, "alsace_assistance" if self.two_readings else "alsace_part_sante")


def quote_member(dossier: Dossier, category: str | None) -> Quote:
    """Return what the member pays.

    Args:
        dossier: the facts.
        category: the category that the question is about, when it says one.

    Raises:
        FactNeeded, Refusal.
    """
    year = year_of(dossier)
    return quote(dossier, year, selection_of(dossier, category))


def quote(dossier: Dossier, year: Year, selection: Selection) -> Quote:
    """Return what a line of annexe 2 makes the member pay.

    Raises:
        FactNeeded, Refusal.
    """
    price, age = priced(dossier, year, selection)
    return quote_of(dossier, year, price, age)


def quote_of(dossier: Dossier, year: Year, price: Price, age: Age) -> Quote:
    """Return what a price makes one pay.

    Raises:
        FactNeeded: for the income.
    """
    found, income, conditions = charged(price, age.number, dossier)
    conditions = (*age.conditions, *conditions)
    if price.sante == "Essentielle":
        conditions = (*conditions, "essentielle_nouveaux_jeunes")
    return Quote(found, age, year, income, reduction_of(price, age.number, dossier), conditions)


def priced(dossier: Dossier, year: Year, selection: Selection) -> tuple[Price, Age]:
    """Return the price of a line of annexe 2 at the member's age.

    Raises:
        FactNeeded, Refusal.
    """
    if selection.category == "enfant":
        age = age_of(dossier, year, child_ages(year))
        return child_price(dossier, year, selection.sante, age.number), age
    if selection.category == "orphelin":
        age = age_of(dossier, year, year.tariff.ages("orphelin"))
        return _orphan_price(dossier, year, selection.sante, age.number), age
    age = age_of(dossier, year, extremes(year.tariff.ages(selection.category)))
    return adult_price(dossier, year, selection, age.number), age


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
    return bool(dossier.read("handicap_mdph"))


def _orphan_price(dossier: Dossier, year: Year, sante: str, age: int) -> Price:
    if age < figure("orphelin_age_min", dossier):
        raise Refusal("orphelin_trop_jeune", ANNEXE_2, article_msp("59-5"))
    price = year.tariff.price("orphelin", sante, "", age)
    if price is None:
        price = year.tariff.price("orphelin", sante, "", age, handicap=True)
        if price is not None and not handicap_recognised(dossier):
            raise Refusal("orphelin_age_depasse", article_msp("22"), denied=True)
    if price is None:
        raise Refusal("formule_non_tarifee", article_msp("24"), ANNEXE_2)
    return price


def selection_of(dossier: Dossier, category: str | None) -> Selection:
    """Return the member's line: category, health formule, prévoyance.

    Raises:
        FactNeeded, Refusal.
    """
    category = _category_asked(dossier, category)
    if category in (None, "actif", "retraite", "associe") and _prevoyance_alone(dossier):
        category = category or read_category(dossier, ("actif", "retraite", "associe"))
        return Selection(category, "", _prevoyance(dossier, category, alone=True))
    not_collective(dossier)
    offer, formule = read_formule(dossier, _offers(dossier, category))
    if category is None:
        category = young(dossier) if offer == "OJI" else read_category(dossier, PAYING)
    return line_of(dossier, category, formule)


def line_of(dossier: Dossier, category: str, formule: str) -> Selection:
    """Return the line of a category and health formule.

    Raises:
        FactNeeded: for the prévoyance.
        Refusal: for health alone where article 24 couples it to a prévoyance.
    """
    coupled = category == "actif" or (category == "retraite" and formule != "Initiale")
    if coupled and _without_prevoyance(dossier):
        raise Refusal("sante_seule_absente", article_msp("24"), ANNEXE_2)
    if category in ("jeune", "orphelin", "enfant") or formule == "Initiale":
        return Selection(category, formule, "")
    return Selection(category, formule, _prevoyance(dossier, category))


def offers_of(dossier: Dossier) -> tuple[str, ...]:
    """Return the offers that the member can have, the likeliest first."""
    return _offers(dossier, _category_asked(dossier, None))


def _offers(dossier: Dossier, category: str | None) -> tuple[str, ...]:
    contract = dossier.get("contrat")
    if category == "jeune" or contract == "OJI":
        return ("OJI",)
    if category == "orphelin":
        return ("MSP", "OJI")
    return ("MSP",) if category is not None or contract == "MSP" else ("MSP", "OJI")


def _category_asked(dossier: Dossier, category: str | None) -> str | None:
    """Return the category said, else the one that the question is about: what the member is comes first."""
    known = known_category(dossier)
    if dossier.get("contrat") == "OJI":
        return known if known in ("orphelin", "enfant") else category
    if category == "orphelin" and known in ("jeune", "enfant"):
        return category
    return known or category


def known_category(dossier: Dossier) -> str | None:
    """Return the member's category as said, or as the only one that has the prévoyance said; None if unknown."""
    said: str | None = dossier.get("qualite")
    if said is not None:
        return said
    if dossier.get("prevoyance_renforcee"):
        return "actif"
    return OF_PREVOYANCE.get(dossier.get("prevoyance") or "")


def read_category(dossier: Dossier, among: tuple[str, ...]) -> str:
    """Return the member's category.

    Raises:
        FactNeeded: when it is unknown.
    """
    known = known_category(dossier)
    return known if known is not None else str(dossier.read("qualite", among=among))


def young(dossier: Dossier) -> str:
    """Return who pays in the ÔJI offer: a young member, unless said to be an orphan or a child."""
    known = dossier.get("qualite")
    if known in ("orphelin", "enfant"):
        return str(known)
    if known is None:
        dossier.presume("qualite", "jeune")
    return "jeune"


def _prevoyance_alone(dossier: Dossier) -> bool:
    """Whether the member has prévoyance without health (article 26), said or implied by a collective contract."""
    if dossier.get("couverture_choisie") is not None:
        return bool(
            dossier.get("couverture_choisie") == "prevoyance_seule" and dossier.get("contrat") != "OJI"
        )
    return dossier.get("contrat") in COLLECTIVE and dossier.get("prevoyance") not in (None, "aucune")


def _without_prevoyance(dossier: Dossier) -> bool:
    if dossier.get("couverture_choisie") is not None:
        return bool(dossier.get("couverture_choisie") == "sante_seule")
    return dossier.get("prevoyance") == "aucune" and dossier.get("prevoyance_renforcee") is None


def _prevoyance(dossier: Dossier, category: str, alone: bool = False) -> str:
    """Return the prévoyance that article 24 couples to a health formule, or the one taken alone.

    Raises:
        FactNeeded: for an actif, whether Renforcée; for an associé, whether with prévoyance.
    """
    if category == "actif":
        return "actif_renforcee" if renforcee(dossier) else "actif"
    if category == "retraite":
        return "retraite"
    return "affinite" if alone else affinite(dossier, "couverture_choisie")


def affinite(dossier: Dossier, fact_id: str) -> str:
    """Return "affinite" or "" for an associé or a conjoint, who may take health alone (article 26-1).

    Raises:
        FactNeeded: when it is unknown.
    """
    cover = dossier.get(fact_id)
    if cover is None and dossier.get("prevoyance") in ("affinite", "aucune"):
        return "affinite" if dossier.get("prevoyance") == "affinite" else ""
    if cover is None:
        cover = dossier.read(fact_id, among=("sante_et_prevoyance", "sante_seule"))
    return "" if cover == "sante_seule" else "affinite"


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
    if not charge.exact:
        return "alsace_deux_lectures" if found.two_readings else "alsace_fourchette"
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
    if dossier.get("pension_reversion") is not None and price.category == "retraite":
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
