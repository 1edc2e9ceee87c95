"""Which event opens the rights of the notice MGEN Assistance, article 13, with the definitions of article 8.

More than 24 hours in hospital; more than 4 days in maternity, or a caesarean, multiple or premature birth; more than
5 days of unforeseen or 10 days of planned immobilisation; more than 48 hours of it after ambulatory surgery.
Durations are whole days: a stay of 24 hours or less is one day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from rules_engine.dates import HOURS_OF_A_DAY
from rules_engine.decision import Decision, NotApplicable, Reason, holds
from rules_engine.dossier import Dossier
from rules_engine.rules.assistance_rma_commun import Answers, child_age, figure, notice

SPECIAL_BIRTHS = ("cesarienne", "multiple", "prematuree")
EVENT_FACTS = (
    "hospitalisation",
    "nb_jours_hospitalisation",
    "chirurgie_ambulatoire",
    "immobilisation_domicile",
    "nb_jours_immobilisation",
    "immobilisation_prevue",
    "cause_imprevue",
    "cause_assistance",
    "maternite_sejour",
    "jours_maternite",
    "type_naissance",
    "grossesse_pathologique",
    "conge_pathologique",
    "accouchement_domicile",
    "sejour_convalescence",
    "arret_sans_hospitalisation",
    "duree_depassee",
)


@dataclass(frozen=True)
class Event:
    """What happened, as the notice names it.

    Attributes:
        code: case of a refusal, or reason of a grant; opens: whether the threshold is passed.
        article: the article that says so; conditions: what the member has not said and must still hold.
    """

    code: str
    opens: bool
    article: int = 13
    conditions: tuple[str, ...] = ()

    @property
    def reason(self) -> Reason:
        """The step of the reasoning that the event makes."""
        return Reason(self.code, self.opens, notice(self.article))


def said_event(dossier: Dossier) -> Event | None:
    """Return the event that the facts tell: the first that opens the rights, else the first; None when none is told.

    Raises:
        FactNeeded: for the duration of an immobilisation or of a stay in maternity, and what it turns on.
    """
    birth = _birth(dossier)
    if dossier.get("grossesse_pathologique") and birth in (None, "prematuree"):  # a threat of premature birth
        hospital = _hospital(dossier)
        return hospital if hospital is not None and hospital.opens else _pregnancy(dossier)
    if dossier.get("accouchement_domicile") and not _long_stay(dossier):
        return Event("accouchement_domicile", False, 8)
    if birth in SPECIAL_BIRTHS:
        return Event(f"maternite_{birth}", True, 8)
    if dossier.get("conge_pathologique") and birth is None:  # its 14 days are no stay in maternity
        hospital = _hospital(dossier)  # the leave comes before any stay in maternity
        return hospital if hospital is not None and hospital.opens else Event("conge_pathologique", False, 8)
    if dossier.get("chirurgie_ambulatoire") and not _long_stay(dossier):
        return _ambulatory(dossier)
    first: Event | None = None
    for told in (_hospital, _maternity, _pregnancy, _immobilised, _convalescence, _leave):
        event = told(dossier)
        if event is not None and event.opens:
            return event
        first = first or event
    return first


def _birth(dossier: Dossier) -> str | None:
    """Return how the birth went; twins whose age in years is told were not born just now."""
    said: str | None = dossier.get("type_naissance")
    told = dossier.get("maternite_sejour") or dossier.get("jours_maternite") is not None
    return None if said == "multiple" and not told and child_age(dossier) else said


def event_or_refusal(answers: Answers) -> Event | Decision | NotApplicable | None:
    """Return the event that opens the rights, None when none was told, or why nothing is due.

    Raises:
        FactNeeded: for the contract and the event's duration.
    """
    refusal = answers.gate()
    if refusal is not None:
        return refusal
    event = said_event(answers.dossier)
    if event is None or event.opens:
        return event
    return answers.decided("denied", event.code, event.reason, conditions=("voir_sad",))


class Opening(NamedTuple):
    """What an event (None when none was told) gives to a benefit of article 13."""

    event: Event | None
    outcome: str
    case: str
    reasons: tuple[Reason, ...]
    conditions: tuple[str, ...]


def opening(answers: Answers, *refusals: Callable[[Answers], Decision | None]) -> Opening | Decision | NotApplicable:
    """Return what opens a benefit of article 13, or why nothing is due: contract, the benefit's `refusals`, event.

    Raises:
        FactNeeded: for the contract and the event's duration.
    """
    refusal: Decision | NotApplicable | None = answers.other_contract()
    for check in refusals:
        refusal = refusal or check(answers)
    event = refusal or event_or_refusal(answers)
    if isinstance(event, Decision | NotApplicable):
        return event
    if event is None:
        return Opening(None, "depends", "general", (holds("evenements", notice(13)),), ("evenement_requis",))
    return Opening(event, "granted", "accordee", (event.reason,), event.conditions)


def _long_stay(dossier: Dossier) -> bool:
    days = told_days(dossier, "nb_jours_hospitalisation")
    if days is None or dossier.get("hospitalisation") is False:
        return False
    return _over_hours(days, "assistance_hospitalisation_min", dossier)


def told_days(dossier: Dossier, name: str, among: tuple[int, ...] | None = None) -> int | None:
    """Return a number of days told; "plus de 10 jours" is one day more than 10.

    Raises:
        FactNeeded: when it is unknown and `among` says which values matter.
    """
    days: int | None = dossier.get(name) if among is None else dossier.read(name, among=among)
    return days if days is None else days + bool(dossier.get("duree_depassee"))


def _over_hours(days: int, parameter_id: str, dossier: Dossier) -> bool:
    return days * HOURS_OF_A_DAY > figure(parameter_id, dossier)


def _hospital(dossier: Dossier) -> Event | None:
    said = dossier.get("hospitalisation")
    if said is False or dossier.get("maternite_sejour"):
        return None
    days = dossier.get("nb_jours_hospitalisation")
    told = dossier.get("cause_assistance") == "hospitalisation" and not immobilised(dossier)  # an operation alone
    if days is None and not said and not told:
        return None
    if days is None:
        return Event("hospitalisation", True, conditions=("plus_de_24_heures",))
    if not _long_stay(dossier):
        return Event("hospitalisation_courte", False)
    conditions = ("convalescence_appreciee",) if dossier.get("sejour_convalescence") else ()
    return Event("hospitalisation", True, conditions=conditions)


def _maternity(dossier: Dossier) -> Event | None:
    told = dossier.get("maternite_sejour") or dossier.get("cause_assistance") == "maternite"
    if not told and dossier.get("jours_maternite") is None and _birth(dossier) is None:
        return None
    least = int(figure("assistance_maternite_min", dossier))
    stay = "nb_jours_hospitalisation" if dossier.get("jours_maternite") is None else "jours_maternite"
    days = told_days(dossier, stay)
    if days is None:
        days = told_days(dossier, "jours_maternite", (least, least + 1))
    if days is not None and days > least:
        return Event("maternite", True)
    birth = dossier.read("type_naissance")
    if birth in SPECIAL_BIRTHS:
        return Event(f"maternite_{birth}", True, 8)
    return Event("maternite_courte", False)


def _pregnancy(dossier: Dossier) -> Event | None:
    if dossier.get("grossesse_pathologique"):
        event = _immobilisation(dossier)
        return Event("grossesse_pathologique", True, 8) if event.opens else event
    return None


def _immobilised(dossier: Dossier) -> Event | None:
    return _immobilisation(dossier) if immobilised(dossier) else None


def immobilised(dossier: Dossier) -> bool:
    """Whether an immobilisation was told; a sick leave, even for a sprain of so many days, does not tell one."""
    said = dossier.get("immobilisation_domicile")
    if said is not None or dossier.get("arret_sans_hospitalisation"):
        return bool(said)
    told = dossier.get("cause_assistance") == "immobilisation"
    return told or (dossier.get("nb_jours_immobilisation") is not None and not dossier.get("sejour_convalescence"))


def _immobilisation(dossier: Dossier) -> Event:
    unforeseen = int(figure("assistance_immobilisation_imprevue", dossier))
    planned = int(figure("assistance_immobilisation_prevue", dossier))
    days = told_days(dossier, "nb_jours_immobilisation", (unforeseen, unforeseen + 1, planned + 1)) or 0
    if days > planned:
        return Event("immobilisation", True)
    if days <= unforeseen:
        return Event("immobilisation_courte", False)
    if _planned(dossier):
        return Event("immobilisation_prevue_courte", False)
    return Event("immobilisation_imprevue", True)


def _planned(dossier: Dossier) -> bool:
    if dossier.get("cause_imprevue") is False:  # an operation planned after a fall is planned
        return True
    said: bool | None = dossier.get("immobilisation_prevue")
    if said is None and dossier.get("cause_imprevue"):
        return False
    return bool(dossier.read("immobilisation_prevue"))


def _ambulatory(dossier: Dossier) -> Event:
    least = int(figure("assistance_ambulatoire_min", dossier)) // HOURS_OF_A_DAY
    days = told_days(dossier, "nb_jours_immobilisation", (least, least + 1)) or 0
    opens = _over_hours(days, "assistance_ambulatoire_min", dossier)
    return Event("ambulatoire" if opens else "ambulatoire_courte", opens)


def _convalescence(dossier: Dossier) -> Event | None:
    return Event("sejour_convalescence", False, 8) if dossier.get("sejour_convalescence") else None


def _leave(dossier: Dossier) -> Event | None:
    return Event("arret_travail", False, 4) if dossier.get("arret_sans_hospitalisation") else None
