"""What is read out on the phone."""

from __future__ import annotations

import pytest

from bot.rendering.brief import brief


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Une. Deux ! Trois ?", "Une. Deux !"),
        ("1 062,50 €, voir art. 3 et 45-4. Puis rien.", "1 062,50 €, voir art. 3 et 45-4. Puis rien."),
        ("**Oui**, 216 €.\n\nConditions :\n- être adhérent.", "Oui, 216 €."),
        ("216 € au plus.\nRéponse donnée pour : parcours respecté.\nSource : Annexe 1.", "216 € au plus."),
        ("Voici :\n| a | b |\n| - | - |\n1. un", "Voici :"),
        ("Allez sur [mgen.fr](https://www.mgen.fr).", "Allez sur mgen.fr."),
        ("", ""),
    ],
)
def test_two_sentences_are_spoken(text: str, spoken: str) -> None:
    assert brief(text) == spoken
