"""Psychologist, social worker, legal and medical information: ÔJI, FPE and MGEN Solutions."""

from __future__ import annotations

from rules_engine.dates_droits_generaux import nth_working_day_after
from rules_engine.decision import Amount, Decision, NotApplicable, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import (
    CONTRACT_FACTS,
    FPE,
    OJI_COUNSEL,
    OJI_TABLE,
    PHONES,
    SOLUTIONS,
    Answers,
    amount,
    contract_of,
    number,
    oji,
)


@rule(
    "assistance_soutien_psychologique",
    title="Combien d'entretiens avec un psychologue l'assistance donne-t-elle ?",
    references=(OJI_COUNSEL, OJI_TABLE, oji(13), FPE, SOLUTIONS),
    facts=(*CONTRACT_FACTS, "age", "question_horaires", "moment_appel", "date_contact_psycho", "entretiens_deja"),
)
def assistance_soutien_psychologique(dossier: Dossier) -> Decision | NotApplicable:
    """Return the psychologist's interviews (count a civil year).

    Sources: notice Packs de services ÔJI, "Accompagnement psycho-social" (5 by phone a person and civil year, from 18)
    and its table (5 by phone and 3 face to face): the difference is shown; guides FPE and MGEN Solutions, no figure.

    Raises:
        FactNeeded: for the contract.
    """
    return _counsel(Answers("assistance_soutien_psychologique", dossier), "psychologique")


@rule(
    "assistance_accompagnement_social",
    title="L'assistance donne-t-elle accès à un conseiller social ?",
    references=(OJI_COUNSEL, OJI_TABLE, oji(12), FPE, SOLUTIONS),
    facts=(*CONTRACT_FACTS, "age", "question_horaires", "moment_appel", "date_contact_psycho", "entretiens_deja"),
)
def assistance_accompagnement_social(dossier: Dossier) -> Decision | NotApplicable:
    """Return the social worker's interviews (count a civil year).

    Sources: notice Packs de services ÔJI, "Accompagnement psycho-social", article 12 and table; guides FPE and MGEN
    Solutions, no figure.

    Raises:
        FactNeeded: for the contract.
    """
    return _counsel(Answers("assistance_accompagnement_social", dossier), "social")


def _counsel(answers: Answers, kind: str) -> Decision | NotApplicable:
    contract = contract_of(answers.dossier)
    asked = answers.dossier.get("question_horaires") or answers.dossier.get("moment_appel") in ("soir", "weekend")
    if contract != "MSP" and asked:
        return answers.elsewhere("horaires", "assistance_psychosocial_horaires", OJI_COUNSEL)
    if contract == "OJI":
        return _oji_counsel(answers, kind)
    if contract == "FPE":
        return answers.decided("granted", "fpe", holds("fpe_psychosocial", FPE), contacts=PHONES["FPE"])
    if contract == "SOLUTIONS":
        reason = holds(f"solutions_{kind}", SOLUTIONS)
        return answers.decided("granted", "solutions", reason, warnings=("solutions_numero_absent",))
    return answers.outside(contract)


def _oji_counsel(answers: Answers, kind: str) -> Decision:
    dossier = answers.dossier
    age = dossier.get("age")
    adult = amount("adult", "oji_entretiens_age", "age", dossier)
    if age is not None and age < number("oji_entretiens_age", dossier):
        return answers.refused("mineur", OJI_COUNSEL, amounts=(adult,))
    amounts = [amount("phone", "oji_entretiens_telephone", "count", dossier, "year")]
    if kind == "psychologique":
        amounts.append(amount("face", "oji_entretiens_face_a_face", "count", dossier))
    amounts.append(amount("first", "oji_entretiens_premier_rdv", "working_days", dossier))
    article = oji(13) if kind == "psychologique" else oji(12)
    case = "oji"
    used = dossier.get("entretiens_deja")
    if used is not None and amounts[0].value is not None:
        left = max(amounts[0].value - used, ZERO)
        amounts.append(Amount("left", left, "count"))
        case = "oji_reste" if left else "oji_epuise"
    return answers.decided(
        "denied" if case == "oji_epuise" else "granted",
        case,
        holds("entretiens_texte", OJI_COUNSEL),
        holds("entretiens_tableau", OJI_TABLE),
        holds(f"service_{kind}", article),
        amounts=amounts,
        conditions=("horaires", "majeur") if age is None else ("horaires",),
        warnings=("face_a_face_tableau",) if kind == "psychologique" else ("entretiens_communs",),
        contacts=PHONES["OJI"],
        used=used,
    )


@rule(
    "assistance_psychosocial_horaires",
    title="Quels jours et à quelles heures l'accompagnement psycho-social répond-il ?",
    references=(OJI_COUNSEL, FPE, SOLUTIONS),
    facts=(*CONTRACT_FACTS, "moment_appel", "date_contact_psycho"),
)
def assistance_psychosocial_horaires(dossier: Dossier) -> Decision | NotApplicable:
    """Return the hours of the psychologist and social worker, and the last day of the first appointment.

    Sources: notice Packs de services ÔJI, "Accompagnement psycho-social" (Monday to Friday; first appointment in
    5 working days after the first contact); the guides print no hours for this service.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_psychosocial_horaires", dossier)
    contract = contract_of(dossier)
    if contract == "FPE":
        return answers.decided("depends", "fpe", holds("sans_horaires", FPE), contacts=PHONES["FPE"])
    if contract == "SOLUTIONS":
        reason = holds("sans_horaires", SOLUTIONS)
        return answers.decided("depends", "solutions", reason, warnings=("solutions_numero_absent",))
    if contract == "MSP":
        return answers.outside(contract)
    days = amount("first", "oji_entretiens_premier_rdv", "working_days", dossier)
    contact, moment = dossier.get("date_contact_psycho"), dossier.get("moment_appel")
    reason = holds("horaires", OJI_COUNSEL)
    if contact is not None and days.value is not None:
        last = nth_working_day_after(contact, int(days.value))
        return answers.decided(
            "granted", "rendez_vous", reason, amounts=(days,), dates={"deadline": last}, contacts=PHONES["OJI"]
        )
    closed = moment in ("soir", "weekend")
    return answers.decided(
        "denied" if closed else "granted", moment or "horaires", reason, amounts=(days,), contacts=PHONES["OJI"]
    )


@rule(
    "assistance_information_juridique",
    title="L'assistance répond-elle à une question juridique ?",
    references=(oji(10), FPE, SOLUTIONS),
    facts=(*CONTRACT_FACTS, "question_ecrit", "question_delai"),
)
def assistance_information_juridique(dossier: Dossier) -> Decision | NotApplicable:
    """Return the legal information given: by phone, no writing, no case before a court.

    Sources: notice Packs de services ÔJI, article 10 (appointment within 48 hours); guides FPE and MGEN Solutions.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_information_juridique", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        written = dossier.get("question_ecrit")
        return answers.decided(
            "denied" if written else "granted",
            "oji_ecrit" if written else "oji_delai" if dossier.get("question_delai") else "oji",
            holds("oji_juridique", oji(10)),
            amounts=(amount("appointment", "oji_juridique_rdv", "hours", dossier),),
            conditions=("telephone_seul", "procedure_en_cours"),
            contacts=PHONES["OJI"],
        )
    if contract == "FPE":
        return answers.decided("granted", "fpe", holds("fpe_information", FPE), contacts=PHONES["FPE"])
    if contract == "SOLUTIONS":
        reason = holds("solutions_juridique", SOLUTIONS)
        return answers.decided("granted", "solutions", reason, warnings=("solutions_numero_absent",))
    return answers.outside(contract)


@rule(
    "assistance_information_medicale",
    title="Puis-je parler à un médecin ou à un diététicien de l'assistance ?",
    references=(oji(11), FPE, SOLUTIONS),
    facts=CONTRACT_FACTS,
)
def assistance_information_medicale(dossier: Dossier) -> Decision | NotApplicable:
    """Return the medical information given: no prescription, dietician once a year.

    Sources: notice Packs de services ÔJI, article 11; guide FPE; guide MGEN Solutions (listening on health problems).

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_information_medicale", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        return answers.decided(
            "granted",
            "oji",
            holds("oji_medicale", oji(11)),
            amounts=(amount("dietician", "oji_nutrition_par_an", "count", dossier, "year"),),
            conditions=("pas_de_prescription", "dieteticien", "urgence"),
            contacts=PHONES["OJI"],
        )
    if contract == "FPE":
        reason = holds("fpe_information", FPE)
        return answers.decided("granted", "fpe", reason, conditions=("urgence",), contacts=PHONES["FPE"])
    return answers.outside(contract)
