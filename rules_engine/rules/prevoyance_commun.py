"""What the prévoyance rules share: figures, references, the form of a decision, who has which guarantee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from rules_engine.dates import add_years_clamped, age_by_birthday
from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier
from rules_engine.parameters import parameter
from rules_engine.references import Reference, article_msp

ART_8, ART_11, ART_12, ART_14 = (article_msp(number) for number in ("8", "11", "12", "14"))
ART_22, ART_24, ART_25 = (article_msp(number) for number in ("22", "24", "25"))
ADVISER = ("telephone_msp",)
COLLECTIVE = frozenset({"FPE", "SOLUTIONS"})
# The health formules that article 24 couples with a prévoyance.
HEALTH = ("Equilibre", "Référence", "Intégrale")
# Article 46-2: the diseases whose loss of autonomy is paid.
DISEASES = frozenset({"infarctus", "avc", "sclerose_en_plaques", "cancer"})
WHO = ("contrat", "qualite", "prevoyance", "formule")

_ALL = frozenset({"incapacite", "invalidite", "dependance", "perte_autonomie", "deces", "ptia"})
# Article 24: the guarantees of each formule de prévoyance; `initiale` is what MGEN Initiale gives actifs.
GUARANTEES: Mapping[str, frozenset[str]] = {
    "actif": _ALL,
    "actif_renforcee": _ALL,
    "actif_ou_renforcee": _ALL,
    "initiale": frozenset({"incapacite", "invalidite"}),
    "retraite": frozenset({"dependance", "deces", "ptia"}),
    "affinite": frozenset({"dependance", "perte_autonomie", "deces", "ptia"}),
    "initiale_sante": frozenset(),
    "aucune": frozenset(),
    "sans_prevoyance": frozenset(),
}
OF_CATEGORY = {
    "actif": "actif_ou_renforcee",
    "retraite": "retraite",
    "associe": "affinite",
    "conjoint": "affinite",
}
WITHOUT = frozenset({"jeune", "orphelin", "enfant"})
WORKING_LIFE = frozenset({"incapacite", "invalidite"})


def figure(parameter_id: str, dossier: Dossier) -> Decimal:
    """Return a numeric parameter in force on the day of the dossier."""
    value = parameter(parameter_id, dossier.on).value
    assert isinstance(value, Decimal), parameter_id
    return value


def whole(parameter_id: str, dossier: Dossier) -> int:
    """Return a whole parameter (days, months, years, age)."""
    return int(figure(parameter_id, dossier))


def text(parameter_id: str, dossier: Dossier) -> str:
    """Return a parameter that is a text."""
    return str(parameter(parameter_id, dossier.on).value)


def age_by_dates(dossier: Dossier, event: str) -> int | None:
    """Return the age (birthdays) on the day of an event, when both dates are known; a birth after it tells none."""
    born, day = dossier.get("date_naissance"), dossier.get(event)
    return age_by_birthday(born, day) if born and day and day >= born else None


def age_on(dossier: Dossier, event: str) -> int | None:
    """Return the age on the day of an event, else the age said; None when unknown."""
    known = age_by_dates(dossier, event)
    age: int | None = dossier.get("age") if known is None else known
    born = dossier.get("date_naissance")
    if known is None and age is not None and born and born <= dossier.on and dossier.get(event) is None:
        return age_by_birthday(born, dossier.on)  # "65 in a month" is 64 today
    return age


def days_back_at_work(dossier: Dossier) -> int | None:
    """Return the days from the return to work (inclusive) to the new leave (exclusive), by the dates or as said."""
    resumed, stopped = dossier.get("date_reprise"), dossier.get("date_arret")
    if resumed and stopped and stopped >= resumed:
        return int((stopped - resumed).days)
    said: int | None = dossier.get("jours_reprise")
    return said


def euros_amount(name: str, value: Decimal, per: str = "") -> Amount:
    """Return an amount in euros."""
    return Amount(name, value, "EUR", per)


@dataclass
class Draft:
    """A decision being written: what is read and reasoned on the way is kept until it is closed."""

    rule: str
    dossier: Dossier
    reasons: list[Reason] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    dates: dict[str, date] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)

    def because(self, code: str, holds: bool, *references: Reference, **figures: Any) -> None:
        """Add a step of the reasoning, once for each reference it rests on."""
        self.reasons += [Reason(code, holds, reference, figures) for reference in references]

    def close(self, outcome: str, case: str, amounts: Sequence[Amount] = (), contacts: Sequence[str] = ()) -> Decision:
        """Return the decision; that the formule holds the guarantee comes last among its reasons."""
        return Decision(
            self.rule,
            outcome,
            tuple(amounts),
            dict(self.dates),
            tuple(sorted(self.reasons, key=lambda reason: reason.code == "garantie_comprise")),
            tuple(self.conditions),
            tuple(self.warnings),
            tuple(self.documents),
            tuple(contacts),
            dict(self.dossier.used),
            dict(self.dossier.presumed),
            {"case": case, **self.details},
        )

    def refused(self, case: str, *references: Reference, **figures: Any) -> Decision:
        """Return a refusal whose reason has the code of its case; what else was to be met no longer matters."""
        self.conditions.clear()
        self.because(case, False, *references, **figures)
        return self.close("denied", case)

    def open(self, case: str, *references: Reference, **figures: Any) -> Decision:
        """Return that the documents can be read in two ways: an adviser decides."""
        self.because(case, False, *references, **figures)
        return self.close("depends", case, contacts=ADVISER)

    def not_applicable(self, code: str, *references: Reference) -> NotApplicable:
        """Return that the documents do not decide."""
        return NotApplicable(self.rule, code, references, dict(self.dossier.used), dict(self.details))


def prevoyance_of(dossier: Dossier) -> str | None:
    """Return the formule de prévoyance as far as the facts tell: a key of GUARANTEES, or `collectif`.

    Articles 22 and 24: outside MGEN Initiale the category settles it; a stated formule goes first, except that
    the bénéficiaire conjoint and the membre associé have Prévoyance Affinité, whatever the participant has.
    """
    stated, category = dossier.get("prevoyance"), dossier.get("qualite")
    if stated and stated != "aucune":
        return "affinite" if category in ("conjoint", "associe") else str(stated)
    contract = dossier.get("contrat")
    if contract == "OJI" or category in WITHOUT:
        return "sans_prevoyance"
    if contract in COLLECTIVE:
        return "collectif"
    if dossier.get("formule") == "Initiale":
        return _with_initiale(category)
    if stated == "aucune":
        return "aucune"
    return OF_CATEGORY.get(category) if category else None


def _with_initiale(category: str | None) -> str:
    """Return what MGEN Initiale couples (article 24); an unknown category is settled where it matters."""
    if category is None:
        return "initiale_inconnue"
    return "initiale" if category == "actif" else "initiale_sante"


def refusal(draft: Draft, guarantee: str, article: Reference) -> Decision | NotApplicable | None:
    """Return why the member does not have a guarantee; None when they have it or nothing tells.

    Adds the reason of article 24 and the conditions that stay open to the draft.
    """
    formule = prevoyance_of(draft.dossier)
    if formule == "collectif":
        return draft.not_applicable("contrat_collectif_prevoyance", ART_24)
    if formule == "initiale_inconnue":
        category = draft.dossier.presume("qualite", "actif") if guarantee in WORKING_LIFE else "autre"
        formule = _with_initiale(category)
    if formule is None or guarantee in GUARANTEES[formule]:
        draft.because("garantie_comprise", True, ART_24)
        _leave_open(draft, formule, guarantee)
        return None
    if formule == "sans_prevoyance":
        return draft.refused("sans_prevoyance", ART_22, ART_24)
    if formule == "retraite" and guarantee in WORKING_LIFE:
        draft.warnings.append("retraite_deux_lectures")
        draft.because("retraites_article_22", True, ART_22)
    draft.because("garantie_non_comprise", False, ART_24, article)
    return draft.close("denied", "formule_initiale" if formule.startswith("initiale") else f"formule_{formule}")


def _leave_open(draft: Draft, formule: str | None, guarantee: str) -> None:
    """Add the condition on the formule that the category alone does not settle."""
    dossier = draft.dossier
    if formule is None:
        draft.conditions.append("prevoyance_requise")
    elif dossier.get("prevoyance") or dossier.get("formule"):
        return
    elif formule == "affinite":
        draft.conditions.append("affinite_requise")
    elif guarantee not in WORKING_LIFE:
        draft.conditions.append("hors_initiale")


def claim_refused(draft: Draft, event: str, period: str, article: Reference) -> Decision | None:
    """Return the refusal of a claim made after its period (years, last day included) from the day of an event.

    Adds the period, or the last day once the event is dated, to the conditions that stay open.
    """
    day, claimed = draft.dossier.get(event), draft.dossier.get("date_demande")
    years = whole(period, draft.dossier)
    if day is None:
        draft.conditions.append("demande_delai")
    else:
        draft.dates["deadline"] = add_years_clamped(day, years)
        if claimed and claimed > draft.dates["deadline"]:
            return draft.refused("demande_tardive", article, years=years)
        draft.conditions.append("demande_date")
    draft.because("delai_demande", True, article, years=years)
    return None
