"""Help at home that several contracts give: ÔJI (packs de services), FPE (MGEN Écoute et Solutions), MGEN Solutions.

Each function answers one question for these three contracts; MGEN Santé Prévoyance has a notice of its own.
"""

from __future__ import annotations

from rules_engine.decision import Amount, Decision, NotApplicable, holds
from rules_engine.dossier import Dossier
from rules_engine.money import to_cents
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import (
    CONTRACT_FACTS,
    FPE,
    OJI_TABLE,
    PHONES,
    SOLUTIONS,
    Answers,
    amount,
    contract_of,
    number,
    oji,
)
from rules_engine.rules.assistance_collectif_cancer import fpe_cancer_help
from rules_engine.rules.assistance_collectif_guides import (
    EVALUATED,
    convalescence_only,
    fpe_daily_help,
    solutions_help,
)
from rules_engine.rules.assistance_oji_conditions import (
    abroad,
    oji_refusal,
    threshold_open,
    trip_conditions,
    trip_refusal,
)

MSP_SERVICES = {
    "animaux": "mgen_assistance_animaux",
    "teleassistance": "mgen_assistance_teleassistance",
    "ecole_domicile": "mgen_assistance_ecole_domicile",
    "conduite_ecole": "mgen_assistance_conduite_ecole",
    "bien_etre": "mgen_assistance_bien_etre",
}
OJI_AGREED = ("accord_prealable", "evaluation")
CALL_FACTS = (*CONTRACT_FACTS, "date_evenement", "date_demande", "appel_tardif", "sejour_convalescence")
OJI_FACTS = (
    "cause_assistance",
    "cause_imprevue",
    "nb_jours_hospitalisation",
    "nb_jours_immobilisation",
    "cause_exclue",
)


@rule(
    "assistance_aide_domicile",
    title="L'assistance m'envoie-t-elle une aide à domicile (ÔJI, FPE, MGEN Solutions) ?",
    references=(oji(14), oji(8), oji(5), oji(6), oji(20), oji(19), FPE, SOLUTIONS),
    facts=(
        *CALL_FACTS,
        *OJI_FACTS,
        "type_traitement_cancer",
        "date_seance",
        "heures_deja_utilisees",
        "heures_semaine_voulues",
    ),
)
def assistance_aide_domicile(dossier: Dossier) -> Decision | NotApplicable:
    """Return the hours of help at home and until when to call.

    Sources: notice Packs de services ÔJI, articles 14-A, 8 and 5 (10 hours; more than 48 hours unforeseen in
    hospital or 5 days immobilised; 20 days); guide FPE "Mes garanties d'assistance" (24 hours a year for a cancer
    treatment, otherwise by assessment); guide MGEN Solutions "Vos services d'assistance".

    Raises:
        FactNeeded: for the contract; with FPE for the situation.
    """
    answers = Answers("assistance_aide_domicile", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        return oji_refusal(answers) or _oji_home_help(answers)
    if contract == "FPE":
        return _fpe_home_help(answers)
    if contract == "SOLUTIONS":
        return solutions_help(answers, "solutions")
    return answers.outside(contract)


def _oji_home_help(answers: Answers) -> Decision:
    dossier = answers.dossier
    hours = amount("hours", "oji_assistance_aide_domicile", "hours", dossier)
    still_open = threshold_open(dossier)
    return answers.granted_at_home(
        "OJI",
        "oji" if still_open else "oji_seuil",
        holds("oji_aide", oji(14)),
        amounts=(hours,),
        conditions=OJI_AGREED,
    )


def _fpe_home_help(answers: Answers) -> Decision:
    if convalescence_only(answers.dossier):
        return fpe_daily_help(answers, "fpe")
    causes = ("hospitalisation", "traitement_cancer", "handicap", "aidant")
    if answers.dossier.get("cause_assistance") is None and answers.dossier.get("type_traitement_cancer"):
        return fpe_cancer_help(answers)
    cause = answers.dossier.read("cause_assistance", among=causes)
    if cause == "traitement_cancer":
        return fpe_cancer_help(answers)
    if cause == "handicap":
        return answers.granted_at_home("FPE", "fpe_handicap", holds("fpe_handicap", FPE), conditions=EVALUATED)
    return fpe_daily_help(answers, "fpe")


@rule(
    "assistance_livraison_medicaments",
    title="L'assistance me livre-t-elle mes médicaments (ÔJI, FPE, MGEN Solutions) ?",
    references=(oji(14), OJI_TABLE, oji(8), oji(5), oji(6), oji(20), oji(19), FPE, SOLUTIONS),
    facts=(*CALL_FACTS, *OJI_FACTS, "aide_entourage", "distance_domicile", "zone_sejour", "prix_du_medicament"),
)
def assistance_livraison_medicaments(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether medicines are delivered, how often, and at which conditions.

    Sources: notice Packs de services ÔJI, article 14-C (one delivery an event, 30 km, certificate beforehand) and its
    table (one delivery in 10 days): both are shown; guides FPE and MGEN Solutions name the service without figures.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_livraison_medicaments", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        return abroad(answers, "etranger_medicaments") or oji_refusal(answers) or _oji_medicines(answers)
    if contract == "FPE":
        return fpe_daily_help(answers, "fpe")
    if contract == "SOLUTIONS":
        return solutions_help(answers, "solutions")
    return answers.outside(contract)


def _oji_medicines(answers: Answers) -> Decision:
    dossier = answers.dossier
    if dossier.get("prix_du_medicament"):
        return answers.refused("oji_prix", oji(14), contacts=PHONES["OJI"])
    if dossier.get("aide_entourage"):
        return answers.refused("oji_entourage", oji(14))
    distance = dossier.get("distance_domicile")
    if distance is not None and distance > number("oji_medicaments_rayon", dossier):
        return answers.refused("oji_trop_loin", oji(14))
    amounts = (
        amount("per_event", "oji_medicaments_par_evenement", "count", dossier),
        amount("per_period", "oji_medicaments_livraisons_tableau", "count", dossier),
        amount("period", "oji_medicaments_periode_tableau", "days", dossier),
    )
    return answers.granted_at_home(
        "OJI",
        "oji",
        holds("oji_medicaments_texte", oji(14)),
        holds("oji_medicaments_tableau", OJI_TABLE),
        amounts=amounts,
        conditions=(
            *(("seuils_oji",) if threshold_open(dossier) else ()),
            *("certificat_avant", "medicaments_a_charge", "rayon", "accord_prealable"),
        ),
        warnings=("frequence_medicaments",),
        documents=("certificat_deplacement",),
    )


@rule(
    "assistance_courses",
    title="L'assistance livre-t-elle mes courses ou m'accompagne-t-elle (ÔJI, FPE, MGEN Solutions) ?",
    references=(oji(14), FPE, SOLUTIONS),
    facts=(*CALL_FACTS, "cause_assistance"),
)
def assistance_courses(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether shopping is helped with.

    Sources: notice Packs de services ÔJI, article 14 (not among its benefits); guide FPE (company for the shopping);
    the guide MGEN Solutions does not name it.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_courses", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        return answers.refused("oji_absent", oji(14), contacts=PHONES["OJI"])
    if contract == "FPE":
        return fpe_daily_help(answers, "fpe")
    return answers.outside(contract)


@rule(
    "assistance_garde_enfants",
    title="L'assistance fait-elle garder mes enfants (ÔJI, FPE, MGEN Solutions) ?",
    references=(oji(14), FPE, SOLUTIONS),
    facts=(*CALL_FACTS, "cause_assistance"),
)
def assistance_garde_enfants(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether children are looked after.

    Sources: notice Packs de services ÔJI, article 14 (not among its benefits); guides FPE and MGEN Solutions.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_garde_enfants", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        return answers.refused("oji_absent", oji(14), contacts=PHONES["OJI"])
    if contract == "FPE":
        return fpe_daily_help(answers, "fpe")
    if contract == "SOLUTIONS":
        return solutions_help(answers, "solutions")
    return answers.outside(contract)


@rule(
    "assistance_presence_proche",
    title="L'assistance paie-t-elle la venue d'un proche à mon chevet (ÔJI, FPE, MGEN Solutions) ?",
    references=(oji(14), oji(15), oji(8), oji(5), oji(6), oji(20), oji(19), FPE, SOLUTIONS),
    facts=(
        *CALL_FACTS,
        *OJI_FACTS,
        "en_deplacement",
        "isole_famille",
        "transportable",
        "duree_sejour",
        "deplacement_court",
        "distance_domicile",
        "residence_adherent",
        "residence_proche",
        "nuits_hebergement",
        "prix_nuit_hotel",
        "zone_sejour",
    ),
)
def assistance_presence_proche(dossier: Dossier) -> Decision | NotApplicable:
    """Return transport (€) and nights (count, € a night) of a relative at the bedside.

    Sources: notice Packs de services ÔJI, articles 14-B (2 nights at 50 €), 15-D (away from home, alone, more than
    10 days in hospital: 10 nights) and 8 (500 € of transport); guide FPE.

    Raises:
        FactNeeded: for the contract; beyond 10 days in hospital, whether away from home.
    """
    answers = Answers("assistance_presence_proche", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        away = abroad(answers, "etranger_visite_proche")
        return away or oji_refusal(answers) or _relative_abroad(answers) or _oji_visit(answers)
    if contract == "FPE":
        return fpe_daily_help(answers, "fpe")
    return answers.outside(contract)


def _relative_abroad(answers: Answers) -> Decision | None:
    """Return the refusal of a relative who lives abroad, or out of the member's overseas department (article 14-B)."""
    dossier = answers.dossier
    lives = dossier.get("residence_proche")
    if lives == "etranger":
        return answers.refused("proche_etranger", oji(14), contacts=PHONES["OJI"])
    if lives in ("autre_territoire", "metropole") and dossier.get("residence_adherent") == "drom":
        return answers.refused("proche_hors_departement", oji(14), contacts=PHONES["OJI"])
    return None


def _oji_visit(answers: Answers) -> Decision:
    away = _long_stay_away(answers)
    prefix = "oji_deplacement" if away else "oji_proche"
    article = oji(15) if away else oji(14)
    nights = amount("nights", f"{prefix}_nuits", "count", answers.dossier)
    night = amount("night", f"{prefix}_nuit", "EUR", answers.dossier, "night")
    transport = amount("transport", "oji_transport_plafond", "EUR", answers.dossier)
    dossier = answers.dossier
    conditions = ["proche_residence", "accord_prealable"]
    if away:
        conditions[:0] = [*trip_conditions(dossier), "non_transportable"]
    elif threshold_open(dossier):
        conditions.insert(0, "seuils_oji")
    asked = dossier.get("nuits_hebergement")
    case = "oji_deplacement" if away else "oji"
    assert nights.value is not None and night.value is not None
    counted = min(asked or nights.value, nights.value)
    price = min(dossier.get("prix_nuit_hotel") or night.value, night.value)
    total = Amount("total", to_cents(counted * price), "EUR")
    return answers.granted_at_home(
        "OJI",
        case if asked is None else f"{case}_nuits",
        holds("oji_visite", article),
        holds("oji_transport", oji(8)),
        amounts=(transport, nights, night, total),
        conditions=tuple(conditions),
        asked=asked,
        counted=counted,
        paid=price,
    )


def _long_stay_away(answers: Answers) -> bool:
    """Whether article 15-D gives more than article 14-B: alone, away in France, more than 10 days in hospital."""
    dossier = answers.dossier
    least = number("oji_deplacement_hospitalisation_min", dossier)
    stay = dossier.get("nb_jours_hospitalisation")
    if stay is None or stay <= least or dossier.get("transportable"):
        return False
    distance = dossier.get("distance_domicile")
    far = distance is not None and distance > number("oji_assistance_distance", dossier)
    if not (far or dossier.read("en_deplacement")) or not dossier.presume("isole_famille", True):
        return False
    return trip_refusal(answers) is None


@rule(
    "assistance_autre_service",
    title="L'assistance prend-elle en charge un autre service : animaux, téléassistance, école à domicile, bien-être ?",
    references=(oji(14), FPE, SOLUTIONS),
    facts=(*CALL_FACTS, "service_demande", "cause_assistance"),
)
def assistance_autre_service(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a contract gives pets' care, téléassistance, school at home, school runs or well-being services.

    Sources: notice Packs de services ÔJI, article 14 (none of them); guide FPE (school runs, well-being in case of
    disability); guide MGEN Solutions (well-being and support).

    Raises:
        FactNeeded: for the contract, the service.
    """
    answers = Answers("assistance_autre_service", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        return answers.refused("oji_absent", oji(14), contacts=PHONES["OJI"])
    if contract == "MSP":
        return answers.outside(contract, MSP_SERVICES.get(dossier.get("service_demande"), ""))
    service = dossier.read("service_demande", among=("conduite_ecole", "bien_etre", "autre"))
    if contract == "FPE" and service == "conduite_ecole":
        return fpe_daily_help(answers, "fpe_conduite_ecole")
    if contract == "FPE" and service == "bien_etre":
        return answers.granted_at_home("FPE", "fpe_bien_etre", holds("fpe_handicap", FPE), conditions=EVALUATED)
    if contract == "SOLUTIONS" and service == "bien_etre":
        return solutions_help(answers, "solutions_bien_etre")
    return answers.outside(contract)
