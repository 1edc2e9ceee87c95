"""What the guides FPE and MGEN Solutions name without figures: the assistance assesses each case."""

from __future__ import annotations

from rules_engine.decision import Decision, holds
from rules_engine.dossier import Dossier
from rules_engine.rules.assistance_autres_commun import FPE, PHONES, SOLUTIONS, Answers

EVALUATED = ("evaluation", "notice_contrat")
FPE_DAILY = ("hospitalisation", "immobilisation", "maternite")


def convalescence_only(dossier: Dossier) -> bool:
    """Whether a stay in convalescence, rééducation or a rest home is all that was told."""
    return bool(dossier.get("sejour_convalescence")) and dossier.get("cause_assistance") is None


def fpe_daily_help(answers: Answers, case: str) -> Decision:
    """Return what the guide FPE cites for hospital, maternity or an immobilisation; for the rest it is open."""
    if convalescence_only(answers.dossier):
        return answers.decided("depends", "fpe_convalescence", holds("fpe_convalescence", FPE), contacts=PHONES["FPE"])
    cause = answers.dossier.get("cause_assistance")
    if cause is not None and cause not in FPE_DAILY:
        return answers.decided("depends", "fpe_non_cite", holds("fpe_non_cite", FPE), contacts=PHONES["FPE"])
    conditions = ("fpe_situations", *EVALUATED) if cause is None else EVALUATED
    return answers.granted_at_home("FPE", case, holds("fpe_aide_quotidienne", FPE), conditions=conditions)


def solutions_help(answers: Answers, case: str) -> Decision:
    """Return what the guide MGEN Solutions cites; its phone number was lost, the answer says so."""
    if convalescence_only(answers.dossier):
        reason = holds("solutions_convalescence", SOLUTIONS)
        return answers.decided("depends", "solutions_convalescence", reason, warnings=("solutions_numero_absent",))
    return answers.granted_at_home(
        "SOLUTIONS",
        case,
        holds("solutions_aide", SOLUTIONS),
        conditions=EVALUATED,
        warnings=("solutions_numero_absent",),
    )
