"""When the cover ends for somebody who leaves the job that gave it: guides FPE and MGEN Solutions, règlement MSP."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_months_clamped, last_day_within_days
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    FPE_CONTRACT,
    INDIVIDUAL,
    asked_contract,
    decided,
    figure,
    whole,
)
from rules_engine.rules.droits_generaux_maintien import (
    ARTICLE_10,
    ARTICLE_22,
    EVIN_DOCUMENTS,
    NO_UNEMPLOYMENT,
    SOLUTIONS_MAINTIEN,
    WORK_CONTRACT,
    contract_duration,
    portability_length,
)

NAME = "fin_couverture_depart"


@rule(
    NAME,
    title="Je quitte mon emploi : quand ma mutuelle s'arrête-t-elle ?",
    references=(FPE_CONTRACT, SOLUTIONS_MAINTIEN, ARTICLE_22, ARTICLE_10),
    facts=(
        *CONTRACT_FACTS,
        *WORK_CONTRACT,
    ),
)
def fin_couverture_depart(dossier: Dossier) -> Decision | NotApplicable:
    """Return until when the cover of a contract goes on after the end of the work.

    Sources: guide FPE "Mon contrat" and guide MGEN Solutions "Le maintien des garanties" (portabilité, loi Évin);
    articles 22 and 10-3 (an individual membership goes on, the change is declared within 30 days).

    Raises:
        FactNeeded: for the contract.
    """
    contract = asked_contract(dossier)
    if contract in INDIVIDUAL:
        return _individual(dossier)
    if contract == "SOLUTIONS" and dossier.get("situation_apres_depart") == "retraite":
        return _retiring_from_solutions(dossier)
    return _collective(dossier, contract)


def _departure(dossier: Dossier) -> dict[str, date]:
    last_day = dossier.get("date_fin_contrat_travail")
    return {} if last_day is None else {"departure": last_day}


def _individual(dossier: Dossier) -> Decision:
    """Return that an individual membership goes on, and until when to declare the change."""
    days = whole("changement_situation_delai", dossier.on)
    retiring = dossier.get("situation_apres_depart") == "retraite"
    dates = _departure(dossier)
    if dates:
        dates["deadline"] = last_day_within_days(dates["departure"], days)
        if not retiring:
            dates["associate"] = add_months_clamped(dates["departure"], whole("associe_delai", dossier.on))
    reasons = [holds("adhesion_individuelle", ARTICLE_22), holds("changement_a_declarer", ARTICLE_10, days=days)]
    if not retiring:
        reasons.append(holds("membre_associe", ARTICLE_22))
    case = "individuel_retraite" if retiring else "individuel"
    return decided(dossier, NAME, "granted", case, reasons, dates=dates, contacts=["telephone_msp"])


def _retiring_from_solutions(dossier: Dossier) -> Decision:
    """Return until when who retires may ask for the health cover of the loi Évin."""
    months = figure("solutions_evin_delai", dossier.on)
    dates = _departure(dossier)
    if dates:
        dates["deadline"] = add_months_clamped(dates["departure"], int(months))
    return decided(
        dossier,
        NAME,
        "depends",
        "solutions_retraite",
        [holds("loi_evin", SOLUTIONS_MAINTIEN, months=months)],
        amounts=[Amount("delay", months, "months")],
        dates=dates,
        documents=EVIN_DOCUMENTS,
        warnings=["solutions_jour_de_fin"],
    )


def _collective(dossier: Dossier, contract: str) -> Decision:
    """Return that the cover of a collective contract ends with the work, and how long the portabilité prolongs it."""
    key, dates = contract.lower(), _departure(dossier)
    guide = FPE_CONTRACT if contract == "FPE" else SOLUTIONS_MAINTIEN
    situation = dossier.get("situation_apres_depart")
    warnings = [f"{key}_jour_de_fin"]
    if situation in NO_UNEMPLOYMENT:
        outcome = "depends" if situation == "retraite" else "denied"
        reasons = [fails(situation, guide)]
        told = [] if situation == "retraite" else warnings
        return decided(dossier, NAME, outcome, f"{key}_{situation}", reasons, dates=dates, warnings=told)
    duration = contract_duration(dossier)
    most = whole(f"{key}_portabilite_max", dossier.on)
    amounts, ends, doubts = portability_length(dossier, contract, duration, most)
    if duration.months == 0:  # less than a whole month: the guides do not say how long that gives
        amounts, ends = [], {}
    return decided(
        dossier,
        NAME,
        "depends",
        f"{key}_depart",
        [holds(f"{key}_depart", guide, months=most)],
        amounts=amounts,
        dates={**dates, **ends},
        conditions=[] if situation == "chomage" else [f"{key}_chomage"],
        warnings=[*warnings, *doubts],
    )
