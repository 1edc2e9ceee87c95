"""Rights decided with what a message tells, without any model: dates known to the month or the year only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions.rights import answer_rule
from actions.state import Conversation
from bot.rendering.renderer import Renderer
from tests.actions.told import TODAY, understood


def asked(rule: str, *messages: str) -> dict[str, Any]:
    """Return the answer to the last of several messages on one rule."""
    conversation, answer = Conversation(), None
    for message in messages:
        answer = answer_rule(conversation, understood(message), rule, TODAY)
    assert answer is not None
    return answer.to_json()


@pytest.mark.parametrize(
    ("rule", "message", "outcome"),
    [
        ("changement_formule", "je suis en Référence depuis 2024, puis-je passer en Initiale ?", "granted"),
        ("delai_attente_prevoyance", "adhésion en mars 2025, arrêt en octobre 2026, j'y ai droit ?", "granted"),
        ("oji_premier_emploi", "en ÔJI, diplômée depuis quatre mois, ai-je droit à l'aide ?", "denied"),
        ("prescription", "des soins de mars 2024, puis-je encore demander le remboursement ?", "denied"),
    ],
)
def test_a_month_is_enough_where_both_its_ends_decide_alike(rule: str, message: str, outcome: str) -> None:
    assert asked(rule, message)["decision"]["outcome"] == outcome


def test_the_dates_of_the_answer_keep_both_bounds() -> None:
    answer = asked("prescription", "des soins de mars 2024, puis-je encore demander le remboursement ?")
    decision = answer["decision"]
    assert (decision["dates"]["deadline"], decision["latest"]["deadline"]) == ("2026-03-01", "2026-03-31")
    text = Renderer(TODAY).text(answer)
    assert "1er mars 2026" in text and "31 mars 2026" in text


def test_the_day_is_asked_for_where_it_decides() -> None:
    answer = asked("prescription", "des soins de novembre 2024, puis-je encore demander le remboursement ?")
    assert answer["question"]["fact"] == "date_soins"


def test_who_cannot_tell_the_day_gets_the_rule() -> None:
    vague = "des soins de novembre 2024, puis-je encore demander le remboursement ?"
    answer = asked("prescription", vague, "mes soins, c'était en novembre 2024")
    assert answer["decision"]["outcome"] == "granted"
    assert not answer["decision"]["dates"]


def test_an_exact_date_has_no_second_bound() -> None:
    answer = asked("prescription", "des soins du 4 mars 2024, puis-je encore demander le remboursement ?")
    assert "latest" not in answer["decision"]
    assert date.fromisoformat(answer["decision"]["dates"]["deadline"]) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("message", "both"),
    [
        ("En MGEN Équilibre depuis 2021, j'ai demandé le 4 juin 2026 à changer de formule, effet quand ?", True),
        ("je suis en MGEN Équilibre, ma demande de changement de formule est du 4 juin 2026, effet quand ?", True),
        ("En MGEN Équilibre depuis 2021, j'ai demandé le 4 juin 2026 à passer en Référence, effet quand ?", False),
    ],
)
def test_the_formule_paid_so_far_is_not_the_one_wanted(message: str, both: bool) -> None:
    dates = asked("changement_formule", message)["decision"]["dates"]
    assert dates["effect"] == "2026-07-01"
    assert ("effect_integrale" in dates) is both


def test_a_span_of_years_is_no_day_of_death() -> None:
    message = "Mon mari, adhérent chez vous depuis trente-quatre ans, est mort le 4 septembre 2026, jusqu'à quand ?"
    assert asked("deces_membre_participant", message)["decision"]["dates"]["deadline"] == "2026-12-04"


def test_a_number_without_unit_is_no_amount_where_amounts_are_said() -> None:
    first = "je suis classée en invalidité, Prévoyance Actif depuis 2009, le montant de ma rente ?"
    then = "catégorie 2. Salaire brut de 3 000 € par mois avant, sans prime, et pension brute de 1 150 € par mois."
    decision = asked("invalidite_montant", first, then)["decision"]
    assert decision["facts"]["salaire_brut_mensuel"] == "3000"
