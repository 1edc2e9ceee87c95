"""The Service d'aide à domicile of the notice SAD Assurance: who, for what, how many hours, until when to call."""

from __future__ import annotations

from datetime import date

from rules_engine.dates_assistance_rma import last_day_within_days, same_day_months_later_clamped
from rules_engine.decision import Amount, Decision, NotApplicable
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
    fails,
    figure,
    holds,
    msp_only,
    sad_notice,
)
from rules_engine.rules.assistance_rma_evenements import immobilised
from rules_engine.rules.assistance_rma_sad_cancer import CANCER_FACTS, CANCER_REFERENCES, cancer_help

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
    return _long_leave(answers) or answers.late() or _event(answers)


def _against_cancer(dossier: Dossier) -> bool:
    """Whether a treatment against cancer, or care that goes with one, is what the member tells."""
    support = dossier.get("soins_de_support") and dossier.get("cause_assistance") == "traitement_cancer"
    return bool(dossier.get("type_traitement_cancer") or support)


def _immobilised(dossier: Dossier) -> bool:
    return immobilised(dossier) or bool(dossier.get("grossesse_pathologique"))


def _long_leave(answers: Answers) -> Decision | None:
    """Return the answer of a sick leave that is all the member has; None for another event.

    The 20 days run from the event, and the notice does not say whether that is the first day of the leave or the day on
    which it passes 30 days: between the two the answer depends.
    """
    dossier = answers.dossier
    leave = dossier.get("arret_sans_hospitalisation") or dossier.get("jours_arret_assistance") is not None
    born = dossier.get("type_naissance") not in (None, "simple") or dossier.get("maternite_difficile")
    if not leave or _immobilised(dossier) or born or dossier.get("pta_declaree"):
        return None
    least = int(figure("sad_arret_travail_min", dossier))
    if dossier.read("jours_arret_assistance", among=(least, least + 1)) <= least:
        return answers.refused("arret_court", sad_notice(9))
    began, deadline = dossier.get("date_evenement"), answers.deadline()
    if began is None or deadline is None or answers.call_day() <= deadline:
        return _hours(answers, "arret_long", 9, warnings=("depart_du_delai",))
    passed = last_day_within_days(began, least + int(figure(SAD.delay, dossier)))
    if answers.call_day() > passed:
        return answers.refused("trop_tard", sad_notice(5), dates={"deadline": passed})
    steps = (fails("delai_premier_jour", sad_notice(5)), holds("delai_trente_jours", sad_notice(4)))
    dates = {"first": deadline, "deadline": passed}
    return answers.decided("depends", "delai_doute", *steps, dates=dates, warnings=("depart_du_delai",))


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
        if birth != "simple" or dossier.read("maternite_difficile"):
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
    return _hours(answers, "general", 9, outcome="depends")


def _in_hospital(dossier: Dossier) -> bool:
    said = dossier.get("hospitalisation")
    if said is not None:
        return bool(said)
    told = dossier.get("cause_assistance") == "hospitalisation"
    return told or dossier.get("nb_jours_hospitalisation") is not None


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
    used, began = dossier.get("heures_deja_utilisees"), dossier.get("date_declenchement_sad")
    months = int(figure("sad_annee", dossier))
    renewal: date | None = None if began is None else same_day_months_later_clamped(began, months)
    amounts: tuple[Amount, ...] = (hours,)
    if used and (renewal is None or answers.call_day() < renewal):
        left = max(ZERO, (hours.value or ZERO) - used)
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
    references=(sad_notice(5),),
    facts=(*CONTRACT_FACTS, *CALL_FACTS, *PLACE_FACTS, "arret_sans_hospitalisation"),
)
@msp_only(SAD)
def sad_delai_appel(answers: Answers) -> Decision | NotApplicable:
    """Return the last day (included) to call the SAD: 20 days after the event.

    Source: notice SAD Assurance, article 5 (48 hours around each session against cancer: see `sad_traitement_cancer`).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    warnings = ("depart_du_delai",) if dossier.get("arret_sans_hospitalisation") else ()
    late = answers.late(calls_now=True)
    if late is None:
        return until_when(answers, warnings)
    if not warnings:
        return late
    return answers.decided("depends", "depart_incertain", *late.reasons, dates=late.dates, warnings=warnings)
