"""When the cover ends for somebody who leaves the job that gave it: guides FPE and MGEN Solutions, règlement MSP."""

from __future__ import annotations

from rules_engine.dates import add_months_clamped, last_day_within_days
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    FPE_CONTRACT,
    INDIVIDUAL,
    asked_contract,
    decided,
    fails,
    figure,
    holds,
    whole,
)
from rules_engine.rules.droits_generaux_maintien import (
    ARTICLE_10,
    ARTICLE_22,
    NO_UNEMPLOYMENT,
    SOLUTIONS_MAINTIEN,
    contract_duration,
    portability_length,
)


@rule(
    "fin_couverture_depart",
    title="Je quitte mon emploi : quand ma mutuelle s'arrête-t-elle ?",
    references=(FPE_CONTRACT, SOLUTIONS_MAINTIEN, ARTICLE_22, ARTICLE_10),
    facts=(
        *CONTRACT_FACTS,
        "situation_apres_depart",
        "date_debut_contrat_travail",
        "date_fin_contrat_travail",
        "duree_contrat_travail",
        "contrat_moins_un_mois",
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
    last_day = dossier.get("date_fin_contrat_travail")
    dates = {} if last_day is None else {"departure": last_day}
    name = "fin_couverture_depart"
    if contract in INDIVIDUAL:
        days = whole("changement_situation_delai", dossier.on)
        retiring = dossier.get("situation_apres_depart") == "retraite"
        if last_day is not None:
            dates["deadline"] = last_day_within_days(last_day, days)
            if not retiring:
                dates["associate"] = add_months_clamped(last_day, whole("associe_delai", dossier.on))
        reasons = [
            holds("adhesion_individuelle", ARTICLE_22),
            holds("changement_a_declarer", ARTICLE_10, days=days),
        ]
        if not retiring:
            reasons.append(holds("membre_associe", ARTICLE_22))
        case = "individuel_retraite" if retiring else "individuel"
        return decided(dossier, name, "granted", case, reasons, dates=dates, contacts=["telephone_msp"])
    return _collective(dossier, contract)


def _collective(dossier: Dossier, contract: str) -> Decision:
    name, key = "fin_couverture_depart", contract.lower()
    guide = FPE_CONTRACT if contract == "FPE" else SOLUTIONS_MAINTIEN
    last_day = dossier.get("date_fin_contrat_travail")
    dates = {} if last_day is None else {"departure": last_day}
    situation = dossier.get("situation_apres_depart")
    warnings = [f"{key}_jour_de_fin"]
    if situation == "retraite" and contract == "SOLUTIONS":
        months = figure("solutions_evin_delai", dossier.on)
        if last_day is not None:
            dates["deadline"] = add_months_clamped(last_day, int(months))
        return decided(
            dossier,
            name,
            "depends",
            "solutions_retraite",
            [holds("loi_evin", guide, months=months)],
            amounts=[Amount("delay", months, "months")],
            dates=dates,
            documents=["bulletin_adhesion_situation"],
            warnings=warnings,
        )
    if situation in NO_UNEMPLOYMENT:
        outcome = "depends" if situation == "retraite" else "denied"
        reasons = [fails(NO_UNEMPLOYMENT[situation], guide)]
        told = [] if situation == "retraite" else warnings
        return decided(dossier, name, outcome, f"{key}_{situation}", reasons, dates=dates, warnings=told)
    duration = contract_duration(dossier)
    most = whole(f"{key}_portabilite_max", dossier.on)
    amounts, ends, doubts = portability_length(dossier, contract, duration, most)
    if duration.months == 0:  # less than a whole month: the guides do not say how long that gives
        amounts, ends = [], {}
    return decided(
        dossier,
        name,
        "depends",
        f"{key}_depart",
        [holds(f"{key}_depart", guide, months=most)],
        amounts=amounts,
        dates={**dates, **ends},
        conditions=[] if situation == "chomage" else [f"{key}_chomage"],
        warnings=[*warnings, *doubts],
    )
