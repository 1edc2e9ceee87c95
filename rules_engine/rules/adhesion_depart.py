"""Leaving: when a resignation takes effect, and how it is made: règlement MGEN Santé Prévoyance articles 3 and 8."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from rules_engine.dates import (
    MONTHS_OF_A_YEAR,
    add_months_clamped,
    add_years_clamped,
    first_of_next_month_after,
    january_1_after,
)
from rules_engine.dates_adhesion import first_last_day_from, first_of_nth_month_after, last_day_for_yearly_term
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.adhesion_categorie import changement_categorie, leaves_mgen
from rules_engine.rules.adhesion_commun import (
    PHONE,
    Answer,
    Draft,
    article_msp,
    asked_on,
    collective,
    figure,
    individual_only,
    period,
    presume_individual,
    received_on,
    silent,
)
from rules_engine.rules.adhesion_couplage import resilier_prevoyance_garder_sante
from rules_engine.rules.adhesion_famille import fin_couverture_ayant_droit

DEPENDANTS = ("conjoint", "enfant")
COMPULSORY = "contrat_obligatoire"
# What "couverture_remplacante" says of a compulsory cover.
IMPOSED = "obligatoire"


@rule(
    "demission",
    title="Quand ma démission de la mutuelle prend-elle effet ?",
    references=(article_msp("3-1"), article_msp("3-2"), article_msp("3-3"), article_msp("8")),
    facts=(
        "contrat",
        "formule",
        "qualite",
        "prevoyance",
        "motif_demission",
        "couverture_remplacante",
        "couverture_choisie",
        "prevoyance_arretee",
        "date_adhesion",
        "annee_adhesion",
        "mois_adhesion",
        "date_demande",
        "date_reception_demande",
        "date_depart_souhaitee",
        "frais_depart_demandes",
        "attente_un_an_demandee",
        "question_trop_tard",
        "question_reconduction",
        "moyen_demission",
        "demandeur_retrait",
        "nouvelle_situation",
        "ancien_de_mgen",
        "date_evenement",
    ),
)
def demission(dossier: Dossier) -> Decision | NotApplicable:
    """Return the day a resignation takes effect (MSP article 3).

    At the yearly term (asked two months before 31 December), a month after its receipt once a year old
    (health), on the first of the 4th month (prévoyance alone), of the next month (compulsory group contract).

    Raises:
        FactNeeded: for how long the member has belonged, when a day must be computed and it decides.
    """
    name = "demission"
    motive = _motive(dossier)
    if leaves_mgen(dossier):
        return changement_categorie(dossier)
    if dossier.get("prevoyance_arretee") and dossier.get("couverture_choisie") != "prevoyance_seule":
        return resilier_prevoyance_garder_sante(dossier)
    if dossier.get("moyen_demission") == "nouvel_assureur" and received_on(dossier) is None:
        return forme_demission(dossier)
    if dossier.get("demandeur_retrait") and motive is None:
        return fin_couverture_ayant_droit(dossier)
    if motive != COMPULSORY and collective(dossier):
        return silent(name, dossier)
    if motive != COMPULSORY:
        presume_individual(dossier)
    if dossier.get("qualite") in DEPENDANTS:
        reasons = (fails("seul_adherent", article_msp("3-1")),)
        return Draft("denied", "beneficiaire", reasons, contacts=PHONE).decision(name, dossier)
    if motive == COMPULSORY:
        draft = _compulsory(dossier)
    elif motive == "echeance":
        draft = _yearly(dossier)
    elif dossier.get("question_reconduction") and received_on(dossier) is None:
        draft = _renewed(dossier)
    elif _prevoyance_only(dossier):
        draft = _prevoyance_alone(dossier)
    else:
        draft = _within_year(dossier)
    if draft.case.startswith("prevoyance_seule") and dossier.get("attente_un_an_demandee"):
        draft = replace(draft, case="prevoyance_sans_attente")
    if dossier.get("frais_depart_demandes") and draft.outcome == "granted":
        draft = replace(draft, case="sans_frais")
    return draft.decision(name, dossier)


def _prevoyance_only(dossier: Dossier) -> bool:
    """Return whether the offer left holds prévoyance alone: as said, or presumed when no health formule is told."""
    cover = dossier.get("couverture_choisie")
    if cover is not None:
        return bool(cover == "prevoyance_seule")
    if dossier.get("formule") is not None or dossier.get("prevoyance") in (None, "aucune"):
        return False
    return bool(dossier.presume("couverture_choisie", "prevoyance_seule") == "prevoyance_seule")


def _motive(dossier: Dossier) -> str | None:
    """Return when or why the member leaves: a compulsory cover elsewhere counts before the day wished.

    The 1 January of the joining date says nothing of the departure.
    """
    said, wished = dossier.get("motif_demission"), dossier.get("date_depart_souhaitee")
    if dossier.get("couverture_remplacante") == IMPOSED:
        return COMPULSORY
    if said == "echeance" and wished is None and _motive_of(dossier.get("date_adhesion")) == said:
        return None
    return said or _motive_of(wished)


def _motive_of(wished: date | None) -> str | None:
    """Return "echeance" when the departure wished is that of the yearly term."""
    return "echeance" if wished is not None and (wished.month, wished.day) in ((1, 1), (12, 31)) else None


def _ways() -> Reason:
    return holds("formes", article_msp("3-3"))


def _compulsory(dossier: Dossier) -> Draft:
    reasons = (holds("contrat_groupe_obligatoire", article_msp("3-2")), _ways())
    received = received_on(dossier)
    if received is None:
        waits = "contrat_obligatoire_sans_attente" if dossier.get("attente_un_an_demandee") else "contrat_obligatoire"
        return Draft("granted", waits, reasons)
    dates = {"effect": first_of_next_month_after(received)}
    return Draft("granted", "contrat_obligatoire_date", reasons, dates=dates)


def _prevoyance_alone(dossier: Dossier) -> Draft:
    months = figure("demission_prevoyance_mois", dossier)
    reasons = (
        holds("prevoyance_seule", article_msp("3-2")),
        _ways(),
        fails("prestations_arretees", article_msp("8")),
    )
    received = received_on(dossier)
    if received is None:
        return Draft("granted", "prevoyance_seule", reasons)
    return Draft(
        "granted",
        "prevoyance_seule_date",
        reasons,
        dates={"effect": first_of_nth_month_after(received, months)},
    )


def _yearly(dossier: Dossier) -> Draft:
    """Decide for the yearly term: the request stands at least two months before 31 December."""
    months = figure("demission_preavis_annuel", dossier)
    amounts = (period("notice", "demission_preavis_annuel", "months", dossier),)
    reasons = (
        holds("echeance_annuelle", article_msp("3-1")),
        holds("reconduction", article_msp("3-1")),
        _ways(),
    )
    asked, wished = asked_on(dossier), dossier.get("date_depart_souhaitee")
    if asked is None:
        last = first_last_day_from(dossier.on, months)
        if wished is not None:
            last = last_day_for_yearly_term(_year_ended_by(wished), months)
        dates = {"deadline": last, "effect": january_1_after(last)}
        if last < dossier.on:
            return Draft("granted", "echeance_limite_passee", reasons, amounts, dates)
        return Draft("granted", "echeance", reasons, amounts, dates)
    year = asked.year if wished is None else _year_ended_by(wished)
    deadline = last_day_for_yearly_term(year, months)
    dates = {"deadline": deadline, "effect": january_1_after(deadline)}
    if asked <= deadline:
        doubt = dossier.get("date_reception_demande")
        warnings = ("recue_apres_la_limite",) if doubt is not None and doubt > deadline else ()
        return Draft("granted", "echeance_date", reasons, amounts, dates, warnings=warnings)
    return _too_late(dossier, reasons, amounts, dates)


def _renewed(dossier: Dossier) -> Draft:
    """Say that no request in time renews the year, and that a health offer is left all the same once a year old."""
    amounts = (period("notice", "demission_preavis_annuel", "months", dossier),)
    reasons: tuple[Reason, ...] = (
        holds("echeance_annuelle", article_msp("3-1")),
        holds("reconduction", article_msp("3-1")),
        _ways(),
    )
    if dossier.get("couverture_choisie") != "prevoyance_seule":
        reasons = (*reasons, holds("sante_apres_un_an", article_msp("3-2")))
    return Draft("granted", "reconduite", reasons, amounts)


def _year_ended_by(wished: date) -> int:
    """Return the year whose 31 December ends the cover (departure on 1 January: the year before)."""
    return wished.year - 1 if (wished.month, wished.day) == (1, 1) else wished.year


def _too_late(
    dossier: Dossier, reasons: tuple[Reason, ...], amounts: tuple[Amount, ...], dates: dict[str, date]
) -> Draft:
    """Decide for a request after the last day: renewed, unless health is left once a year old."""
    received = received_on(dossier)
    reasons = (fails("trop_tard_echeance", article_msp("3-1")), *reasons[1:])
    old_enough = _a_year_old(dossier, received)
    health = dossier.get("couverture_choisie") != "prevoyance_seule"
    if health and old_enough and received is not None:
        within = holds("sante_apres_un_an", article_msp("3-2"))
        dates = {**dates, "other_effect": add_months_clamped(received, figure("demission_effet", dossier))}
        return Draft("denied", "echeance_trop_tard_un_an", (*reasons, within), amounts, dates)
    asked_so = dossier.get("question_trop_tard")
    return Draft("denied", "echeance_trop_tard_oui" if asked_so else "echeance_trop_tard", reasons, amounts, dates)


def _a_year_old(dossier: Dossier, day: date | None) -> bool | None:
    """Return whether the adhesion is a year old on a day (anniversary included); None when unknown."""
    joined: date | None = _joined(dossier)
    year = dossier.get("annee_adhesion")
    if joined is None and year is not None and day is not None and year < day.year - 1:
        return True
    if joined is not None and day is not None:
        return day >= add_years_clamped(joined, figure("demission_anciennete", dossier))
    months: int | None = dossier.get("mois_adhesion")
    return None if months is None else months >= MONTHS_OF_A_YEAR * figure("demission_anciennete", dossier)


def _joined(dossier: Dossier) -> date | None:
    """Return the day of joining; nobody asks to leave before, so a later one is that of something else."""
    joined: date | None = dossier.get("date_adhesion")
    day, year = received_on(dossier), dossier.get("annee_adhesion")
    if joined is not None and year is not None and year != joined.year:
        return None  # told another way since
    return None if joined is None or (day is not None and joined > day) else joined


def _within_year(dossier: Dossier) -> Draft:
    """Decide for a resignation within the year: health, once a year old, a month after its receipt."""
    amounts = (
        period("age", "demission_anciennete", "years", dossier),
        period("delay", "demission_effet", "months", dossier),
    )
    reasons = (
        holds("sante_apres_un_an", article_msp("3-2")),
        _ways(),
        holds("cotisation_rendue", article_msp("8")),
        fails("prestations_arretees", article_msp("8")),
    )
    received = received_on(dossier)
    old_enough = _a_year_old(dossier, received or dossier.on)
    if old_enough is None and received is None:
        return Draft("granted", "general", reasons, amounts, conditions=("adhesion_un_an",))
    if old_enough is None:
        old_enough = dossier.read("mois_adhesion") >= MONTHS_OF_A_YEAR * figure("demission_anciennete", dossier)
    if not old_enough:
        return _first_year(dossier, received, amounts)
    if received is None:
        return Draft("granted", "cours_annee", reasons, amounts)
    dates = {"effect": add_months_clamped(received, figure("demission_effet", dossier))}
    joined = _joined(dossier)
    doubt = joined is not None and received == add_years_clamped(joined, figure("demission_anciennete", dossier))
    return Draft(
        "granted",
        "cours_annee_date",
        reasons,
        amounts,
        dates,
        warnings=("jour_anniversaire",) if doubt else (),
    )


def _first_year(dossier: Dossier, received: date | None, amounts: tuple[Amount, ...]) -> Draft:
    """Decide in the first year: the yearly term when in time, else a new request from the anniversary."""
    reasons = (
        fails("moins_d_un_an", article_msp("3-2")),
        holds("echeance_annuelle", article_msp("3-1")),
        _ways(),
    )
    dates: dict[str, date] = {}
    joined = _joined(dossier)
    if joined is not None:
        dates["anniversary"] = add_years_clamped(joined, figure("demission_anciennete", dossier))
    if received is None:
        return Draft("partial", "premiere_annee", reasons, amounts, dates)
    deadline = last_day_for_yearly_term(received.year, figure("demission_preavis_annuel", dossier))
    if received <= deadline:
        return Draft(
            "partial",
            "premiere_annee_echeance",
            reasons,
            amounts,
            {**dates, "effect": january_1_after(received)},
        )
    return Draft("denied", "premiere_annee_trop_tard", reasons, amounts, {**dates, "deadline": deadline})


@rule(
    "forme_demission",
    title="Comment envoyer ma démission : lettre, recommandé, mail, section ?",
    references=(article_msp("3-3"), article_msp("3-2")),
    facts=("contrat", "formule", "moyen_demission"),
)
@individual_only
def forme_demission(dossier: Dossier) -> Answer:
    """Return in which forms a resignation may be made, at the member's choice (MSP article 3-3)."""
    presume_individual(dossier)
    way = dossier.get("moyen_demission")
    listed = holds("formes", article_msp("3-3"))
    if way == "telephone":
        reasons = (fails("telephone_non_nomme", article_msp("3-3")), listed)
        return Draft("depends", "telephone", reasons, contacts=PHONE)
    if way == "nouvel_assureur":
        reasons = (holds("nouvel_assureur", article_msp("3-2")), listed)
        return Draft("granted", "nouvel_assureur", reasons, conditions=("sante_un_an",))
    return Draft("granted", way or "au_choix", (listed,))
