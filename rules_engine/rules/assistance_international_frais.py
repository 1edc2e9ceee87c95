"""Medical costs abroad, ÔJI: annexe 3, Couverture internationale (CI) and its complement (CCI)."""

from __future__ import annotations

from rules_engine.decision import Amount, Decision, NotApplicable, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO, percent_of, to_cents
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import ANNEXE, CONTRACT_FACTS, Answers, amount, ima, number
from rules_engine.rules.assistance_international_conditions import (
    AMERICA,
    HOME,
    call_contacts,
    oji_abroad,
    place_warnings,
)

FRANCHISE_ZONES = frozenset({"bresil", "mexique", "pays_franchise"})
OUTPATIENT = (
    "generaliste",
    "specialiste",
    "urgences",
    "radiologie",
    "scanner_irm",
    "kinesitherapie",
    "laboratoire",
    "pharmacie",
)
THRESHOLD_ACTS = frozenset({"generaliste", "specialiste", "urgences", "radiologie"})
DEDUCTED = "deduction_opam"


def home_refusal(answers: Answers) -> Decision | None:
    """Return that care in France follows the tables of the formule, when the place is not abroad."""
    if answers.dossier.get("zone_sejour") in HOME:
        return answers.refused("pas_etranger", ANNEXE)
    return None


def cover(dossier: Dossier) -> str:
    """Return which cover the member has: `CI` or `CCI`.

    Raises:
        FactNeeded: when it is unknown.
    """
    found: str = dossier.read("couverture_internationale")
    return found


@rule(
    "etranger_hospitalisation",
    title="Combien ÔJI paie-t-elle une hospitalisation à l'étranger ?",
    references=(ANNEXE, ima("2-2-1"), ima("2-3"), article_msp("9")),
    facts=(
        *CONTRACT_FACTS,
        "zone_sejour",
        "couverture_internationale",
        "reseau_agree_etranger",
        "prix",
        "sejour_etranger_type",
        "soin_etranger",
        "urgences_suivies_admission",
        "cause_assistance",
    ),
)
@oji_abroad
def etranger_hospitalisation(answers: Answers) -> Decision | NotApplicable:
    """Return rate (%), ceiling (€ a stay) and, when the bill is known, what is covered before the OPAM's share.

    Sources: annexe 3, Couverture internationale, "Hospitalisation et maternité"; notice IMA, articles 2-2-1 and 2-3.

    Raises:
        FactNeeded: for the contract, the network, the cover.
    """
    dossier = answers.dossier
    refusal = home_refusal(answers)
    if refusal is not None:
        return refusal
    if _outpatient(dossier):
        return answers.elsewhere("voir_soins_courants", "etranger_soins_courants", ANNEXE)
    network = "reseau" if dossier.read("reseau_agree_etranger") else "hors_reseau"
    return _hospital(answers, network, "CI" if _below_first_ceiling(dossier, network) else cover(dossier))


def _outpatient(dossier: Dossier) -> bool:
    """Whether the care told is no stay in hospital: where one is told too, its own acts (a scan) belong to it."""
    act = dossier.get("soin_etranger")
    if act == "urgences" and (admitted := dossier.get("urgences_suivies_admission")) is not None:
        return not admitted
    return act in OUTPATIENT and dossier.get("cause_assistance") not in ("hospitalisation", "maternite")


def _below_first_ceiling(dossier: Dossier, network: str) -> bool:
    """Whether both covers pay the same for the bill told: the complement only adds to what passes the ceiling."""
    bill = dossier.get("prix")
    if bill is None or dossier.get("couverture_internationale") is not None:
        return False
    prefix = "etranger_hospitalisation" if network == "reseau" else "etranger_hors_reseau"
    return percent_of(number(f"{prefix}_taux", dossier), bill) <= number(f"{prefix}_plafond", dossier)


def _hospital(answers: Answers, network: str, which: str) -> Decision:
    dossier = answers.dossier
    prefix = "etranger_hospitalisation" if network == "reseau" else "etranger_hors_reseau"
    amounts = [
        amount("rate", f"{prefix}_taux", "percent", dossier),
        amount("ceiling", f"{prefix}_plafond", "EUR", dossier, "stay"),
    ]
    if which == "CCI":
        amounts.append(amount("beyond_rate", "etranger_hospitalisation_taux_cci", "percent", dossier))
        amounts.append(amount("total_ceiling", f"{prefix}_plafond_cci", "EUR", dossier, "stay"))
    amounts[:0] = _hospital_total(dossier, network, amounts)
    zone = dossier.get("zone_sejour")
    conditions = ["appel_prealable", DEDUCTED] if network == "reseau" and zone != "com" else [DEDUCTED]
    if dossier.get("sejour_etranger_type") == "tourisme":
        conditions.insert(0, "evenement_soudain")
    unclear = network == "hors_reseau" and which == "CCI"
    case = f"{network}_{which.lower()}" + ("_total" if amounts[0].name == "total" else "")
    reasons = [holds(f"hospitalisation_{network}", ANNEXE)]
    if "appel_prealable" in conditions:
        reasons.append(holds("paiement_direct", ima("2-2-1")))
    if "evenement_soudain" in conditions:
        reasons.append(holds("evenement_soudain", ima("2-3")))
    return answers.decided(
        "granted",
        case,
        *reasons,
        amounts=amounts,
        conditions=tuple(conditions),
        warnings=(*(("au_dela_ambigu",) if unclear else ()), *place_warnings(zone)),
        contacts=call_contacts(zone),
        bill=dossier.get("prix"),
    )


def _hospital_total(dossier: Dossier, network: str, amounts: list[Amount]) -> list[Amount]:
    """Return what is covered for the bill (€); nothing where the text leaves it open (out of network, CCI)."""
    bill = dossier.get("prix")
    figures = {found.name: found.value or ZERO for found in amounts}
    if bill is None:
        return []
    first = percent_of(figures["rate"], bill)
    if first <= figures["ceiling"]:
        return [Amount("total", first, "EUR")]
    if "total_ceiling" not in figures:
        return [Amount("total", to_cents(figures["ceiling"]), "EUR")]
    if network == "hors_reseau":
        return []
    beyond = percent_of(figures["beyond_rate"], bill - figures["ceiling"])
    return [Amount("total", to_cents(min(figures["ceiling"] + beyond, figures["total_ceiling"])), "EUR")]


@rule(
    "etranger_soins_courants",
    title="Combien ÔJI paie-t-elle une consultation, un examen ou des médicaments à l'étranger ?",
    references=(ANNEXE, article_msp("9")),
    facts=(
        *CONTRACT_FACTS,
        "zone_sejour",
        "soin_etranger",
        "couverture_internationale",
        "urgences_suivies_admission",
        "prix",
        "question_franchise",
        "nb_seances_etranger",
    ),
)
@oji_abroad
def etranger_soins_courants(answers: Answers) -> Decision | NotApplicable:
    """Return what an outpatient act is paid: full cost less a franchise (USD or €), or a share (%), by country.

    Sources: annexe 3, Couverture internationale, "Soins courants" and its notes.

    Raises:
        FactNeeded: for the contract, the country, the act, the cover.
    """
    dossier = answers.dossier
    zone = dossier.read("zone_sejour", among=("etats_unis", "pays_franchise", "autre_pays"))
    refusal = home_refusal(answers)
    if refusal is not None:
        return refusal
    if zone not in FRANCHISE_ZONES and zone != "etats_unis":
        return _share(answers)
    dossier.get("question_franchise")
    act = dossier.read("soin_etranger", among=OUTPATIENT)
    if act == "hospitalisation":
        return answers.elsewhere("voir_hospitalisation", "etranger_hospitalisation", ANNEXE)
    return _american_act(answers, act) if zone == "etats_unis" else _listed_act(answers, act)


def _yearly(dossier: Dossier, which: str) -> Amount:
    return amount("yearly_ceiling", f"etranger_soins_plafond_{which.lower()}", "EUR", dossier, "year")


def _share(answers: Answers) -> Decision:
    """Return the share of the actual cost in the other countries, the same for all acts."""
    dossier = answers.dossier
    which = cover(dossier)
    rate = amount("rate", f"etranger_autres_taux_{which.lower()}", "percent", dossier)
    amounts = [rate, _yearly(dossier, which)]
    bill = dossier.get("prix")
    if bill is not None and rate.value is not None:
        paid = percent_of(rate.value, bill)
        amounts[:0] = [Amount("total", paid, "EUR"), Amount("remaining", to_cents(bill - paid), "EUR")]
    warnings = place_warnings(dossier.get("zone_sejour"))
    reasons = [holds("part_frais_reels", ANNEXE)]
    if warnings:
        reasons.append(holds("com_soins", article_msp("9")))
    return answers.decided(
        "granted",
        "part_total" if bill is not None else "part",
        *reasons,
        amounts=amounts,
        conditions=(DEDUCTED, "plafond_annuel"),
        warnings=warnings,
        bill=bill,
        cover=which,
    )


def _without_franchise(answers: Answers, case: str, conditions: tuple[str, ...]) -> Decision:
    """Return that an act is paid in full with either cover; its yearly ceiling is told when the cover is known."""
    which = answers.dossier.get("couverture_internationale")
    if which is None:
        return _paid(answers, case, (), conditions, "")
    return _paid(answers, case, (_yearly(answers.dossier, which),), (*conditions, "plafond_annuel"), which)


def _american_act(answers: Answers, act: str) -> Decision:
    dossier = answers.dossier
    conditions: tuple[str, ...] = ("reseau_hcs", DEDUCTED)
    if act in ("laboratoire", "pharmacie", "radiologie"):
        return _without_franchise(answers, "usa_sans_franchise", conditions)
    if act == "urgences" and dossier.get("urgences_suivies_admission"):
        return _without_franchise(answers, "urgences_admission", conditions)
    which = cover(dossier)
    yearly = _yearly(dossier, which)
    conditions = (*conditions, "plafond_annuel")
    franchise = amount("franchise", f"etranger_usa_{act}_{which.lower()}", "USD", dossier)
    if act == "kinesitherapie":
        total = _sessions_total(dossier, franchise, None)
        return _paid(answers, "usa_kine", (*total, franchise, yearly), conditions, which, ("kine_sans_mot",))
    if act == "urgences" and dossier.get("urgences_suivies_admission") is None:
        conditions = ("sauf_admission", *conditions)
    return _paid(answers, "usa_franchise", (franchise, yearly), conditions, which)


def _listed_act(answers: Answers, act: str) -> Decision:
    dossier = answers.dossier
    if act in ("laboratoire", "pharmacie"):
        return _without_franchise(answers, "liste_sans_franchise", (DEDUCTED,))
    if act == "urgences" and dossier.get("urgences_suivies_admission"):
        return _without_franchise(answers, "urgences_admission", (DEDUCTED,))
    if act in THRESHOLD_ACTS and _below_threshold(dossier, act):
        return _under_threshold(answers, act)
    which = cover(dossier)
    yearly = _yearly(dossier, which)
    conditions: tuple[str, ...] = (DEDUCTED, "plafond_annuel")
    franchise = amount("franchise", f"etranger_liste_{act}_{which.lower()}", "EUR", dossier)
    if act == "kinesitherapie":
        sessions = amount("sessions", "etranger_liste_kinesitherapie_seances", "count", dossier, "year")
        total = _sessions_total(dossier, franchise, sessions)
        asked = dossier.get("nb_seances_etranger")
        case = "liste_kine_trop" if total and sessions.value is not None and asked > sessions.value else "liste_kine"
        return _paid(answers, case, (*total, franchise, sessions, yearly), conditions, which, ("kine_sans_mot",))
    if act == "scanner_irm":
        return _with_franchise(answers, franchise, None, yearly, conditions, which)
    if act == "urgences" and dossier.get("urgences_suivies_admission") is None:
        conditions = ("sauf_admission", *conditions)
    threshold = amount("threshold", f"etranger_liste_{act}_seuil", "EUR", dossier)
    return _with_franchise(answers, franchise, threshold, yearly, conditions, which)


def _below_threshold(dossier: Dossier, act: str) -> bool:
    """Whether the bill told is too low for any franchise, with the complement as without it."""
    bill = dossier.get("prix")
    if bill is None or dossier.get("couverture_internationale") is not None:
        return False
    return bool(bill < number(f"etranger_liste_{act}_seuil", dossier))


def _under_threshold(answers: Answers, act: str) -> Decision:
    dossier = answers.dossier
    threshold = amount("threshold", f"etranger_liste_{act}_seuil", "EUR", dossier)
    total = Amount("total", to_cents(dossier.get("prix")), "EUR")
    case = "liste_sous_seuil_franchise" if dossier.get("question_franchise") else "liste_sous_seuil"
    return _paid(answers, case, (total, threshold), (DEDUCTED,), "")


def _sessions_total(dossier: Dossier, franchise: Amount, limit: Amount | None) -> tuple[Amount, ...]:
    """Return what is printed for the sessions told, never beyond the yearly number; empty when they are unknown."""
    asked = dossier.get("nb_seances_etranger")
    if asked is None:
        return ()
    counted = asked if limit is None or limit.value is None else min(asked, limit.value)
    return (Amount("for_sessions", to_cents(counted * (franchise.value or ZERO)), franchise.unit),)


def _with_franchise(
    answers: Answers,
    franchise: Amount,
    threshold: Amount | None,
    yearly: Amount,
    conditions: tuple[str, ...],
    which: str,
) -> Decision:
    """Return the full cost less the franchise (€), which is due from its threshold on."""
    bill = answers.dossier.get("prix")
    printed = (franchise, yearly) if threshold is None else (franchise, threshold, yearly)
    suffix = "" if threshold is None else "_seuil"
    if bill is None:
        return _paid(answers, f"liste_franchise{suffix}", printed, conditions, which)
    due = threshold is None or bill >= (threshold.value or ZERO)
    deducted = min(franchise.value or ZERO, bill) if due else ZERO
    total = Amount("total", to_cents(bill - deducted), "EUR")
    case = f"liste_total{suffix}" if due else "liste_sous_seuil"
    if answers.dossier.get("question_franchise"):
        case = f"{case}_franchise"
    return _paid(answers, case, (total, *printed), conditions, which)


def _paid(
    answers: Answers,
    case: str,
    amounts: tuple[Amount, ...],
    conditions: tuple[str, ...],
    which: str,
    warnings: tuple[str, ...] = (),
) -> Decision:
    zone = answers.dossier.get("zone_sejour")
    place = "usa" if zone == "etats_unis" else "liste"
    warnings = (*warnings, *place_warnings(zone))
    return answers.decided(
        "granted",
        case,
        holds(f"soins_{place}", ANNEXE),
        amounts=amounts,
        conditions=conditions,
        warnings=warnings,
        contacts=("telephone_hcs",) if zone in AMERICA else (),
        bill=answers.dossier.get("prix"),
        cover=which,
        sessions=answers.dossier.get("nb_seances_etranger"),
    )


@rule(
    "etranger_plafond_annuel",
    title="Quel est le plafond annuel des soins courants à l'étranger avec ÔJI ?",
    references=(ANNEXE,),
    facts=(*CONTRACT_FACTS, "couverture_internationale", "deja_utilise"),
)
@oji_abroad
def etranger_plafond_annuel(answers: Answers) -> Decision | NotApplicable:
    """Return the yearly ceiling (€ a civil year) of outpatient care abroad, and what is left of it.

    Sources: annexe 3, Couverture internationale, "Plafond annuel pour les soins courants".

    Raises:
        FactNeeded: for the contract, the cover.
    """
    dossier = answers.dossier
    if dossier.get("couverture_internationale") is None and dossier.get("deja_utilise") is None:
        with_option = amount("with_option", "etranger_soins_plafond_cci", "EUR", dossier, "year")
        amounts = [_yearly(dossier, "CI"), with_option]
        return answers.decided("granted", "les_deux", holds("plafond_annuel", ANNEXE), amounts=amounts)
    ceiling = _yearly(dossier, cover(dossier))
    used = dossier.get("deja_utilise")
    amounts = [ceiling]
    if used is not None:
        left = max(ZERO, (ceiling.value or ZERO) - used)
        amounts.insert(0, Amount("left", to_cents(left), "EUR"))
    case = "plafond" if used is None else "reste" if amounts[0].value else "epuise"
    outcome = "denied" if case == "epuise" else "granted"
    return answers.decided(outcome, case, holds("plafond_annuel", ANNEXE), amounts=amounts, used=used)
