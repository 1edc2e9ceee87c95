"""What the rules on contributions share: the tariff of the year, ages, incomes, who the member is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from rules_engine.contributions import Charge, Price, Tariff, charge, tariff_known
from rules_engine.dates import MONTHS_OF_A_YEAR, YEARS_OF_A_CENTURY, year_of_last_two_digits
from rules_engine.dates_cotisations import age_by_year_difference
from rules_engine.decision import Amount, Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.money import ZERO, to_cents
from rules_engine.parameters import parameter
from rules_engine.references import GUIDE_FPE, STATUTS, Reference, article_msp
from rules_engine.registry import RuleFunction
from rules_engine.rules.cotisations_revenu import INCOME_FACTS, hold_period_is_known, income_of
from rules_engine.tables import OFFERS

ANNEXE_2 = Reference(STATUTS, "Annexe 2 – Tableaux des cotisations")
COLLECTIVE = {
    "FPE": Reference(GUIDE_FPE, "Guide pratique adhérent – Mon contrat"),
    "SOLUTIONS": Reference("guide-mgen-solutions", "Guide pratique adhérent – Votre contrat"),
}
PARAGRAPH = {
    "actif": "59-1",
    "retraite": "59-2",
    "associe": "59-3",
    "jeune": "59-4",
    "orphelin": "59-5",
    "conjoint": "61-1",
    "enfant_moins_18": "61-2",
    "enfant_18_29": "61-2",
    "enfant_handicap_plus_29": "61-2",
}
CHILDREN = ("enfant_moins_18", "enfant_18_29", "enfant_handicap_plus_29")
AGE_FACTS = ("annee_naissance", "age")
# Other ways to tell a birth year: the full date, or its last two digits ("né en 59").
BIRTH_TOLD = {
    "annee_naissance": ("date_naissance", "millesime_naissance"),
    "annee_naissance_conjoint": ("date_naissance_conjoint", "millesime_conjoint"),
    "enfant_annee_naissance": ("date_naissance_enfant", "millesime_enfant"),
}
ADULTS_BORN = ("annee_naissance", "annee_naissance_conjoint")
YEAR_FACTS = ("annee_cotisation",)
MEMBER_AGE_FACTS = (*AGE_FACTS, *BIRTH_TOLD["annee_naissance"])
SHARED_FACTS = ("contrat", "formule", "qualite", "prevoyance", "couverture_choisie", *MEMBER_AGE_FACTS)
MEMBER_FACTS = (
    *("contrat", "formule", "qualite", "prevoyance", "prevoyance_renforcee", "couverture_choisie"),
    *MEMBER_AGE_FACTS,
    *INCOME_FACTS,
    *("alsace_moselle", "handicap_mdph", "handicap", "par_mois"),
    *YEAR_FACTS,
)


class Refusal(Exception):  # noqa: N818 - ends a computation early; the rule turns it into its answer
    """No contribution can be told; `code` names why.

    Attributes:
        denied: whether the documents exclude the cover, rather than being silent.
    """

    def __init__(self, code: str, *references: Reference, denied: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.references = references
        self.denied = denied

    def outcome(self, name: str, dossier: Dossier) -> Decision | NotApplicable:
        """Return the answer of a rule that ends so."""
        if not self.denied:
            return NotApplicable(name, self.code, self.references, dict(dossier.used))
        reasons = tuple(Reason(self.code, False, reference) for reference in self.references)
        return Draft("denied", self.code, reasons).decision(name, dossier)


def told_unless_refused(function: RuleFunction) -> RuleFunction:
    """Return the rule of a function in which a `Refusal` ends the computation: it becomes the answer."""

    @wraps(function)
    def answer(dossier: Dossier) -> Decision | NotApplicable:
        try:
            return function(dossier)
        except Refusal as refusal:
            return refusal.outcome(function.__name__, dossier)

    return answer


class Decisive(FactNeeded):
    """A fact that changes the answer whatever the others are: trying its values would tell nothing more.

    An evaluator that knows `certain` asks at once; one that does not tries the values, with the same result.
    """

    certain = True


def ask(dossier: Dossier, fact_id: str, among: Iterable[Any]) -> Any:
    """Return a fact each value of which leads to another answer.

    Raises:
        Decisive: when it is unknown.
    """
    known = dossier.get(fact_id)
    if known is None:
        raise Decisive(fact_id, tuple({fact_id: value} for value in among))
    return known


@dataclass(frozen=True)
class Draft:
    """A decision before the facts that it used are added."""

    outcome: str
    case: str
    reasons: tuple[Reason, ...]
    amounts: tuple[Amount, ...] = ()
    dates: Mapping[str, Any] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
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
            facts=dict(dossier.used),
            presumed=dict(dossier.presumed),
            details={"case": self.case, **self.details},
        )


@dataclass(frozen=True)
class Year:
    """The year of insurance asked about, and the tariff that prices it.

    Attributes:
        warnings: what to say when the tariff is not known to be that of the year meant.
    """

    number: int
    tariff: Tariff
    warnings: tuple[str, ...] = ()

    def details(self) -> dict[str, Any]:
        """Return the year and the year of its tariff, for the sentences."""
        return {"annee": self.number, "tarif_annee": self.tariff.year}


def year_of(dossier: Dossier) -> Year:
    """Return the year asked about; when none is said, the last one whose tariff is known on the day.

    Raises:
        Refusal: when the year precedes every tariff.
    """
    said: int | None = dossier.get("annee_cotisation")
    tariff = tariff_known(dossier.on.year if said is None else said)
    if tariff is None:
        raise Refusal("tarif_anterieur_absent", ANNEXE_2)
    if said is None:
        return Year(tariff.year, tariff, ("tarif_dernier_connu",) if dossier.on.year > tariff.year else ())
    return Year(said, tariff, ("tarif_annee_inconnue",) if said > tariff.year else ())


@dataclass(frozen=True)
class Age:
    """An age as article 58 counts it, and whether it was said so rather than drawn from the birth year."""

    number: int
    said: bool

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the answer rests on when the birth year is unknown."""
        return ("age_dans_l_annee",) if self.said else ()


def age_of(dossier: Dossier, year: Year, facts: tuple[str, str] = AGE_FACTS) -> Age:
    """Return the age by difference of years.

    Args:
        dossier: the facts.
        year: the year of insurance.
        facts: ids of the birth year and of the age.

    Raises:
        FactNeeded: for the birth year, when the age is unknown too; prices rise with age, so it always decides.
    """
    known = known_age(dossier, year, facts)
    if known is None:
        # A year that cannot be of an adult's birth was told: the age is asked instead.
        raise FactNeeded(facts[1] if dossier.get(facts[0]) is not None else facts[0], None)
    return known


def known_age(dossier: Dossier, year: Year, facts: tuple[str, str] = AGE_FACTS) -> Age | None:
    """Return the age by difference of years; a child not yet born in the year counts as born in it."""
    birth = birth_year_of(dossier, year, facts[0])
    if birth is not None:
        return Age(max(0, age_by_year_difference(year.number, birth)), said=False)
    age = dossier.get(facts[1])
    return None if age is None else Age(age, said=True)


def birth_year_of(dossier: Dossier, year: Year, fact_id: str) -> int | None:
    """Return a birth year, said in full, by its last two digits or with the day; an adult's is before the year."""
    told = BIRTH_TOLD[fact_id]
    birth, day, digits = dossier.get(fact_id), dossier.get(told[0]), dossier.get(told[1])
    if birth is not None and fact_id in ADULTS_BORN and birth >= year.number:
        birth = None  # the year asked about, taken for a birth
    if birth is None and digits is not None:
        birth = year_of_last_two_digits(digits, year.number)
    if birth is None and day is not None:
        birth = day.year - YEARS_OF_A_CENTURY if day.year > dossier.on.year + 1 else day.year  # "12/05/75"
        if birth >= year.number:
            birth = None  # that of something else
    return None if birth is None else int(birth)


@dataclass(frozen=True)
class Selection:
    """Which line of annexe 2 prices somebody."""

    category: str
    sante: str
    prevoyance: str


@dataclass(frozen=True)
class Line:
    """Category and health formule of a member; `coupled` when a prévoyance is still to be added or left out."""

    category: str
    sante: str
    coupled: bool


def not_collective(dossier: Dossier) -> None:
    """Hold that the contract is an individual one.

    Raises:
        Refusal: for a collective contract, whose contributions the documents do not print.
    """
    contract = dossier.get("contrat")
    if contract in COLLECTIVE:
        raise Refusal(f"tarif_{contract.lower()}_absent", COLLECTIVE[contract])


def extendable(dossier: Dossier) -> None:
    """Hold that the member may cover others.

    Raises:
        Refusal: for a young member (article 22-II).
    """
    if dossier.get("qualite") == "jeune":
        raise Refusal("jeune_sans_beneficiaire", article_msp("22"), denied=True)


def read_formule(dossier: Dossier, offers: Sequence[str]) -> tuple[str, str]:
    """Return (offer, formule); `offers` are those possible, the first one meant when a formule is in several.

    Raises:
        FactNeeded: when the formule is unknown, or belongs to none of the offers.
        Refusal: for a collective contract.
    """
    formule = dossier.get("formule")
    if formule in OFFERS["FPE"] and dossier.get("contrat") is None:
        raise Refusal("tarif_fpe_absent", COLLECTIVE["FPE"])
    for offer in offers:
        if formule in OFFERS[offer]:
            return offer, formule
    alternatives = [{"contrat": offer, "formule": name} for offer in offers for name in OFFERS[offer]]
    if dossier.get("contrat") is None:
        alternatives.append({"contrat": "FPE", "formule": OFFERS["FPE"][0]})
    raise Decisive("formule", tuple(alternatives))


def renforcee(dossier: Dossier) -> bool:
    """Return whether an actif has the Prévoyance Actif Renforcée.

    Raises:
        FactNeeded: when it is unknown.
    """
    said: bool | None = dossier.get("prevoyance_renforcee")
    if said is not None:
        return said
    prevoyance = dossier.get("prevoyance")
    if prevoyance in ("actif", "actif_renforcee"):
        return bool(prevoyance == "actif_renforcee")
    asked: bool = dossier.read("prevoyance_renforcee")
    return asked


def figure(parameter_id: str, dossier: Dossier) -> Decimal:
    """Return a number of the documents, in force in the year asked about, else on the day."""
    said = dossier.get("annee_cotisation")
    value = parameter(parameter_id, dossier.on if said is None else date(said, 1, 1)).value
    assert isinstance(value, Decimal)
    return value


def assistance_of(price: Price, dossier: Dossier) -> Decimal:
    """Return the yearly amount (€) of the assistance contracts that a price adds or includes."""
    if price.assistance == "included_oji":
        return figure("cotisation_rma_oji", dossier) + figure("cotisation_ima_oji", dossier)
    return figure("cotisation_rma", dossier) if price.assistance else ZERO


def reduction_of(price: Price, age: int, dossier: Dossier) -> Decimal | None:
    """Return the Alsace-Moselle reduction (%) that article 60 gives on a price, or None."""
    if not price.sante or price.category in ("orphelin", *CHILDREN):
        return None
    if price.category == "jeune" and age < figure("alsace_moselle_jeune_age", dossier):
        return None
    return figure("alsace_moselle_minoration", dossier) if dossier.presume("alsace_moselle", False) else None


def charged(price: Price, age: int, dossier: Dossier) -> tuple[Charge, Decimal | None, tuple[str, ...]]:
    """Return what a price makes one pay in a year, the yearly income it took, and conditions on that income.

    Raises:
        FactNeeded: for the income of an actif or retraité.
    """
    reduction = reduction_of(price, age, dossier)
    assistance = assistance_of(price, dossier)
    if not price.at_a_rate:
        return charge(price, ZERO, assistance, reduction), None, ()
    income, conditions = income_of(dossier, price.category)
    hold_period_is_known(dossier, price, income)
    return charge(price, income, assistance, reduction), income, conditions


def total_amounts(low: Decimal, high: Decimal, dossier: Dossier) -> list[Amount]:
    """Return the yearly total, or its two bounds; by month too when that is asked."""
    if low != high:
        return [Amount("total_bas", low, "EUR", "year"), Amount("total_haut", high, "EUR", "year")]
    amounts = [Amount("total", low, "EUR", "year")]
    if dossier.get("par_mois"):
        amounts.append(Amount("mensuel", to_cents(low / MONTHS_OF_A_YEAR), "EUR", "month"))
    return amounts


def tariff_reason(price: Price) -> Reason:
    """Return the step that reads the price in annexe 2."""
    figures: dict[str, Any] = {"formule": price.formule, "tranche": price.band}
    if price.at_a_rate:
        figures |= {"taux": price.rate, "plancher": price.floor, "plafond": price.cap}
    else:
        figures |= {"prix": price.flat}
    return Reason("tarif", True, price.reference, figures)


def age_reason(age: Age, year: Year) -> Reason:
    """Return the step that counts the age by difference of years."""
    return Reason("age_millesime", True, article_msp("58"), {"age": age.number, "annee": year.number})
