"""How often glasses and hearing aids are paid for: notes of annexes 1 and 3, Optique and Aides auditives."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from rules_engine.catalogue import catalogue
from rules_engine.dates import add_months_clamped
from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.parameters import parameter
from rules_engine.references import Reference
from rules_engine.registry import rule

NAME = "renouvellement_equipement"
OPTIQUE = "Optique"
AUDITION = "Aides auditives"


@rule(
    NAME,
    title="Au bout de combien de temps puis-je renouveler mes lunettes ou mon aide auditive ?",
    references=(
        Reference("statuts-reglements-mgen", "Annexe 1 – Optique"),
        Reference("statuts-reglements-mgen", "Annexe 1 – Aides auditives"),
        Reference("statuts-reglements-mgen", "Annexe 3 – Optique"),
        Reference("statuts-reglements-mgen", "Annexe 3 – Aides auditives"),
    ),
    facts=(
        "prestation",
        "contrat",
        "age",
        "moins_de_6_ans",
        "moins_de_16_ans",
        "evolution_vue",
        "mauvaise_adaptation",
        "date_precedente",
    ),
)
def renouvellement_equipement(dossier: Dossier) -> Decision | NotApplicable:
    """Return the period (months) between two paid equipments, and the date from which the next is paid.

    Sources: annexe 1 and annexe 3, Optique (6 months, 1 year, 2 years and exceptions) and Aides auditives (4 years
    per ear); the period runs from the invoice of the last element of the previous equipment.

    Raises:
        FactNeeded: for the age, where it decides.
    """
    family = catalogue().families.get(dossier.read("prestation"))
    if family is None or not family.renewal:
        return NotApplicable(NAME, "no_renewal_period", (), dict(dossier.used))
    contract = dossier.get("contrat")
    if contract in ("FPE", "SOLUTIONS"):
        code = "fpe_table_not_in_documents" if contract == "FPE" else "solutions_table_not_in_documents"
        return NotApplicable(NAME, code, (), dict(dossier.used), {"family": family.id, "label": family.label})
    annexe = "Annexe 3" if contract == "OJI" else "Annexe 1"
    if family.renewal == "aide_auditive":
        return _decided(
            dossier, "aide_auditive_periode", Reference("statuts-reglements-mgen", f"{annexe} – {AUDITION}")
        )
    return _glasses(dossier, Reference("statuts-reglements-mgen", f"{annexe} – {OPTIQUE}"))


def _glasses(dossier: Dossier, reference: Reference) -> Decision:
    if dossier.read("moins_de_6_ans"):
        dossier.presume("mauvaise_adaptation", True)
        return _decided(dossier, "lunettes_periode_moins_6_ans", reference, ("mauvaise_adaptation",))
    if dossier.read("moins_de_16_ans"):
        return _decided(dossier, "lunettes_periode_enfant", reference)
    changed = dossier.get("evolution_vue")
    if changed:
        return _decided(dossier, "lunettes_periode_evolution_vue", reference, ("preuve_evolution_vue",))
    conditions = ("un_an_si_evolution_vue",) if changed is None else ()
    return _decided(dossier, "lunettes_periode_adulte", reference, conditions)


def _decided(dossier: Dossier, parameter_id: str, reference: Reference, conditions: tuple[str, ...] = ()) -> Decision:
    months = parameter(parameter_id, dossier.on).value
    assert isinstance(months, Decimal)
    shorter = parameter("lunettes_periode_evolution_vue", dossier.on).value
    amounts = [Amount("period", months, "months")]
    if "un_an_si_evolution_vue" in conditions and isinstance(shorter, Decimal):
        amounts.append(Amount("shorter_period", shorter, "months"))
    dates: dict[str, date] = {}
    outcome = "granted"
    previous = dossier.get("date_precedente")
    if previous is not None:
        dates["from"] = add_months_clamped(previous, int(months))
        outcome = "granted" if dates["from"] <= dossier.on else "depends"
    return Decision(
        NAME,
        outcome,
        tuple(amounts),
        dates,
        (Reason("renewal_period", True, reference, {"months": months}),),
        conditions,
        facts=dict(dossier.used),
        presumed=dict(dossier.presumed),
        details={"parameter": parameter_id, "family": dossier.used["prestation"], "previous": previous},
    )
