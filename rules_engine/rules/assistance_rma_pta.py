"""The envelope of services of a perte temporaire d'autonomie: notice MGEN Assistance, article 17-A, and its table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.dates import add_months_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.facts import vocabulary
from rules_engine.money import ZERO
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import (
    CALL_FACTS,
    CONTRACT_FACTS,
    NAME_FACTS,
    TABLE,
    Answers,
    amount,
    figure,
    implied_contract,
    notice,
    person_told,
)

SERVICES = tuple("proche transport medicaments courses repas coiffure jardin garde ecole activites".split())
COUNTS = tuple(f"pta_{service}" for service in SERVICES)
NAMED = tuple(f"pta_cite_{service}" for service in SERVICES)
PTA_FACTS = ("qualite", "retraite_declaree", "pta_declaree", "date_pta")
PLACE_FACTS = ("residence_adherent", "lieu_soins", "lieu_appel")


def pta_refusal(answers: Answers) -> Decision | None:
    """Return why article 17 gives nothing: not an active member, or a PTA that MGEN has not recognised; else None."""
    dossier = answers.dossier
    if person_told(dossier) not in (None, "adherent") or dossier.get("qualite") == "conjoint":
        return answers.refused("pta_conjoint", notice(17))
    if dossier.get("retraite_declaree") or dossier.get("qualite") not in (None, "actif"):
        return answers.refused("pta_actif", notice(17))
    if dossier.get("pta_declaree") is False:
        return answers.refused("pta_non_reconnue", notice(17))
    return None


@rule(
    "mgen_assistance_pta_enveloppe",
    title="Combien d'unités de services ai-je en perte temporaire d'autonomie, et combien m'en reste-t-il ?",
    references=(notice(17), TABLE),
    facts=(
        *CONTRACT_FACTS,
        *CALL_FACTS,
        *PLACE_FACTS,
        *PTA_FACTS,
        *COUNTS,
        *NAMED,
        "personne_assistee",
        *NAME_FACTS,
        "pta_service",
        "pta_voulu",
        "pta_hors_liste",
        "pta_unites_utilisees",
        "question_nouvelle_enveloppe",
    ),
)
def mgen_assistance_pta_enveloppe(dossier: Dossier) -> Decision | NotApplicable:
    """Return the units of the envelope (50 over 12 months), what the services planned cost, and what is left.

    Sources: notice MGEN Assistance, article 17-A, and the values of the table. No other contract has such units.
    """
    answers = Answers("mgen_assistance_pta_enveloppe", dossier)
    presumed = implied_contract(dossier) is None and dossier.presume("contrat", "MSP") == "MSP"
    refusal = (None if presumed else answers.other_contract()) or pta_refusal(answers)
    if refusal is not None:
        return refusal
    if dossier.get("question_nouvelle_enveloppe"):
        return next_envelope(answers)
    began = dossier.get("date_pta")
    period = int(figure("assistance_pta_periode", dossier))
    dates = {} if began is None else {"end": add_months_clamped(began, period)}
    _, planned = _planned_units(dossier)
    used = dossier.get("pta_unites_utilisees")
    conditions = ["unites_jusqu_au" if dates else "unites_douze_mois", "une_seule_enveloppe"]
    if dossier.get("qualite") is None or dossier.get("pta_declaree") is None:
        conditions.insert(0, "actif_et_reconnue")
    total = amount("envelope", "assistance_pta_unites", "count", dossier)
    if not planned and dossier.get("pta_service") is None and dossier.get("pta_hors_liste") is not None:
        label = vocabulary()["pta_hors_liste"].choice_label(dossier.get("pta_hors_liste"))
        return answers.refused("hors_liste", TABLE, label=label)
    if not planned and used is None and dossier.get("pta_voulu") is None:
        return _unit_value(answers, total, dates, tuple(conditions))
    return _units_left(answers, total, dates, tuple(conditions))


def _units_left(answers: Answers, total: Amount, dates: dict[str, date], conditions: tuple[str, ...]) -> Decision:
    """Return what the services planned or already given leave of the envelope (units), or by how much they pass it."""
    dossier = answers.dossier
    cost, planned = _planned_units(dossier)
    used = dossier.get("pta_unites_utilisees")
    envelope = total.value or ZERO
    left = envelope - cost - (used or 0)
    service = dossier.get("pta_voulu")
    if service is None and not planned:
        service = dossier.get("pta_service")
    if left >= 0 and service is not None and not dossier.get(f"pta_{service}"):
        return _still_possible(answers, service, left, total, dates, conditions)
    known = (Amount("cost", cost, "count"), Amount("used", Decimal(used or 0), "count"), total)
    if left < 0:
        over = Amount("over", -left, "count")
        return answers.decided("partial", "depasse", *_steps(), amounts=(over, *known), dates=dates, planned=planned)
    return answers.decided(
        "granted",
        "reste" if planned else "utilisees",
        *_steps(),
        amounts=(Amount("left", left, "count"), *known),
        dates=dates,
        conditions=conditions,
        planned=planned,
    )


def next_envelope(answers: Answers) -> Decision:
    """Return that one envelope of services comes in 12 months, and from when another one can, if the first is dated."""
    dossier = answers.dossier
    period = amount("pta_period", "assistance_pta_periode", "months", dossier)
    units = amount("units", "assistance_pta_unites", "count", dossier)
    step = fails("limite_pta", notice(17))
    began = dossier.get("date_pta")
    if began is None:
        return answers.decided("granted", "pta", step, amounts=(period, units))
    renewal = add_months_clamped(began, int(period.value or 0))
    early = answers.call_day() < renewal
    return answers.decided(
        "denied" if early else "granted",
        "pta_attente" if early else "pta_ouverte",
        step,
        amounts=(period, units),
        dates={"renewal": renewal},
    )


def _steps() -> tuple[Reason, Reason]:
    return holds("pta_enveloppe", notice(17)), holds("pta_unites", TABLE)


def _planned_units(dossier: Dossier) -> tuple[Decimal, dict[str, str]]:
    """Return the units that the services planned cost, and those of each service (as text, for the answer).

    A service named without a number ("une coiffure"), beside others, is had once.
    """
    planned: dict[str, str] = {}
    cost = ZERO
    wanted = dossier.get("pta_voulu")
    named = [name for name in SERVICES if name != wanted and dossier.get(f"pta_cite_{name}")]
    counted = [name for name in SERVICES if dossier.get(f"pta_{name}")]
    once = set(named) - set(counted) if len({*named, *counted}) > 1 else set()
    for service in SERVICES:
        count = 1 if service in once else dossier.get(f"pta_{service}")
        if count:
            units = figure(f"assistance_pta_unite_{service}", dossier) * count
            cost += units
            planned[vocabulary()["pta_service"].choice_label(service)] = str(units)
    return cost, planned


def _still_possible(
    answers: Answers, service: str, left: Decimal, total: Amount, dates: dict[str, date], conditions: tuple[str, ...]
) -> Decision:
    """Return how many times a service can still be had with the units left."""
    unit = amount("unit", f"assistance_pta_unite_{service}", "count", answers.dossier)
    most = Amount("most", left // (unit.value or 1), "count")
    amounts = (most, Amount("left", left, "count"), unit, total)
    label = vocabulary()["pta_service"].choice_label(service)
    outcome = "granted" if most.value else "denied"
    case = "service_restant" if most.value else "service_impossible"
    return answers.decided(
        outcome, case, *_steps(), amounts=amounts, dates=dates, conditions=conditions, label=label, service=service
    )


def _unit_value(answers: Answers, total: Amount, dates: dict[str, date], conditions: tuple[str, ...]) -> Decision:
    """Return what one service costs in units and how many the whole envelope pays; without a service, the envelope."""
    service = answers.dossier.get("pta_service")
    if service is None:
        case = "enveloppe_date" if dates else "enveloppe"
        return answers.decided("granted", case, *_steps(), amounts=(total,), dates=dates, conditions=conditions)
    unit = amount("unit", f"assistance_pta_unite_{service}", "count", answers.dossier)
    most = Amount("most", (total.value or ZERO) // (unit.value or 1), "count")
    return answers.decided(
        "granted",
        f"service_{service}",
        *_steps(),
        amounts=(unit, most, total),
        dates=dates,
        conditions=conditions,
    )
