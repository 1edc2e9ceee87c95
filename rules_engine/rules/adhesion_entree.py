"""Joining: who, alone or not, on what day, and what to do after a refusal.

Statuts MGEN articles 7 to 9; règlement MGEN Santé Prévoyance articles 1, 2, 7, 22-I.
"""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_months_clamped, last_day_within_days
from rules_engine.dates_adhesion import first_of_nth_month_after
from rules_engine.decision import Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.adhesion_categorie import changement_categorie
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
    received_on,
)
from rules_engine.rules.adhesion_famille import qui_couvrir

KEEPING_POSITIONS = ("activite", "detachement", "mise_a_disposition", "portabilite")


@rule(
    "qui_peut_adherer",
    title="Puis-je adhérer à MGEN Santé Prévoyance, et en quelle qualité ?",
    references=(
        article_msp("1"),
        article_msp("22"),
        article_statuts("7"),
        article_statuts("8"),
        article_msp("7"),
    ),
    facts=(
        "dechu_mgen",
        "profil_candidat",
        "position_agent",
        "contrat_collectif_maintenu",
        "activite_du_champ",
        "origine_retraite",
        "date_evenement",
        "date_demande",
        "date_reception_demande",
        "question_repasser_actif",
        "lien_famille",
        "demande_rattachement",
        "conjoint_peut_adherer",
        "contrat",
        "formule",
        "regime_francais",
    ),
)
def qui_peut_adherer(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a candidate may join, and as actif, retraité or jeune; who asks to be actif again is a member.

    Sources: MSP articles 1 and 22-I (categories), statuts articles 7 and 8, MSP article 7.

    Raises:
        FactNeeded: for the candidate's profile, and what decides within it.
    """
    if dossier.get("dechu_mgen"):
        return Draft("denied", "dechu", (fails("dechu", article_msp("7")),)).decision("qui_peut_adherer", dossier)
    if dossier.get("question_repasser_actif"):
        return changement_categorie(dossier)
    if dossier.get("demande_rattachement") and dossier.get("lien_famille") == "conjoint":
        return qui_couvrir(dossier)
    if dossier.get("profil_candidat") is None and dossier.get("position_agent") is not None:
        dossier.presume("profil_candidat", "agent_public")
        return _civil_servant(dossier).decision("qui_peut_adherer", dossier)
    profile = dossier.read("profil_candidat")
    return _by_profile(dossier, profile).decision("qui_peut_adherer", dossier)


def _by_profile(dossier: Dossier, profile: str) -> Draft:
    if profile == "agent_public":
        return _civil_servant(dossier)
    if profile == "salarie_non_lucratif":
        return _non_profit(dossier)
    if profile == "retraite":
        return _retired(dossier)
    if profile == "ancien_personnel_mgen":
        return _former_staff(dossier)
    if profile in ("etudiant", "enfant_beneficiaire"):
        return _admitted("jeune", profile)
    if profile == "agent_hospitalier":
        reasons = (
            holds("hopital_statuts", article_statuts("7")),
            fails("hopital_reglement", article_msp("1")),
        )
        return Draft("depends", "hospitalier", reasons, contacts=PHONE)
    if profile == "conjoint_adherent":
        return Draft("denied", "conjoint", (holds("conjoint_beneficiaire", article_msp("22")),))
    if profile == "autre":
        reasons = (fails("hors_champ", article_msp("1")), holds("statuts_plus_larges", article_statuts("7")))
        return Draft("denied", "hors_champ", reasons, contacts=PHONE)
    return _admitted("actif", profile)


def _admitted(category: str, reason: str, conditions: tuple[str, ...] = ("regime_secu",)) -> Draft:
    reasons = (
        holds(reason, article_msp("22" if reason == "enfant_beneficiaire" else "1")),
        holds(f"qualite_{category}", article_msp("22")),
    )
    return Draft("granted", category, reasons, conditions=conditions)


def _civil_servant(dossier: Dossier) -> Draft:
    """Decide for an agent of the State, of a territorial body or of a public establishment, by position."""
    position = dossier.get("position_agent")
    if position is None:
        return _admitted("actif", "agent_public", ("regime_secu", "position_admise", "activite_principale"))
    if position in KEEPING_POSITIONS or dossier.read("contrat_collectif_maintenu"):
        return _admitted("actif", "agent_public", ("regime_secu", "activite_principale"))
    return Draft("denied", "position_non_admise", (fails("position_non_admise", article_msp("1")),), contacts=PHONE)


def _non_profit(dossier: Dossier) -> Draft:
    if dossier.read("activite_du_champ"):
        return _admitted("actif", "salarie_non_lucratif", ("regime_secu", "activite_principale"))
    reasons = (fails("activite_hors_champ", article_msp("1")), fails("secteurs", article_statuts("7")))
    return Draft("denied", "activite_hors_champ", reasons, contacts=PHONE)


def _retired(dossier: Dossier) -> Draft:
    origin = dossier.read("origine_retraite")
    if origin == "autre":
        return Draft("denied", "retraite_hors_champ", (fails("retraite_hors_champ", article_msp("1")),), contacts=PHONE)
    return _admitted("retraite", f"retraite_{origin}")


def _former_staff(dossier: Dossier) -> Draft:
    """Decide for former staff of the MGEN group (retirement, dismissal for invalidity): within 3 months."""
    reasons = (
        holds("ancien_personnel_mgen", article_msp("1"), months=figure("adhesion_personnel_delai", dossier)),
        holds("qualite_retraite", article_msp("22")),
    )
    amounts = (period("delay", "adhesion_personnel_delai", "months", dossier),)
    event, asked = dossier.get("date_evenement"), asked_on(dossier)
    if event is None:
        return Draft("granted", "personnel", reasons, amounts, conditions=("contrat_ues_mgen",))
    dates = {"deadline": add_months_clamped(event, figure("adhesion_personnel_delai", dossier))}
    if asked is not None and asked > dates["deadline"]:
        return Draft("denied", "personnel_trop_tard", reasons, amounts, dates, contacts=PHONE)
    return Draft("granted", "personnel_date", reasons, amounts, dates, ("contrat_ues_mgen",))


@rule(
    "adhesion_mineur",
    title="Un mineur peut-il adhérer sans ses parents ?",
    references=(article_statuts("8"),),
    facts=("age",),
)
def adhesion_mineur(dossier: Dossier) -> Decision:
    """Return whether a person joins without a legal representative, by age (statuts, article 8-1: over 16).

    Without an age, the rule itself answers: the text sets one age for everybody.
    """
    age = dossier.get("age")
    least, adult = figure("adhesion_mineur_age", dossier), figure("majorite_age", dossier)
    amounts = (period("least_age", "adhesion_mineur_age", "age", dossier),)
    if age is None:
        reasons = (holds("mineur_seul", article_statuts("8"), age=least),)
        draft = Draft("granted", "general", reasons, amounts, conditions=("demande_expresse",))
        return draft.decision("adhesion_mineur", dossier)
    if age >= adult:
        reasons = (holds("majeur", article_statuts("8")),)
        return Draft("granted", "majeur", reasons).decision("adhesion_mineur", dossier)
    if age >= least:
        reasons = (holds("mineur_seul", article_statuts("8"), age=least),)
        draft = Draft("granted", "mineur_seul", reasons, amounts, conditions=("demande_expresse",))
        return draft.decision("adhesion_mineur", dossier)
    reasons = (fails("mineur_trop_jeune", article_statuts("8"), age=least),)
    return Draft("denied", "mineur_trop_jeune", reasons, amounts).decision("adhesion_mineur", dossier)


@rule(
    "activite_principale",
    title="Mon emploi compte-t-il comme activité principale pour adhérer ?",
    references=(article_statuts("8"),),
    facts=(
        "quotite_activite",
        "activite_unique",
        "mi_temps",
        "question_repasser_actif",
        "nouvelle_situation",
        "qualite",
    ),
)
def activite_principale(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether an activity is the main one: the only one, or half the normal hours (statuts, 8-1).

    Raises:
        FactNeeded: for whether the activity is the only one, then for its share of the hours (percent).
    """
    name = "activite_principale"
    if dossier.get("question_repasser_actif"):
        return changement_categorie(dossier)
    share = dossier.get("quotite_activite")
    if share is None and dossier.get("mi_temps"):
        share = figure("adhesion_activite_part", dossier)  # half the normal hours
    least = figure("adhesion_activite_part", dossier)
    amounts = (period("least_share", "adhesion_activite_part", "percent", dossier),)
    reference = article_statuts("8")
    if dossier.get("activite_unique") or (share is None and dossier.read("activite_unique")):
        return Draft("granted", "unique", (holds("activite_unique", reference),)).decision(name, dossier)
    share = dossier.read("quotite_activite") if share is None else share
    if share >= least:
        return Draft("granted", "part_suffisante", (holds("part_suffisante", reference),), amounts).decision(
            name, dossier
        )
    if dossier.get("activite_unique"):
        return Draft("granted", "unique", (holds("activite_unique", reference),)).decision(name, dossier)
    conditions = ("sauf_activite_unique",) if dossier.get("activite_unique") is None else ()
    reasons = (fails("part_insuffisante", reference),)
    return Draft("denied", "part_insuffisante", reasons, amounts, conditions=conditions).decision(name, dossier)


@rule(
    "conditions_adhesion",
    title="Y a-t-il une limite d'âge, un questionnaire médical ou un droit d'entrée pour adhérer ?",
    references=(article_msp("2"), article_statuts("8")),
    facts=("contrat", "formule", "condition_adhesion_demandee"),
)
@individual_only
def conditions_adhesion(dossier: Dossier) -> Answer:
    """Return that joining knows no age limit, no entry fee and no medical proof (MSP article 2)."""
    reasons = (holds("sans_condition", article_msp("2")), holds("bulletin_signe", article_statuts("8")))
    case = "aucune_condition" if dossier.get("condition_adhesion_demandee") == "existe" else "sans_condition"
    return Draft("granted", case, reasons, conditions=("champ_recrutement",))


@rule(
    "date_effet_adhesion",
    title="À partir de quel jour l'adhésion, ou l'ajout d'un proche, prend-il effet ?",
    references=(article_msp("2"),),
    facts=(
        "contrat",
        "formule",
        "date_demande",
        "date_reception_demande",
        "date_souhaitee_effet",
        "adhesion_retroactive",
    ),
)
@individual_only
def date_effet_adhesion(dossier: Dossier) -> Answer:
    """Return the day an adhesion or an extension to the family takes effect (MSP article 2).

    The day after the complete signed file is received, or a day chosen up to the first of the 7th month.
    """
    months = figure("adhesion_effet_mois_max", dossier)
    reference = article_msp("2")
    reasons = (
        holds("lendemain_dossier_complet", reference),
        holds("date_libre", reference, months=months),
        holds("champ_a_la_date", reference),
    )
    received, wished = received_on(dossier), dossier.get("date_souhaitee_effet")
    if received is None and (dossier.get("adhesion_retroactive") or (wished is not None and wished < dossier.on)):
        return Draft("denied", "jamais_retroactif", reasons)
    if received is None:
        return Draft("granted", "general", reasons, documents=("dossier_complet",))
    start, limit = last_day_within_days(received, 1), first_of_nth_month_after(received, months)
    draft = _effect(start, limit, wished, doubtful_after=first_of_nth_month_after(received, months - 1))
    return Draft(
        draft.outcome,
        draft.case,
        reasons,
        dates=draft.dates,
        warnings=draft.warnings,
        documents=("dossier_complet",),
    )


def _effect(start: date, limit: date, wished: date | None, doubtful_after: date) -> Draft:
    """Return outcome, case and dates; the print leaves open whether the month of the request counts."""
    doubt = ("mois_de_la_demande",)
    if wished is None:
        return Draft("granted", "lendemain", (), dates={"start": start, "limit": limit}, warnings=doubt)
    if wished < start:
        return Draft("denied", "retroactif", (), dates={"start": start, "wished": wished})
    if wished > limit:
        return Draft("denied", "trop_loin", (), dates={"limit": limit, "wished": wished}, warnings=doubt)
    doubts = doubt if wished > doubtful_after else ()
    return Draft("granted", "date_choisie", (), dates={"start": wished}, warnings=doubts)


@rule(
    "recours_refus_adhesion",
    title="Mon adhésion a été refusée : que puis-je faire et jusqu'à quand ?",
    references=(article_msp("2"),),
    facts=("contrat", "formule", "date_refus_adhesion", "date_demande", "refus_confirme"),
)
@individual_only
def recours_refus_adhesion(dossier: Dossier) -> Answer:
    """Return the appeal after a refused adhesion: to the board, within a fortnight (MSP article 2)."""
    reasons = (
        holds("appel_conseil", article_msp("2"), days=figure("adhesion_refus_appel", dossier)),
        holds("decision_sans_recours", article_msp("2")),
    )
    amounts = (period("delay", "adhesion_refus_appel", "days", dossier),)
    if dossier.get("refus_confirme"):
        final = (fails("decision_sans_recours", article_msp("2")),)
        return Draft("denied", "decision_definitive", final, amounts, contacts=PHONE)
    refused = dossier.get("date_refus_adhesion")
    if refused is None:
        return Draft("granted", "general", reasons, amounts)
    dates = {"deadline": last_day_within_days(refused, figure("adhesion_refus_appel", dossier))}
    if (dossier.get("date_demande") or dossier.on) > dates["deadline"]:
        return Draft("denied", "trop_tard", reasons, amounts, dates, contacts=PHONE)
    return Draft("granted", "date", reasons, amounts, dates)
