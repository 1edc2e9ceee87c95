"""Who has the packs de services ÔJI, and who the cover abroad: notices RMA (articles 1 and 8) and IMA (article 1-1)."""

from __future__ import annotations

from rules_engine.decision import Amount, Decision, NotApplicable, fails, holds
from rules_engine.dossier import Dossier
from rules_engine.references import article_msp
from rules_engine.registry import rule
from rules_engine.rules.assistance_autres_commun import (
    ANNEXE,
    CONTRACT_FACTS,
    PHONES,
    Answers,
    amount,
    ima,
    oji,
    oji_only,
)


@rule(
    "oji_beneficiaires_assistance",
    title="Qui est couvert par l'assistance ÔJI ?",
    references=(oji(1), oji(8), article_msp("41")),
    facts=(*CONTRACT_FACTS, "personne_couverte", "qualite", "age"),
)
@oji_only
def oji_beneficiaires_assistance(answers: Answers) -> Decision | NotApplicable:
    """Return whether a person is covered by the packs: young members, orphans, children from 18 to 29 included.

    Sources: notice Packs de services ÔJI, articles 1 and 8; règlement MGEN Santé Prévoyance, article 41 (which leaves
    orphans under 18 or over 29 to MGEN Assistance: both are shown).

    Raises:
        FactNeeded: for the contract, the category; the age of a child or an orphan.
    """
    bounds = _age_bounds(answers.dossier)
    category = _category(answers.dossier, bounds)
    if category == "jeune":
        return answers.decided("granted", "jeune", holds("jeune", oji(8)), contacts=PHONES["OJI"])
    if category not in ("orphelin", "enfant"):
        return answers.refused("autre_qualite", oji(1))
    return _by_age(answers, category, bounds)


def _category(dossier: Dossier, bounds: tuple[Amount, Amount]) -> str:
    """Return what the person is: as told, else a young member when the age of the member falls within the bounds.

    Raises:
        FactNeeded: when neither settles it.
    """
    told: str | None = dossier.get("personne_couverte") or dossier.get("qualite")
    if told is not None:
        return told
    age = dossier.get("age")
    if age is not None and (bounds[0].value or 0) <= age <= (bounds[1].value or 0):
        return "jeune"
    category: str = dossier.read("qualite", among=("jeune", "orphelin", "enfant", "conjoint"))
    return category


def _age_bounds(dossier: Dossier) -> tuple[Amount, Amount]:
    """Return the ages, both included, between which children and orphans are covered."""
    return (
        amount("youngest", "oji_beneficiaire_age_min", "age", dossier),
        amount("oldest", "oji_beneficiaire_age_max", "age", dossier),
    )


def _of_age(dossier: Dossier, bounds: tuple[Amount, Amount]) -> bool:
    """Return whether a child or an orphan is between the bounds.

    Raises:
        FactNeeded: for the age.
    """
    low, high = (int(bound.value or 0) for bound in bounds)
    return bool(low <= dossier.read("age", among=(low - 1, low, high + 1)) <= high)


def _by_age(answers: Answers, category: str, bounds: tuple[Amount, Amount]) -> Decision:
    if _of_age(answers.dossier, bounds):
        return answers.decided("granted", category, holds(category, oji(8)), amounts=bounds, contacts=PHONES["OJI"])
    if category == "enfant":
        return answers.refused("enfant_hors_age", oji(8), amounts=bounds)
    reasons = (holds("orphelin", oji(8)), fails("orphelin_hors_age", article_msp("41")))
    warnings = ("orphelin_deux_lectures",)
    return answers.decided("depends", "orphelin_hors_age", *reasons, amounts=bounds, warnings=warnings)


@rule(
    "etranger_beneficiaires",
    title="Qui a la couverture internationale ÔJI ?",
    references=(ima("1-1"), ANNEXE),
    facts=(*CONTRACT_FACTS, "personne_couverte", "qualite", "age"),
)
@oji_only
def etranger_beneficiaires(answers: Answers) -> Decision | NotApplicable:
    """Return whether a person has the cover abroad: young members, children and orphans from 18 to 29 included.

    Sources: notice IMA, article 1-1, and annexe 3, Couverture internationale.

    Raises:
        FactNeeded: for the contract, the category; the age of a child or an orphan.
    """
    bounds = _age_bounds(answers.dossier)
    category = _category(answers.dossier, bounds)
    if category not in ("jeune", "orphelin", "enfant"):
        return answers.refused("autre_qualite", ANNEXE, amounts=bounds)
    if category != "jeune" and not _of_age(answers.dossier, bounds):
        return answers.refused("hors_age", ANNEXE, amounts=bounds)
    return answers.decided("granted", category, holds("beneficiaires", ima("1-1")), amounts=bounds)
