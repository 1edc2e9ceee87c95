"""The requests of one message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.triage.parts import MOST_PARTS, parts


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Deux choses : 1) ajouter mon fils au contrat ; 2) m'envoyer l'échéancier de l'année", 2),
        ("1/ voici le devis de ma fille 2/ nous avons déménagé, nouvelle adresse", 2),
        ("Je joins ma facture à rembourser. Par ailleurs j'ai changé de portable.", 2),
        ("Voici ma facture de piles. Au passage : tous les combien change-t-on d'appareil ?", 2),
        ("Je pense de plus en plus à changer de formule cette année", 1),
        ("La facture du 1er mars est de 2 € et celle du 3 mars de 4 €", 1),
        ("Ma carte est perdue", 1),
    ],
)
def test_requests_are_told_apart(words: str, count: int) -> None:
    assert len(parts(words)) == count


@given(st.text(max_size=500))
def test_a_message_has_a_few_parts_and_at_least_one(words: str) -> None:
    assert 1 <= len(parts(words)) <= MOST_PARTS
