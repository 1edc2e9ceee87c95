"""Intents that words settle by themselves, and messages that name a contract only."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.plain import comes_back, only_contract, plain_intent, untold
from bot.understanding.reader import Reading, read

TODAY = date(2026, 11, 21)


def reading(text: str) -> Reading:
    return read(text, TODAY)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("annule, je me suis trompé de question", "cancel"),
        ("bon, laissez tomber.", "cancel"),
        ("non c'est bon, bye", "goodbye"),
        ("je ne vous dirai pas", "dont_know"),
        ("je préfère ne pas répondre", "dont_know"),
        ("je ne veux pas vous le dire", "dont_know"),
        ("pardon, je suis en Équilibre", "correct_fact"),
        ("oui, le médecin est OPTAM", "inform"),
        ("je suis chez MGEN Solutions", "inform"),
        # These ask, or name a benefit, or drop something else than the question.
        ("annule mon adhésion", ""),
        ("pardon, combien pour une couronne ?", ""),
        ("oui mais c'est quoi l'OPTAM ?", ""),
        ("je ne sais pas comment changer mon RIB", ""),
    ],
)
def test_words_settle_an_intent_or_leave_it_open(text: str, intent: str) -> None:
    assert plain_intent(text, reading(text)) == intent


@pytest.mark.parametrize("text", ["je donne pas mon âge", "aucune idée", "je préfère ne pas le dire", "jsp"])
def test_what_is_not_told_is_heard(text: str) -> None:
    assert untold(reading(text))


@pytest.mark.parametrize("text", ["MGEN Solutions", "je suis au contrat FPE", "et en Intégrale ?", "bon, Initiale"])
def test_a_contract_named_alone(text: str) -> None:
    assert only_contract(reading(text))


@pytest.mark.parametrize(
    "text", ["je quitte MGEN Solutions", "carte MGEN Solutions", "espace MGEN Solutions", "quel numéro, contrat FPE"]
)
def test_a_contract_named_beside_something_else(text: str) -> None:
    assert not only_contract(reading(text))


def test_coming_back_to_a_subject() -> None:
    assert comes_back(reading("D'accord. Revenons à ma cotisation : et en Intégrale ?"))
    assert not comes_back(reading("j'y reviens souvent"))
