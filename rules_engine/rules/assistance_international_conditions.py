"""Who, where, how long and whom to call abroad: international cover of ÔJI (IMA, HCS), FPE, MGEN Solutions, MSP."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from rules_engine.dates_assistance import days_in_years_from
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import STATUTS, Reference, article_msp
from rules_engine.registry import RuleFunction, rule
from rules_engine.rules.assistance_autres_commun import (
    ANNEXE,
    CONTRACT_FACTS,
    FPE,
    IMA_PREAMBLE,
    PHONES,
    SOLUTIONS,
    Answers,
    amount,
    contract_abroad,
    contract_of,
    ima,
    number,
    oji,
)

MSP_TERRITORY = Reference(STATUTS, "Notice MGEN Assistance, article 3")
MSP_PHONE = Reference(STATUTS, "Notice MGEN Assistance, article 5")
AMERICA = frozenset({"etats_unis", "canada", "mexique", "bresil", "amerique_autre"})
HOME = frozenset({"france_drom", "monaco_andorre"})
IMA_PHONES = ("telephone_ima_notice", "telephone_ima_tableau")


def outside_abroad(answers: Answers, contract: str) -> Decision | NotApplicable:
    """Return what the contracts other than ÔJI give for care or assistance abroad.

    MGEN Santé Prévoyance pays care abroad within the tariffs of the Sécurité sociale (règlement, article 9) and its
    assistance stays in France; the guides FPE and MGEN Solutions do not name care abroad.
    """
    if contract == "MSP":
        return answers.silent("abroad_msp", article_msp("9"), MSP_TERRITORY)
    return answers.silent(f"abroad_{contract.lower()}", FPE if contract == "FPE" else SOLUTIONS)


def oji_abroad(function: Callable[[Answers], Decision | NotApplicable]) -> RuleFunction:
    """Make a rule of a function on answers: the other contracts have no international cover."""

    @wraps(function)
    def answer(dossier: Dossier) -> Decision | NotApplicable:
        answers = Answers(function.__name__, dossier)
        contract = contract_abroad(dossier)
        return function(answers) if contract == "OJI" else outside_abroad(answers, contract)

    return answer


def zone_refusal(answers: Answers) -> Decision | None:
    """Return why the place opens no right to the assistance abroad (IMA, article 1-3); None elsewhere or unknown."""
    zone = answers.dossier.get("zone_sejour")
    if zone in HOME:
        return answers.refused("pas_etranger", ima("1-3"))
    if zone == "com":
        return answers.refused("com_exclue", ima("1-3"))
    return None


def call_contacts(zone: str | None) -> tuple[str, ...]:
    """Return the phones to call for a place; all of them when it is unknown."""
    if zone == "com":
        return ("telephone_msp",)
    if zone in AMERICA:
        return ("telephone_hcs",)
    return IMA_PHONES if zone else ("telephone_hcs", *IMA_PHONES)


def place_warnings(zone: str | None) -> tuple[str, ...]:
    """Return the doubts of the documents on a place: overseas collectivities, Mexico."""
    return {"com": ("com_deux_lectures",), "mexique": ("mexique_liste",)}.get(zone or "", ())


def too_long_for_oji(dossier: Dossier) -> bool:
    """Whether a tourist stay is longer than a year (IMA, article 1-2); study stays have no limit."""
    days = dossier.get("duree_sejour")
    if days is None or dossier.get("sejour_etranger_type") != "tourisme":
        return False
    years = int(number("oji_sejour_touristique_max", dossier))
    return bool(days > days_in_years_from(dossier.on, years))


@rule(
    "etranger_conditions",
    title="Ai-je droit à la couverture internationale ÔJI ?",
    references=(ANNEXE, ima("1-1"), ima("1-2"), ima("1-3"), article_msp("9"), article_msp("22")),
    facts=(
        *CONTRACT_FACTS,
        "sejour_etranger_type",
        "residence_adherent",
        "couverture_premier_niveau",
        "zone_sejour",
        "duree_sejour",
        "question_plafond",
        "couverture_internationale",
        "deja_utilise",
        "soin_etranger",
    ),
)
def etranger_conditions(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether the three conditions of the international cover hold.

    Sources: annexe 3, Couverture internationale (residence in France or a DROM, study or tourist stay, first-level
    cover); notice IMA, articles 1-1 (also students domiciled abroad: both readings are shown), 1-2 and 1-3; règlement
    MGEN Santé Prévoyance, articles 9 and 22.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("etranger_conditions", dossier)
    contract = contract_of(dossier)
    if contract == "MSP":
        reasons = (fails("msp_sans_ci", article_msp("22")), holds("msp_soins", article_msp("9")))
        return answers.decided("denied", "msp", *reasons)
    if contract != "OJI":
        return outside_abroad(answers, contract)
    if dossier.get("question_plafond"):
        hospital = dossier.get("soin_etranger") == "hospitalisation"
        return answers.elsewhere(
            "plafond", "etranger_hospitalisation" if hospital else "etranger_plafond_annuel", ANNEXE
        )
    return _conditions_refusal(answers) or _conditions_met(answers)


def _conditions_refusal(answers: Answers) -> Decision | None:
    dossier = answers.dossier
    kind, residence = dossier.get("sejour_etranger_type"), dossier.get("residence_adherent")
    if kind == "travail":
        return answers.refused("motif", ANNEXE)
    if dossier.get("couverture_premier_niveau") is False:
        return answers.refused("premier_niveau", ANNEXE)
    if residence == "com" or (residence == "etranger" and kind == "tourisme"):
        return answers.refused("residence", ANNEXE)
    if residence == "etranger":
        reasons = (fails("residence", ANNEXE), holds("etudiant_domicilie", ima("1-1")))
        return answers.decided("depends", "etudiant_etranger", *reasons, warnings=("deux_lectures_residence",))
    if too_long_for_oji(dossier):
        longest = amount("longest", "oji_sejour_touristique_max", "years", dossier)
        return answers.refused("trop_long", ima("1-2"), amounts=(longest,))
    if dossier.get("zone_sejour") in HOME:
        return answers.refused("pas_etranger", ima("1-3"))
    return None


def _conditions_met(answers: Answers) -> Decision:
    dossier = answers.dossier
    still = {
        "sejour": dossier.get("sejour_etranger_type") is None,
        "residence_france": dossier.get("residence_adherent") is None,
        "premier_niveau": dossier.get("couverture_premier_niveau") is None,
    }
    conditions = tuple(code for code, open_ in still.items() if open_)
    reasons = [holds("conditions", ANNEXE), holds("sejours", ima("1-2"))]
    if dossier.get("zone_sejour") == "com":
        reasons += [holds("com_soins", article_msp("9")), fails("com_exclue", ima("1-3"))]
        return answers.decided("depends", "com", *reasons, conditions=conditions, warnings=("com_deux_lectures",))
    contacts = ("telephone_ima_avant_depart",)
    return answers.decided("granted", "oui", *reasons, conditions=conditions, contacts=contacts)


@rule(
    "etranger_duree_sejour",
    title="Combien de temps puis-je rester à l'étranger et rester couvert ?",
    references=(ima("1-2"), ANNEXE, FPE, article_msp("9")),
    facts=(
        *CONTRACT_FACTS,
        "sejour_etranger_type",
        "duree_sejour",
        "residence_adherent",
        "mois_grossesse",
        "nb_jours_immobilisation",
    ),
)
def etranger_duree_sejour(dossier: Dossier) -> Decision | NotApplicable:
    """Return the longest stay: any length for studies and one year of tourism (ÔJI), less than 31 days (FPE).

    Sources: notice IMA, article 1-2; guide FPE; règlement MGEN Santé Prévoyance, article 9 (temporary stay, no length).

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("etranger_duree_sejour", dossier)
    contract = contract_of(dossier)
    if contract == "FPE":
        return fpe_stay(answers)
    if contract != "OJI":
        return outside_abroad(answers, contract)
    kind = dossier.get("sejour_etranger_type")
    if kind == "travail":
        return answers.refused("motif", ANNEXE)
    if kind == "etudes":
        return answers.decided("granted", "etudes", holds("etudes", ima("1-2")))
    longest = amount("longest", "oji_sejour_touristique_max", "years", dossier)
    if kind is None:
        case = "assez_court" if _within_tourist_limit(dossier) else "les_deux"
        reasons = (holds("etudes", ima("1-2")), holds("tourisme", ima("1-2")))
        return answers.decided("granted", case, *reasons, amounts=(longest,), conditions=("etudes_ou_tourisme",))
    too_long = too_long_for_oji(dossier)
    case = "tourisme_trop_long" if too_long else "tourisme_assez_court" if dossier.get("duree_sejour") else "tourisme"
    reason = holds("tourisme", ima("1-2"))
    return answers.decided("denied" if too_long else "granted", case, reason, amounts=(longest,))


def _within_tourist_limit(dossier: Dossier) -> bool:
    """Whether a stay of known length is within the year of a tourist stay."""
    days = dossier.get("duree_sejour")
    years = int(number("oji_sejour_touristique_max", dossier))
    return days is not None and days <= days_in_years_from(dossier.on, years)


def fpe_stay(answers: Answers) -> Decision:
    """Return whether a stay is short enough for the FPE assistance abroad (less than 31 days, residence in France)."""
    dossier = answers.dossier
    phone = ("telephone_assistance_fpe_etranger",)
    if dossier.get("residence_adherent") == "etranger":
        return answers.refused("fpe_residence", FPE, contacts=phone)
    longest = number("fpe_assistance_sejour_max", dossier)
    days = dossier.get("duree_sejour")
    limit = Amount("longest", longest, "days")
    if days is not None and days >= longest:
        return answers.refused("fpe_trop_long", FPE, amounts=(limit,), contacts=phone, days=days)
    return answers.decided(
        "granted",
        "fpe" if days is None else "fpe_assez_court",
        holds("fpe_international", FPE),
        amounts=(limit,),
        conditions=("residence_france", "notice_contrat"),
        contacts=phone,
        days=days,
    )


@rule(
    "etranger_pays_couverts",
    title="Ce pays est-il couvert par la couverture internationale ÔJI ?",
    references=(ima("1-3"), ANNEXE, article_msp("9"), IMA_PREAMBLE),
    facts=(*CONTRACT_FACTS, "couverture_internationale", "zone_sejour"),
)
@oji_abroad
def etranger_pays_couverts(answers: Answers) -> Decision | NotApplicable:
    """Return whether a country is covered, and by whom.

    Sources: notice IMA, article 1-3 and preamble; annexe 3, Couverture internationale (Mexico is missing from one of
    its lists; overseas collectivities are excluded there, while the règlement, article 9, pays their care).

    Raises:
        FactNeeded: for the contract.
    """
    dossier = answers.dossier
    zone = dossier.get("zone_sejour")
    if zone in HOME:
        return answers.refused("pas_etranger", ima("1-3"))
    if zone == "com":
        reasons = (
            holds("com_soins", article_msp("9")),
            fails("com_exclue", ima("1-3")),
            fails("com_note", ANNEXE),
        )
        return answers.decided("depends", "com", *reasons, warnings=("com_deux_lectures",))
    case = "monde" if zone is None else "hcs" if zone in AMERICA else "ima"
    warnings = ("mexique_liste",) if zone == "mexique" else ()
    return answers.decided(
        "granted",
        case,
        holds("monde_entier", ima("1-3")),
        holds("correspondants", ANNEXE),
        warnings=warnings,
        contacts=call_contacts(zone),
    )


@rule(
    "etranger_numero",
    title="Quel numéro appeler à l'étranger ?",
    references=(IMA_PREAMBLE, ANNEXE, ima("1-3"), oji(5), FPE, SOLUTIONS, MSP_PHONE, MSP_TERRITORY, article_msp("9")),
    facts=(*CONTRACT_FACTS, "zone_sejour", "avant_depart", "question_demarches"),
)
def etranger_numero(dossier: Dossier) -> Decision | NotApplicable:
    """Return the number to call abroad, or before leaving.

    Sources: notice IMA, preamble, and annexe 3, Couverture internationale (their two numbers for IMA differ: both are
    shown); guide FPE; MGEN Assistance does not act abroad.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("etranger_numero", dossier)
    contract = contract_of(dossier)
    if contract == "FPE":
        return answers.decided(
            "granted", "fpe", holds("fpe_numero", FPE), contacts=("telephone_assistance_fpe_etranger",)
        )
    if contract == "MSP":
        reasons = (fails("msp_france_seulement", MSP_TERRITORY), holds("msp_numero", MSP_PHONE))
        return answers.decided("depends", "msp", *reasons, contacts=("telephone_assistance_msp_etranger",))
    if contract == "SOLUTIONS":
        return outside_abroad(answers, contract)
    return oji_phone_abroad(answers)


def oji_phone_abroad(answers: Answers) -> Decision:
    """Return the number of an ÔJI member abroad: before leaving, HCS in America, IMA elsewhere, else both."""
    dossier = answers.dossier
    if dossier.get("avant_depart"):
        reason = holds("avant_depart", IMA_PREAMBLE)
        return answers.decided("granted", "avant_depart", reason, contacts=("telephone_ima_avant_depart",))
    zone = dossier.get("zone_sejour")
    if zone in HOME:
        reason = holds("numero_france", oji(5))
        return answers.decided("granted", "oji_france", reason, contacts=("telephone_assistance_oji",))
    if zone == "com":
        reasons = (fails("com_exclue", ima("1-3")), holds("com_soins", article_msp("9")))
        return answers.decided("depends", "com", *reasons, warnings=("com_deux_lectures",), contacts=("telephone_msp",))
    reasons = (holds("numero_notice", IMA_PREAMBLE), holds("numero_tableau", ANNEXE))
    conditions = ("appel_avant_hopital",)
    if zone in AMERICA:
        warnings: tuple[str, ...] = ("mexique_liste",) if zone == "mexique" else ()
        steps = bool(dossier.get("question_demarches"))
        contacts = ("telephone_hcs", "site_enregistrement_oji") if steps else ("telephone_hcs",)
        case = "hcs_demarches" if steps else "hcs"
        return answers.decided("granted", case, *reasons, conditions=conditions, warnings=warnings, contacts=contacts)
    return answers.decided(
        "granted",
        "ima" if zone else "toutes_zones",
        *reasons,
        conditions=conditions,
        warnings=("deux_numeros_ima",),
        contacts=call_contacts(zone),
    )


@rule(
    "assistance_numero",
    title="Quel numéro appeler pour l'assistance ?",
    references=(MSP_PHONE, oji(5), FPE, SOLUTIONS, IMA_PREAMBLE, ANNEXE, ima("1-3"), article_msp("9")),
    facts=(*CONTRACT_FACTS, "zone_sejour", "avant_depart", "lieu_appel", "question_demarches"),
)
def assistance_numero(dossier: Dossier) -> Decision | NotApplicable:
    """Return the phone of the assistance of a contract, from France, a DROM or abroad.

    Sources: article 5 of the notices MGEN Assistance and Packs de services ÔJI; guide FPE; guide MGEN Solutions, whose
    number was lost: the answer says so; notice IMA, preamble, for ÔJI members abroad.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_numero", dossier)
    contract = contract_of(dossier)
    if contract == "SOLUTIONS":
        reason = fails("numero_absent", SOLUTIONS)
        return answers.decided("depends", "solutions", reason, warnings=("solutions_numero_absent",))
    zone = dossier.get("zone_sejour")
    if contract == "OJI" and zone not in HOME and (zone is not None or dossier.get("lieu_appel") == "etranger"):
        return oji_phone_abroad(answers)
    away = dossier.get("lieu_appel") in ("outre_mer", "etranger")
    reference = {"MSP": MSP_PHONE, "OJI": oji(5), "FPE": FPE}[contract]
    phones = (f"{PHONES[contract][0]}_etranger",) if away else (*PHONES[contract], f"{PHONES[contract][0]}_etranger")
    case = f"{contract.lower()}_loin" if away else contract.lower()
    return answers.decided("granted", case, holds("numero", reference), contacts=phones)
