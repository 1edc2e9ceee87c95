"""Who is covered by a collective contract: guides FPE and MGEN Solutions; what MGEN Santé Prévoyance says instead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.dates import add_years_clamped, age_by_birthday, end_of_year
from rules_engine.dates_droits_generaux import birthday
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.registry import rule
from rules_engine.rules.droits_generaux_commun import (
    CONTRACT_FACTS,
    FPE_CONTRACT,
    SOLUTIONS_CONTRACT,
    article_msp,
    asked_contract,
    decided,
    figure,
    whole,
)

ARTICLE_22 = article_msp("22")
STUDYING = ("etudes", "apprentissage", "demandeur_emploi")
FPE_HANDICAP = ("cdaph_cmi", "allocation")
CHILD_FACTS = (
    *CONTRACT_FACTS,
    "lien_famille",
    "enfant_a_charge",
    "reconnaissance_handicap_enfant",
    "age",
    "date_naissance_enfant",
    "date_anniversaire_enfant",
    "enfant_annee_naissance",
    "handicap",
    "handicap_mdph",
    "situation_enfant",
)
# By contract: the parameters of the age limit, and of the limit of those who study or look for work.
AGES = {
    "FPE": ("fpe_enfant_age", "fpe_enfant_etudes_age"),
    "SOLUTIONS": ("solutions_enfant_age", "solutions_enfant_etudes_age"),
}
GUIDES = {"FPE": FPE_CONTRACT, "SOLUTIONS": SOLUTIONS_CONTRACT}
PHONE = {"FPE": ["telephone_fpe"], "SOLUTIONS": []}


@rule(
    "ayant_droit_enfant_collectif",
    title="Mon enfant peut-il être couvert par mon contrat ?",
    references=(FPE_CONTRACT, SOLUTIONS_CONTRACT, ARTICLE_22),
    facts=(*CHILD_FACTS, "invalidite_declaree_a_temps"),
)
def ayant_droit_enfant_collectif(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether a child may be covered, by contract, age, situation and handicap.

    Sources: guide FPE "Mon contrat"; guide MGEN Solutions "Votre contrat"; article 22 for MGEN Santé Prévoyance.

    Raises:
        FactNeeded: for the contract, the age, and the situation where it decides.
    """
    contract = asked_contract(dossier)
    if contract not in AGES:
        return _individual_child(dossier, contract)
    name = "ayant_droit_enfant_collectif"
    relative = _relative(dossier, contract)
    if relative:
        return relative
    if dossier.get("enfant_a_charge") is False:
        reasons = [fails("enfant_non_a_charge", GUIDES[contract])]
        return decided(dossier, name, "denied", "pas_a_charge", reasons, details={"contract": contract})
    if dossier.get("lien_famille") == "petit_enfant" and contract == "SOLUTIONS":
        return decided(dossier, name, "denied", "petit_enfant", [fails("petit_enfant_absent", SOLUTIONS_CONTRACT)])
    disabled = _disabled_child(dossier, contract)
    return disabled or _child_by_age(dossier, contract)


def _relative(dossier: Dossier, contract: str) -> Decision | None:
    """Return the decision for a relative who is no child, or the whole list where no one is named yet."""
    name, guide, key = "ayant_droit_enfant_collectif", GUIDES[contract], contract.lower()
    link = dossier.get("lien_famille")
    if link == "conjoint" and dossier.get("situation_enfant"):
        return None  # it is the child of that spouse that is asked about
    if link in ("conjoint", "ascendant"):
        listed = (contract, link) != ("FPE", "ascendant")
        doubtful = contract == "FPE"  # "à charge fiscale" for a spouse; no word on parents
        reasons = [holds("proche_cite", guide) if listed else fails("proche_non_cite", guide)]
        outcome = "depends" if doubtful else "granted"
        return decided(dossier, name, outcome, f"{key}_{link}", reasons, contacts=PHONE[contract])
    if link == "autre":
        reasons = [fails("proche_non_cite", guide)]
        return decided(dossier, name, "denied", "proche_non_cite", reasons, contacts=PHONE[contract])
    known = ("situation_enfant", "age", "date_naissance_enfant", "reconnaissance_handicap_enfant", "handicap")
    if link is None and all(dossier.get(fact) is None for fact in known):
        return decided(dossier, name, "granted", f"{key}_proches", [holds("proche_cite", guide)])
    return None


def _disabled_child(dossier: Dossier, contract: str) -> Decision | None:
    """Return the decision for a child whose handicap or invalidity the contract recognises."""
    name, known = "ayant_droit_enfant_collectif", dossier.get("reconnaissance_handicap_enfant")
    conditions = _dependant(dossier, contract)
    if contract == "FPE" and known in FPE_HANDICAP:
        reasons = [holds("fpe_handicap", FPE_CONTRACT)]
        return decided(dossier, name, "granted", "fpe_handicap", reasons, conditions=conditions)
    if contract != "SOLUTIONS" or known != "invalidite_2_3":
        return None
    years = figure("solutions_enfant_invalidite_age", dossier.on)
    in_time = dossier.get("invalidite_declaree_a_temps")
    if in_time is False:
        reasons = [fails("invalidite_tardive", SOLUTIONS_CONTRACT, years=years)]
        return decided(dossier, name, "denied", "invalidite_tardive", reasons)
    if in_time is None:
        conditions = [*conditions, "invalidite_declaree_a_temps"]
    reasons = [holds("solutions_invalidite", SOLUTIONS_CONTRACT, years=years)]
    return decided(dossier, name, "granted", "solutions_invalidite", reasons, conditions=conditions)


def _dependant(dossier: Dossier, contract: str) -> list[str]:
    return [] if dossier.get("enfant_a_charge") else [f"a_charge_{contract.lower()}"]


def _child_by_age(dossier: Dossier, contract: str) -> Decision:
    name, guide = "ayant_droit_enfant_collectif", GUIDES[contract]
    low, high = (whole(parameter_id, dossier.on) for parameter_id in AGES[contract])
    key, conditions = contract.lower(), _dependant(dossier, contract)
    situation = dossier.get("situation_enfant")
    unknown = dossier.get("age") is None and _birth(dossier) is None
    if unknown and dossier.get("handicap"):
        reasons = [holds("fpe_handicap" if contract == "FPE" else "solutions_invalidite", guide)]
        return decided(dossier, name, "granted", f"{key}_handicap_general", reasons, conditions=conditions)
    if unknown and situation is None:
        amounts = [Amount("age", Decimal(low), "years"), Amount("age_studying", Decimal(high), "years")]
        reasons = [holds(f"{key}_moins_age", guide, years=low), holds(f"{key}_etudes", guide, years=high)]
        return decided(dossier, name, "granted", f"{key}_general", reasons, amounts=amounts)
    age = low if unknown and situation in STUDYING else _age(dossier, (low - 1, low, high - 1, high))
    if age < low and contract == "SOLUTIONS" and situation == "emploi":
        return decided(dossier, name, "denied", "solutions_emploi", [fails("activite_remuneree", guide)])
    if age < low and situation not in STUDYING:
        dates = {}
        if contract == "SOLUTIONS":
            conditions.append("sans_activite_et_inscrit")
            dates = _birthday(dossier, low)
        reasons = [holds(f"{key}_moins_age", guide, years=low)]
        return decided(dossier, name, "granted", f"{key}_moins_age", reasons, dates=dates, conditions=conditions)
    if age >= high or dossier.read("situation_enfant") not in STUDYING:
        return _too_old(dossier, contract, high if age >= high else low)
    doubtful = contract == "SOLUTIONS" and dossier.get("situation_enfant") == "demandeur_emploi"
    return decided(
        dossier,
        name,
        "granted",
        f"{key}_etudes",
        [holds(f"{key}_etudes", guide, years=high)],
        dates=_birthday(dossier, high),
        conditions=conditions,
        warnings=["demandeur_emploi_deux_ages"] if doubtful else [],
    )


def _too_old(dossier: Dossier, contract: str, limit: int) -> Decision:
    """Return the refusal by age, left open while a handicap is said but not how it is recognised."""
    name, guide, key = "ayant_droit_enfant_collectif", GUIDES[contract], contract.lower()
    proof = dossier.get("reconnaissance_handicap_enfant")
    if proof is None and (dossier.get("handicap") or dossier.get("handicap_mdph")):
        proof = dossier.read("reconnaissance_handicap_enfant")
    if proof not in (None, "aucune"):
        reasons = [fails("reconnaissance_insuffisante", guide)]
        return decided(dossier, name, "depends", f"{key}_handicap_a_verifier", reasons, contacts=PHONE[contract])
    over = limit == whole(AGES[contract][1], dossier.on)
    case = f"{key}_age_depasse" if over else f"{key}_sans_etudes"
    warnings = [] if over or contract != "FPE" else ["age_a_la_souscription"]
    return decided(dossier, name, "denied", case, [fails(case, guide, years=limit)], warnings=warnings)


def _age(dossier: Dossier, landmarks: tuple[int, ...]) -> int:
    """Return the child's age, said or from the date of birth; otherwise the ages that decide are tried."""
    birth = _birth(dossier)
    if birth is not None:
        return age_by_birthday(birth, dossier.on)
    age: int = dossier.read("age", among=landmarks)
    return age


def _birthday(dossier: Dossier, age: int) -> dict[str, date]:
    birth = _birth(dossier)
    return {} if birth is None else {"birthday": birthday(birth, age)}


def _birth(dossier: Dossier) -> date | None:
    """Return the child's date of birth, said or told by the day on which an age is reached."""
    birth: date | None = dossier.get("date_naissance_enfant")
    if birth is not None and birth <= dossier.on:
        return birth
    day, age = dossier.get("date_anniversaire_enfant") or birth, dossier.get("age")
    return None if day is None or age is None else add_years_clamped(day, -int(age))


def _individual_child(dossier: Dossier, contract: str) -> Decision:
    """Return what article 22 says: until 31 December of the year of the last age, longer for a MDPH handicap."""
    name = "ayant_droit_enfant_collectif"
    if contract == "OJI" and dossier.get("qualite") == "jeune":
        reasons = [fails("jeune_sans_extension", ARTICLE_22)]
        return decided(dossier, name, "denied", "jeune_sans_extension", reasons)
    if dossier.get("lien_famille") == "petit_enfant":
        return decided(dossier, name, "denied", "petit_enfant_msp", [fails("petit_enfant_msp", ARTICLE_22)])
    if _recognised_by_mdph(dossier):
        return decided(dossier, name, "granted", "msp_handicap", [holds("msp_handicap", ARTICLE_22)])
    last = whole("enfant_beneficiaire_age", dossier.on)
    year = _birth_year(dossier)
    if year is None and dossier.get("age") is None and not dossier.get("handicap"):
        reasons = [holds("msp_jusqu_au_31_decembre", ARTICLE_22, years=last)]
        return decided(dossier, name, "granted", "msp", reasons, conditions=["assure_social_francais"])
    if year is None and dossier.read("age", among=(last - 1, last, last + 1)) == last:
        year = dossier.read("enfant_annee_naissance", among=(dossier.on.year - last, dossier.on.year - last - 1))
    end = None if year is None else end_of_year(year + last)
    over = end < dossier.on if end is not None else dossier.get("age") > last
    dates = {} if end is None else {"end": end}
    if over and dossier.get("handicap") and dossier.read("handicap_mdph"):
        return decided(dossier, name, "granted", "msp_handicap", [holds("msp_handicap", ARTICLE_22)])
    if over:
        reasons = [fails("msp_age_depasse", ARTICLE_22, years=last)]
        return decided(dossier, name, "denied", "msp_age_depasse", reasons, dates=dates)
    reasons = [holds("msp_jusqu_au_31_decembre", ARTICLE_22, years=last)]
    conditions = ["assure_social_francais"]
    return decided(dossier, name, "granted", "msp", reasons, dates=dates, conditions=conditions)


def _recognised_by_mdph(dossier: Dossier) -> bool:
    proof = dossier.get("reconnaissance_handicap_enfant")
    return bool(dossier.get("handicap_mdph")) or proof in ("mdph", *FPE_HANDICAP)


def _birth_year(dossier: Dossier) -> int | None:
    birth = _birth(dossier)
    year: int | None = birth.year if birth else dossier.get("enfant_annee_naissance")
    return year


@rule(
    "age_limite_enfant_collectif",
    title="Jusqu'à quel âge mon enfant est-il couvert ?",
    references=(FPE_CONTRACT, SOLUTIONS_CONTRACT, ARTICLE_22),
    facts=(
        *CONTRACT_FACTS,
        "situation_enfant",
        "reconnaissance_handicap_enfant",
        "age",
        "date_naissance_enfant",
        "date_anniversaire_enfant",
        "enfant_annee_naissance",
    ),
)
def age_limite_enfant_collectif(dossier: Dossier) -> Decision | NotApplicable:
    """Return until which age (years) a child is covered, by contract and situation, and the day where known.

    Sources: as `ayant_droit_enfant_collectif`.

    Raises:
        FactNeeded: for the contract.
    """
    name = "age_limite_enfant_collectif"
    contract = asked_contract(dossier)
    handicap = dossier.get("reconnaissance_handicap_enfant")
    if contract not in AGES:
        return _limit_of_the_reglement(name, dossier)
    guide, key = GUIDES[contract], contract.lower()
    low, high = (figure(parameter_id, dossier.on) for parameter_id in AGES[contract])
    if contract == "FPE" and handicap in FPE_HANDICAP:
        return decided(dossier, name, "granted", "fpe_handicap", [holds("fpe_handicap", guide)])
    if contract == "SOLUTIONS" and handicap == "invalidite_2_3":
        years = figure("solutions_enfant_invalidite_age", dossier.on)
        return decided(
            dossier, name, "granted", "solutions_invalidite", [holds("solutions_invalidite", guide, years=years)]
        )
    situation = dossier.get("situation_enfant")
    base, longer = holds(f"{key}_moins_age", guide, years=low), holds(f"{key}_etudes", guide, years=high)
    if situation is None:
        amounts = [Amount("age", low, "years"), Amount("age_studying", high, "years")]
        return decided(dossier, name, "granted", f"{key}_general", [base, longer], amounts=amounts)
    return _limit_of_situation(name, dossier, contract, situation)


def _limit_of_the_reglement(name: str, dossier: Dossier) -> Decision:
    """Return the age limit of an individual contract: 31 December of the year in which it is reached (article 22)."""
    last = figure("enfant_beneficiaire_age", dossier.on)
    year = _birth_year(dossier)
    dates = {} if year is None else {"end": end_of_year(year + int(last))}
    reasons = [holds("msp_jusqu_au_31_decembre", ARTICLE_22, years=last), holds("msp_handicap", ARTICLE_22)]
    past = "end" in dates and dates["end"] < dossier.on
    outcome, case = ("denied", "msp_passe") if past else ("granted", "msp")
    return decided(dossier, name, outcome, case, reasons, amounts=[Amount("age", last, "years")], dates=dates)


def _limit_of_situation(name: str, dossier: Dossier, contract: str, situation: str) -> Decision:
    """Return the age limit (years) of a child who studies or looks for work, or does not, and whether it is past."""
    key = contract.lower()
    low, high = (figure(parameter_id, dossier.on) for parameter_id in AGES[contract])
    studying = situation in STUDYING
    limit = high if studying else low
    dates = _birthday(dossier, int(limit))
    past = "birthday" in dates and dates["birthday"] <= dossier.on
    case = "passe" if past else "etudes" if studying else "moins_age"
    return decided(
        dossier,
        name,
        "denied" if past else "granted",
        f"{key}_{case}",
        [holds(f"{key}_etudes" if studying else f"{key}_moins_age", GUIDES[contract], years=limit)],
        amounts=[Amount("age", limit, "years")],
        dates=dates,
        warnings=["age_a_la_souscription"] if contract == "FPE" and not studying else [],
    )
