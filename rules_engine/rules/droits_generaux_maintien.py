"""Keeping a collective cover when work stops: suspension, portabilité, loi Évin (guides FPE and MGEN Solutions)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from rules_engine.dates import add_months_clamped, last_day_within_days
from rules_engine.dates_droits_generaux import cover_end_after_last_day, whole_months_inclusive
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import Reference
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    FPE_CONTRACT,
    GUIDE_SOLUTIONS,
    INDIVIDUAL,
    article_msp,
    asked_contract,
    decided,
    figure,
    presumed_contract,
    silent,
    whole,
)

ARTICLE_10 = article_msp("10")
ARTICLE_22 = article_msp("22")
ARTICLE_25 = article_msp("25")
SOLUTIONS_MAINTIEN = Reference(GUIDE_SOLUTIONS, "Guide pratique adhérent – Le maintien des garanties")
# Leaves of the guide FPE under which the agent keeps the quality of active beneficiary.
TEMPORARY_STOPS = frozenset(
    {"conge_parental", "sante_sans_revenu", "proche_aidant", "formation", "cessation_anticipee", "elever_enfant"}
)
USUALLY_UNPAID = TEMPORARY_STOPS | {"convenance", "sabbatique", "autre_disponibilite"}
NO_UNEMPLOYMENT = frozenset({"sans_allocation", "nouvel_emploi", "retraite"})
WORK_CONTRACT = (
    "situation_apres_depart",
    "date_debut_contrat_travail",
    "date_fin_contrat_travail",
    "duree_contrat_travail",
    "contrat_moins_un_mois",
)
# What a question on the portabilité may ask beside its length, and the reason that it gives.
ASPECTS = {
    "prix": "{}_cout",
    "documents": "{}_pieces",
    "famille": "ayants_droit_aussi",
    "garanties": "{}_niveau",
}
PORTABILITY_DOCUMENTS = {
    "FPE": ["bulletin_portabilite", "notification_chomage", "attestations_mensuelles"],
    "SOLUTIONS": ["bulletin_adhesion_situation", "attestations_mensuelles"],
}
EVIN_SITUATIONS = ("retraite", "chomage", "incapacite_invalidite")
EVIN_DOCUMENTS = ["bulletin_adhesion_situation"]


@rule(
    "suspension_contrat_travail",
    title="Ma couverture continue-t-elle si mon travail est suspendu (congé, disponibilité, arrêt) ?",
    references=(FPE_CONTRACT, SOLUTIONS_MAINTIEN, ARTICLE_10),
    facts=(
        *CONTRACT_FACTS,
        "motif_suspension",
        "remuneration_maintenue",
        "suspension_plus_un_mois",
        "date_debut_suspension",
        "date_demande",
        "age_enfant_disponibilite",
        "aspect_suspension",
        "question_trop_tard",
    ),
)
def suspension_contrat_travail(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the cover goes on while work is suspended, who pays, and until when to ask.

    Sources: guide FPE "Mon contrat" (temporary stops; paid; unpaid: 30 days to ask); guide MGEN Solutions "Le maintien
    des garanties" (paid; more than one month unpaid: frozen); article 10 (individual membership: change to declare).

    Raises:
        FactNeeded: for the contract, the leave and the pay where they decide.
    """
    contract = asked_contract(dossier)
    for said in ("aspect_suspension", "question_trop_tard"):
        dossier.get(said)  # what the sentence begins with
    if contract == "FPE":
        return _fpe_suspension(dossier)
    if contract == "SOLUTIONS":
        return _solutions_suspension(dossier)
    start = dossier.get("date_debut_suspension")
    days = whole("changement_situation_delai", dossier.on)
    dates = {} if start is None else {"deadline": last_day_within_days(start, days)}
    reasons = [holds("adhesion_individuelle", ARTICLE_22), holds("conge_a_declarer", ARTICLE_10, days=days)]
    return decided(
        dossier,
        "suspension_contrat_travail",
        "granted",
        "individuel",
        reasons,
        amounts=[Amount("delay", figure("changement_situation_delai", dossier.on), "days")],
        dates=dates,
        contacts=["telephone_msp"],
    )


def _fpe_suspension(dossier: Dossier) -> Decision:
    name = "suspension_contrat_travail"
    leave = dossier.read("motif_suspension")
    if leave == "elever_enfant" and _child_too_old(dossier):
        leave = "convenance"
    if leave == "maladie_maternite" and dossier.get("remuneration_maintenue") is False:
        leave = "sante_sans_revenu"
    if leave in TEMPORARY_STOPS:
        reasons = [
            holds("cessation_temporaire", FPE_CONTRACT),
            holds("cotisation_totale_puis_remboursee", FPE_CONTRACT),
        ]
        conditions = ["enfant_moins_de_l_age"] if leave == "elever_enfant" else []
        if leave == "cessation_anticipee":
            conditions = ["allocation_specifique"]
        return decided(
            dossier, name, "granted", "fpe_cessation", reasons, conditions=conditions, contacts=["telephone_fpe"]
        )
    if _paid(dossier, leave):
        reasons = [holds("suspension_indemnisee", FPE_CONTRACT), holds("assimile_actif", FPE_CONTRACT)]
        return decided(dossier, name, "granted", "fpe_indemnisee", reasons)
    return _fpe_unpaid(dossier)


def _child_too_old(dossier: Dossier) -> bool:
    age = dossier.get("age_enfant_disponibilite")
    return age is not None and age >= whole("fpe_disponibilite_enfant_age", dossier.on)


def _paid(dossier: Dossier, leave: str | None) -> bool:
    """Return whether an income goes on: presumed for sick and maternity leave, presumed absent for personal leaves."""
    if leave == "maladie_maternite":
        paid = dossier.presume("remuneration_maintenue", True)
    elif leave in USUALLY_UNPAID:
        paid = dossier.presume("remuneration_maintenue", False)
    else:
        paid = dossier.read("remuneration_maintenue")
    return bool(paid)


def _fpe_unpaid(dossier: Dossier) -> Decision:
    name = "suspension_contrat_travail"
    days = figure("fpe_suspension_demande", dossier.on)
    start = dossier.get("date_debut_suspension")
    deadline = None if start is None else last_day_within_days(start, int(days))
    late = deadline is not None and deadline < (dossier.get("date_demande") or dossier.on)
    reasons = [fails("garanties_suspendues", FPE_CONTRACT), holds("reprise", FPE_CONTRACT)]
    maintain = Reason("maintien_sur_demande", not late, FPE_CONTRACT, {"days": days})
    return decided(
        dossier,
        name,
        "denied" if late else "depends",
        "fpe_trop_tard" if late else "fpe_non_indemnisee",
        [maintain, *reasons],
        amounts=[Amount("delay", days, "days")],
        dates={} if deadline is None else {"deadline": deadline},
        documents=[] if late else ["bulletin_maintien"],
        warnings=["conditions_identiques_ou_contrat_different"],
        contacts=["telephone_fpe"],
    )


def _solutions_suspension(dossier: Dossier) -> Decision:
    name = "suspension_contrat_travail"
    leave = dossier.get("motif_suspension")
    if _paid(dossier, leave):
        return decided(
            dossier, name, "granted", "solutions_maintien", [holds("remuneration_maintenue", SOLUTIONS_MAINTIEN)]
        )
    if leave == "maladie_maternite":
        reasons = [fails("maladie_sans_maintien", SOLUTIONS_MAINTIEN)]
        return decided(dossier, name, "depends", "solutions_maladie_sans_maintien", reasons)
    if dossier.get("suspension_plus_un_mois") is False:
        return decided(dossier, name, "granted", "solutions_courte", [holds("moins_d_un_mois", SOLUTIONS_MAINTIEN)])
    month = figure("solutions_suspension_duree", dossier.on)
    reasons = [
        fails("garanties_gelees", SOLUTIONS_MAINTIEN, months=month),
        holds("maintien_a_vos_frais", SOLUTIONS_MAINTIEN),
    ]
    amounts = [Amount("duration", month, "months")]
    documents = ["bulletin_adhesion_situation"]
    return decided(dossier, name, "depends", "solutions_gelees", reasons, amounts=amounts, documents=documents)


@dataclass(frozen=True)
class Duration:
    """How long the last contract lasted: whole months, days left over; None months when unknown."""

    months: int | None
    days: int = 0


def contract_duration(dossier: Dossier) -> Duration:
    """Return the length of the last work contract, from its two dates or as said."""
    start, end = dossier.get("date_debut_contrat_travail"), dossier.get("date_fin_contrat_travail")
    if start is not None and end is not None:
        return Duration(*whole_months_inclusive(start, end))
    if dossier.get("contrat_moins_un_mois"):
        return Duration(0)
    return Duration(dossier.get("duree_contrat_travail"))


@rule(
    "portabilite",
    title="Ai-je droit à la portabilité, et jusqu'à quand ?",
    references=(FPE_CONTRACT, SOLUTIONS_MAINTIEN, ARTICLE_22),
    facts=(
        *CONTRACT_FACTS,
        *WORK_CONTRACT,
        "aspect_portabilite",
        "question_arret_portabilite",
    ),
)
def portabilite(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the cover goes on after the end of the work contract, how long (months), and until which day.

    Sources: guide FPE "Mon contrat"; guide MGEN Solutions "Le maintien des garanties" (length of the last contract, at
    most 12 months; paid unemployment); article 22 (an individual membership goes on by itself).

    Raises:
        FactNeeded: for the contract.
    """
    name = "portabilite"
    contract = asked_contract(dossier)
    if contract in INDIVIDUAL:
        reasons = [
            holds("adhesion_individuelle", ARTICLE_22),
            holds("membre_associe", ARTICLE_22),
            holds("chomage_change_formule", ARTICLE_25),
        ]
        return decided(dossier, name, "denied", "individuel", reasons, contacts=["telephone_msp"])
    guide = FPE_CONTRACT if contract == "FPE" else SOLUTIONS_MAINTIEN
    key = contract.lower()
    situation = dossier.get("situation_apres_depart")
    if situation in NO_UNEMPLOYMENT:
        dossier.get("question_arret_portabilite")  # whether the sentence begins with yes or no
        return decided(dossier, name, "denied", f"{key}_{situation}", [fails(situation, guide)])
    aspect = dossier.get("aspect_portabilite")
    if aspect not in (None, "duree"):
        reasons = [holds(ASPECTS[aspect].format(key), guide)]
        outcome = "depends" if (key, aspect) == ("solutions", "prix") else "granted"
        return decided(dossier, name, outcome, f"{key}_{aspect}", reasons, conditions=[f"{key}_chomage"])
    return _portability(name, dossier, contract, guide)


def _portability(name: str, dossier: Dossier, contract: str, guide: Reference) -> Decision:
    """Return how long (months) the cover goes on for who is paid as unemployed, and until which day."""
    key, duration = contract.lower(), contract_duration(dossier)
    most = whole(f"{key}_portabilite_max", dossier.on)
    amounts, dates, warnings = portability_length(dossier, contract, duration, most)
    reasons = _portability_reasons(key, guide, most)
    nothing = contract == "SOLUTIONS" and duration.months == 0
    case = "moins_d_un_mois" if nothing else "duree" if duration.months is not None else "maximum"
    return decided(
        dossier,
        name,
        "depends" if nothing else "granted",
        f"{key}_{case}",
        reasons,
        amounts=amounts,
        dates=dates,
        conditions=[f"{key}_chomage"],
        documents=PORTABILITY_DOCUMENTS[contract],
        warnings=warnings,
    )


def portability_length(
    dossier: Dossier, contract: str, duration: Duration, most: int
) -> tuple[list[Amount], dict[str, date], list[str]]:
    """Return the months of cover, its last day where the end of work is known, and the doubts on begun months."""
    limit = figure(f"{contract.lower()}_portabilite_max", dossier.on)
    last_day = dossier.get("date_fin_contrat_travail")
    if duration.months is None or duration.months >= most:
        dates = {} if last_day is None else {"end": cover_end_after_last_day(last_day, most)}
        name = "maximum" if duration.months is None else "duration"
        return [Amount(name, limit, "months")], dates, []
    amounts = [Amount("duration", Decimal(duration.months), "months"), Amount("maximum", limit, "months")]
    doubt = [f"{contract.lower()}_mois_entame"] if duration.days else []
    if last_day is None or (contract == "SOLUTIONS" and duration.months == 0):
        return amounts, {}, doubt
    end = cover_end_after_last_day(last_day, duration.months)
    if contract == "FPE" and duration.days:
        end += timedelta(days=duration.days)
        amounts.append(Amount("extra_days", Decimal(duration.days), "days"))
    return amounts, {"end": end}, doubt


def _portability_reasons(key: str, guide: Reference, most: int) -> list[Reason]:
    reasons = [holds(f"{key}_duree_contrat", guide, months=most), holds(f"{key}_chomage", guide)]
    reasons.append(holds("ayants_droit_aussi", guide))
    reasons.append(holds("sans_cotisation" if key == "fpe" else "sante_et_prevoyance", guide))
    return reasons


@rule(
    "loi_evin",
    title="Puis-je garder ma complémentaire santé grâce à la loi Évin, et jusqu'à quand le demander ?",
    references=(SOLUTIONS_MAINTIEN, ARTICLE_22),
    facts=(
        *CONTRACT_FACTS,
        "situation_apres_depart",
        "fin_de_portabilite",
        "date_fin_contrat_travail",
        "date_demande",
        "question_trop_tard",
        "aspect_portabilite",
    ),
)
def loi_evin(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a former employee may keep the health cover, and the last day to ask (6 months).

    Sources: guide MGEN Solutions "Le maintien des garanties", which alone describes it; article 22 (an individual
    membership goes on).
    """
    name = "loi_evin"
    contract = presumed_contract(dossier, "SOLUTIONS")
    if contract == "FPE":
        return silent(name, dossier, contract)
    if contract in INDIVIDUAL:
        reasons = [holds("adhesion_individuelle", ARTICLE_22)]
        return decided(dossier, name, "denied", "individuel", reasons, contacts=["telephone_msp"])
    situation = dossier.get("situation_apres_depart")
    if situation is not None and situation not in EVIN_SITUATIONS:
        return decided(dossier, name, "denied", "situation_exclue", [fails("situation_exclue", SOLUTIONS_MAINTIEN)])
    months = figure("solutions_evin_delai", dossier.on)
    if dossier.get("fin_de_portabilite"):
        return decided(
            dossier,
            name,
            "depends",
            "fin_portabilite",
            [holds("apres_portabilite", SOLUTIONS_MAINTIEN), holds("cotisation_entiere", SOLUTIONS_MAINTIEN)],
            amounts=[Amount("delay", months, "months")],
            documents=EVIN_DOCUMENTS,
            warnings=["depart_du_delai_apres_portabilite"],
        )
    return _evin(name, dossier, months)


def _evin(name: str, dossier: Dossier, months: Decimal) -> Decision:
    """Return until when a former employee may ask for the health cover: months from the end of the work."""
    situation = dossier.get("situation_apres_depart")
    last_day = dossier.get("date_fin_contrat_travail")
    dossier.get("question_trop_tard")  # whether the sentence begins with yes or no
    deadline = None if last_day is None else add_months_clamped(last_day, int(months))
    late = deadline is not None and deadline < (dossier.get("date_demande") or dossier.on)
    conditions = [] if situation else ["situation_evin"]
    price = last_day is None and dossier.get("aspect_portabilite") == "prix"
    return decided(
        dossier,
        name,
        "denied" if late else "granted",
        "trop_tard" if late else "prix" if price else "delai",
        [
            Reason("delai_evin", not late, SOLUTIONS_MAINTIEN, {"months": months}),
            holds("cotisation_entiere", SOLUTIONS_MAINTIEN),
        ],
        amounts=[Amount("delay", months, "months")],
        dates={} if deadline is None else {"deadline": deadline},
        conditions=[] if late else conditions,
        documents=[] if late else EVIN_DOCUMENTS,
    )
