"""The Service d'aide à domicile of the notice SAD Assurance: who, for what, how many hours, until when to call."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_months_clamped, last_day_within_days
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_cadre import COUPLE_FACTS, partner, person_asked, until_when
from rules_engine.rules.assistance_rma_commun import (
    ARTICLE_40,
    CALL_FACTS,
    CONTRACT_FACTS,
    GATE_FACTS,
    SAD,
    SAD_TABLE,
    Answers,
    amount,
    figure,
    msp_only,
    sad_notice,
)
from rules_engine.rules.assistance_rma_evenements import immobilised, told_days
from rules_engine.rules.assistance_rma_sad_cancer import (
    CANCER_FACTS,
    CANCER_REFERENCES,
    around_session,
    call_window,
    cancer_help,
)

SAD_EVENT_FACTS = (
    "immobilisation_domicile",
    "nb_jours_immobilisation",
    "cause_assistance",
    "grossesse_pathologique",
    "conge_pathologique",
    "type_naissance",
    "maternite_difficile",
    "maternite_sejour",
    "pta_declaree",
    "arret_sans_hospitalisation",
    "jours_arret_assistance",
    "hospitalisation",
    "nb_jours_hospitalisation",
    "sejour_convalescence",
    "duree_depassee",
)
HOUR_FACTS = ("heures_deja_utilisees", "date_declenchement_sad")
PLACE_FACTS = ("residence_adherent", "lieu_soins", "lieu_appel")


@rule(
    "sad_aide_domicile",
    title="Le Service d'aide à domicile (SAD) peut-il m'envoyer quelqu'un, et combien d'heures ?",
    references=(sad_notice(9), sad_notice(4), sad_notice(8), SAD_TABLE, ARTICLE_40, sad_notice(5), sad_notice(7),
                sad_notice(1), sad_notice(3), sad_notice(13), *CANCER_REFERENCES),
    facts=(*GATE_FACTS, *SAD_EVENT_FACTS, *HOUR_FACTS, *CANCER_FACTS),
)  # fmt: skip
def sad_aide_domicile(dossier: Dossier) -> Decision | NotApplicable:
    """Return the hours of help of the SAD: at most 12 over a rolling year, by assessment.

    Sources: notice SAD Assurance, articles 4 and 9 (sick leave of more than 30 days without hospital, immobilisation of
    any cause, difficult, premature or multiple maternity, PTA), 5 (12 hours, rolling year, 20 days) and 8. Caesarean
    stands in the table only; hospital in article 40 of the règlement only: both are answered "it depends".

    Raises:
        FactNeeded: for the contract, and what the event told turns on.
    """
    answers = Answers("sad_aide_domicile", dossier, SAD)
    refusal = answers.other_contract() or answers.excluded() or answers.place() or answers.person()
    if refusal is not None:
        return refusal
    if _against_cancer(dossier) and not _immobilised(dossier):
        return cancer_help(answers)
    if _partly_used(answers):  # the forfait was granted: what is asked is what is left of it
        return _hours(answers, "general", 9)
    return _long_leave(answers) or answers.late() or _event(answers)


def _against_cancer(dossier: Dossier) -> bool:
    """Whether a treatment against cancer, or care that goes with one, is what the member tells."""
    support = dossier.get("soins_de_support") and dossier.get("cause_assistance") == "traitement_cancer"
    treatment = dossier.get("type_traitement_cancer")
    if treatment == "autre" and _in_hospital(dossier):  # an operation, which may open the right as an event
        return False
    return bool(treatment or support)


def _immobilised(dossier: Dossier) -> bool:
    return immobilised(dossier) or bool(dossier.get("grossesse_pathologique"))


def _long_leave(answers: Answers) -> Decision | None:
    """Return the answer of a sick leave that is all the member has; None for another event.

    The 20 days run from the event, a leave of more than 30 days: from the day on which it passes them. As the notice
    does not spell it out, the answer warns.
    """
    dossier = answers.dossier
    leave = dossier.get("arret_sans_hospitalisation") or dossier.get("jours_arret_assistance") is not None
    born = dossier.get("type_naissance") not in (None, "simple") or dossier.get("maternite_difficile")
    if not leave or _immobilised(dossier) or born or dossier.get("pta_declaree"):
        return None
    least = int(figure("sad_arret_travail_min", dossier))
    if _leave_days(dossier, least) <= least:
        return answers.refused("arret_court", sad_notice(9))
    deadline, passed = answers.deadline(), _deadline_of_leave(dossier)
    if deadline is None or passed is None or answers.call_day() <= deadline:
        return _hours(answers, "arret_long", 9, warnings=("depart_du_delai",))
    gone = answers.call_day() > passed
    if gone and (dossier.get("date_demande") or dossier.get("appel_tardif")):
        return answers.refused("trop_tard", sad_notice(5), dates={"deadline": passed})
    return answers.decided(
        "granted",
        "arret_long" if gone else "arret_long_date",
        holds("delai_trente_jours", sad_notice(4)),
        amounts=(amount("hours", "sad_heures", "hours", dossier),),
        dates={"deadline": passed},
        conditions=("evaluation", "delai_ecoule") if gone else ("evaluation",),
        warnings=("depart_du_delai",),
        contact=False,
    )


def _leave_days(dossier: Dossier, least: int) -> int:
    """Return how long the sick leave is; days told beside "sans hospitalisation" are those of the leave."""
    stay = dossier.get("nb_jours_hospitalisation") if dossier.get("hospitalisation") is False else None
    name = "nb_jours_hospitalisation" if dossier.get("jours_arret_assistance") is None and stay else None
    return told_days(dossier, name or "jours_arret_assistance", (least, least + 1)) or 0


def _deadline_of_leave(dossier: Dossier) -> date | None:
    """Return the last day to call when the 20 days run from the day on which the leave passes 30 days."""
    began: date | None = dossier.get("date_evenement")
    days = int(figure("sad_arret_travail_min", dossier)) + int(figure(SAD.delay, dossier))
    return None if began is None else last_day_within_days(began, days)


def _event(answers: Answers) -> Decision:
    dossier = answers.dossier
    if _immobilised(dossier):
        return _hours(answers, "immobilisation", 9, conditions=("constat_medical",))
    if dossier.get("type_naissance") in ("multiple", "prematuree"):
        return _hours(answers, "naissance", 9)
    if dossier.get("maternite_difficile"):
        return _hours(answers, "maternite_difficile", 9)
    if dossier.get("pta_declaree"):
        return _hours(answers, "pta", 9)
    if dossier.get("type_naissance") == "cesarienne":
        steps = (holds("cesarienne_tableau", SAD_TABLE), fails("cesarienne_texte", sad_notice(9)))
        hours = amount("hours", "sad_heures", "hours", dossier)
        return answers.granted("depends", "cesarienne", *steps, amounts=(hours,), warnings=("tableau_et_texte",))
    return _ordinary(answers)


def _ordinary(answers: Answers) -> Decision:
    """Return the answer of events that the notice does not list; the general one when nothing was told."""
    dossier = answers.dossier
    if dossier.get("conge_pathologique"):
        return answers.refused("conge_pathologique", sad_notice(8))
    if dossier.get("maternite_sejour") or dossier.get("cause_assistance") == "maternite":
        birth = dossier.read("type_naissance")
        if birth != "simple" or dossier.get("maternite_difficile"):
            return _event(answers)
        return answers.refused("maternite_simple", sad_notice(9))
    if dossier.get("sejour_convalescence"):
        return answers.refused("sejour_convalescence", sad_notice(8))
    if _in_hospital(dossier):
        steps = (fails("hospitalisation_absente", sad_notice(9)), holds("maladie_reglement", ARTICLE_40))
        conditions = ("voir_mgen_assistance",)
        return answers.decided(
            "depends", "hospitalisation", *steps, conditions=conditions, warnings=("notice_et_reglement",)
        )
    renewal = _renewal(dossier)
    if renewal is not None and answers.call_day() < renewal:
        step = holds("annee_glissante", sad_notice(5))
        hours = amount("hours", "sad_heures", "hours", dossier)
        return answers.decided("granted", "forfait_date", step, amounts=(hours,), dates={"renewal": renewal})
    return _hours(answers, "general", 9, outcome="depends")


def _in_hospital(dossier: Dossier) -> bool:
    said = dossier.get("hospitalisation")
    if said is not None:
        return bool(said)
    told = dossier.get("cause_assistance") == "hospitalisation"
    return told or dossier.get("nb_jours_hospitalisation") is not None


def _renewal(dossier: Dossier) -> date | None:
    """Return the day from which a new forfait can be had: a year after the first one began."""
    began: date | None = dossier.get("date_declenchement_sad")
    return None if began is None else add_months_clamped(began, int(figure("sad_annee", dossier)))


def _partly_used(answers: Answers) -> bool:
    """Whether hours of the running forfait are used."""
    renewal = _renewal(answers.dossier)
    running = renewal is None or answers.call_day() < renewal
    return running and bool(answers.dossier.get("heures_deja_utilisees"))


def _hours(
    answers: Answers,
    case: str,
    article: int,
    outcome: str = "granted",
    conditions: tuple[str, ...] = (),
    warnings: tuple[str, ...] = (),
) -> Decision:
    """Return the hours of the forfait, less those used in the rolling year that its first use began."""
    dossier = answers.dossier
    hours = amount("hours", "sad_heures", "hours", dossier)
    renewal = _renewal(dossier)
    amounts: tuple[Amount, ...] = (hours,)
    if _partly_used(answers):
        left = max(ZERO, (hours.value or ZERO) - (dossier.get("heures_deja_utilisees") or 0))
        amounts = (Amount("left", left, "hours"), hours)
        dates = {} if renewal is None else {"renewal": renewal}
        if left == ZERO:
            return answers.refused(
                "epuise_jusqu_au" if dates else "epuise", sad_notice(5), amounts=amounts, dates=dates
            )
        steps = (holds(case, sad_notice(article)), holds("annee_glissante", sad_notice(5)))
        return answers.granted(outcome, "reste", *steps, amounts=amounts, dates=dates, warnings=warnings)
    step = holds(case, sad_notice(article))
    documents = ("certificat_medical",)
    conditions = (*conditions, "evaluation", "annee_glissante")
    return answers.granted(
        outcome, case, step, amounts=amounts, conditions=conditions, documents=documents, warnings=warnings
    )


@rule(
    "sad_beneficiaires",
    title="Qui a droit au Service d'aide à domicile (SAD) : conjoint, enfants ?",
    references=(sad_notice(1), sad_notice(8), ARTICLE_40),
    facts=(*GATE_FACTS, *COUPLE_FACTS, "qualite"),
)
@msp_only(SAD)
def sad_beneficiaires(answers: Answers) -> Decision | NotApplicable:
    """Return whether a person has the SAD: the member (actif, retraité, associé, orphelin) and the spouse; no child.

    Sources: notice SAD Assurance, articles 1 and 8 (Bénéficiaire Conjoint); règlement MSP, article 40.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    person = person_asked(dossier)
    steps = (holds("sad_beneficiaire", sad_notice(1)), holds("sad_categories", ARTICLE_40))
    if person is None:
        return answers.decided("granted", "general", *steps)
    refused = answers.person(person)
    if refused is not None:
        return refused
    if person == "conjoint":
        return partner(answers, sad_notice(8), *steps)
    if dossier.get("qualite") in ("jeune", "enfant"):
        return answers.refused("jeune", ARTICLE_40)
    return answers.decided("granted", "adherent", *steps)


@rule(
    "sad_delai_appel",
    title="Jusqu'à quand appeler le Service d'aide à domicile (SAD) ?",
    references=(sad_notice(5), sad_notice(10)),
    facts=(
        *CONTRACT_FACTS,
        *CALL_FACTS,
        *PLACE_FACTS,
        "arret_sans_hospitalisation",
        "date_seance",
        "type_traitement_cancer",
        "seance_nommee",
    ),
)
@msp_only(SAD)
def sad_delai_appel(answers: Answers) -> Decision | NotApplicable:
    """Return the last day (included) to call the SAD: 20 days after the event.

    Sources: notice SAD Assurance, articles 5 and 10 (48 hours around each session against cancer). Of a sick leave, the
    event is the day on which it passes 30 days: 20 days from its first day would end before the right opens.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    session = call_window(dossier)
    if session:
        return around_session(answers, session)
    if dossier.get("type_traitement_cancer") not in (None, "autre") or dossier.get("seance_nommee"):
        return answers.decided("granted", "seance", holds("seance_delai", sad_notice(10)), contact=False)
    first, passed = answers.deadline(), _deadline_of_leave(dossier)
    if not dossier.get("arret_sans_hospitalisation") or first is None or passed is None:
        return answers.late(calls_now=True) or until_when(answers)
    if answers.call_day() > passed:
        return answers.refused("trop_tard", sad_notice(5), dates={"deadline": passed})
    steps = (holds("delai_trente_jours", sad_notice(4)), holds("delai_appel", sad_notice(5)))
    case = "arret_deux_dates" if answers.call_day() <= first else "arret_date"
    dates = {"first": first, "deadline": passed}
    return answers.decided("granted", case, *steps, dates=dates, contact=False, warnings=("depart_du_delai",))
