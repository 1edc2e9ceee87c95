"""How contributions work: règlement MGEN Santé Prévoyance articles 58 to 60, annexe 2."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.contributions import Price
from rules_engine.dates_cotisations import first_day_of_year_reaching
from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.cotisations_choix import known_category
from rules_engine.rules.cotisations_commun import (
    AGE_FACTS,
    ANNEXE_2,
    MEMBER_AGE_FACTS,
    PARAGRAPH,
    Age,
    Draft,
    Year,
    age_of,
    ask,
    birth_year_of,
    figure,
    known_age,
    not_collective,
    told_unless_refused,
    year_of,
)

REDUCED = ("actif", "retraite", "associe", "conjoint")
NOT_REDUCED = ("orphelin", "enfant")
FLAT = ("associe", "jeune", "orphelin")


@rule(
    "assistance_dans_cotisation",
    title="À quoi correspondent les 6,84 € de ma cotisation ?",
    references=(
        ANNEXE_2,
        *(article_msp(number) for number in ("41-1", "41-2", "59-1", "59-2", "59-3", "59-4", "59-5")),
    ),
    facts=("contrat", "qualite", "prevoyance", "prevoyance_renforcee", *MEMBER_AGE_FACTS, "annee_cotisation"),
)
@told_unless_refused
def assistance_dans_cotisation(dossier: Dossier) -> Decision | NotApplicable:
    """Return the yearly amount (€) of the assistance contracts in a contribution, added to it or included in it.

    Sources: annexe 2 (foot of each table), articles 59-1 to 59-5 and 61-1, 41-1 and 41-2.
    """
    name = "assistance_dans_cotisation"
    not_collective(dossier)
    year = year_of(dossier)
    category = known_category(dossier)
    if category == "enfant":
        return NotApplicable(name, "assistance_enfant_non_imprimee", (ANNEXE_2,), dict(dossier.used))
    if category in ("jeune", "orphelin") or dossier.get("contrat") == "OJI":
        return _oji_assistance(name, dossier, year, category)
    case = "generale" if category is None else "ajoutee" if category in ("actif", "retraite") else "incluse"
    articles = ("59-1", "59-3") if category is None else (PARAGRAPH[category],)
    reasons = (
        Reason("assistance_tableau", True, ANNEXE_2),
        *(Reason(f"assistance_{number}", True, article_msp(number)) for number in articles),
        Reason("assistance_rma", True, article_msp("41-1")),
    )
    amounts = (Amount("rma", figure("cotisation_rma", dossier), "EUR", "year"),)
    draft = Draft("granted", case, reasons, amounts, {}, (), year.warnings, year.details())
    return draft.decision(name, dossier)


def _oji_assistance(name: str, dossier: Dossier, year: Year, category: str | None) -> Decision:
    """Return what an ÔJI price includes; for an orphan outside 18 to 29, article 59-5 and the table differ."""
    orphan = category == "orphelin"
    amounts = (
        Amount("rma", figure("cotisation_rma_oji", dossier), "EUR", "year"),
        Amount("ima", figure("cotisation_ima_oji", dossier), "EUR", "year"),
    )
    reasons = (
        Reason("assistance_tableau_oji", True, ANNEXE_2),
        Reason(
            "assistance_orphelin" if orphan else "assistance_jeune", True, article_msp("59-5" if orphan else "59-4")
        ),
        Reason("assistance_rma_oji", True, article_msp("41-2")),
    )
    age = known_age(dossier, year) if orphan else None
    oji = age is not None and year.tariff.price("enfant_18_29", "Initiale", "", age.number) is not None
    warnings = year.warnings if not orphan or oji else (*year.warnings, "orphelin_ima_texte_tableau")
    draft = Draft("granted", "incluse_oji", reasons, amounts, {}, (), warnings, year.details())
    return draft.decision(name, dossier)


@rule(
    "reduction_alsace_moselle",
    title="Ma cotisation est-elle réduite si je relève du régime d'Alsace-Moselle ?",
    references=(article_msp("60"),),
    facts=(
        "contrat",
        "qualite",
        "prevoyance",
        "prevoyance_renforcee",
        "alsace_moselle",
        "reduction_des_enfants",
        "element_tarif",
        *MEMBER_AGE_FACTS,
        "annee_cotisation",
    ),
)
@told_unless_refused
def reduction_alsace_moselle(dossier: Dossier) -> Decision | NotApplicable:
    """Return the reduction (%) of the health contribution under the local scheme, never on floor or cap.

    Sources: article 60 (actifs, retraités, associés, conjoints; young members from 30 on; not orphans or children).

    Raises:
        FactNeeded: for the birth year of a young member.
    """
    name = "reduction_alsace_moselle"
    not_collective(dossier)
    case = _reduction_case(dossier, year_of(dossier))
    article = article_msp("60")
    if case == "plancher_ou_plafond":
        reasons = (Reason("alsace_ni_plancher_ni_plafond", False, article), Reason("alsace_sante", True, article))
        amounts = (Amount("reduction", figure("alsace_moselle_minoration", dossier), "percent"),)
        return Draft("denied", case, reasons, amounts).decision(name, dossier)
    if case in ("hors_regime", "non_concerne", "jeune_trop_jeune"):
        draft = Draft("denied", case, (Reason(f"alsace_{case}", False, article),))
        return draft.decision(name, dossier)
    reasons = (Reason("alsace_sante", True, article), Reason("alsace_ni_plancher_ni_plafond", False, article))
    amounts = (Amount("reduction", figure("alsace_moselle_minoration", dossier), "percent"),)
    return Draft("granted", case, reasons, amounts).decision(name, dossier)


def _reduction_case(dossier: Dossier, year: Year) -> str:
    category = "jeune" if dossier.get("contrat") == "OJI" else known_category(dossier)
    if dossier.get("qualite") in NOT_REDUCED or dossier.get("reduction_des_enfants"):
        return "non_concerne"
    if dossier.get("alsace_moselle") is False:
        return "hors_regime"
    if category != "jeune" and dossier.get("element_tarif") in ("plancher", "plafond"):
        return "plancher_ou_plafond"
    if category != "jeune":
        return "concerne" if category in REDUCED else "general"
    limit = int(figure("alsace_moselle_jeune_age", dossier))
    age = age_of(dossier, year)
    return "jeune_concerne" if age.number >= limit else "jeune_trop_jeune"


@rule(
    "age_cotisation",
    title="Quel âge compte pour ma cotisation ?",
    references=(article_msp("58"), article_msp("59"), ANNEXE_2),
    facts=("contrat", "qualite", "prevoyance", "prevoyance_renforcee", *MEMBER_AGE_FACTS, "annee_cotisation"),
)
@told_unless_refused
def age_cotisation(dossier: Dossier) -> Decision | NotApplicable:
    """Return the age that counts: year of insurance less birth year, whatever the birthday; the band, and the next.

    Sources: article 58; article 59, whose wording "year of the adhésion" is shown beside it; bands of annexe 2.
    """
    name = "age_cotisation"
    not_collective(dossier)
    year = year_of(dossier)
    age, birth = known_age(dossier, year), birth_year_of(dossier, year, AGE_FACTS[0])
    common = known_category(dossier) is None and dossier.get("contrat") != "OJI"
    details = {**year.details(), "age": None, "tranche": None, "naissance": birth, "commune": common}
    reasons = (Reason("age_millesime", True, article_msp("58")), Reason("age_adhesion", True, article_msp("59")))
    warnings = ("age_annee_adhesion",)
    if age is not None and birth is None:
        return _age_said(name, dossier, year, age, reasons)
    if age is None or birth is None:
        return Draft("granted", "regle", reasons, (), {}, (), warnings, details).decision(name, dossier)
    band = _band(dossier, year, age)
    details |= {"age": age.number, "tranche": None if band is None else band.band}
    dates = {}
    if band is not None and band.age_max is not None:
        dates["tranche_suivante"] = first_day_of_year_reaching(band.age_max + 1, birth)
    amounts = (Amount("age", Decimal(age.number), "age"),)
    case = "tranche" if dates else "derniere_tranche" if band is not None else "calcul"
    return Draft("granted", case, reasons, amounts, dates, (), warnings, details).decision(name, dossier)


def _age_said(name: str, dossier: Dossier, year: Year, age: Age, reasons: tuple[Reason, ...]) -> Decision:
    """Return the band of an age said to be reached in the year."""
    band = _band(dossier, year, age)
    common = known_category(dossier) is None and dossier.get("contrat") != "OJI"
    details = {**year.details(), "age": age.number, "tranche": None if band is None else band.band, "commune": common}
    amounts = (Amount("age", Decimal(age.number), "age"),)
    case = "age_dit" if band is None else "age_dit_tranche"
    return Draft("granted", case, reasons, amounts, {}, (), ("age_annee_adhesion",), details).decision(name, dossier)


def _band(dossier: Dossier, year: Year, age: Age) -> Price | None:
    """Return a price of the member's category at an age: every formule of a category has the same bands.

    At the ages at which actifs and associés have the same bands, an unknown category has those.
    """
    category = "jeune" if dossier.get("contrat") == "OJI" else known_category(dossier)
    common = figure("tranches_communes_age_min", dossier) <= age.number < figure("tranches_communes_age", dossier)
    if category is None and common:
        category = "actif"
    if category in ("associe", "conjoint", "jeune", "orphelin", "actif", "retraite"):
        return year.tariff.price(category, "Initiale", "", age.number)
    return None


@rule(
    "assiette_cotisation",
    title="Sur quels revenus ma cotisation est-elle calculée ?",
    references=(article_msp("59-1"), article_msp("59-2"), article_msp("59-3"), article_msp("59-4"), ANNEXE_2),
    facts=("contrat", "qualite", "prevoyance", "prevoyance_renforcee", "revenu_en_question"),
)
@told_unless_refused
def assiette_cotisation(dossier: Dossier) -> Decision | NotApplicable:
    """Return what the contribution is a percentage of, or that it is a flat yearly price.

    Sources: article 59 (actifs: base brute fiscale of all employers; retraités: own gross pensions; others: flat).

    Raises:
        FactNeeded: for the category.
    """
    name = "assiette_cotisation"
    not_collective(dossier)
    category = "jeune" if dossier.get("contrat") == "OJI" else known_category(dossier)
    asked = dossier.get("revenu_en_question")
    if asked is not None and category in (None, "actif", "retraite"):
        return _income_asked(name, dossier, asked, category)
    if category is None:
        category = ask(dossier, "qualite", ("actif", "retraite", *FLAT, "conjoint"))
    if category == "enfant":
        reasons: tuple[Reason, ...] = (Reason("assiette_forfait", True, article_msp("61-2")),)
        return Draft("granted", "forfait", reasons).decision(name, dossier)
    case = category if category in ("actif", "retraite") else "forfait"
    reasons = (
        Reason(f"assiette_{case}", True, article_msp(PARAGRAPH[category])),
        Reason("tarif_annexe", True, ANNEXE_2),
    )
    return Draft("granted", case, reasons).decision(name, dossier)


COUNTED = {"primes": ("actif",), "autre_emploi": ("actif",), "complementaire": ("retraite",)}


def _income_asked(name: str, dossier: Dossier, asked: str, category: str | None) -> Decision:
    """Return whether one kind of income counts (articles 59-1 and 59-2): what the articles name, and nothing else."""
    categories = COUNTED.get(asked, ())
    counts = bool(categories) and category in (None, *categories)
    article = article_msp("59-2" if category == "retraite" or "retraite" in categories else "59-1")
    reasons = (Reason("assiette_retraite" if article == article_msp("59-2") else "assiette_actif", counts, article),)
    case = f"{asked}_{'compte' if counts else 'hors'}"
    return Draft("granted" if counts else "denied", case, reasons).decision(name, dossier)


@rule(
    "cotisation_pension_reversion",
    title="Ma pension de réversion compte-t-elle dans ma cotisation ?",
    references=(article_msp("59-2"),),
    facts=("contrat", "qualite"),
)
@told_unless_refused
def cotisation_pension_reversion(dossier: Dossier) -> Decision | NotApplicable:
    """Return that a retraité pays nothing on a survivor's pension, only on personal pensions.

    Sources: article 59-2.
    """
    name = "cotisation_pension_reversion"
    not_collective(dossier)
    if dossier.get("qualite") not in (None, "retraite"):
        return NotApplicable(name, "reversion_retraites_seulement", (article_msp("59-2"),), dict(dossier.used))
    article = article_msp("59-2")
    reasons = (Reason("reversion_exclue", False, article), Reason("assiette_retraite", True, article))
    return Draft("denied", "reversion", reasons).decision(name, dossier)
