"""Until when to call the assistance, expenses made without it, papers to send: ÔJI, FPE, MGEN Solutions (and MSP)."""

from __future__ import annotations

from decimal import Decimal

from rules_engine.dates import HOURS_OF_A_DAY, first_day_within_days_before, last_day_within_days
from rules_engine.dates_assistance import last_day_within_hours_after
from rules_engine.decision import Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import STATUTS, Reference
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import (
    CALL_DELAY,
    CONTRACT_FACTS,
    DELAY_REFERENCES,
    FPE,
    PHONES,
    SOLUTIONS,
    Answers,
    amount,
    call_day,
    contract_if_known,
    contract_of,
    ima,
    number,
    oji,
    oji_only,
)

SAD_CANCER = Reference(STATUTS, "Notice MGEN SAD Assurance, article 10")
CANCER_DELAY = {"MSP": ("sad_cancer_delai", SAD_CANCER), "FPE": ("fpe_assistance_cancer_delai", FPE)}


@rule(
    "assistance_delai_appel",
    title="Jusqu'à quand puis-je appeler l'assistance ?",
    references=(*DELAY_REFERENCES.values(), SAD_CANCER),
    facts=(
        *CONTRACT_FACTS,
        "cause_assistance",
        "transfert_medical",
        "date_evenement",
        "date_seance",
        "date_demande",
        "question_trop_tard",
    ),
)
def assistance_delai_appel(dossier: Dossier) -> Decision | NotApplicable:
    """Return the last day (included) to call, and whether a call (`date_demande`, else today) is in time.

    Sources: article 5 of the notices MGEN Assistance and Packs de services ÔJI, guides FPE and MGEN Solutions (20 days
    after the event); ÔJI article 5 (48 hours for a transfert médical); guide FPE and notice SAD Assurance, article 10
    (48 hours before or after a session against cancer). The contract is asked only where the delays differ.

    Raises:
        FactNeeded: for the contract, in case of a cancer treatment or a transfert médical.
    """
    answers = Answers("assistance_delai_appel", dossier)
    dossier.get("question_trop_tard")
    if dossier.get("cause_assistance") == "traitement_cancer":
        contract = contract_of(dossier)
        if contract in CANCER_DELAY:
            return _session_delay(answers, contract)
    if dossier.get("transfert_medical") and contract_of(dossier) == "OJI":
        return _transfer_delay(answers)
    return _general_delay(answers, contract_if_known(dossier))


def _general_delay(answers: Answers, contract: str | None) -> Decision:
    dossier = answers.dossier
    days = {number(parameter_id, dossier) for parameter_id in CALL_DELAY.values()}
    if contract is None and len(days) > 1:
        contract = contract_of(dossier)
    references = list(DELAY_REFERENCES.values()) if contract is None else [DELAY_REFERENCES[contract]]
    delay = amount("delay", CALL_DELAY[contract or "MSP"], "days", dossier)
    assert delay.value is not None
    event = dossier.get("date_evenement")
    deadline = None if event is None else last_day_within_days(event, int(delay.value))
    reasons = [holds("delai_jours", reference) for reference in references]
    phones = PHONES[contract] if contract else ()
    warnings = ("solutions_numero_absent",) if contract == "SOLUTIONS" else ()
    if deadline is None:
        return answers.decided("granted", "jours", *reasons, amounts=(delay,), contacts=phones, warnings=warnings)
    late = call_day(dossier) > deadline
    return answers.decided(
        "denied" if late else "granted",
        _late_case(contract) if late else "jours_date",
        *reasons,
        amounts=(delay,),
        dates={"event": event, "deadline": deadline},
        contacts=phones,
        warnings=warnings,
    )


def _late_case(contract: str | None) -> str:
    """Return the headline of a late call: only the notices MGEN Assistance and ÔJI say that advice is still given."""
    return "jours_depasses_notice" if contract in ("MSP", "OJI") else "jours_depasses"


def _transfer_delay(answers: Answers) -> Decision:
    """Return the 48 hours of a transfert médical; on the last day the hour decides, which a date does not tell."""
    dossier = answers.dossier
    delay = amount("delay", "oji_assistance_transfert_delai", "hours", dossier)
    event = dossier.get("date_evenement")
    reason = holds("delai_transfert", oji(5))
    if event is None or delay.value is None:
        return answers.decided("granted", "transfert", reason, amounts=(delay,), contacts=PHONES["OJI"])
    deadline = last_day_within_hours_after(event, int(delay.value))
    late = call_day(dossier) > deadline
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
    session = dossier.get("date_seance")
    reason = holds("delai_seance", reference)
    if session is None or delay.value is None:
        return answers.decided("granted", "seance", reason, amounts=(delay,), contacts=PHONES[contract])
    days = int(delay.value) // HOURS_OF_A_DAY
    dates = {
        "start": first_day_within_days_before(session, days),
        "event": session,
        "deadline": last_day_within_days(session, days),
    }
    late = call_day(dossier) > dates["deadline"]
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
    facts=(*CONTRACT_FACTS, "accord_prealable", "date_validation_pieces", "question_delai"),
)
@oji_only
def assistance_depenses_engagees(answers: Answers) -> Decision | NotApplicable:
    """Return whether expenses made before or without the assistance's agreement are paid back, and when.

    Sources: notice Packs de services ÔJI, articles 7 (agreement first; a reasonable initiative may be assessed;
    payment within 30 calendar days once the papers are validated) and 20; notice IMA, article 1-5. The guides FPE and
    MGEN Solutions do not say.

    Raises:
        FactNeeded: for the contract, and whether the assistance had agreed.
    """
    dossier = answers.dossier
    validated = dossier.get("date_validation_pieces")
    asks_when = dossier.get("question_delai") and dossier.get("accord_prealable") is None
    if validated is None and not asks_when and not dossier.read("accord_prealable"):
        reasons = (
            fails("sans_accord", oji(7)),
            fails("exclusion_sans_accord", oji(20)),
            fails("ima_initiative", ima("1-5")),
        )
        return answers.decided("denied", "sans_accord", *reasons, conditions=("initiative",), contacts=PHONES["OJI"])
    delay = amount("delay", "oji_remboursement_delai", "days", dossier)
    dates = {} if validated is None else {"deadline": last_day_within_days(validated, int(delay.value or Decimal(0)))}
    return answers.decided(
        "granted",
        "accord_date" if dates else "delai" if asks_when else "accord",
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
    references=(oji(5), oji(19), oji(8), FPE, SOLUTIONS),
    facts=(*CONTRACT_FACTS, "question_originaux"),
)
def assistance_justificatifs(dossier: Dossier) -> Decision | NotApplicable:
    """Return the papers to send and the e-mail address of the medical ones.

    Sources: notice Packs de services ÔJI, articles 5 (originals or copies) against 19-B (originals): both are shown,
    and 8; guide FPE (file number); guide MGEN Solutions, whose address differs from that of the notices: both too.

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("assistance_justificatifs", dossier)
    contract = contract_of(dossier)
    if contract == "OJI":
        form = dossier.get("question_originaux")
        return answers.decided(
            "depends" if form else "granted",
            "oji_originaux" if form else "oji",
            holds("oji_documents", oji(5)),
            fails("oji_originaux", oji(19)),
            holds("oji_pieces", oji(8)),
            conditions=("numero_dossier",),
            warnings=("originaux_ou_copies",),
            documents=("certificat_medical", "bulletin_hospitalisation", "facture", "avis_imposition"),
            contacts=("courriel_documents_oji", *PHONES["OJI"]),
        )
    if contract == "FPE":
        reason = holds("fpe_dossier", FPE)
        return answers.decided("depends", "fpe", reason, conditions=("numero_dossier",), contacts=PHONES["FPE"])
    if contract == "SOLUTIONS":
        return answers.decided(
            "depends",
            "solutions",
            holds("solutions_courriel", SOLUTIONS),
            fails("notice_courriel", oji(5)),
            warnings=("deux_adresses",),
        )
    return answers.outside(contract)
