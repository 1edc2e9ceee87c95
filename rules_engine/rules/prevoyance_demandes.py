"""Claiming a prévoyance benefit: deadlines, documents, payment delays; articles 14 and 43 to 47."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_months_clamped, add_years_clamped
from rules_engine.decision import Amount, Decision, NotApplicable
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.prevoyance_commun import (
    ADVISER,
    ART_14,
    COLLECTIVE,
    DISEASES,
    WHO,
    Draft,
    figure,
    prevoyance_of,
    whole,
)

DEADLINE = "delai_demande_prevoyance"
DOCUMENTS = "pieces_prevoyance"
PAYMENT = "delai_versement_prevoyance"

ARTICLE = {
    "incapacite": article_msp("43-1"),
    "invalidite": article_msp("44-1"),
    "dependance": article_msp("45-6"),
    "perte_autonomie": article_msp("46-6"),
    "ptia": article_msp("47-7-1"),
    "deces": ART_14,
}
PERIOD = {
    "incapacite": "allocations_journalieres_delai_demande",
    "invalidite": "invalidite_delai_demande",
    "dependance": "dependance_delai_demande",
    "perte_autonomie": "pta_delai_demande",
    "ptia": "ptia_delai_demande",
    "deces": "prescription_ayants_droit",
}
# The day from which each period runs.
START = {
    "incapacite": ("date_prise_en_charge", "date_demi_traitement", "date_indemnites_secu"),
    "invalidite": ("date_invalidite",),
    "dependance": ("date_gir",),
    "perte_autonomie": ("date_certificat",),
    "ptia": ("date_survenance_ptia", "date_reconnaissance_ptia"),
    "deces": ("date_deces_adherent",),
}
# Articles 43-1, 44-1 and 14: the day it was known, when it was not known before.
FROM_KNOWLEDGE = frozenset({"incapacite", "invalidite", "deces"})


def _guarantee(draft: Draft) -> str | NotApplicable:
    dossier = draft.dossier
    if dossier.get("contrat") in COLLECTIVE and prevoyance_of(dossier) == "collectif":
        return draft.not_applicable("contrat_collectif_prevoyance", ART_14)
    guarantee: str = dossier.read("garantie_prevoyance")
    draft.details["garantie"] = guarantee
    return guarantee


@rule(
    DEADLINE,
    title="Jusqu'à quand puis-je demander une prestation de prévoyance ?",
    references=(*ARTICLE.values(), article_msp("47-2")),
    facts=(
        *WHO,
        "garantie_prevoyance",
        *(name for names in START.values() for name in names),
        "date_connaissance",
        "date_demande",
        "retard_sans_prejudice",
    ),
)
def delai_demande_prevoyance(dossier: Dossier) -> Decision | NotApplicable:
    """Return the period to claim (years or months), its last day, and whether a claim is in time.

    Sources: articles 43-1, 44-1, 45-6, 46-6 (2 years), 47-7-1 (PTIA, 6 months, late claims possible), 14 (death,
    10 years for the beneficiaries, 30 from the death at most). The last day is included.

    Raises:
        FactNeeded: for the guarantee.
    """
    draft = Draft(DEADLINE, dossier)
    guarantee = _guarantee(draft)
    if not isinstance(guarantee, str):
        return guarantee
    unit = "months" if guarantee == "ptia" else "years"
    length = Amount("delai", figure(PERIOD[guarantee], dossier), unit)
    draft.because(f"delai_{guarantee}", True, ARTICLE[guarantee], length=length.value)
    if guarantee == "ptia":
        draft.because("evenement_ptia", True, article_msp("47-2"))
        draft.warnings.append("ptia_depart")
    start = _start(draft, guarantee)
    if start is None:
        return draft.close("granted", f"regle_{guarantee}", (length,))
    later = add_months_clamped if unit == "months" else add_years_clamped
    draft.dates["start"] = start
    deadline = later(start, whole(PERIOD[guarantee], dossier))
    draft.dates["deadline"] = within_life_limit(deadline, dossier) if guarantee == "deces" else deadline
    return _in_time(draft, guarantee, length)


def within_life_limit(deadline: date, dossier: Dossier) -> date:
    """Return the last day of a beneficiary's claim: never later than 30 years after the death (article 14)."""
    died = dossier.get("date_deces_adherent")
    return min(deadline, add_years_clamped(died, whole("prescription_vie", dossier))) if died else deadline


CLAIM_FACTS = ("demande_a_faire", "date_connaissance", "date_demande")


def asked_deadline(dossier: Dossier, guarantee: str) -> Decision | NotApplicable | None:
    """Return the period to claim a benefit, when that is what is asked of the rule on the benefit; else None."""
    if not dossier.get("demande_a_faire"):
        return None
    names = (*WHO, *START[guarantee], "date_connaissance", "date_demande")
    known = {name: value for name in names if (value := dossier.get(name)) is not None}
    return delai_demande_prevoyance(Dossier({**known, "garantie_prevoyance": guarantee}, dossier.on))


def _start(draft: Draft, guarantee: str) -> date | None:
    dossier = draft.dossier
    start = next((day for name in START[guarantee] if (day := dossier.get(name)) is not None), None)
    known: date | None = dossier.get("date_connaissance") if guarantee in FROM_KNOWLEDGE else None
    if known and (start is None or known > start):
        return known
    return start


def _in_time(draft: Draft, guarantee: str, length: Amount) -> Decision:
    dossier = draft.dossier
    claimed, deadline = dossier.get("date_demande"), draft.dates["deadline"]
    late = (claimed or dossier.on) > deadline
    if not late:
        return draft.close("granted", "a_temps" if claimed else "date", (length,))
    if guarantee == "ptia":
        excused = dossier.get("retard_sans_prejudice")
        draft.because("retard_admis", bool(excused), ARTICLE[guarantee])
        return draft.close(
            "granted" if excused else "depends", "ptia_excuse" if excused else "ptia_retard", (length,), ADVISER
        )
    return draft.close("denied", "trop_tard" if claimed else "passe", (length,))


@rule(
    PAYMENT,
    title="Sous quel délai une prestation de prévoyance est-elle payée ?",
    references=(*(article_msp(number) for number in ("43-5", "44-5", "45-4", "46-4", "47-7-5")),),
    facts=(*WHO, "garantie_prevoyance"),
)
def delai_versement_prevoyance(dossier: Dossier) -> Decision | NotApplicable:
    """Return the longest delay (working days) from the complete file to the payment.

    Sources: articles 43-5, 44-5, 47-7-5 (30), 45-4-4, 46-4-3 (40); bank delays and force majeure aside. No date: the
    documents do not say which days are working days.

    Raises:
        FactNeeded: for the guarantee.
    """
    draft = Draft(PAYMENT, dossier)
    guarantee = _guarantee(draft)
    if not isinstance(guarantee, str):
        return guarantee
    period, article = PAID_WITHIN[guarantee]
    days = figure(period, dossier)
    draft.because("delai_versement", True, article_msp(article), days=days)
    return draft.close("granted", "delai", (Amount("delai", days, "working_days"),))


PAID_WITHIN = {
    "incapacite": ("allocations_journalieres_delai_versement", "43-5"),
    "invalidite": ("invalidite_delai_versement", "44-5"),
    "dependance": ("dependance_delai_versement", "45-4"),
    "perte_autonomie": ("pta_delai_versement", "46-4"),
    "deces": ("pid_delai_versement", "47-7-5"),
    "ptia": ("pid_delai_versement", "47-7-5"),
}


@rule(
    DOCUMENTS,
    title="Quelles pièces envoyer pour une prestation de prévoyance ?",
    references=(
        *(article_msp(number) for number in ("43-4", "44-4", "45-6", "46-6", "47-7-2", "47-7-3", "47-7-4", "47-5-2-1")),
    ),
    facts=(
        *WHO,
        "garantie_prevoyance",
        "invalidite_type",
        "droit_apa",
        "sous_tutelle",
        "origine_sinistre",
        "cause_perte_autonomie",
        "rechute_perte_autonomie",
        "couple_defunt",
        "nb_enfants_a_charge",
        "enfant_aah_ou_carte",
        "pour_les_enfants",
    ),
)
def pieces_prevoyance(dossier: Dossier) -> Decision | NotApplicable:
    """Return the documents to send, and for whom.

    Sources: articles 43-4, 44-4, 45-6-2, 46-6-2, 47-7-2 to 47-7-4, 47-5-2-1 (concubin).

    Raises:
        FactNeeded: for the guarantee.
    """
    draft = Draft(DOCUMENTS, dossier)
    guarantee = _guarantee(draft)
    if not isinstance(guarantee, str):
        return guarantee
    PIECES[guarantee](draft)
    draft.conditions.append("pieces_supplementaires")
    return draft.close("granted", guarantee)


def _of_leave(draft: Draft) -> None:
    draft.because("pieces_incapacite", True, article_msp("43-4"))
    draft.documents += ["formulaire_prestation", "pieces_demandees"]


def _of_disability(draft: Draft) -> None:
    draft.because("pieces_invalidite", True, article_msp("44-4"))
    draft.documents += ["formulaire_prestation", "pieces_demandees"]
    if draft.dossier.get("invalidite_type") == "partielle":
        draft.conditions.append("dossier_annuel")


def _of_dependency(draft: Draft) -> None:
    dossier = draft.dossier
    draft.because("pieces_dependance", True, article_msp("45-6"))
    draft.documents.append("formulaire_prestation")
    if dossier.get("droit_apa") is not False:
        draft.documents.append("attestation_apa")
    if not dossier.get("droit_apa"):
        draft.documents.append("questionnaire_medical")
    if dossier.get("sous_tutelle") is not False:
        draft.documents.append("jugement_tutelle" if dossier.get("sous_tutelle") else "jugement_tutelle_le_cas_echeant")


def _of_autonomy(draft: Draft) -> None:
    dossier = draft.dossier
    draft.because("pieces_perte_autonomie", True, article_msp("46-6"))
    if dossier.get("rechute_perte_autonomie"):
        draft.documents.append("certificat_rechute")
        return
    draft.documents += ["formulaire_prestation", "certificat_medical_pta"]
    cause = dossier.get("origine_sinistre")
    if cause is None and dossier.get("cause_perte_autonomie"):
        ill = dossier.get("cause_perte_autonomie") in (*DISEASES, "autre_maladie")
        cause = "maladie" if ill else "accident"
    if cause != "maladie":
        draft.documents.append("proces_verbal_accident")


def _of_death(draft: Draft) -> None:
    dossier = draft.dossier
    draft.because("pieces_deces", True, article_msp("47-7-2"))
    draft.documents += ["acte_deces", "certificat_cause_deces", "identite_beneficiaire", "rib_beneficiaire"]
    if dossier.get("couple_defunt") == "concubin":
        draft.documents.append("preuves_concubinage")
        draft.because("preuves_concubinage", True, article_msp("47-5-2-1"), count=whole("concubin_documents", dossier))
    if dossier.get("nb_enfants_a_charge") not in (None, "0") or dossier.get("pour_les_enfants"):
        _of_children(draft)


def _of_children(draft: Draft) -> None:
    draft.because("pieces_majoration", True, article_msp("47-7-4"))
    draft.documents += ["livret_famille", "avis_imposition", "identite_enfant", "rib_enfant"]
    if draft.dossier.get("enfant_aah_ou_carte"):
        draft.documents.append("justificatif_aah")


def _of_ptia(draft: Draft) -> None:
    draft.because("pieces_ptia", True, article_msp("47-7-3"))
    draft.documents += ["certificat_ptia", "decision_invalidite_3"]


PIECES = {
    "incapacite": _of_leave,
    "invalidite": _of_disability,
    "dependance": _of_dependency,
    "perte_autonomie": _of_autonomy,
    "deces": _of_death,
    "ptia": _of_ptia,
}
