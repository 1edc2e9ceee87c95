"""What children pay: règlement MGEN Santé Prévoyance article 61-2, annexe 2."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules_engine.contributions import Price
from rules_engine.decision import Decision, NotApplicable, Reason
from rules_engine.dossier import Dossier, FactNeeded
from rules_engine.money import ZERO
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.cotisations_commun import (
    AGE_FACTS,
    ANNEXE_2,
    BIRTH_TOLD,
    CHILDREN,
    SHARED_FACTS,
    Age,
    Draft,
    Refusal,
    Year,
    age_of,
    extendable,
    figure,
    known_age,
    not_collective,
    read_formule,
    tariff_reason,
    told_unless_refused,
    total_amounts,
    year_of,
)
from rules_engine.rules.cotisations_devis import child_ages, child_price

CHILD_AGE = ("enfant_annee_naissance", "age_enfant")
COUNTS = ("nb_enfants_moins_18", "nb_enfants_18_24", "nb_enfants_25_29", "nb_enfants_handicap_plus_29")
# The ages of several children, when a message lists them.
EACH_AGE = tuple(f"enfant_charge_age_{order}" for order in range(1, 6))
CHILD_FACTS = (
    *("nb_enfants", *COUNTS, *CHILD_AGE, *BIRTH_TOLD["enfant_annee_naissance"], *EACH_AGE),
    *("enfants_tous_mineurs", "enfants_meme_adherent", "handicap_mdph", "handicap"),
)


@rule(
    "cotisation_enfants",
    title="Combien coûtent mes enfants ?",
    references=(ANNEXE_2, article_msp("61-2"), article_msp("22")),
    facts=(*SHARED_FACTS, *CHILD_FACTS, "par_mois", "annee_cotisation"),
)
@told_unless_refused
def cotisation_enfants(dossier: Dossier) -> Decision | NotApplicable:
    """Return the yearly complements (€) for children: by age band, nothing from the fourth child on.

    Sources: annexe 2 (three tables of children, note 2); articles 61-2 (bands, the youngest are free), 22-II-2
    (until the year of the 29th birthday, longer with a recognised handicap; not for a young member).

    Raises:
        FactNeeded: for formule, number and ages of the children.
    """
    name = "cotisation_enfants"
    not_collective(dossier)
    extendable(dossier)
    year = year_of(dossier)
    children = children_of(dossier, year, child_formule(dossier))
    return _children_decision(name, dossier, year, children)


@rule(
    "cotisation_enfant_handicap",
    title="Combien coûte mon enfant de plus de 29 ans en situation de handicap ?",
    references=(ANNEXE_2, article_msp("61-2"), article_msp("22")),
    facts=(*SHARED_FACTS, *CHILD_FACTS, "par_mois", "annee_cotisation"),
)
@told_unless_refused
def cotisation_enfant_handicap(dossier: Dossier) -> Decision | NotApplicable:
    """Return the yearly complement (€) for a child older than 29 whose handicap the MDPH has recognised.

    Sources: annexe 2; articles 61-2, 22-II-2.

    Raises:
        FactNeeded: for formule or the recognition of the handicap.
    """
    name = "cotisation_enfant_handicap"
    not_collective(dossier)
    extendable(dossier)
    year = year_of(dossier)
    formule = child_formule(dossier)
    age = known_age(dossier, year, CHILD_AGE)
    price = child_price(dossier, year, formule, child_ages(year)[-1] if age is None else age.number)
    conditions = age.conditions if age is not None else ()
    return _children_decision(name, dossier, year, Children((Child(price, 1, 1),), 1, conditions))


@dataclass(frozen=True)
class Child:
    """Children of one age band: how many there are, and how many of them are paid for."""

    price: Price
    count: int
    paid: int

    def to_row(self) -> dict[str, Any]:
        """Return what a sentence tells of them."""
        return {
            "formule": self.price.formule,
            "tranche": self.price.band,
            "nombre": self.count,
            "payes": self.paid,
            "prix": self.price.flat,
            "somme": self.total,
        }

    @property
    def total(self) -> Decimal:
        """What they cost a year (€)."""
        return self.price.flat * self.paid


@dataclass(frozen=True)
class Children:
    """The children covered, the oldest first."""

    rows: tuple[Child, ...]
    count: int
    conditions: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """What they cost a year (€)."""
        return sum((row.total for row in self.rows), ZERO)

    @property
    def free(self) -> int:
        """How many cost nothing."""
        return self.count - sum(row.paid for row in self.rows)


def child_formule(dossier: Dossier) -> str:
    """Return the health formule of the children: the one of the member who covers them (article 24).

    Raises:
        FactNeeded: when it is unknown.
        Refusal: for Essentielle, which no child has, or a collective contract.
    """
    if dossier.get("formule") == "Essentielle":
        raise Refusal("formule_non_tarifee", article_msp("24"), ANNEXE_2)
    return read_formule(dossier, ("OJI",) if dossier.get("contrat") == "OJI" else ("MSP",))[1]


def children_of(dossier: Dossier, year: Year, formule: str) -> Children:
    """Return the children covered, by band, with how many are paid for.

    Raises:
        FactNeeded, Refusal.
    """
    counts, conditions = _counts(dossier, year, formule)
    total = sum(counts)
    if not total:
        raise Refusal("aucun_enfant", article_msp("61-2"))
    left = total
    if total >= figure("enfant_gratuit_rang", dossier):
        if dossier.get("enfants_meme_adherent") is None:
            conditions = (*conditions, "enfants_meme_adherent")
        if dossier.get("enfants_meme_adherent") is not False:
            left = int(figure("enfant_gratuit_rang", dossier)) - 1
    if counts[-1] and not dossier.get("handicap_mdph"):
        conditions = (*conditions, "handicap_mdph")
    rows = []
    for age, count in zip(reversed(child_ages(year)), reversed(counts), strict=True):
        if count:
            price = _band_price(year, formule, age)
            rows.append(Child(price, count, min(count, left)))
            left -= min(count, left)
    return Children(tuple(rows), total, conditions)


def _band_price(year: Year, formule: str, age: int) -> Price:
    for category in CHILDREN:
        price = year.tariff.price(category, formule, "", age, handicap=True)
        if price is not None:
            return price
    raise Refusal("formule_non_tarifee", article_msp("24"), ANNEXE_2)


def _counts(dossier: Dossier, year: Year, formule: str) -> tuple[list[int], tuple[str, ...]]:
    """Return how many children are in each band, the youngest band first.

    Raises:
        FactNeeded: for the number of children, the birth year of an only one, or how many are in each band.
        Refusal: for a child past the age without a recognised handicap.
    """
    number = dossier.get("nb_enfants")
    ages = [age for age in map(dossier.get, EACH_AGE) if age is not None]
    if len(ages) > 1 and number in (None, len(ages)):
        return _of_ages(dossier, year, formule, ages), ("age_dans_l_annee",)
    said = [dossier.get(fact_id) for fact_id in COUNTS]
    child = _child_age(dossier, year)
    if any(count is not None for count in said):
        return _completed(dossier, said, number), ()
    if number is None and child is None:
        raise FactNeeded("nb_enfants", None)
    if number == 0:
        return [0] * len(COUNTS), ()
    if number is not None and dossier.get("enfants_tous_mineurs"):
        return [number, *([0] * (len(COUNTS) - 1))], ()
    if number in (None, 1):
        age = child if child is not None else age_of(dossier, year, CHILD_AGE)
        price = child_price(dossier, year, formule, age.number)
        counts = [int(_band_price(year, formule, band) is price) for band in child_ages(year)]
        return counts, age.conditions
    return _completed(dossier, said, number), ()


def _of_ages(dossier: Dossier, year: Year, formule: str, ages: list[int]) -> list[int]:
    """Return how many children of the ages listed are in each band, the youngest first."""
    prices = [child_price(dossier, year, formule, age) for age in ages]
    return [prices.count(_band_price(year, formule, band)) for band in child_ages(year)]


def _child_age(dossier: Dossier, year: Year) -> Age | None:
    found = known_age(dossier, year, CHILD_AGE)
    if found is None and dossier.get("qualite") == "enfant":
        return known_age(dossier, year, AGE_FACTS)
    return found


def _completed(dossier: Dossier, said: list[Any], number: int | None) -> list[int]:
    """Return every count: unsaid ones are none, unless the number of children says that some are missing.

    Raises:
        FactNeeded: for the first count that is missing.
    """
    missing = (number or 0) - sum(count or 0 for count in said)
    counts = []
    for fact_id, known in zip(COUNTS, said, strict=True):
        count = known
        if count is None:
            count = dossier.read(fact_id, among=(0, missing)) if missing > 0 else 0
            missing -= count
        counts.append(count)
    return counts


def _children_decision(name: str, dossier: Dossier, year: Year, children: Children) -> Decision:
    rows = children.rows
    case = "un_enfant" if children.count == 1 else "gratuite" if children.free else "plusieurs"
    amounts = total_amounts(children.total, children.total, dossier)
    draft = Draft(
        "granted",
        case,
        child_reasons(children, dossier),
        tuple(amounts),
        {},
        (*children.conditions, "prorata_annee"),
        year.warnings,
        {
            **year.details(),
            "lignes": tuple(row.to_row() for row in rows),
            "nombre": children.count,
            "gratuits": children.free,
            "formule": rows[0].price.formule,
            "tranche": rows[0].price.band,
        },
    )
    return draft.decision(name, dossier)


def child_reasons(children: Children, dossier: Dossier) -> tuple[Reason, ...]:
    """Return the steps that price children."""
    article = article_msp("61-2")
    reasons = [tariff_reason(row.price) for row in children.rows]
    reasons.append(Reason("calcul_enfants", True, article))
    if children.free:
        reasons.append(Reason("enfant_gratuit", True, article, {"rang": figure("enfant_gratuit_rang", dossier)}))
    if dossier.get("enfants_meme_adherent") is False:
        reasons.append(Reason("enfants_plusieurs_adherents", False, article))
    if any(row.price.category == "enfant_handicap_plus_29" for row in children.rows):
        reasons.append(Reason("enfant_handicap", True, article_msp("22")))
    return tuple(reasons)
