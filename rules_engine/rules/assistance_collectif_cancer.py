"""Help at home during a cancer treatment, for disabled persons and for carers (guide FPE)."""

from __future__ import annotations

from datetime import date

from rules_engine.dates_assistance import first_day_within_hours_before, last_day_within_hours_after
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import (
    CONTRACT_FACTS,
    FPE,
    PHONES,
    SOLUTIONS,
    Answers,
    amount,
    call_day,
    contract_of,
    number,
    oji,
)
from rules_engine.rules.assistance_collectif_guides import EVALUATED, solutions_help

COVERED = ("chimiotherapie", "radiotherapie")


def fpe_cancer_help(answers: Answers) -> Decision:
    """Return the hours a year for chemotherapy or radiotherapy, those left, and when to call around the session.

    Raises:
        FactNeeded: for the treatment.
    """
    dossier = answers.dossier
    used = dossier.get("heures_deja_utilisees")
    # Hours of the yearly number that were used were granted for a treatment that it covers.
    known = dossier.get("type_traitement_cancer") or ("chimiotherapie" if used else None)
    if (known or dossier.read("type_traitement_cancer", among=("chimiotherapie", "autre"))) not in COVERED:
        return answers.decided("depends", "fpe_cancer_autre", holds("fpe_cancer_autre", FPE), contacts=PHONES["FPE"])
    hours = amount("hours", "fpe_assistance_cancer_heures", "hours", dossier, "year")
    delay = amount("delay", "fpe_assistance_cancer_delai", "hours", dossier)
    window = session_window(dossier)
    if window and call_day(dossier) > window["deadline"]:
        reason = fails("fpe_cancer_delai", FPE)
        return answers.decided(
            "denied", "fpe_cancer_tard", reason, amounts=(hours, delay), dates=window, contacts=PHONES["FPE"]
        )
    return _hours_left(answers, hours, delay, window)


def session_window(dossier: Dossier) -> dict[str, date]:
    """Return the first and last day (included) to call around a session; empty when its date is unknown."""
    session = dossier.get("date_seance")
    if session is None:
        return {}
    hours = int(number("fpe_assistance_cancer_delai", dossier))
    return {
        "start": first_day_within_hours_before(session, hours),
        "deadline": last_day_within_hours_after(session, hours),
    }


def _hours_left(answers: Answers, hours: Amount, delay: Amount, window: dict[str, date]) -> Decision:
    used = answers.dossier.get("heures_deja_utilisees")
    reason = holds("fpe_cancer", FPE)
    assert hours.value is not None
    if used is not None and used >= hours.value:
        reason = fails("fpe_cancer_epuise", FPE)
        return answers.decided("denied", "fpe_cancer_epuise", reason, amounts=(hours,), contacts=PHONES["FPE"])
    amounts = [hours, delay]
    if used:
        amounts.insert(0, Amount("left", hours.value - used, "hours"))
    return answers.decided(
        "granted",
        "fpe_cancer_reste" if used else "fpe_cancer",
        reason,
        holds("fpe_cancer_delai", FPE),
        amounts=amounts,
        dates=window,
        conditions=("appeler_autour_date" if window else "appeler_autour_seance", *EVALUATED),
        contacts=PHONES["FPE"],
    )


@rule(
    "assistance_cancer",
    title="L'assistance aide-t-elle pendant une chimiothérapie ou une radiothérapie (ÔJI, FPE, MGEN Solutions) ?",
    references=(FPE, oji(14), SOLUTIONS),
    facts=(
        *CONTRACT_FACTS,
        "type_traitement_cancer",
        "date_seance",
        "date_evenement",
        "date_demande",
        "heures_deja_utilisees",
        "heures_semaine_voulues",
    ),
)
def assistance_cancer(dossier: Dossier) -> Decision | NotApplicable:
    """Return the help at home (hours a year) during a cancer treatment.

    Sources: guide FPE (24 hours a year; call within 48 hours before or after the session); notice Packs de services
    ÔJI, article 14 (no benefit of its own); guide MGEN Solutions (help at home in case of illness, no figure).

    Raises:
        FactNeeded: for the contract, the treatment.
    """
    answers = Answers("assistance_cancer", dossier)
    contract = contract_of(dossier)
    if contract == "FPE":
        return fpe_cancer_help(answers)
    if contract == "OJI":
        return answers.refused("oji_traitement_cancer", oji(14), contacts=PHONES["OJI"])
    if contract == "SOLUTIONS":
        return solutions_help(answers, "solutions")
    return answers.outside(contract)


@rule(
    "assistance_handicap",
    title="Que prévoit l'assistance en cas de handicap ?",
    references=(FPE, oji(14), SOLUTIONS),
    facts=(*CONTRACT_FACTS, "date_evenement", "date_demande"),
)
def assistance_handicap(dossier: Dossier) -> Decision | NotApplicable:
    """Return the help in case of disability.

    Sources: guide FPE (psycho-social support, help at home or well-being services); the notice of the packs ÔJI and
    the guide MGEN Solutions name none.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_handicap", dossier)
    contract = contract_of(dossier)
    if contract == "FPE":
        return answers.granted_at_home("FPE", "fpe", holds("fpe_handicap", FPE), conditions=EVALUATED)
    if contract == "OJI":
        return answers.refused("oji_absent", oji(14), contacts=PHONES["OJI"])
    return answers.outside(contract)


@rule(
    "assistance_aidant",
    title="Que prévoit l'assistance pour un aidant ?",
    references=(FPE, oji(14), SOLUTIONS),
    facts=CONTRACT_FACTS,
)
def assistance_aidant(dossier: Dossier) -> Decision | NotApplicable:
    """Return the help to a carer.

    Sources: guide FPE (psycho-social assessment, support, help in case of exhaustion); the notice of the packs ÔJI and
    the guide MGEN Solutions name none.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_aidant", dossier)
    contract = contract_of(dossier)
    if contract == "FPE":
        return answers.decided("granted", "fpe", holds("fpe_aidant", FPE), contacts=PHONES["FPE"])
    if contract == "OJI":
        return answers.refused("oji_absent", oji(14), contacts=PHONES["OJI"])
    return answers.outside(contract)
