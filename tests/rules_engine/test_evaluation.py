"""Unknown facts: asked only when they decide, in the order of an adviser."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from rules_engine.decision import Decision, NeedFacts, NotApplicable
from rules_engine.errors import InvalidFactError, OutsideValidityError, UnknownRuleError
from rules_engine.evaluation import decide

ON = date(2026, 11, 21)


def reimbursement(**facts: Any) -> Decision | NeedFacts | NotApplicable:
    return decide("remboursement", facts, ON)


@pytest.mark.parametrize(
    ("facts", "first"),
    [
        ({"prestation": "couronne"}, "formule"),
        ({"prestation": "couronne", "formule": "Référence"}, "couronne_position"),
        ({"prestation": "consultation_specialiste", "formule": "Equilibre"}, "optam"),
        ({"prestation": "chambre_particuliere", "formule": "Référence"}, "etablissement_conventionne"),
        ({"prestation": "accompagnant", "formule": "Référence", "etablissement_conventionne": True}, "age"),
        (
            {"prestation": "verre", "formule": "Intégrale", "foyer": "unifocal", "correction": "faible"},
            "reseau_kalixia",
        ),
        ({"prestation": "psychotherapie", "formule": "Initiale"}, "remboursable_secu"),
        ({"prestation": "sport_sur_ordonnance", "formule": "Référence"}, "contrat"),
    ],
)
def test_the_decisive_fact_comes_first(facts: dict[str, Any], first: str) -> None:
    outcome = reimbursement(**facts)
    assert isinstance(outcome, NeedFacts)
    assert outcome.ranked[0] == first


@pytest.mark.parametrize(
    "facts",
    [
        {"prestation": "couronne", "formule": "Equilibre", "couronne_position": "visible"},  # any material
        {"prestation": "consultation_specialiste", "formule": "Référence"},  # OPTAM or not: 100 %
        {"prestation": "lentilles", "formule": "Intégrale"},  # reimbursed or not: one yearly amount
        {"prestation": "verre", "contrat": "OJI", "formule": "Essentielle", "foyer": "unifocal"},  # 100 % everywhere
        {"prestation": "chambre_particuliere", "contrat": "OJI", "formule": "Essentielle"},  # néant everywhere
        {"prestation": "aide_auditive", "formule": "Référence", "cecite": True},  # any age
        {"prestation": "participation_forfaitaire_franchise"},  # never paid, any formule
    ],
)
def test_nothing_useless_is_asked(facts: dict[str, Any]) -> None:
    assert isinstance(reimbursement(**facts), Decision)


def test_what_was_only_tried_is_not_said() -> None:
    outcome = reimbursement(prestation="couronne", formule="Equilibre", couronne_position="visible")
    assert isinstance(outcome, Decision)
    assert "couronne_materiau" not in outcome.facts
    assert "contrat" not in outcome.facts


def test_presumptions_are_stated() -> None:
    outcome = reimbursement(prestation="couronne", formule="Référence", couronne_position="molaire")
    assert isinstance(outcome, Decision)
    assert outcome.presumed == {"panier_100_sante": False}


def test_a_formule_of_another_offer_is_asked_again() -> None:
    outcome = reimbursement(prestation="osteopathie", contrat="MSP", formule="Essentielle")
    assert isinstance(outcome, NeedFacts)
    assert outcome.ranked == ("formule",)


def test_documents_that_are_silent_say_so() -> None:
    outcome = reimbursement(prestation="couronne", contrat="FPE", formule="option 1")
    assert isinstance(outcome, NotApplicable)
    assert outcome.code == "fpe_table_not_in_documents"


def test_care_before_the_tables_raises() -> None:
    with pytest.raises(OutsideValidityError):
        decide("remboursement", {"prestation": "osteopathie", "formule": "Initiale"}, date(2024, 12, 31))


def test_unknown_rule_and_benefit() -> None:
    with pytest.raises(UnknownRuleError):
        decide("nothing", {}, ON)
    with pytest.raises(InvalidFactError):
        reimbursement(prestation="nothing", formule="Initiale")


@pytest.mark.parametrize(
    ("facts", "months", "until"),
    [
        ({"age": 15, "date_precedente": date(2026, 1, 21)}, 12, date(2027, 1, 21)),
        ({"age": 16, "evolution_vue": False, "date_precedente": date(2024, 2, 29)}, 24, date(2026, 2, 28)),
        ({"age": 40, "evolution_vue": True}, 12, None),
        ({"age": 5}, 6, None),
        ({"age": 6}, 12, None),
    ],
)
def test_renewal_of_glasses(facts: dict[str, Any], months: int, until: date | None) -> None:
    outcome = decide("renouvellement_equipement", {"prestation": "lunettes", **facts}, ON)
    assert isinstance(outcome, Decision)
    period = outcome.amount("period")
    assert period is not None and period.value == months
    assert outcome.dates.get("from") == until


def test_renewal_of_hearing_aids_needs_no_age() -> None:
    facts = {"prestation": "aide_auditive", "date_precedente": date(2023, 3, 31)}
    outcome = decide("renouvellement_equipement", facts, ON)
    assert isinstance(outcome, Decision)
    assert outcome.dates["from"] == date(2027, 3, 31)
    assert outcome.outcome == "depends"


@pytest.mark.parametrize(("before", "price", "paid"), [(2, 50, 20), (1, 60, 40)])
def test_acts_told_before_use_the_yearly_amount_up(before: int, price: int, paid: int) -> None:
    """Each session before took 40 € at most of the 100 € of Référence (article 30)."""
    told = {"prestation": "osteopathie", "formule": "Référence", "contrat": "MSP", "deja_actes": before}
    outcome = reimbursement(**told, prix=price)
    assert isinstance(outcome, Decision)
    assert next(amount.value for amount in outcome.amounts if amount.name == "total") == paid


def test_acts_told_before_leave_nothing_of_the_yearly_amount() -> None:
    outcome = reimbursement(prestation="osteopathie", formule="Référence", contrat="MSP", deja_actes=3, prix=55)
    assert isinstance(outcome, Decision) and outcome.outcome == "denied"


def test_acts_before_without_a_price_have_the_sum_asked() -> None:
    told = {"prestation": "osteopathie", "formule": "Référence", "contrat": "MSP", "deja_actes": 2}
    outcome = reimbursement(**told)
    assert isinstance(outcome, NeedFacts) and outcome.ranked[0] == "deja_utilise"


NOT_REIMBURSED = {"optam": False, "remboursable_secu": False}


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ({"prestation": "acupuncture", "formule": "Equilibre", "optam": False}, "denied"),
        ({"prestation": "acupuncture", "formule": "Equilibre", "optam": False, "remboursable_secu": False}, "denied"),
        ({"prestation": "acupuncture", "formule": "Equilibre", "optam": True}, "granted"),
        ({"prestation": "osteodensitometrie", "formule": "Intégrale", "optam": False}, "denied"),
        (
            {"prestation": "osteodensitometrie", "formule": "Intégrale", "optam": False, "remboursable_secu": False},
            "granted",
        ),
    ],
)
def test_optam_where_an_article_asks_for_it(told: dict[str, Any], outcome: str) -> None:
    """Acupuncture by a doctor always (article 30); bone densitometry where the Sécurité sociale pays (article 31)."""
    decided = reimbursement(**told, contrat="MSP")
    assert isinstance(decided, Decision) and decided.outcome == outcome
