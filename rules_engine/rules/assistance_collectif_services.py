"""Support, information, calling the assistance, expenses and papers: ÔJI, FPE and MGEN Solutions (some for all)."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.dates_assistance_autres import (
    HOURS_A_DAY,
    last_day_within_days_after,
    last_day_within_hours_after,
)
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.references import STATUTS, Reference
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import (
    CALL_DELAY,
    DELAY_REFERENCES,
    FPE,
    OJI_COUNSEL,
    OJI_TABLE,
    PHONES,
    SOLUTIONS,
    Answers,
    amount,
    fails,
    holds,
    ima,
    number,
    oji,
)

SAD_CANCER = Reference(STATUTS, "Notice MGEN SAD Assurance, article 10")
CANCER_DELAY = {"MSP": ("sad_cancer_delai", SAD_CANCER), "FPE": ("fpe_assistance_cancer_delai", FPE)}


@rule(
    "assistance_soutien_psychologique",
    title="Combien d'entretiens avec un psychologue l'assistance donne-t-elle ?",
    references=(OJI_COUNSEL, OJI_TABLE, oji(13), FPE, SOLUTIONS),
    facts=("contrat", "age"),
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
    facts=("contrat", "age"),
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
    contract = answers.dossier.read("contrat")
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
    return answers.decided(
        "granted",
        "oji",
        holds("entretiens_texte", OJI_COUNSEL),
        holds("entretiens_tableau", OJI_TABLE),
        holds(f"service_{kind}", article),
        amounts=amounts,
        conditions=("horaires", "majeur") if age is None else ("horaires",),
        warnings=("face_a_face_tableau",) if kind == "psychologique" else ("entretiens_communs",),
        contacts=PHONES["OJI"],
    )


@rule(
    "assistance_information_juridique",
    title="L'assistance répond-elle à une question juridique ?",
    references=(oji(10), FPE, SOLUTIONS),
    facts=("contrat",),
)
def assistance_information_juridique(dossier: Dossier) -> Decision | NotApplicable:
    """Return the legal information given: by phone, no writing, no case before a court.

    Sources: notice Packs de services ÔJI, article 10 (appointment within 48 hours); guides FPE and MGEN Solutions.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_information_juridique", dossier)
    contract = dossier.read("contrat")
    if contract == "OJI":
        return answers.decided(
            "granted",
            "oji",
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
    facts=("contrat",),
)
def assistance_information_medicale(dossier: Dossier) -> Decision | NotApplicable:
    """Return the medical information given: no prescription, dietician once a year.

    Sources: notice Packs de services ÔJI, article 11; guide FPE; guide MGEN Solutions (listening on health problems).

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_information_medicale", dossier)
    contract = dossier.read("contrat")
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


@rule(
    "assistance_delai_appel",
    title="Jusqu'à quand puis-je appeler l'assistance ?",
    references=(*DELAY_REFERENCES.values(), SAD_CANCER),
    facts=(
        "contrat",
        "cause_assistance",
        "transfert_medical",
        "date_evenement",
        "date_seance",
        "date_demande",
    ),
)
def assistance_delai_appel(dossier: Dossier) -> Decision | NotApplicable:
    """Return the last day (included) to call, and whether a call made on `date_demande` (else today) is in time.

    Sources: article 5 of the notices MGEN Assistance and Packs de services ÔJI, guides FPE and MGEN Solutions (20 days
    after the event); ÔJI article 5 (48 hours for a transfert médical); guide FPE and notice SAD Assurance, article 10
    (48 hours before or after a session against cancer). The contract is asked only where the delays differ.

    Raises:
        FactNeeded: for the contract, in case of a cancer treatment or a transfert médical.
    """
    answers = Answers("assistance_delai_appel", dossier)
    if dossier.get("cause_assistance") == "traitement_cancer":
        contract = dossier.read("contrat")
        if contract in CANCER_DELAY:
            return _session_delay(answers, contract)
    if dossier.get("transfert_medical") and dossier.read("contrat") == "OJI":
        return _transfer_delay(answers)
    return _general_delay(answers, dossier.get("contrat"))


def _general_delay(answers: Answers, contract: str | None) -> Decision:
    dossier = answers.dossier
    days = {number(parameter_id, dossier) for parameter_id in CALL_DELAY.values()}
    if contract is None and len(days) > 1:
        contract = dossier.read("contrat")
    references = list(DELAY_REFERENCES.values()) if contract is None else [DELAY_REFERENCES[contract]]
    delay = amount("delay", CALL_DELAY[contract or "MSP"], "days", dossier)
    assert delay.value is not None
    event = dossier.get("date_evenement")
    deadline = None if event is None else last_day_within_days_after(event, int(delay.value))
    reasons = [holds("delai_jours", reference) for reference in references]
    phones = PHONES[contract] if contract else ()
    warnings = ("solutions_numero_absent",) if contract == "SOLUTIONS" else ()
    if deadline is None:
        return answers.decided(
            "granted", "jours", *reasons, amounts=(delay,), contacts=phones, warnings=warnings
        )
    late = (dossier.get("date_demande") or dossier.on) > deadline
    return answers.decided(
        "denied" if late else "granted",
        "jours_depasses" if late else "jours_date",
        *reasons,
        amounts=(delay,),
        dates={"event": event, "deadline": deadline},
        contacts=phones,
        warnings=warnings,
    )


def _transfer_delay(answers: Answers) -> Decision:
    """Return the 48 hours of a transfert médical; on the last day the hour decides, which a date does not tell."""
    dossier = answers.dossier
    delay = amount("delay", "oji_assistance_transfert_delai", "hours", dossier)
    event = dossier.get("date_evenement")
    reason = holds("delai_transfert", oji(5))
    if event is None or delay.value is None:
        return answers.decided("granted", "transfert", reason, amounts=(delay,), contacts=PHONES["OJI"])
    deadline = last_day_within_hours_after(event, int(delay.value))
    late = (dossier.get("date_demande") or dossier.on) > deadline
    return answers.decided(
        "denied" if late else "granted",
        "transfert_depasse" if late else "transfert_date",
        reason,
        amounts=(delay,),
        dates={"event": event, "deadline": deadline},
        contacts=PHONES["OJI"],
    )


def _session_delay(answers: Answers, contract: str) -> Decision:
    dossier = answers.dossier
    parameter_id, reference = CANCER_DELAY[contract]
    delay = amount("delay", parameter_id, "hours", dossier)
    session = dossier.get("date_seance") or dossier.get("date_evenement")
    reason = holds("delai_seance", reference)
    if session is None or delay.value is None:
        return answers.decided("granted", "seance", reason, amounts=(delay,), contacts=PHONES[contract])
    days = int(delay.value) // HOURS_A_DAY
    dates = {
        "start": last_day_within_days_after(session, -days),
        "event": session,
        "deadline": last_day_within_days_after(session, days),
    }
    late = (dossier.get("date_demande") or dossier.on) > dates["deadline"]
    return answers.decided(
        "denied" if late else "granted",
        "seance_depassee" if late else "seance_date",
        reason,
        amounts=(delay,),
        dates=dates,
        contacts=PHONES[contract],
    )


@rule(
    "assistance_depenses_engagees",
    title="J'ai payé une aide sans prévenir l'assistance, me rembourse-t-elle ?",
    references=(oji(7), oji(20), ima("1-5"), FPE, SOLUTIONS),
    facts=("contrat", "accord_prealable", "date_validation_pieces"),
)
def assistance_depenses_engagees(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether expenses made before or without the assistance's agreement are paid back, and when.

    Sources: notice Packs de services ÔJI, articles 7 (agreement first; a reasonable initiative may be assessed;
    payment within 30 calendar days once the papers are validated) and 20; notice IMA, article 1-5. The guides FPE and
    MGEN Solutions do not say.

    Raises:
        FactNeeded: for the contract, and whether the assistance had agreed.
    """
    answers = Answers("assistance_depenses_engagees", dossier)
    contract = dossier.read("contrat")
    if contract != "OJI":
        return answers.outside(contract)
    if not dossier.read("accord_prealable"):
        reasons = (
            fails("sans_accord", oji(7)),
            fails("exclusion_sans_accord", oji(20)),
            fails("ima_initiative", ima("1-5")),
        )
        return answers.decided(
            "denied", "sans_accord", *reasons, conditions=("initiative",), contacts=PHONES["OJI"]
        )
    delay = amount("delay", "oji_remboursement_delai", "days", dossier)
    validated = dossier.get("date_validation_pieces")
    dates = (
        {}
        if validated is None
        else {"deadline": last_day_within_days_after(validated, int(delay.value or Decimal(0)))}
    )
    return answers.decided(
        "granted",
        "accord_date" if dates else "accord",
        holds("avec_accord", oji(7)),
        amounts=(delay,),
        dates=dates,
        conditions=("plafonds", "frais_annexes"),
        documents=("justificatifs",),
        contacts=PHONES["OJI"],
    )


@rule(
    "assistance_justificatifs",
    title="Quels documents envoyer à l'assistance, et à quelle adresse ?",
    references=(oji(5), oji(8), FPE, SOLUTIONS),
    facts=("contrat",),
)
def assistance_justificatifs(dossier: Dossier) -> Decision | NotApplicable:
    """Return the papers to send and the e-mail address of the medical ones.

    Sources: notice Packs de services ÔJI, articles 5 and 8; guide FPE (file number); guide MGEN Solutions, whose address
    differs from that of the notices: both are shown.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_justificatifs", dossier)
    contract = dossier.read("contrat")
    if contract == "OJI":
        return answers.decided(
            "granted",
            "oji",
            holds("oji_documents", oji(5)),
            holds("oji_pieces", oji(8)),
            conditions=("numero_dossier",),
            documents=("certificat_medical", "bulletin_hospitalisation", "facture", "avis_imposition"),
            contacts=("courriel_documents_oji", *PHONES["OJI"]),
        )
    if contract == "FPE":
        reason = holds("fpe_dossier", FPE)
        return answers.decided(
            "depends", "fpe", reason, conditions=("numero_dossier",), contacts=PHONES["FPE"]
        )
    if contract == "SOLUTIONS":
        return answers.decided(
            "depends",
            "solutions",
            holds("solutions_courriel", SOLUTIONS),
            fails("notice_courriel", oji(5)),
            warnings=("deux_adresses",),
        )
    return answers.outside(contract)
