"""What the rules on general rights share: which contract applies, references, and the form of a decision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.parameters import Value, parameter
from rules_engine.references import GUIDE_FPE, STATUTS, Reference, article_msp
from rules_engine.registry import RuleFunction
from rules_engine.tables import OFFERS, Cell, benefit_tables

GUIDE_SOLUTIONS = "guide-mgen-solutions"
FPE_CONTRACT = Reference(GUIDE_FPE, "Guide pratique adhérent – Mon contrat")
SOLUTIONS_CONTRACT = Reference(GUIDE_SOLUTIONS, "Guide pratique adhérent – Votre contrat")
ANNEXE_1 = Reference(STATUTS, "Annexe 1 – Soins courants")
ANNEXE_3 = Reference(STATUTS, "Annexe 3 – Soins courants")
INDIVIDUAL = ("MSP", "OJI")
COLLECTIVE = ("FPE", "SOLUTIONS")
CONTRACTS = (*INDIVIDUAL, *COLLECTIVE)
CONTRACT_FACTS = ("contrat", "formule", "qualite", "prevoyance")  # those that may tell the contract
ONLY_MSP = frozenset({"associe", "conjoint"})  # categories of the règlement that no other contract has
PHONES = {"MSP": "telephone_msp", "OJI": "telephone_msp", "FPE": "telephone_fpe"}


def implied_contract(dossier: Dossier) -> str | None:
    """Return the contract that its name, a formule or the member's category tells; None if none does."""
    known: str | None = dossier.get("contrat")
    if known:
        return known
    formule = dossier.get("formule")
    having = [offer for offer, formules in OFFERS.items() if formule in formules]
    if len(having) == 1:
        return having[0]
    if dossier.get("qualite") == "jeune":
        return "OJI"
    if dossier.get("qualite") in ONLY_MSP or dossier.get("prevoyance") not in (None, "aucune"):
        return "MSP"
    return None


def presumed_contract(dossier: Dossier, default: str = "MSP") -> str:
    """Return the contract, presumed where nothing tells it: for rights that one contract alone describes."""
    implied = implied_contract(dossier)
    contract: str = implied or dossier.presume("contrat", default)
    return contract


def asked_contract(dossier: Dossier, among: Iterable[str] = CONTRACTS) -> str:
    """Return the contract, for rights that contracts describe differently.

    Raises:
        FactNeeded: when nothing tells it.
    """
    implied = implied_contract(dossier)
    if implied:
        return implied
    individual = any(dossier.get("formule") in OFFERS[offer] for offer in INDIVIDUAL)
    contract: str = dossier.read("contrat", among=INDIVIDUAL if individual else among)
    return contract


def silent(name: str, dossier: Dossier, contract: str) -> NotApplicable:
    """Return that the documents of a collective contract say nothing on the subject."""
    reference = FPE_CONTRACT if contract == "FPE" else SOLUTIONS_CONTRACT
    return NotApplicable(name, f"{contract.lower()}_silencieux", (reference,), dict(dossier.used))


def individual_only(function: RuleFunction) -> RuleFunction:
    """Return the rule of a function on an individual contract: the documents of a collective one say nothing."""

    @wraps(function)
    def answer(dossier: Dossier) -> Decision | NotApplicable:
        contract = presumed_contract(dossier)
        if contract in COLLECTIVE:
            return silent(function.__name__, dossier, contract)
        return function(dossier)

    return answer


def figure(parameter_id: str, on: date) -> Decimal:
    """Return a parameter that is a number."""
    value = parameter(parameter_id, on).value
    assert isinstance(value, Decimal), parameter_id
    return value


def whole(parameter_id: str, on: date) -> int:
    """Return a parameter that is a whole number."""
    return int(figure(parameter_id, on))


def cited(parameter_id: str, on: date) -> Value:
    """Return a parameter with its reference."""
    return parameter(parameter_id, on)


def common_cell(offer: str, line: str, formule: str | None, on: date) -> Cell | None:
    """Return the cell of a formule; without one, the cell that all formules share, None where they differ.

    Formules whose cell is empty ("néant") are left out of the comparison.
    """
    tables = benefit_tables()
    if formule is not None:
        return tables.cell(offer, formule, line, on) if formule in OFFERS[offer] else None
    cells = [tables.cell(offer, each, line, on) for each in OFFERS[offer]]
    paid = [cell for cell in cells if cell.kind != "none"]
    values = {(cell.kind, cell.value, cell.session_cap, cell.extra_yearly) for cell in paid}
    return paid[0] if len(values) == 1 else None


def table_amounts(cell: Cell | None) -> tuple[Amount, ...]:
    """Return the figures of a table cell: its value, the most a session draws, a further yearly limit."""
    if cell is None or cell.value is None:
        return ()
    unit = "percent" if cell.kind == "percent_brss" else "EUR"
    name = "rate" if unit == "percent" else "yearly" if cell.yearly else "amount"
    amounts = [Amount(name, cell.value, unit, cell.per)]
    if cell.session_cap is not None:
        amounts.append(Amount("session_cap", cell.session_cap, "EUR", "session"))
    if cell.extra_yearly is not None:
        amounts.append(Amount("yearly_cap", cell.extra_yearly, "EUR", "year"))
    if cell.max_count is not None:
        amounts.append(Amount("max_count", Decimal(cell.max_count), "count", cell.count_period))
    return tuple(amounts)


def decided(dossier: Dossier, name: str, outcome: str, case: str, reasons: Iterable[Reason], **parts: Any) -> Decision:
    """Return the decision of a rule; `parts` are the other fields of `Decision`."""
    details = {"case": case, **parts.pop("details", {})}
    for listed in ("amounts", "conditions", "warnings", "documents", "contacts"):
        if listed in parts:
            parts[listed] = tuple(parts[listed])
    return Decision(
        name,
        outcome,
        reasons=tuple(reasons),
        facts=dict(dossier.used),
        presumed=dict(dossier.presumed),
        details=details,
        **parts,
    )


__all__ = [
    "ANNEXE_1",
    "ANNEXE_3",
    "COLLECTIVE",
    "CONTRACTS",
    "CONTRACT_FACTS",
    "FPE_CONTRACT",
    "GUIDE_SOLUTIONS",
    "INDIVIDUAL",
    "PHONES",
    "SOLUTIONS_CONTRACT",
    "article_msp",
    "asked_contract",
    "cited",
    "common_cell",
    "decided",
    "figure",
    "implied_contract",
    "individual_only",
    "presumed_contract",
    "silent",
    "table_amounts",
    "whole",
]
