"""What the rules of the notices MGEN Assistance and SAD Assurance share: contract, person, place, deadline, decision.

`on` is the day of the call, today: the deadline of 20 days is held against `date_demande`, else against `on`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from rules_engine.dates import last_day_within_days
from rules_engine.decision import Amount, Decision, NotApplicable, Reason, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.facts import vocabulary
from rules_engine.parameters import parameter
from rules_engine.references import STATUTS, Reference
from rules_engine.registry import RuleFunction
from rules_engine.tables import OFFERS

TABLE = Reference(STATUTS, "Notice MGEN Assistance, tableau des garanties")
SAD_TABLE = Reference(STATUTS, "Notice MGEN SAD Assurance, tableau des garanties")
ARTICLE_40 = Reference(STATUTS, "Règlement mutualiste MGEN Santé Prévoyance, article 40")
ARTICLE_41 = Reference(STATUTS, "Règlement mutualiste MGEN Santé Prévoyance, article 41")
Outcome = Decision | NotApplicable
OTHER_CONTRACTS = ("OJI", "FPE", "SOLUTIONS")
# The rule that answers the same question under another contract (rules/assistance_collectif*.py).
SISTERS: Mapping[str, str] = {
    "mgen_assistance_aide_domicile": "assistance_aide_domicile",
    "mgen_assistance_garde_enfants": "assistance_garde_enfants",
    "mgen_assistance_presence_proche": "assistance_presence_proche",
    "mgen_assistance_medicaments_courses": "assistance_livraison_medicaments",
    "mgen_assistance_animaux": "assistance_autre_service",
    "mgen_assistance_teleassistance": "assistance_autre_service",
    "mgen_assistance_ecole_domicile": "assistance_autre_service",
    "mgen_assistance_bien_etre": "assistance_autre_service",
    "mgen_assistance_conduite_ecole": "assistance_autre_service",
    "mgen_assistance_activites_enfants": "assistance_autre_service",
    "mgen_assistance_psychologue": "assistance_soutien_psychologique",
    "mgen_assistance_aidant": "assistance_aidant",
    "mgen_assistance_juridique": "assistance_information_juridique",
    "mgen_assistance_medicale": "assistance_information_medicale",
    "mgen_assistance_accord_prealable": "assistance_depenses_engagees",
    "mgen_assistance_justificatifs": "assistance_justificatifs",
    "mgen_assistance_delai_appel": "assistance_delai_appel",
    "mgen_assistance_reclamation": "oji_assistance_reclamation",
    "mgen_assistance_territoire": "assistance_rapatriement",
    "sad_aide_domicile": "assistance_aide_domicile",
    "sad_traitement_cancer": "assistance_cancer",
    "sad_delai_appel": "assistance_delai_appel",
}
CONTRACT_FACTS = ("contrat", "formule", "prevoyance")
CALL_FACTS = ("date_evenement", "date_demande", "appel_tardif")
NAME_FACTS = ("autre_femme", "conjoint_nomme")
PERSON_FACTS = ("personne_assistee", "personne_inscrite", "age_enfant", "age", "handicap", *NAME_FACTS)
CAUSE_FACTS = ("cause_exclue", "chirurgie_reparatrice")
GATE_FACTS = (
    *CONTRACT_FACTS,
    *CALL_FACTS,
    *PERSON_FACTS,
    *CAUSE_FACTS,
    "residence_adherent",
    "lieu_soins",
    "lieu_appel",
    "vit_hors_france",
)


def notice(number: int) -> Reference:
    """Return the reference of an article of the notice MGEN Assistance."""
    return Reference(STATUTS, f"Notice MGEN Assistance, article {number}")


def sad_notice(number: int) -> Reference:
    """Return the reference of an article of the notice SAD Assurance."""
    return Reference(STATUTS, f"Notice MGEN SAD Assurance, article {number}")


@dataclass(frozen=True)
class Scheme:
    """One of the two insurances: the articles that rule who, where, until when and what never."""

    who: Reference
    where: Reference
    call: Reference
    agreement: Reference
    abuse: Reference
    excluded: Reference
    delay: str
    phone: str
    children: bool


ASSISTANCE = Scheme(
    notice(1), notice(3), notice(5), notice(7), notice(20), notice(21), "assistance_delai_demande",
    "telephone_assistance_msp", True,
)  # fmt: skip
SAD = Scheme(
    sad_notice(1), sad_notice(3), sad_notice(5), sad_notice(7), sad_notice(12), sad_notice(13), "sad_delai_demande",
    "telephone_sad", False,
)  # fmt: skip


def figure(parameter_id: str, dossier: Dossier) -> Decimal:
    """Return a figure of the documents; of one printed in a text ("30 kilomètres"), its leading number."""
    value = parameter(parameter_id, dossier.on).value
    return value if isinstance(value, Decimal) else Decimal(value.split()[0])


def amount(name: str, parameter_id: str, unit: str, dossier: Dossier, per: str = "") -> Amount:
    """Return a figure of the documents as an amount of a decision."""
    return Amount(name, figure(parameter_id, dossier), unit, per)


def home(dossier: Dossier) -> str | None:
    """Return where the member lives: metropole, drom, com or etranger, as far as it was said.

    A DROM named for the care is taken for the home; a place abroad is not.
    """
    said: str | None = dossier.get("residence_adherent")
    if said is not None:
        return said
    if dossier.get("vit_hors_france"):
        return "etranger"
    return "drom" if dossier.get("lieu_soins") == "drom" else None


def child_age(dossier: Dossier) -> int | None:
    """Return the child's age (years): the one said of a child, or a bare age below the age of the children covered."""
    said: int | None = dossier.get("age_enfant")
    if said is not None:
        return said
    bare: int | None = dossier.get("age")
    return bare if bare is not None and bare < figure("assistance_enfant_age", dossier) else None


def person_told(dossier: Dossier) -> str | None:
    """Return the person told about; a "femme de ménage" or a "sage-femme" alone is nobody's spouse."""
    said: str | None = dossier.get("personne_assistee")
    trade = dossier.get("autre_femme") and not dossier.get("conjoint_nomme")
    return None if said == "conjoint" and trade else said


def implied_contract(dossier: Dossier) -> str | None:
    """Return the contract: said, or implied by a formule or a prévoyance that no other has; None when nothing says."""
    said: str | None = dossier.get("contrat")
    if said is not None:
        return said
    having = _offers(dossier)
    if len(having) == 1:
        return having[0]
    return None if dossier.get("prevoyance") in (None, "aucune") else "MSP"


def _offers(dossier: Dossier) -> tuple[str, ...]:
    formule = dossier.get("formule")
    return tuple(offer for offer, formules in OFFERS.items() if formule in formules)


def _young(dossier: Dossier) -> int | None:
    """Return a bare age that may be a grown child's; an older one is the member's own."""
    age: int | None = dossier.get("age")
    return age if age is not None and age <= figure("oji_beneficiaire_age_max", dossier) else None


def contract_of(dossier: Dossier) -> str:
    """Return the contract, said or implied.

    Raises:
        FactNeeded: when nothing settles it.
    """
    implied = implied_contract(dossier)
    contract: str = dossier.read("contrat", _offers(dossier) or None) if implied is None else implied
    return contract


@dataclass(frozen=True)
class Answers:
    """Builds the answers of one rule on one dossier, under one of the two insurances."""

    name: str
    dossier: Dossier
    scheme: Scheme = ASSISTANCE
    visitors: bool = False  # the relatives named are those who come or receive, not whom the notice covers

    @property
    def phone(self) -> str:
        """The parameter of the phone to call: with the prefix from overseas or abroad."""
        away = self.dossier.get("lieu_appel") in ("outre_mer", "etranger") or home(self.dossier) == "drom"
        return "telephone_assistance_msp_etranger" if away else self.scheme.phone

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
        contact: bool = True,
        **details: Any,
    ) -> Decision:
        """Return a decision; `case` picks its headline. No contact where the sentences give the phone themselves."""
        phone = self.phone
        return Decision(
            self.name,
            outcome,
            tuple(amounts),
            dict(dates or {}),
            reasons,
            conditions,
            warnings,
            documents,
            (phone,) if contact else (),
            dict(self.dossier.used),
            dict(self.dossier.presumed),
            {"case": case, "phone": phone, **details},
        )

    def refused(self, case: str, reference: Reference, **more: Any) -> Decision:
        """Return a refusal whose one reason bears the name of its case."""
        return self.decided("denied", case, fails(case, reference), **more)

    def silent(self, code: str, *references: Reference) -> NotApplicable:
        """Return that the documents do not say."""
        return NotApplicable(self.name, code, references, dict(self.dossier.used))

    def other_contract(self) -> NotApplicable | None:
        """Return that the notice is not this contract's, with the sister rule that answers instead; None for MSP.

        Raises:
            FactNeeded: for the contract.
        """
        contract = contract_of(self.dossier)
        if contract == "MSP":
            return None
        details = {"contract": contract, "sister": SISTERS.get(self.name, "")}
        return NotApplicable(
            self.name, f"contrat_{contract.lower()}", (self.scheme.who,), dict(self.dossier.used), details
        )

    def gate(self) -> Decision | NotApplicable | None:
        """Return why nothing is due whatever the benefit: contract, exclusion, place, person, late call; else None.

        Raises:
            FactNeeded: for the contract.
        """
        return self.other_contract() or self.excluded() or self.place() or self.person() or self.late()

    def excluded(self) -> Decision | None:
        """Return the refusal of a cause that articles 20 and 21 (SAD: 12 and 13) exclude; repairing surgery is none."""
        cause = self.dossier.get("cause_exclue")
        if cause is None or (cause == "esthetique" and self.dossier.get("chirurgie_reparatrice")):
            return None
        reference = self.scheme.abuse if cause == "quarantaine" else self.scheme.excluded
        label = vocabulary()["cause_exclue"].choice_label(cause)
        return self.refused("exclue", reference, cause=cause, label=label)

    def place(self) -> Decision | None:
        """Return the refusal of a home outside metropolitan France, Andorra, Monaco and the DROM (article 3)."""
        place = home(self.dossier)
        return self.refused("hors_territoire", self.scheme.where, place=place) if place in ("com", "etranger") else None

    def person(self, asked: str | None = None) -> Decision | None:
        """Return the refusal of a person whom article 1 does not cover: the one asked about, or where one was said."""
        dossier = self.dossier
        person = asked or person_told(dossier)
        if person in (None, "adherent") or (self.visitors and person in ("autre", "conjoint")):
            return None
        if person == "autre":
            return self.refused("personne_autre", self.scheme.who)
        if person == "enfant" and not self.scheme.children:
            return self.refused("sad_enfant", self.scheme.who)
        if dossier.get("personne_inscrite") is False:
            return self.refused("personne_non_inscrite", self.scheme.who)
        if person == "enfant" and not dossier.get("handicap"):
            age = dossier.get("age_enfant")
            if age is None:
                age = _young(dossier)
            if age is not None and age >= figure("assistance_enfant_age", dossier):
                return self.refused("enfant_majeur", self.scheme.who)
        return None

    def deadline(self) -> date | None:
        """Return the last day to call (20 days after the event, included); None when the event's date is unknown."""
        event = self.dossier.get("date_evenement")
        return None if event is None else last_day_within_days(event, int(figure(self.scheme.delay, self.dossier)))

    def call_day(self) -> date:
        """Return the day of the call: the one said, else today."""
        said: date | None = self.dossier.get("date_demande")
        return said or self.dossier.on

    def late(self, calls_now: bool = False) -> Decision | None:
        """Return the refusal of a call made after the deadline of article 5.

        Who only tells an event may have called in time: today is held against the deadline when `calls_now`, or when
        the member says so.
        """
        deadline, dossier = self.deadline(), self.dossier
        told = dossier.get("date_demande") is not None or calls_now or dossier.get("appel_tardif")
        if deadline is None or self.call_day() <= deadline or not told:
            return None
        delay = amount("delay", self.scheme.delay, "days", self.dossier)
        return self.refused("trop_tard", self.scheme.call, amounts=(delay,), dates={"deadline": deadline})

    def granted(self, outcome: str, case: str, *reasons: Reason, **more: Any) -> Decision:
        """Return a decision that adds the agreement to have first (article 7) and until when to call (article 5)."""
        deadline = self.deadline()
        dates = {**more.pop("dates", {}), **({} if deadline is None else {"deadline": deadline})}
        call = "appeler_delai"
        if deadline is not None:
            call = "appeler_avant_date" if self.call_day() <= deadline else "delai_ecoule"
        conditions = (*more.pop("conditions", ()), call)
        steps = (*reasons, holds("accord_prealable", self.scheme.agreement), holds("delai_appel", self.scheme.call))
        return self.decided(outcome, case, *steps, dates=dates, conditions=conditions, contact=False, **more)


def msp_only(scheme: Scheme = ASSISTANCE) -> Callable[[Callable[[Answers], Outcome]], RuleFunction]:
    """Return what makes a rule of a function on answers: members of the other contracts get their own notice."""

    def decorate(function: Callable[[Answers], Outcome]) -> RuleFunction:
        @wraps(function)
        def answer(dossier: Dossier) -> Outcome:
            answers = Answers(function.__name__, dossier, scheme)
            return answers.other_contract() or function(answers)

        return answer

    return decorate
