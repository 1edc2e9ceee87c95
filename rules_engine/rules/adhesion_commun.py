"""What the rules on joining and leaving share: contracts, references, figures, and the form of a decision."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.parameters import parameter
from rules_engine.references import GUIDE_FPE, STATUTS, Reference, article_msp
from rules_engine.registry import RuleFunction
from rules_engine.tables import OFFERS

GUIDE_SOLUTIONS = "guide-mgen-solutions"
FPE_CONTRACT = Reference(GUIDE_FPE, "Guide pratique adhérent – Mon contrat")
SOLUTIONS_CONTRACT = Reference(GUIDE_SOLUTIONS, "Guide pratique adhérent – Votre contrat")
INDIVIDUAL_FORMULES = frozenset(OFFERS["MSP"]) | frozenset(OFFERS["OJI"])
INDIVIDUAL_CATEGORIES = frozenset({"associe", "jeune", "orphelin"})
CATEGORY_OF_PREVOYANCE = {
    "actif": "actif",
    "actif_renforcee": "actif",
    "retraite": "retraite",
}
PHONE = ("telephone_msp",)


def article_statuts(number: str) -> Reference:
    """Return the reference of an article of the statuts of MGEN."""
    return Reference(STATUTS, f"Statuts MGEN, article {number}")


def figure(parameter_id: str, dossier: Dossier) -> int:
    """Return a whole figure of the documents; of one printed as an ordinal ("4e"), its number."""
    value = parameter(parameter_id, dossier.on).value
    if isinstance(value, Decimal):
        return int(value)
    found = re.match(r"\d+", value)
    assert found is not None, parameter_id
    return int(found.group())


def period(name: str, parameter_id: str, unit: str, dossier: Dossier) -> Amount:
    """Return a delay of the documents as an amount in its unit (days, months, years, age)."""
    return Amount(name, Decimal(figure(parameter_id, dossier)), unit)


def collective(dossier: Dossier) -> bool:
    """Whether the question is about a collective contract, and not about leaving MGEN for one."""
    return dossier.get("contrat") in ("FPE", "SOLUTIONS") and not individual(dossier)


def silent(name: str, dossier: Dossier) -> NotApplicable:
    """Return that the guide of the member's collective contract does not say."""
    reference = FPE_CONTRACT if dossier.get("contrat") == "FPE" else SOLUTIONS_CONTRACT
    return NotApplicable(name, "contrat_collectif_muet", (reference,), dict(dossier.used))


def individual(dossier: Dossier) -> bool:
    """Whether something said belongs to the individual offers only (formule, category, prévoyance)."""
    return (
        dossier.get("formule") in INDIVIDUAL_FORMULES
        or dossier.get("qualite") in INDIVIDUAL_CATEGORIES
        or dossier.get("prevoyance") not in (None, "aucune")
    )


def presume_individual(dossier: Dossier) -> None:
    """Take the contract for MGEN Santé Prévoyance when nothing tells it; the answer says so."""
    if dossier.get("contrat") is None and not individual(dossier):
        dossier.presume("contrat", "MSP")


def category(dossier: Dossier) -> str | None:
    """Return the member's category, also from a prévoyance that one category alone has; else None."""
    known: str | None = dossier.get("qualite")
    return known or CATEGORY_OF_PREVOYANCE.get(dossier.get("prevoyance"))


def read_category(dossier: Dossier, among: Iterable[str]) -> str:
    """Return the member's category.

    Raises:
        FactNeeded: when it is unknown.
    """
    known = category(dossier)
    if known:
        return known
    asked: str = dossier.read("qualite", among=among)
    return asked


def asked_on(dossier: Dossier) -> date | None:
    """Return the day of the written request; the day it was received when that alone is known."""
    day: date | None = dossier.get("date_demande") or dossier.get("date_reception_demande")
    return day


def received_on(dossier: Dossier) -> date | None:
    """Return the day MGEN received the request; the day it was made when that alone is known."""
    day: date | None = dossier.get("date_reception_demande") or dossier.get("date_demande")
    return day


@dataclass(frozen=True)
class Draft:
    """A decision before the facts that it used are added."""

    outcome: str
    case: str
    reasons: tuple[Reason, ...]
    amounts: tuple[Amount, ...] = ()
    dates: Mapping[str, date] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)

    def decision(self, name: str, dossier: Dossier) -> Decision:
        """Return the decision of a rule on a dossier."""
        return Decision(
            name,
            self.outcome,
            self.amounts,
            self.dates,
            self.reasons,
            self.conditions,
            self.warnings,
            self.documents,
            self.contacts,
            dict(dossier.used),
            dict(dossier.presumed),
            {"case": self.case, **self.details},
        )


Answer = Draft | Decision | NotApplicable


def individual_only(function: Callable[[Dossier], Answer]) -> RuleFunction:
    """Return the rule of a function on an individual contract: the guide of a collective one does not say."""

    @wraps(function)
    def answer(dossier: Dossier) -> Decision | NotApplicable:
        name = function.__name__
        if collective(dossier):
            return silent(name, dossier)
        found = function(dossier)
        return found.decision(name, dossier) if isinstance(found, Draft) else found

    return answer


__all__ = [
    "FPE_CONTRACT",
    "GUIDE_SOLUTIONS",
    "INDIVIDUAL_FORMULES",
    "PHONE",
    "SOLUTIONS_CONTRACT",
    "Answer",
    "Draft",
    "article_msp",
    "article_statuts",
    "asked_on",
    "category",
    "collective",
    "figure",
    "individual",
    "individual_only",
    "period",
    "presume_individual",
    "read_category",
    "received_on",
    "silent",
]
