"""What the assistance rules of ÔJI, FPE and MGEN Solutions share: references, figures, deadlines, decisions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from rules_engine.dates import last_day_within_days
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.facts import vocabulary
from rules_engine.parameters import parameter
from rules_engine.references import GUIDE_FPE, STATUTS, Reference
from rules_engine.registry import RuleFunction
from rules_engine.rules.assistance_rma_commun import CONTRACT_FACTS, contract_of

OJI_TABLE = Reference(STATUTS, "Notice Packs de services ÔJI, tableau des garanties")
OJI_COUNSEL = Reference(STATUTS, "Notice Packs de services ÔJI, accompagnement psycho-social")
IMA_PREAMBLE = Reference(STATUTS, "Notice Assistance internationale ÔJI (IMA), préambule")
ANNEXE = Reference(STATUTS, "Annexe 3 – Couverture internationale")
FPE = Reference(GUIDE_FPE, "Guide pratique adhérent – Mes garanties d'assistance")
SOLUTIONS = Reference("guide-mgen-solutions", "Guide pratique adhérent – Vos services d'assistance")
__all__ = ["CONTRACT_FACTS", "contract_of"]
# The rule that answers the same question for MGEN Santé Prévoyance (rules/assistance_rma*.py).
SISTERS: Mapping[str, str] = {
    "assistance_aide_domicile": "mgen_assistance_aide_domicile",
    "assistance_livraison_medicaments": "mgen_assistance_medicaments_courses",
    "assistance_courses": "mgen_assistance_medicaments_courses",
    "assistance_garde_enfants": "mgen_assistance_garde_enfants",
    "assistance_presence_proche": "mgen_assistance_presence_proche",
    "assistance_soutien_psychologique": "mgen_assistance_psychologue",
    "assistance_psychosocial_horaires": "mgen_assistance_psychologue",
    "assistance_aidant": "mgen_assistance_aidant",
    "assistance_information_juridique": "mgen_assistance_juridique",
    "assistance_information_medicale": "mgen_assistance_medicale",
    "assistance_depenses_engagees": "mgen_assistance_accord_prealable",
    "assistance_justificatifs": "mgen_assistance_justificatifs",
    "assistance_cancer": "sad_traitement_cancer",
    "oji_transfert_proche": "mgen_assistance_transfert_proche",
    "oji_exclusions_assistance": "mgen_assistance_exclusions",
    "oji_assistance_prescription": "mgen_assistance_prescription",
    "oji_beneficiaires_assistance": "mgen_assistance_beneficiaires",
    "oji_nettoyage_logement": "mgen_assistance_mutation",
    "oji_demenagement": "mgen_assistance_mutation",
}
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


def contract_if_known(dossier: Dossier) -> str | None:
    """Return the contract, said or implied; None when nothing settles it."""
    try:
        return contract_of(dossier)
    except FactNeeded:
        return None


def contract_abroad(dossier: Dossier) -> str:
    """Return the contract of a question on costs abroad: the complement (CCI) is sold with ÔJI alone.

    Who says that they have no complement speaks of ÔJI too, but not as surely: the answer then states it.

    Raises:
        FactNeeded: when nothing settles it.
    """
    if contract_if_known(dossier) is None:
        which = dossier.get("couverture_internationale")
        if which == "CI":
            dossier.presume("contrat", "OJI")
        if which is not None:
            return "OJI"
    return contract_of(dossier)


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


def call_day(dossier: Dossier) -> date:
    """Return the day of the call: that of the request (unless told before the event), else today."""
    said: date | None = dossier.get("date_demande")
    event = dossier.get("date_evenement")
    return dossier.on if said is None or (event is not None and said < event) else said


def call_window(dossier: Dossier, contract: str) -> CallWindow:
    """Return the window of the contract's general delay (20 days after the event, last day included).

    A call on `call_day` is held against it.
    """
    parameter_id = CALL_DELAY[contract]
    delay = amount("delay", parameter_id, "days", dossier)
    event = dossier.get("date_evenement")
    if event is None:
        return CallWindow(delay)
    deadline = last_day_within_days(event, int(number(parameter_id, dossier)))
    past = call_day(dossier) > deadline
    # Who only tells an event may have called in time: a refusal wants the day of the call, or the words for it.
    told = dossier.get("date_demande") is not None or dossier.get("appel_tardif")
    condition = "delai_ecoule" if past else "appeler_avant_date"
    return CallWindow(delay, {"deadline": deadline}, bool(past and told), condition)


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

    def elsewhere(self, code: str, sister: str, *references: Reference) -> NotApplicable:
        """Return that another rule answers: that of France for a place in France, that of abroad for one abroad."""
        return NotApplicable(self.name, code, references, dict(self.dossier.used), {"sister": sister})

    def outside(self, contract: str, sister: str | None = None) -> NotApplicable:
        """Return why a contract that the rule does not decide on is left aside, and the rule that does for MSP."""
        references = {
            "MSP": Reference(STATUTS, "Notice MGEN Assistance, article 4"),
            "FPE": FPE,
            "SOLUTIONS": SOLUTIONS,
        }
        if contract != "MSP":
            sister = ""
        elif sister is None:
            sister = SISTERS.get(self.name, "")
        return NotApplicable(
            self.name,
            f"contrat_{contract.lower()}",
            (references[contract],),
            dict(self.dossier.used),
            {"contract": contract, "sister": sister},
        )

    def excluded(self) -> Decision | None:
        """Return the refusal of a cause that the packs ÔJI exclude (articles 19-B and 20), where one was said."""
        cause = self.dossier.get("cause_exclue")
        if cause is None:
            return None
        self.dossier.get("question_exclusion")  # whether the sentence begins with yes or no
        label = vocabulary()["cause_exclue"].choice_label(cause)
        return self.refused("exclue", oji(19 if cause == "quarantaine" else 20), contacts=PHONES["OJI"], label=label)

    def granted_at_home(self, contract: str, case: str, *reasons: Reason, **more: Any) -> Decision:
        """Return a benefit that the general delay to call governs: granted in time, refused after it.

        `called_late` tells the sentence that only a call made before a day now past keeps the right.
        """
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
            called_late=window.condition == "delai_ecoule",
            **more,
        )

    def too_late(self, contract: str, window: CallWindow) -> Decision:
        """Return the refusal of a call that came after the delay; only the notices say what is left then."""
        self.dossier.get("question_trop_tard")  # whether the sentence begins with yes or no
        return self.refused(
            "delai_depasse" if contract in ("MSP", "OJI") else "delai_depasse_guide",
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


def oji_only(function: Callable[[Answers], Decision | NotApplicable]) -> RuleFunction:
    """Make a rule of a function on answers: members of the other contracts are told where to look."""

    @wraps(function)
    def answer(dossier: Dossier) -> Decision | NotApplicable:
        answers = Answers(function.__name__, dossier)
        contract = contract_of(dossier)
        return function(answers) if contract == "OJI" else answers.outside(contract)

    return answer
