"""After the member's death: what happens to spouse and children, and the orphan who joins.

Règlement MGEN Santé Prévoyance articles 3-4, 22-I-3, 22-I-5 and 24.
"""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_months_clamped, age_by_birthday, end_of_year
from rules_engine.decision import Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.adhesion_commun import (
    PHONE,
    Answer,
    Draft,
    article_msp,
    article_statuts,
    asked_on,
    figure,
    individual_only,
    period,
    presume_individual,
)
from rules_engine.rules.adhesion_famille import birth_year, child_cover, recognised

TWO_ENDS = ("fin_imprimee_deux_fois",)


@rule(
    "deces_membre_participant",
    title="L'adhérent est décédé : que devient la couverture du conjoint et des enfants ?",
    references=(article_msp("3-4"), article_msp("22")),
    facts=(
        "contrat",
        "formule",
        "qualite",
        "survivant",
        "date_deces_adherent",
        "date_naissance_enfant",
        "date_anniversaire_enfant",
        "enfant_annee_naissance",
        "millesime_enfant",
        "age",
        "age_enfant",
        "enfant_charge_age_1",
        "enfant_charge_age_2",
        "date_demande",
        "date_reception_demande",
    ),
)
@individual_only
def deces_membre_participant(dossier: Dossier) -> Answer:
    """Return how long the cover of a dead member's family goes on (MSP article 3-4).

    Three months for an adult, who may join in that time; until 31 December of the year of 18 for a minor.
    """
    presume_individual(dossier)
    survivor = _survivor(dossier)
    if survivor == "enfant_mineur":
        return _minor(dossier)
    if survivor is None:
        return _family(dossier)
    return _adult(dossier, survivor)


def _survivor(dossier: Dossier) -> str | None:
    """Return who is left behind: as said, else a child by its age (a minor on the day of the death)."""
    said: str | None = dossier.get("survivant")
    ages = (dossier.get("enfant_charge_age_1"), dossier.get("age_enfant"), dossier.get("age"))
    adult = figure("majorite_age", dossier)
    birth: date | None = dossier.get("date_naissance_enfant")
    death: date = dossier.get("date_deces_adherent") or dossier.on
    if said == "conjoint":
        return None if ages[0] is not None or ages[1] is not None else said  # the children are spoken of too
    if birth is not None and dossier.get("date_deces_adherent") is None and death.year - birth.year <= adult:
        return "enfant_mineur"  # at some day of the year, still a minor
    if birth is not None and birth < death:
        return "enfant_mineur" if age_by_birthday(birth, death) < adult else "enfant_majeur"
    year = birth_year(dossier)
    if said is None and year is not None:
        return "enfant_mineur" if death.year - year < adult else "enfant_majeur"
    age = next((age for age in ages if age is not None), None)
    if said is None and age is not None and age <= figure("enfant_beneficiaire_age", dossier):
        return "enfant_mineur" if age < adult else "enfant_majeur"
    return said


def _deadline(dossier: Dossier) -> dict[str, date]:
    death: date | None = dossier.get("date_deces_adherent")
    if death is None:
        return {}
    return {"deadline": add_months_clamped(death, figure("deces_adherent_delai_adhesion", dossier))}


def _adult(dossier: Dossier, survivor: str) -> Draft:
    amounts = (period("delay", "deces_adherent_delai_adhesion", "months", dossier),)
    category = "qualite_orphelin" if survivor == "enfant_majeur" else "qualite_associe"
    reasons = (
        holds("maintien_trois_mois", article_msp("3-4")),
        holds("adhesion_possible", article_msp("3-4")),
        holds(category, article_msp("22")),
        fails("sinon_fin", article_msp("3-4")),
    )
    dates, asked = _deadline(dossier), asked_on(dossier)
    if not dates:
        return Draft("granted", survivor, reasons, amounts, warnings=TWO_ENDS)
    if asked is not None and asked > dates["deadline"]:
        late = (fails("trop_tard", article_msp("3-4")),)
        return Draft("denied", "trop_tard", late, amounts, dates, warnings=TWO_ENDS, contacts=PHONE)
    if asked is None and dossier.on > dates["deadline"]:
        return Draft("denied", "delai_passe", reasons, amounts, dates, warnings=TWO_ENDS, contacts=PHONE)
    return Draft("granted", f"{survivor}_date", reasons, amounts, dates, warnings=TWO_ENDS)


def _minor(dossier: Dossier) -> Draft:
    adult = figure("majorite_age", dossier)
    amounts = (period("adult_age", "majorite_age", "age", dossier),)
    reasons = (holds("enfant_maintenu", article_msp("3-4"), age=adult),)
    conditions: tuple[str, ...] = ("sauf_avis_representant",)
    year = birth_year(dossier)
    if year is not None and year + adult <= dossier.on.year and dossier.get("date_deces_adherent") is None:
        conditions = ("mineur_au_deces", *conditions)
    said = dossier.get("age")
    age: int | None = dossier.get("age_enfant") if said is None else said
    if year is None and age is not None and age < adult and dossier.get("enfant_charge_age_2") is None:
        dates = {"end": end_of_year(dossier.on.year - age + adult)}
        dates["sooner"] = end_of_year(dossier.on.year - age - 1 + adult)
        return Draft("granted", "enfant_mineur_age", reasons, amounts, dates, conditions)
    if year is None:
        return Draft("granted", "enfant_mineur", reasons, amounts, conditions=conditions)
    return Draft("granted", "enfant_mineur_date", reasons, amounts, {"end": end_of_year(year + adult)}, conditions)


def _family(dossier: Dossier) -> Draft:
    amounts = (
        period("delay", "deces_adherent_delai_adhesion", "months", dossier),
        period("adult_age", "majorite_age", "age", dossier),
    )
    reasons = (
        holds("maintien_trois_mois", article_msp("3-4")),
        holds("adhesion_possible", article_msp("3-4")),
        holds("enfant_maintenu", article_msp("3-4")),
        fails("sinon_fin", article_msp("3-4")),
    )
    dates = _deadline(dossier)
    case = "famille_date" if dates else "famille"
    return Draft("granted", case, reasons, amounts, dates, ("sauf_avis_representant",), TWO_ENDS)


@rule(
    "orphelin",
    title="L'orphelin d'un adhérent peut-il adhérer, et jusqu'à quand ?",
    references=(article_msp("22"), article_msp("24"), article_msp("3-4"), article_statuts("8")),
    facts=(
        "contrat",
        "formule",
        "enfant_beneficiaire_au_deces",
        "date_naissance_enfant",
        "date_anniversaire_enfant",
        "enfant_annee_naissance",
        "millesime_enfant",
        "age",
        "handicap",
        "handicap_mdph",
        "reconnaissance_handicap_enfant",
    ),
)
@individual_only
def orphelin(dossier: Dossier) -> Answer:
    """Return whether an orphan may join as membre participant orphelin, with which offer and until when.

    Sources: MSP article 22-I-3 (covered as a child at the death, 16 and over, ÔJI from 18, end of the
    year of 29, MDPH beyond), article 24 (formules), article 3-4 (cover of a minor goes on).

    Raises:
        FactNeeded: for the year of birth, or the disability beyond 29.
    """
    if dossier.get("enfant_beneficiaire_au_deces") is False:
        reasons = (fails("couvert_au_deces", article_msp("22")),)
        return Draft("denied", "non_couvert", reasons, contacts=PHONE)
    conditions = () if dossier.get("enfant_beneficiaire_au_deces") else ("couvert_au_deces",)
    return _orphan(dossier, conditions)


def _orphan(dossier: Dossier, conditions: tuple[str, ...]) -> Draft:
    article = article_msp("22")
    last = figure("orphelin_age_fin", dossier)
    amounts = (period("last_age", "orphelin_age_fin", "age", dossier),)
    covered = holds("couvert_au_deces", article)
    known = recognised(dossier)
    if known:
        return Draft("granted", "handicap", (covered, holds("handicap_mdph", article)), amounts, conditions=conditions)
    over, end = child_cover(dossier, last)
    dates = {"end": end} if end else {}
    if over and known is None and dossier.get("handicap") is not False and dossier.read("handicap_mdph"):
        reasons: tuple[Reason, ...] = (
            covered,
            holds("handicap_mdph", article),
            holds("formules_msp", article_msp("24")),
        )
        return Draft("granted", "handicap", reasons, amounts, conditions=conditions)
    if over:
        case = "trop_age_date" if end else "trop_age"
        return Draft("denied", case, (fails("fin_annee_29_ans", article),), amounts, dates, contacts=PHONE)
    age, warnings = _age(dossier)
    if age < figure("adhesion_mineur_age", dossier):
        reasons = (holds("enfant_maintenu", article_msp("3-4")), fails("avant_16_ans", article_statuts("8")))
        least = (period("least_age", "adhesion_mineur_age", "age", dossier),)
        return Draft("denied", "avant_16_ans", reasons, least, warnings=warnings)
    adult = age >= figure("majorite_age", dossier)
    reasons = (
        covered,
        holds("offre_oji" if adult else "formules_msp", article_msp("24")),
        holds("fin_annee_29_ans", article),
    )
    case = ("oji" if adult else "mineur") + ("_date" if end else "")
    return Draft("granted", case, reasons, amounts, dates, conditions, warnings)


def _age(dossier: Dossier) -> tuple[int, tuple[str, ...]]:
    """Return the orphan's age, and a warning when the year of birth alone leaves a threshold open.

    Raises:
        FactNeeded: for the year of birth, when no age is known either.
    """
    birth: date | None = dossier.get("date_naissance_enfant")
    if birth is not None:
        return age_by_birthday(birth, dossier.on), ()
    age: int | None = dossier.get("age")
    if age is not None:
        return age, ()
    age = int(dossier.on.year - dossier.read("enfant_annee_naissance"))
    thresholds = (figure("adhesion_mineur_age", dossier), figure("majorite_age", dossier))
    return age, ("date_naissance_a_verifier",) if age in thresholds else ()
