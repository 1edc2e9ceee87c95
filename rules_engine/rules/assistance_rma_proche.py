"""Relatives and transports of the notice MGEN Assistance: articles 8 (Transport, Proche), 13-C, 13-G and 13-H."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.dates import last_day_within_days
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO, to_cents
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import GATE_FACTS, TABLE, Answers, amount, figure, home, notice
from rules_engine.rules.assistance_rma_evenements import EVENT_FACTS, Event, Opening, event_or_refusal, opening
from rules_engine.rules.assistance_rma_famille import CHILD_FACTS, too_old

RELATIVE_REFERENCES = (notice(13), notice(8), TABLE, notice(3), notice(7), notice(5))


def relative_refusal(answers: Answers) -> Decision | None:
    """Return the refusal for a relative who lives abroad, or outside the overseas department of the member; else None.

    Raises:
        FactNeeded: for the member's home, when the relative lives on the other side of the sea.
    """
    dossier = answers.dossier
    lives = dossier.get("residence_proche")
    if lives == "etranger":
        return answers.refused("proche_etranger", notice(13))
    if lives == "autre_territoire":
        place = home(dossier) or dossier.read("residence_adherent", among=("metropole", "drom"))
        if place == "drom":
            return answers.refused("proche_hors_departement", notice(13))
    if lives == "metropole" and home(dossier) == "drom":
        return answers.refused("proche_hors_departement", notice(13))
    return None


def _overseas_doubt(dossier: Dossier) -> tuple[str, ...]:
    """Return the warning of a relative who crosses the sea: "en France" includes the DROM, the transport does not."""
    lives = dossier.get("residence_proche")
    crosses = lives == "autre_territoire" or (lives == "drom" and dossier.get("residence_adherent") != "drom")
    return ("proche_outre_mer",) if crosses else ()


def _same_side(warnings: tuple[str, ...]) -> tuple[Reason, ...]:
    return (fails("transport_meme_cote", notice(3)),) if warnings else ()


@rule(
    "mgen_assistance_presence_proche",
    title="L'assistance paie-t-elle la venue d'un proche à mon chevet (voyage, hôtel) ?",
    references=RELATIVE_REFERENCES,
    facts=(
        *GATE_FACTS,
        *EVENT_FACTS,
        "residence_proche",
        "nuits_hebergement",
        "prix_nuit_hotel",
        "prix_transport_proche",
        "parent_hospitalise",
    ),
)
def mgen_assistance_presence_proche(dossier: Dossier) -> Decision | NotApplicable:
    """Return what is paid for a relative at the bedside: a return journey up to 500 €, 2 nights up to 92 € each.

    Sources: notice MGEN Assistance, articles 13-G and 8 (Transport), table.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_presence_proche", dossier, visitors=True)
    if dossier.get("parent_hospitalise"):
        return answers.other_contract() or answers.refused("personne_autre", notice(1))
    opened = opening(answers, relative_refusal)
    if not isinstance(opened, Opening):
        return opened
    _, outcome, case, reasons, conditions = opened
    amounts = [
        amount("transport", "assistance_transport_max", "EUR", dossier),
        amount("nights", "assistance_proche_nuits", "count", dossier),
        amount("night_price", "assistance_proche_nuit", "EUR", dossier, "night"),
    ]
    paid, cost = _visit(dossier)
    if cost is not None and paid is not None:
        amounts = [Amount("total", paid, "EUR"), Amount("remaining", to_cents(cost - paid), "EUR"), *amounts]
        case = f"{case}_calcul"
    warnings = _overseas_doubt(dossier)
    outcome, case = ("depends", "doute_outre_mer") if warnings else (outcome, case)
    steps = (holds("presence_proche", notice(13)), holds("transport_plafond", notice(8)), *reasons)
    steps = (*steps, *_same_side(warnings))
    conditions = ("proche_en_france", *conditions, "repas_exclus")
    return answers.granted(outcome, case, *steps, amounts=amounts, conditions=conditions, warnings=warnings)


def _visit(dossier: Dossier) -> tuple[Decimal | None, Decimal | None]:
    """Return (paid, cost) in € for the nights and the journey whose price was said; None when none can be computed."""
    paid, cost, known = ZERO, ZERO, False
    price, nights = dossier.get("prix_nuit_hotel"), dossier.get("nuits_hebergement")
    if price is not None and nights is not None:
        most = figure("assistance_proche_nuits", dossier)
        paid += min(price, figure("assistance_proche_nuit", dossier)) * min(Decimal(nights), most)
        cost, known = cost + price * nights, True
    journey = dossier.get("prix_transport_proche")
    if journey is not None:
        paid += min(journey, figure("assistance_transport_max", dossier))
        cost, known = cost + journey, True
    return (to_cents(paid), to_cents(cost)) if known else (None, None)


@rule(
    "mgen_assistance_enfants_chez_proche",
    title="L'assistance paie-t-elle le voyage des enfants chez un proche, ou d'un proche qui vient les garder ?",
    references=RELATIVE_REFERENCES,
    facts=(*GATE_FACTS, *EVENT_FACTS, *CHILD_FACTS, "residence_proche", "prix_transport_proche"),
)
def mgen_assistance_enfants_chez_proche(dossier: Dossier) -> Decision | NotApplicable:
    """Return what is paid of the return journey of the children to a relative, or of a relative to them (500 €).

    Sources: notice MGEN Assistance, articles 13-C and 8 (Transport); instead of the care at home.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_enfants_chez_proche", dossier, visitors=True)
    opened = opening(answers, too_old, relative_refusal)
    if not isinstance(opened, Opening):
        return opened
    _, outcome, case, reasons, conditions = opened
    warnings = _overseas_doubt(dossier)
    outcome, case = ("depends", "doute_outre_mer") if warnings else (outcome, case)
    steps = (holds("enfants_chez_proche", notice(13)), holds("transport_plafond", notice(8)), *reasons)
    steps = (*steps, *_same_side(warnings))
    amounts = (amount("transport", "assistance_transport_max", "EUR", dossier),)
    conditions = (*conditions, "au_lieu_de_garde")
    return answers.granted(outcome, case, *steps, amounts=amounts, conditions=conditions, warnings=warnings)


@rule(
    "mgen_assistance_transfert_proche",
    title="En sortant de l'hôpital, l'assistance paie-t-elle le trajet pour aller chez un proche ?",
    references=(notice(13), TABLE, notice(8), notice(7), notice(5)),
    facts=(
        *GATE_FACTS,
        *EVENT_FACTS,
        "residence_proche",
        "date_sortie_hopital",
        "date_transfert",
        "prix_transport_proche",
        "moyen_transport_assistance",
    ),
)
def mgen_assistance_transfert_proche(dossier: Dossier) -> Decision | NotApplicable:
    """Return what is paid of the return journey from home to a relative's, within 5 days of leaving hospital (200 €).

    Source: notice MGEN Assistance, article 13-H: after hospitalisation only, not medicalised.

    Raises:
        FactNeeded: for the contract, and the duration of the event told.
    """
    answers = Answers("mgen_assistance_transfert_proche", dossier, visitors=True)
    refusal = answers.other_contract() or relative_refusal(answers)
    if refusal is not None:
        return refusal
    if dossier.get("moyen_transport_assistance") == "ambulance":
        return answers.refused("medicalise", notice(13))
    if dossier.get("chirurgie_ambulatoire") and dossier.get("nb_jours_hospitalisation") is None:
        return answers.refused("hospitalisation_seule", notice(13))
    event = event_or_refusal(answers)
    if isinstance(event, Decision | NotApplicable):
        return event
    if event is not None and event.code != "hospitalisation":
        return answers.refused("hospitalisation_seule", notice(13))
    dates = _journey(dossier)
    if dates and dossier.get("date_transfert") is None and answers.call_day() > dates["journey"]:
        return answers.refused("transfert_trop_tard", notice(13), dates=dates)
    if "planned" in dates and dates["planned"] > dates["journey"]:
        return answers.refused("transfert_hors_delai", notice(13), dates=dates)
    return _journey_paid(answers, event, dates)


def _journey(dossier: Dossier) -> dict[str, date]:
    """Return the last day of the journey, 5 days after leaving hospital, and the day planned where both are told."""
    left, planned = dossier.get("date_sortie_hopital"), dossier.get("date_transfert")
    if left is None:
        return {}
    last = last_day_within_days(left, int(figure("assistance_transfert_delai", dossier)))
    return {"journey": last} if planned in (None, left) else {"journey": last, "planned": planned}


def _journey_paid(answers: Answers, event: Event | None, dates: dict[str, date]) -> Decision:
    """Return what is paid of the journey (€), of the price told where one is."""
    dossier = answers.dossier
    amounts = [amount("budget", "assistance_transfert_budget", "EUR", dossier)]
    price = dossier.get("prix_transport_proche")
    case = "accordee" if event else "general"
    if price is not None:
        paid = min(price, figure("assistance_transfert_budget", dossier))
        total = Amount("total", to_cents(paid), "EUR")
        amounts = [total, Amount("remaining", to_cents(price - paid), "EUR"), *amounts]
        case = f"{case}_calcul"
    elif dates:
        case = f"{case}_le" if "planned" in dates else f"{case}_date"
    stay = event.conditions if event else ("plus_de_24_heures",)
    conditions = (*stay, "trajet_avant_date" if dates else "trajet_delai", "non_medicalise")
    warnings = _overseas_doubt(dossier)
    outcome = "depends" if event is None else "granted"
    outcome, case = ("depends", "doute_outre_mer") if warnings else (outcome, case)
    steps = (holds("transfert_proche", notice(13)), *_same_side(warnings))
    return answers.granted(
        outcome, case, *steps, amounts=amounts, dates=dates, conditions=conditions, warnings=warnings
    )


@rule(
    "mgen_assistance_transport",
    title="Quel transport l'assistance paie-t-elle (taxi, train, avion, ambulance) et jusqu'à combien ?",
    references=(notice(8), notice(13), notice(3), notice(7), notice(5)),
    facts=(*GATE_FACTS, "moyen_transport_assistance", "distance_domicile", "prix_transport_proche"),
)
def mgen_assistance_transport(dossier: Dossier) -> Decision | NotApplicable:
    """Return which means of transport is paid and up to what (500 €); a plane only beyond 500 km and if alone possible.

    Sources: notice MGEN Assistance, articles 8 (Transport) and 3.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("mgen_assistance_transport", dossier)
    refusal = answers.gate()
    if refusal is not None:
        return refusal
    means, distance = dossier.get("moyen_transport_assistance"), dossier.get("distance_domicile")
    if means == "ambulance":
        return answers.refused("ambulance", notice(8))
    least = figure("assistance_avion_distance", dossier)
    if means == "avion" and distance is not None and distance <= least:
        return answers.refused("avion_trop_pres", notice(8))
    most = amount("transport", "assistance_transport_max", "EUR", dossier)
    amounts: tuple[Amount, ...] = (most,)
    case = "avion" if means == "avion" else "accordee"
    price = dossier.get("prix_transport_proche")
    if price is not None and case == "accordee":
        paid = to_cents(min(price, most.value or ZERO))
        amounts = (Amount("total", paid, "EUR"), Amount("remaining", to_cents(price - paid), "EUR"), most)
        case = "accordee_calcul"
    conditions = ("assistance_decide", "liee_a_une_prestation")
    step = holds("transport_plafond", notice(8))
    outcome = "depends" if means == "avion" else "granted"
    return answers.granted(outcome, case, step, amounts=amounts, conditions=conditions)
