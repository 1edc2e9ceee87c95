"""What a member pays for himself: règlement MGEN Santé Prévoyance articles 58 to 60, annexe 2."""

from __future__ import annotations

from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.cotisations_commun import (
    ANNEXE_2,
    MEMBER_FACTS,
    PARAGRAPH,
    Draft,
    age_reason,
    figure,
    tariff_reason,
    told_unless_refused,
)
from rules_engine.rules.cotisations_devis import (
    Quote,
    price_member,
    quote_decision,
    quote_member,
    quotes_compared,
    reduction_reasons,
)
from rules_engine.rules.cotisations_revenu import category_of_income


@rule(
    "cotisation_adherent",
    title="Combien vais-je payer de cotisation ?",
    references=(
        ANNEXE_2,
        *(article_msp(number) for number in ("58", *dict.fromkeys(PARAGRAPH.values()), "60")),
    ),
    facts=MEMBER_FACTS,
)
@told_unless_refused
def cotisation_adherent(dossier: Dossier) -> Decision | NotApplicable:
    """Return the member's own yearly contribution (€), alone, with rate (%), floor, cap and assistance.

    Sources: annexe 2; articles 58 (age by difference of years), 59-1 to 59-5, 60 (Alsace-Moselle).

    Raises:
        FactNeeded: for formule, category, prévoyance, birth year or income.
    """
    return quote_decision("cotisation_adherent", dossier, quote_member(dossier, None))


@rule(
    "cotisation_jeune",
    title="Combien coûte l'offre ÔJI à un membre jeune ?",
    references=(ANNEXE_2, article_msp("58"), article_msp("59-4"), article_msp("60")),
    facts=MEMBER_FACTS,
)
@told_unless_refused
def cotisation_jeune(dossier: Dossier) -> Decision | NotApplicable:
    """Return the yearly contribution (€) of a young member (ÔJI), assistance included.

    Sources: annexe 2; articles 58, 59-4, 60 (reduction from 30 years on), 24 (Essentielle).

    Raises:
        FactNeeded: for formule or birth year.
    """
    return quote_decision("cotisation_jeune", dossier, quote_member(dossier, "jeune"))


@rule(
    "cotisation_orphelin",
    title="Combien paie un membre participant orphelin ?",
    references=(ANNEXE_2, article_msp("58"), article_msp("59-5"), article_msp("22")),
    facts=MEMBER_FACTS,
)
@told_unless_refused
def cotisation_orphelin(dossier: Dossier) -> Decision | NotApplicable:
    """Return the yearly contribution (€) of an orphan member, assistance included.

    Sources: annexe 2; articles 58, 59-5, 22-I-3 (until 29, longer with a recognised handicap).

    Raises:
        FactNeeded: for formule, birth year or handicap.
    """
    return quote_decision("cotisation_orphelin", dossier, quote_member(dossier, "orphelin"))


@rule(
    "taux_cotisation",
    title="Quels sont mon taux de cotisation, son plancher et son plafond ?",
    references=(ANNEXE_2, article_msp("58"), article_msp("59-1"), article_msp("59-2")),
    facts=(*MEMBER_FACTS, "element_tarif"),
)
@told_unless_refused
def taux_cotisation(dossier: Dossier) -> Decision | NotApplicable:
    """Return the rate (%), the floor and the cap (€ a year) of a formule and age, without any income.

    Sources: annexe 2; articles 58, 59-1, 59-2. Categories at a flat price get that price.

    Raises:
        FactNeeded: for formule, category, prévoyance or birth year.
    """
    name = "taux_cotisation"
    year, price, age = price_member(dossier)
    if price.at_a_rate and category_of_income(dossier) == price.category and not dossier.get("element_tarif"):
        return quote_decision(name, dossier, quote_member(dossier, None))
    reasons = [tariff_reason(price), age_reason(age, year)]
    details = {**year.details(), "age": age.number, "formule": price.formule, "tranche": price.band}
    if price.at_a_rate:
        amounts = [
            Amount("taux", price.rate, "percent"),
            Amount("plancher", price.floor, "EUR", "year"),
            Amount("plafond", price.cap, "EUR", "year"),
            Amount("assistance", figure("cotisation_rma", dossier), "EUR", "year"),
        ]
        reasons.append(Reason(f"calcul_{price.category}", True, article_msp(PARAGRAPH[price.category])))
    else:
        amounts = [Amount("prix", price.flat, "EUR", "year")]
    asked = dossier.get("element_tarif")
    case = "forfait" if not price.at_a_rate else asked if asked in ("plancher", "plafond") else price.category
    draft = Draft("granted", case, tuple(reasons), tuple(amounts), {}, age.conditions, year.warnings, details)
    return draft.decision(name, dossier)


@rule(
    "comparaison_cotisations",
    title="Combien coûtent les autres formules ?",
    references=(
        ANNEXE_2,
        *(article_msp(number) for number in ("58", "59-1", "59-2", "59-3", "59-4", "59-5", "60")),
    ),
    facts=MEMBER_FACTS,
)
@told_unless_refused
def comparaison_cotisations(dossier: Dossier) -> Decision | NotApplicable:
    """Return the member's yearly contribution (€) in each formule of the category, all else equal.

    Sources: annexe 2; articles 58 to 60.

    Raises:
        FactNeeded: for category, prévoyance, birth year or income.
    """
    name = "comparaison_cotisations"
    quotes = quotes_compared(dossier)
    return _compared(name, dossier, quotes)


def _compared(name: str, dossier: Dossier, quotes: list[Quote]) -> Decision:
    first = quotes[0]
    exact = all(found.charge.exact for found in quotes)
    rows = tuple(
        {"formule": found.price.formule, "bas": found.charge.low, "haut": found.charge.high} for found in quotes
    )
    draft = Draft(
        "granted" if exact else "depends",
        "exacte" if exact else "alsace",
        (
            Reason("tarif_compare", True, first.price.reference),
            age_reason(first.age, first.year),
            *reduction_reasons(first, dossier),
        ),
        tuple(Amount(found.price.sante, found.charge.high, "EUR", "year") for found in quotes),
        {},
        tuple(dict.fromkeys(code for found in quotes for code in found.conditions)),
        tuple(dict.fromkeys(code for found in quotes for code in found.warnings)),
        {
            **first.year.details(),
            "age": first.age.number,
            "tranche": first.price.band,
            "revenu": first.income,
            "lignes": rows,
        },
    )
    return draft.decision(name, dossier)
