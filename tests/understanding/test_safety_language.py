"""Danger, other languages, noise."""

from __future__ import annotations

import pytest

from bot.understanding.language import foreign, nonsense
from bot.understanding.reader import tokenise
from bot.understanding.safety import alarm


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("mon père ne respire plus", "emergency_medical"),
        ("ca lui serre la poitrine et le bras gauche", "emergency_medical"),
        ("il a avalé des cachets, je n'arrive pas à le réveiller", "emergency_medical"),
        ("je veux en finir", "emergency_suicide"),
        ("une amie veut se suicider", "emergency_suicide"),
        ("cette nuit j'avale tout ce qu'il y a dans l'armoire à pharmacie", "emergency_suicide"),
        ("mon mari me frappe", "emergency_violence"),
        ("mon ex est là avec un couteau", "emergency_violence"),
    ],
)
def test_danger_is_recognised(text: str, intent: str) -> None:
    assert alarm(tokenise(text)) == intent


@pytest.mark.parametrize(
    "text",
    [
        "le capital décès est-il versé en cas de suicide ?",
        "pour tuer le temps à la maternité",
        "je suis morte de fatigue",
        "je n'ai pas pu finir ma classe",
        "le forfait patient urgences est-il remboursé ?",
        "une photo du lac sur la plaquette, nous sommes en Référence tous les deux",
        "rééducation après mon infarctus de l'an dernier, quelle prestation ?",
    ],
)
def test_questions_about_a_danger_are_questions(text: str) -> None:
    assert alarm(tokenise(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Hello, how much do you cover for my glasses?",
        "Hola, ¿cuánto cuesta para mi madre?",
        "Quanto posso avere per mio figlio?",
        "Wie viel kostet eine Brille für mich?",
        "كم تدفعون مقابل النظارات",
    ],
)
def test_other_languages(text: str) -> None:
    assert foreign(text)


@pytest.mark.parametrize(
    "text", ["combien pour une couronne", "jsuis en integrale cb pr losteo", "MGEN Intégrale", "ok"]
)
def test_french_is_french(text: str) -> None:
    assert not foreign(text)


@pytest.mark.parametrize("text", ["lkjhgfdsq poiuytreza mlkj", "😀", "", "import os; print(os.listdir('/'))"])
def test_nonsense(text: str) -> None:
    assert nonsense(text)
