"""What the assistance rules of ÔJI, FPE and MGEN Solutions share: references, figures, deadlines, decisions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.dates_assistance_autres import last_day_within_days_after
from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.parameters import parameter
from rules_engine.references import GUIDE_FPE, STATUTS, Reference

OJI_TABLE = Reference(STATUTS, "Notice Packs de services ÔJI, tableau des garanties")
OJI_COUNSEL = Reference(STATUTS, "Notice Packs de services ÔJI, accompagnement psycho-social")
IMA_PREAMBLE = Reference(STATUTS, "Notice Assistance internationale ÔJI (IMA), préambule")
ANNEXE = Reference(STATUTS, "Annexe 3 – Couverture internationale")
FPE = Reference(GUIDE_FPE, "Guide pratique adhérent – Mes garanties d'assistance")
SOLUTIONS = Reference("guide-mgen-solutions", "Guide pratique adhérent – Vos services d'assistance")
CALL_DELAY = {
    "MSP": "assistance_delai_demande",
    "OJI": "oji_assistance_delai_demande",
    "FPE": "fpe_assistance_delai_demande",
    "SOLUTIONS": "solutions_assistance_delai_demande",
}
PHONES = {
    "MSP": ("telephone_assistance_msp",),
    "OJI": ("telephone_assistance_oji",),
    "FPE": ("telephone_assistance_fpe",),
    "SOLUTIONS": (),
}


def oji(number: str | int) -> Reference:
    """Return the reference of an article of the notice of the packs de services ÔJI."""
    return Reference(STATUTS, f"Notice Packs de services ÔJI, article {number}")


def ima(number: str) -> Reference:
    """Return the reference of an article of the notice of the international assistance of ÔJI."""
    return Reference(STATUTS, f"Notice Assistance internationale ÔJI (IMA), article {number}")


def holds(code: str, reference: Reference, **figures: Any) -> Reason:
    """Return a step of the reasoning that speaks for the member."""
    return Reason(code, True, reference, figures)


def fails(code: str, reference: Reference, **figures: Any) -> Reason:
    """Return a step of the reasoning that speaks against what the member asks."""
    return Reason(code, False, reference, figures)


def number(parameter_id: str, dossier: Dossier) -> Decimal:
    """Return a figure of the documents; of one printed in a text ("30 kilomètres"), its leading number."""
    value = parameter(parameter_id, dossier.on).value
    if isinstance(value, Decimal):
        return value
    found = re.match(r"\d+", value)
    assert found is not None, parameter_id
    return Decimal(found.group())


def amount(name: str, parameter_id: str, unit: str, dossier: Dossier, per: str = "") -> Amount:
    """Return a figure of the documents as an amount of a decision."""
    return Amount(name, number(parameter_id, dossier), unit, per)


@dataclass(frozen=True)
class CallWindow:
    """Until when to call: the amount of days, the last day (when the event's date is known), whether it is past."""

    delay: Amount
    dates: Mapping[str, date] = field(default_factory=dict)
    late: bool = False
    condition: str = "appeler_dans_delai"


def call_window(dossier: Dossier, contract: str) -> CallWindow:
    """Return the window of the contract's general delay (20 days after the event, last day included).

    The call is placed on `date_demande`, else today.
    """
    parameter_id = CALL_DELAY[contract]
    delay = amount("delay", parameter_id, "days", dossier)
    event = dossier.get("date_evenement")
    if event is None:
        return CallWindow(delay)
    deadline = last_day_within_days_after(event, int(number(parameter_id, dossier)))
    called = dossier.get("date_demande") or dossier.on
    return CallWindow(delay, {"deadline": deadline}, called > deadline, "appeler_avant_date")


@dataclass(frozen=True)
class Answers:
    """Builds the answers of one rule on one dossier."""

    name: str
    dossier: Dossier

    def decided(
        self,
        outcome: str,
        case: str,
        *reasons: Reason,
        amounts: Iterable[Amount] = (),
        dates: Mapping[str, date] | None = None,
        conditions: tuple[str, ...] = (),
        warnings: tuple[str, ...] = (),
        documents: tuple[str, ...] = (),
        contacts: tuple[str, ...] = (),
        **details: Any,
    ) -> Decision:
        """Return a decision; `case` picks its headline."""
        return Decision(
            self.name,
            outcome,
            tuple(amounts),
            dict(dates or {}),
            reasons,
            conditions,
            warnings,
            documents,
            contacts,
            dict(self.dossier.used),
            dict(self.dossier.presumed),
            {"case": case, **details},
        )

    def refused(self, case: str, reference: Reference, **more: Any) -> Decision:
        """Return a refusal whose one reason bears the name of its case."""
        return self.decided("denied", case, fails(case, reference), **more)

    def silent(self, code: str, *references: Reference) -> NotApplicable:
        """Return that the documents do not say, or that the rule is not for this contract."""
        return NotApplicable(self.name, code, references, dict(self.dossier.used))

    def outside(self, contract: str) -> NotApplicable:
        """Return why a contract that the rule does not decide on is left aside."""
        if contract == "MSP":
            return self.silent("contrat_msp", Reference(STATUTS, "Notice MGEN Assistance, article 4"))
        return self.silent(f"contrat_{contract.lower()}", FPE if contract == "FPE" else SOLUTIONS)

    def granted_at_home(self, contract: str, case: str, *reasons: Reason, **more: Any) -> Decision:
        """Return a benefit that the general delay to call governs: granted in time, refused after it."""
        window = call_window(self.dossier, contract)
        if window.late:
            return self.too_late(contract, window)
        more.setdefault("outcome", "granted")
        outcome = more.pop("outcome")
        amounts = (*more.pop("amounts", ()), window.delay)
        conditions = (*more.pop("conditions", ()), window.condition)
        contacts = more.pop("contacts", PHONES[contract])
        reasons = (*reasons, holds(f"delai_{contract.lower()}", DELAY_REFERENCES[contract]))
        return self.decided(
            outcome,
            case,
            *reasons,
            amounts=amounts,
            dates=window.dates,
            conditions=conditions,
            contacts=contacts,
            **more,
        )

    def too_late(self, contract: str, window: CallWindow) -> Decision:
        """Return the refusal of a call that came after the delay; the assistance still gives advice."""
        return self.refused(
            "delai_depasse",
            DELAY_REFERENCES[contract],
            amounts=(window.delay,),
            dates=window.dates,
            contacts=PHONES[contract],
        )


DELAY_REFERENCES = {
    "MSP": Reference(STATUTS, "Notice MGEN Assistance, article 5"),
    "OJI": oji(5),
    "FPE": FPE,
    "SOLUTIONS": SOLUTIONS,
}
