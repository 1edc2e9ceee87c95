"""A child's grave illness, journeys to the doctor and the home: notice MGEN Assistance, articles 16 and 17."""

from __future__ import annotations

from datetime import date

from rules_engine.dates import add_months_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.money import ZERO
from rules_engine.registry import rule
from rules_engine.rules.assistance_rma_commun import (
    GATE_FACTS,
    TABLE,
    Answers,
    amount,
    child_age,
    figure,
    home,
    notice,
    person_told,
)
from rules_engine.rules.assistance_rma_pta import PTA_FACTS, pta_refusal


def _child_refusal(answers: Answers) -> Decision | None:
    """Return the refusal of a person who is not a child covered (article 16 is for the child's illness); else None."""
    dossier = answers.dossier
    if person_told(dossier) in ("adherent", "conjoint"):
        return answers.refused("pas_un_enfant", notice(16))
    age = child_age(dossier)
    if age is not None and age >= figure("assistance_enfant_age", dossier) and not dossier.get("handicap"):
        return answers.refused("enfant_majeur", notice(1))
    return None


def _ill_child(answers: Answers) -> bool:
    """Whether the illness told is that of a child covered: an adult under chemotherapy has no right here.

    Raises:
        FactNeeded: for whom the assistance is asked, when nothing told of a child.
    """
    dossier = answers.dossier
    told = child_age(dossier) is not None or dossier.get("moins_de_16_ans") or dossier.get("lien_proche") == "enfant"
    if not told and dossier.read("personne_assistee", among=("adherent", "enfant")) != "enfant":
        return False
    return _child_refusal(answers) is None


@rule(
    "mgen_assistance_pathologie_enfant",
    title="Quelle aide l'assistance donne-t-elle quand mon enfant a une maladie grave ?",
    references=(notice(16), notice(8), notice(1), notice(7), notice(5)),
    facts=(*GATE_FACTS, "pathologie_enfant", "date_pathologie"),
)
def mgen_assistance_pathologie_enfant(dossier: Dossier) -> Decision | NotApplicable:
    """Return the help for a child's grave illness: one transport a month for 12 months, a visit.

    Sources: notice MGEN Assistance, articles 16 and 8 (list of the pathologies; long treatments).

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("mgen_assistance_pathologie_enfant", dossier)
    refusal = answers.gate() or _child_refusal(answers)
    if refusal is not None:
        return refusal
    illness = dossier.get("pathologie_enfant")
    if illness == "autre":
        return answers.refused("maladie_hors_liste", notice(8))
    amounts = (
        amount("transports", "assistance_pathologie_transports", "count", dossier, "month"),
        amount("period", "assistance_pathologie_periode", "months", dossier),
    )
    dates = _until(dossier)
    listed = () if illness else ("maladie_listee",)
    conditions = (*listed, "jusqu_au" if dates else "douze_mois", "bilan_et_travaux")
    steps = (holds("pathologie_enfant", notice(16)), holds("pathologie_liste", notice(8)))
    documents = ("certificat_confidentiel",)
    return answers.granted(
        "granted",
        "accordee_date" if dates else "accordee",
        *steps,
        amounts=amounts,
        dates=dates,
        conditions=conditions,
        documents=documents,
    )


@rule(
    "mgen_assistance_transport_medical",
    title="L'assistance paie-t-elle mes trajets vers mes rendez-vous médicaux ?",
    references=(notice(16), notice(17), TABLE, notice(7), notice(5)),
    facts=(*GATE_FACTS, "pathologie_enfant", "date_pathologie", "moins_de_16_ans", "lien_proche", *PTA_FACTS),
)
def mgen_assistance_transport_medical(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether journeys to medical appointments are paid: a child's grave illness, or an active member in PTA.

    Sources: notice MGEN Assistance, articles 16-A (one a month) and 17-A with the table (4 units out of 50).

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("mgen_assistance_transport_medical", dossier)
    refusal = answers.gate()
    if refusal is not None:
        return refusal
    if dossier.get("pta_declaree"):
        refusal = pta_refusal(answers)
        if refusal is not None:
            return refusal
        amounts = (
            amount("unit", "assistance_pta_unite_transport", "count", dossier),
            amount("envelope", "assistance_pta_unites", "count", dossier),
        )
        steps = (holds("pta_enveloppe", notice(17)), holds("pta_unites", TABLE))
        return answers.granted("granted", "pta", *steps, amounts=amounts)
    if dossier.get("pathologie_enfant") in ("listee", "traitement_long") and _child_told(dossier):
        refused = _child_refusal(answers)
        return refused if refused is not None else _child_transport(answers)
    steps = (fails("transport_enfant_seulement", notice(16)), fails("transport_pta_seulement", notice(17)))
    return answers.decided("denied", "non_prevu", *steps)


def _child_told(dossier: Dossier) -> bool:
    """Whether the illness was told of a child: nobody named, the member speaks of his own journeys."""
    told = child_age(dossier) is not None or dossier.get("moins_de_16_ans")
    return bool(told or dossier.get("personne_assistee") == "enfant" or dossier.get("lien_proche") == "enfant")


def _child_transport(answers: Answers) -> Decision:
    """Return the journeys of an ill child: how many a month, in all, and until when once the illness is dated."""
    dossier = answers.dossier
    monthly = amount("transports", "assistance_pathologie_transports", "count", dossier, "month")
    period = figure("assistance_pathologie_periode", dossier)
    total = Amount("total", (monthly.value or ZERO) * period, "count")
    dates = _until(dossier)
    return answers.granted(
        "granted",
        "enfant_date" if dates else "enfant",
        holds("pathologie_enfant", notice(16)),
        amounts=(monthly, total),
        dates=dates,
    )


def _until(dossier: Dossier) -> dict[str, date]:
    declared = dossier.get("date_pathologie")
    months = int(figure("assistance_pathologie_periode", dossier))
    return {} if declared is None else {"end": add_months_clamped(declared, months)}


@rule(
    "mgen_assistance_amenagement_domicile",
    title="L'assistance envoie-t-elle un ergothérapeute ou paie-t-elle des travaux chez moi ?",
    references=(notice(16), notice(17), notice(7), notice(5)),
    facts=(*GATE_FACTS, "pathologie_enfant", "moins_de_16_ans", "paiement_travaux", "lien_proche", *PTA_FACTS),
)
def mgen_assistance_amenagement_domicile(dossier: Dossier) -> Decision | NotApplicable:
    """Return whether an ergothérapeute comes and craftsmen are found: metropolitan France only; works stay to pay.

    Sources: notice MGEN Assistance, articles 16-B, 16-C (child), 17-C and 17-D (active member in PTA).

    Raises:
        FactNeeded: for the contract.
    """
    answers = Answers("mgen_assistance_amenagement_domicile", dossier)
    refusal = answers.gate()
    if refusal is not None:
        return refusal
    pta = dossier.get("pta_declaree")
    article = notice(17) if pta else notice(16)
    if dossier.get("paiement_travaux"):
        return answers.refused("travaux", article)
    if home(dossier) == "drom":
        return answers.refused("metropole_seule", article)
    conditions = () if home(dossier) == "metropole" else ("metropole",)
    if pta:
        refusal = pta_refusal(answers)
        if refusal is not None:
            return refusal
        conditions = (*conditions, "travaux_a_charge")
        return answers.granted("granted", "pta", holds("bilan_pta", article), conditions=conditions)
    illness = dossier.get("pathologie_enfant")
    if illness == "autre":
        return answers.refused("maladie_hors_liste", notice(8))
    steps = (holds("bilan_enfant", notice(16)), holds("bilan_pta", notice(17)))
    retired = dossier.get("retraite_declaree") or dossier.get("qualite") == "retraite"
    if illness is None and retired and not _child_told(dossier):
        return answers.refused("pta_actif", notice(17))
    if illness is None:
        return answers.granted("depends", "general", *steps, conditions=(*conditions, "travaux_a_charge"))
    if not _ill_child(answers):
        return _child_refusal(answers) or answers.refused("pas_un_enfant", notice(16))
    conditions = (*conditions, "travaux_a_charge")
    return answers.granted("granted", "enfant", steps[0], conditions=conditions, documents=("certificat_confidentiel",))
