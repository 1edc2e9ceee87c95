"""Help to ÔJI members in France: examinations, convalescence, trips in France, who is covered (packs de services)."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import last_day_within_days
from rules_engine.dates_assistance import last_day_within_hours_after, longer_than_hours
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import (
    CONTRACT_FACTS,
    OJI_TABLE,
    PHONES,
    Answers,
    amount,
    call_day,
    oji,
    oji_only,
)
from rules_engine.rules.assistance_nuits import IN_FRANCE, lodging, nights_case
from rules_engine.rules.assistance_oji_conditions import (
    abroad,
    oji_refusal,
    threshold_open,
    trip_conditions,
    trip_refusal,
)

CALL = ("date_evenement", "date_demande", "appel_tardif", "question_trop_tard", "question_exclusion")
# The dates of the journey are declared so that they are not read as those of the event or of the call.
TRIP_DATES = ("date_debut_sejour", "date_retour")
TRIP_LENGTHS = ("duree_sejour", "deplacement_court")
TRIP_CAUSES = ("cause_exclue", "deplacement_medical")
TRIP = (*CONTRACT_FACTS, "zone_sejour", *TRIP_LENGTHS, "distance_domicile", *TRIP_CAUSES, *TRIP_DATES)
NIGHTS = ("nuits_hebergement", "prix_nuit_hotel")
OJI_FACTS = (
    "cause_assistance",
    "cause_imprevue",
    "nb_jours_hospitalisation",
    "nb_jours_immobilisation",
    "cause_exclue",
    "sejour_convalescence",
)


@rule(
    "oji_transport_examen",
    title="L'assistance ÔJI me conduit-elle à mes examens ?",
    references=(oji(14), oji(5), oji(6), oji(20), oji(19)),
    facts=(
        *CONTRACT_FACTS,
        "distance_domicile",
        "nb_jours_immobilisation",
        "deja_transport_examen",
        "trajets_examen",
        "cause_exclue",
        *CALL,
    ),
)
@oji_only
def oji_transport_examen(answers: Answers) -> Decision | NotApplicable:
    """Return the journeys (count) to school or university examinations: more than 5 days immobilised, within 30 km.

    Sources: notice Packs de services ÔJI, articles 14-E (10 journeys, one event in 12 months) and 5 (20 days to call).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    excluded = answers.excluded()
    if excluded is not None:
        return excluded
    period = amount("period", "oji_examens_periode", "months", dossier)
    if dossier.get("deja_transport_examen"):
        return answers.refused("deja", oji(14), amounts=(period,), contacts=PHONES["OJI"])
    radius = amount("radius", "oji_examens_rayon", "km", dossier)
    distance = dossier.get("distance_domicile")
    if distance is not None and radius.value is not None and distance > radius.value:
        return answers.refused("trop_loin", oji(14), amounts=(radius,), contacts=PHONES["OJI"], distance=distance)
    still = amount("still_min", "oji_assistance_immobilisation_min", "days", dossier)
    length = dossier.get("nb_jours_immobilisation")
    if length is not None and still.value is not None and length <= still.value:
        return answers.refused("trop_court", oji(14), amounts=(still,), contacts=PHONES["OJI"])
    trips = amount("trips", "oji_examens_trajets", "count", dossier)
    open_conditions = {"immobilise": length is None, "rayon": distance is None}
    conditions = (*(code for code, is_open in open_conditions.items() if is_open), "accord_prealable")
    asked = dossier.get("trajets_examen")
    case = "oui" if asked is None or trips.value is None else "oui_trop" if asked > trips.value else "oui_trajets"
    return answers.granted_at_home(
        "OJI",
        case,
        holds("examens", oji(14)),
        amounts=(trips, radius, period, still),
        conditions=conditions,
        asked=asked,
    )


@rule(
    "oji_transfert_proche",
    title="L'assistance ÔJI paie-t-elle le trajet vers un proche pour ma convalescence ?",
    references=(oji(14), OJI_TABLE, oji(8), oji(5), oji(6), oji(20), oji(19)),
    facts=(*CONTRACT_FACTS, *OJI_FACTS, "date_sortie_hopital", "date_trajet_proche", "prix", *CALL),
)
@oji_only
def oji_transfert_proche(answers: Answers) -> Decision | NotApplicable:
    """Return what the journey to a relative's home is paid (€ both ways) and until when to make it.

    Sources: notice Packs de services ÔJI, article 14-D (200 €, in the 5 days after leaving hospital); its table also
    ticks the immobilisation without a stay in hospital: both readings are shown.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    refusal = oji_refusal(answers)
    if refusal is not None:
        return refusal
    ceiling = amount("ceiling", "oji_transfert_proche_plafond", "EUR", dossier)
    delay = amount("travel_delay", "oji_transfert_proche_delai", "days", dossier)
    if dossier.get("cause_assistance") == "immobilisation" and dossier.get("date_sortie_hopital") is None:
        reasons = (fails("apres_hopital", oji(14)), holds("tableau_immobilisation", OJI_TABLE))
        return answers.decided(
            "depends",
            "immobilisation",
            *reasons,
            amounts=(ceiling, delay),
            warnings=("transfert_deux_lectures",),
            contacts=PHONES["OJI"],
        )
    return _after_hospital(answers, ceiling, delay)


def _after_hospital(answers: Answers, ceiling: Amount, delay: Amount) -> Decision:
    left = answers.dossier.get("date_sortie_hopital")
    bill = answers.dossier.get("prix")
    amounts: tuple[Amount, ...] = (ceiling, delay)
    if bill is not None and ceiling.value is not None:
        paid = to_cents(min(bill, ceiling.value))
        amounts = (Amount("total", paid, "EUR"), Amount("remaining", to_cents(bill - paid), "EUR"), *amounts)
    conditions = ["accord_prealable", "non_medicalise"]
    if threshold_open(answers.dossier):
        conditions.insert(0, "seuils_oji")
    if left is None:
        return answers.granted_at_home(
            "OJI", "oui", holds("transfert", oji(14)), amounts=amounts, conditions=tuple(conditions), bill=bill
        )
    last = last_day_within_days(left, int(delay.value or 0))
    answers.dossier.get("question_trop_tard")  # whether the sentence begins with yes or no
    if (answers.dossier.get("date_trajet_proche") or call_day(answers.dossier)) > last:
        dates = {"last_travel": last}
        return answers.refused("sortie_ancienne", oji(14), amounts=(delay,), dates=dates, contacts=PHONES["OJI"])
    return answers.decided(
        "granted",
        "oui_date",
        holds("transfert", oji(14)),
        amounts=amounts,
        dates={"last_travel": last},
        conditions=tuple(conditions),
        contacts=PHONES["OJI"],
        bill=bill,
    )


@rule(
    "oji_transfert_medical",
    title="L'assistance ÔJI me ramène-t-elle chez moi après un accident en France ?",
    references=(oji(15), oji(4), oji(3), oji(5), oji(6), oji(20), oji(19), OJI_TABLE),
    facts=(*TRIP, "residence_adherent", "jours_depuis_evenement", "question_decision", *CALL),
)
@oji_only
def oji_transfert_medical(answers: Answers) -> Decision | NotApplicable:
    """Return whether a medical transfer in France is paid (actual cost), and until when to call (48 hours).

    Sources: notice Packs de services ÔJI, articles 15-A, 4 (trip of less than 90 days, more than 50 km away), 3 (DROM),
    5 (48 hours) and table ("frais réels").

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    outside = abroad(answers, "assistance_rapatriement")
    if outside is not None:
        return outside
    delay = amount("delay", "oji_assistance_transfert_delai", "hours", dossier)
    refusal = _late_transfer(answers, delay) or trip_refusal(answers)
    if refusal is not None:
        return refusal
    dates = _transfer_dates(dossier, delay)
    called_before = bool(dates) and call_day(dossier) > dates["deadline"]  # told to be done, but not on what day
    case = ("deja_appele" if called_before else "oui_date") if dates else "oui"
    if dossier.get("question_decision"):
        case = "decision"
    conditions = [*trip_conditions(dossier), "decision_medicale"]
    if dossier.get("residence_adherent") == "drom":
        conditions.append("drom_interne")
    return answers.decided(
        "granted",
        "drom" if "drom_interne" in conditions else case,
        holds("transfert_medical", oji(15)),
        holds("deplacement", oji(4)),
        holds("frais_reels", OJI_TABLE),
        holds("delai_transfert", oji(5)),
        *((holds("drom", oji(3)),) if "drom_interne" in conditions else ()),
        amounts=(Amount("full_cost", None, ""), delay),
        dates=dates,
        conditions=tuple(conditions),
        contacts=PHONES["OJI"],
    )


def _transfer_dates(dossier: Dossier, delay: Amount) -> dict[str, date]:
    """Return the day on which the 48 hours after the event end; empty when its date is unknown."""
    event = dossier.get("date_evenement")
    return {} if event is None else {"deadline": last_day_within_hours_after(event, int(delay.value or 0))}


def _late_transfer(answers: Answers, delay: Amount) -> Decision | None:
    """Return the refusal of a request made more than 48 hours after the event, by its date or the time told.

    Who called already, on a day not told, is not refused; nor, without a reserve, who does not say so.
    """
    dossier = answers.dossier
    dossier.get("question_trop_tard")  # whether the sentence begins with yes or no
    dates = _transfer_dates(dossier, delay)
    to_call = dossier.get("appel_tardif")
    if dossier.get("date_demande") is None and to_call is False:
        return None
    if dates and call_day(dossier) > dates["deadline"]:
        told = dossier.get("date_demande") is not None or to_call
        case = "tard_48h" if told else "tard_48h_sauf"
        return answers.refused(case, oji(5), amounts=(delay,), dates=dates, contacts=PHONES["OJI"])
    since = dossier.get("jours_depuis_evenement")
    if not dates and since is not None and longer_than_hours(since, int(delay.value or 0)):
        return answers.refused("trop_tard_48h", oji(5), amounts=(delay,), contacts=PHONES["OJI"])
    return None


@rule(
    "oji_attente_accompagnant",
    title="L'assistance ÔJI paie-t-elle l'hôtel de la personne qui reste avec moi ?",
    references=(oji(15), oji(4), oji(5), oji(6), oji(20), oji(19)),
    facts=(*TRIP, "nb_jours_hospitalisation", *NIGHTS, *CALL),
)
@oji_only
def oji_attente_accompagnant(answers: Answers) -> Decision | NotApplicable:
    """Return the nights (count, € a night, € in all) of a companion: away in France, more than 10 days in hospital.

    Sources: notice Packs de services ÔJI, articles 15-B and 4.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    outside = abroad(answers, "etranger_visite_proche")
    if outside is not None:
        return outside
    shortest = amount("shortest", "oji_deplacement_hospitalisation_min", "days", dossier)
    stay = dossier.get("nb_jours_hospitalisation")
    if stay is not None and shortest.value is not None and stay <= shortest.value:
        return answers.refused("trop_court", oji(15), amounts=(shortest,), contacts=PHONES["OJI"])
    refusal = trip_refusal(answers)
    if refusal is not None:
        return refusal
    return answers.granted_at_home(
        "OJI",
        nights_case(dossier, IN_FRANCE, "oui"),
        holds("attente", oji(15)),
        amounts=(*lodging(dossier, IN_FRANCE), shortest),
        conditions=(*trip_conditions(dossier), "non_transportable", "accord_prealable"),
        asked=dossier.get("nuits_hebergement"),
        open=stay is None,
    )


@rule(
    "oji_prolongation_france",
    title="L'assistance ÔJI paie-t-elle l'hôtel si je ne peux pas rentrer chez moi, en France ?",
    references=(oji(15), oji(4), oji(5), oji(6), oji(20), oji(19)),
    facts=(*TRIP, *NIGHTS, *CALL),
)
@oji_only
def oji_prolongation_france(answers: Answers) -> Decision | NotApplicable:
    """Return the nights (count, € a night, € in all) of a member away in France, cared for but not fit to travel.

    Sources: notice Packs de services ÔJI, articles 15-C and 4.

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    outside = abroad(answers, "etranger_prolongation_sejour")
    if outside is not None:
        return outside
    refusal = trip_refusal(answers)
    if refusal is not None:
        return refusal
    conditions = (*trip_conditions(dossier), "decision_medicale", "accord_prealable")
    return answers.granted_at_home(
        "OJI",
        nights_case(dossier, IN_FRANCE, "oui"),
        holds("prolongation", oji(15)),
        amounts=lodging(dossier, IN_FRANCE),
        conditions=conditions,
        asked=dossier.get("nuits_hebergement"),
    )
