"""Replies that pick a choice of the open question: by its place, its title, or a value of the fact asked."""

from __future__ import annotations

from typing import Any

import pytest

from actions.questions import reply_facts
from actions.state import Conversation, Pending
from tests.actions.told import understood

FORMULES: list[dict[str, Any]] = [
    {"title": "Contrat collectif, panier de soins (sans option)", "facts": {"contrat": "FPE", "formule": "panier"}},
    {"title": "Contrat collectif, option 1", "facts": {"contrat": "FPE", "formule": "option 1"}},
    {"title": "Contrat collectif, option 2", "facts": {"contrat": "FPE", "formule": "option 2"}},
]


def picked(text: str, intent: str = "inform") -> Any:
    conversation = Conversation(family="consultation_specialiste", pending=Pending("formule", FORMULES))
    return reply_facts(conversation, understood(text, intent)).get("formule")


@pytest.mark.parametrize(
    ("text", "formule"),
    [
        ("2", "option 1"),
        ("numéro 2", "option 1"),
        ("choix numéro deux", "option 1"),
        ("le 3e", "option 2"),
        ("la troisième svp", "option 2"),
        ("le dernier", "option 2"),
        ("la première", "panier"),
        ("1er", "panier"),
    ],
)
def test_a_place_picks_the_choice_that_stands_there(text: str, formule: str) -> None:
    assert picked(text) == formule


@pytest.mark.parametrize("formule", ["option 1", "option 2"])
def test_a_value_of_the_fact_is_no_place(formule: str) -> None:
    assert picked(formule) == formule


@pytest.mark.parametrize("text", ["9", "option 5", "3 enfants"])
def test_a_number_that_no_choice_has_picks_none(text: str) -> None:
    assert picked(text) is None


@pytest.mark.parametrize(("text", "said"), [("ouii", True), ("ouais", True), ("nn", False), ("nonn !", False)])
def test_yes_and_no_are_read_however_they_are_spelt(text: str, said: bool) -> None:
    conversation = Conversation(family="consultation_specialiste", pending=Pending("optam", []))
    assert reply_facts(conversation, understood(text, "nlu_fallback")) == {"optam": said}


@pytest.mark.parametrize("text", ["n'importe", "oui mais lequel ?", "blurp"])
def test_what_is_neither_yes_nor_no_is_neither(text: str) -> None:
    conversation = Conversation(family="consultation_specialiste", pending=Pending("optam", []))
    assert reply_facts(conversation, understood(text, "nlu_fallback")) == {}
