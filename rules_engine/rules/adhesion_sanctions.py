"""Unpaid contributions, false declarations, exclusion: règlement MSP articles 5 to 7, 9, 10-2."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import (
    add_months_clamped,
    add_years_clamped,
    end_of_year,
    first_of_next_month_after,
    last_day_within_days,
)
from rules_engine.decision import Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.adhesion_commun import (
    PHONE,
    Answer,
    Draft,
    article_msp,
    article_statuts,
    figure,
    individual_only,
    period,
    presume_individual,
)

# A day of which the year is left out is of the half-year to come.
MONTHS_TOLD_WITHOUT_YEAR = 6


@rule(
    "cotisations_impayees",
    title="Je n'ai pas payé ma cotisation : quand suis-je suspendu puis résilié ?",
    references=(article_msp("5-1"), article_msp("5-2"), article_msp("9"), article_statuts("53")),
    facts=(
        "contrat",
        "formule",
        "qualite",
        "date_mise_en_demeure",
        "date_echeance_cotisation",
        "date_suspension",
        "date_paiement",
        "cotisation_fractionnee",
        "adhesion_resiliee",
        "duree_suspension_demandee",
    ),
)
@individual_only
def cotisations_impayees(dossier: Dossier) -> Answer:
    """Return the calendar of an unpaid contribution: grace, suspension, termination (MSP article 5).

    10 days after the due date, 30 days after the formal notice, 10 more days.
    """
    presume_individual(dossier)
    if dossier.get("adhesion_resiliee"):
        reasons = (holds("reintegration_accord", article_msp("5-2")),)
        return Draft("depends", "reintegration", reasons, contacts=PHONE)
    return _calendar(dossier)


def _paid_after(dossier: Dossier, notice: date | None) -> date | None:
    """Return the day of a payment asked about after a formal notice; told without its year, the next one.

    A day that even so is not of the months after the notice is another one's ("pas payé depuis deux mois").
    """
    paid: date | None = dossier.get("date_paiement")
    if notice is None or paid is None:
        return None
    if paid >= notice:
        return paid
    following = add_years_clamped(paid, 1)
    return following if following <= add_months_clamped(notice, MONTHS_TOLD_WITHOUT_YEAR) else None


@rule(
    "duree_suspension",
    title="Mes garanties sont suspendues pour impayé : jusqu'à quand ?",
    references=(article_msp("5-1"), article_msp("5-2")),
    facts=("contrat", "formule", "date_mise_en_demeure", "date_suspension", "cotisation_fractionnee"),
)
@individual_only
def duree_suspension(dossier: Dossier) -> Answer:
    """Return until when a suspension lasts: the end of the year when the contribution is paid in parts (article 5)."""
    presume_individual(dossier)
    start, notice = dossier.get("date_suspension"), dossier.get("date_mise_en_demeure")
    if start is None and notice is not None:
        start = last_day_within_days(notice, figure("impaye_suspension", dossier))
    dates = {} if start is None else {"suspension_end": end_of_year(start.year)}
    case = "fractionnee" if dossier.get("cotisation_fractionnee") else "inconnue"
    reasons = (fails("suspension_annee", article_msp("5-1")), fails("resiliation_ensuite", article_msp("5-2")))
    amounts = (period("termination_delay", "impaye_resiliation", "days", dossier),)
    return Draft("depends", case, reasons, amounts, dates, contacts=PHONE)


def _calendar(dossier: Dossier) -> Draft:
    notice: date | None = dossier.get("date_mise_en_demeure")
    due: date | None = dossier.get("date_echeance_cotisation")
    dates: dict[str, date] = {}
    if due is not None:
        dates["grace_end"] = last_day_within_days(due, figure("impaye_echeance", dossier))
    if notice is not None:
        dates["suspension"] = last_day_within_days(notice, figure("impaye_suspension", dossier))
        dates["termination"] = last_day_within_days(dates["suspension"], figure("impaye_resiliation", dossier))
    amounts = (
        period("grace", "impaye_echeance", "days", dossier),
        period("suspension_delay", "impaye_suspension", "days", dossier),
        period("termination_delay", "impaye_resiliation", "days", dossier),
    )
    reasons = [
        fails("suspension_apres_mise_en_demeure", article_msp("5-1")),
        fails("resiliation_ensuite", article_msp("5-2")),
        fails("a_jour_pour_prestations", article_msp("9")),
        holds("engagement_paiement", article_statuts("53")),
    ]
    if dossier.get("cotisation_fractionnee"):
        reasons.insert(1, fails("suspension_annee", article_msp("5-1")))
    lasting = dossier.get("duree_suspension_demandee")
    if "suspension" in dates and (lasting or dossier.get("cotisation_fractionnee")):
        dates["suspension_end"] = end_of_year(dates["suspension"].year)
    began = dossier.get("date_suspension")
    if began is not None and lasting:
        dates["suspension_end"] = end_of_year(began.year)
    if lasting:
        case = "duree_fractionnee" if dossier.get("cotisation_fractionnee") else "duree"
        return Draft("depends", case, tuple(reasons), amounts, dates, contacts=PHONE)
    paid = _paid_after(dossier, notice)
    if paid is not None:
        case = "paiement_trop_tard" if paid >= dates["termination"] else "paiement_avant_resiliation"
        case = "paiement_avant_suspension" if paid <= dates["suspension"] else case
        return Draft("depends", case, tuple(reasons), amounts, {**dates, "payment": paid}, contacts=PHONE)
    case = "calendrier" if notice else "avant_mise_en_demeure" if due else "general"
    return Draft("depends", case, tuple(reasons), amounts, dates, warnings=("faculte_ou_automatique",), contacts=PHONE)


@rule(
    "fausse_declaration",
    title="Que risque-t-on après une fausse déclaration ou un oubli dans le dossier ?",
    references=(article_msp("6"),),
    facts=("contrat", "formule", "declaration_intentionnelle"),
)
@individual_only
def fausse_declaration(dossier: Dossier) -> Answer:
    """Return what a false or withheld declaration costs: nullity when it was intentional (MSP article 6).

    Raises:
        FactNeeded: for whether it was intentional.
    """
    presume_individual(dossier)
    if not dossier.read("declaration_intentionnelle"):
        reasons: tuple[Reason, ...] = (holds("intention_exigee", article_msp("6")),)
        return Draft("depends", "non_intentionnelle", reasons, contacts=PHONE)
    reasons = (
        fails("garantie_nulle", article_msp("6")),
        fails("sans_lien_avec_sinistre", article_msp("6")),
        fails("cotisations_acquises", article_msp("6")),
    )
    return Draft("depends", "intentionnelle", reasons, conditions=("risque_modifie",), contacts=PHONE)


@rule(
    "cotisations_apres_nullite",
    title="Que deviennent les cotisations quand la garantie est nulle pour fausse déclaration ?",
    references=(article_msp("6"),),
    facts=("contrat", "formule", "sort_cotisations"),
)
@individual_only
def cotisations_apres_nullite(dossier: Dossier) -> Answer:
    """Return that contributions paid stay the mutual's, and those fallen due stay owed (MSP article 6)."""
    presume_individual(dossier)
    asked = dossier.get("sort_cotisations") or "general"
    reasons = (fails("cotisations_acquises", article_msp("6")),)
    return Draft("granted" if asked == "dues" else "denied", asked, reasons)


@rule(
    "decheance",
    title="Dans quel cas et comment est-on déchu de ses droits, et à partir de quand ?",
    references=(article_msp("7"), article_msp("8"), article_msp("10-2")),
    facts=("contrat", "formule", "date_notification_decheance", "retour_apres_decheance", "convocation_manquee"),
)
@individual_only
def decheance(dossier: Dossier) -> Answer:
    """Return how exclusion for harm to the mutual is decided and from when (MSP articles 7, 8 and 10-2).

    It takes effect on the first of the month after its notification is received.
    """
    presume_individual(dossier)
    reasons = (
        fails("prejudice_volontaire", article_msp("7")),
        holds("audition", article_msp("7")),
        fails("perte_qualite", article_msp("8")),
        fails("plus_jamais_admis", article_msp("7")),
        fails("privation_prestations", article_msp("10-2")),
    )
    if dossier.get("retour_apres_decheance"):
        never = (fails("plus_jamais_admis", article_msp("7")),)
        return Draft("denied", "retour", never)
    notified = dossier.get("date_notification_decheance")
    if notified is None and dossier.get("convocation_manquee"):
        return Draft("denied", "convocation", (holds("audition", article_msp("7")),), contacts=PHONE)
    if notified is None:
        return Draft("depends", "general", reasons, contacts=PHONE)
    dates = {"effect": first_of_next_month_after(notified)}
    return Draft("denied", "date", reasons, dates=dates, contacts=PHONE)
