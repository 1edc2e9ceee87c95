"""A subject that sure wins over an unclear intent; what is clear, an account's or no entry's keeps its intent."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.arbitration import Guess, arbitrate
from bot.understanding.reader import read

TODAY = date(2026, 11, 21)
ASKED = "Le quatrième de la fratrie paie-t-il ?"
TOPIC = "regle_gratuite_quatrieme_enfant"


@pytest.mark.parametrize(
    ("intent", "confidence", "rival", "expected"),
    [
        ("out_of_scope", 0.5, 0.02, "ask_information"),
        ("legal_advice", 0.3, 0.0, "ask_information"),
        ("insult", 0.4, 0.0, "ask_information"),
        ("out_of_scope", 0.9, 0.02, "out_of_scope"),
        ("out_of_scope", 0.6, 0.4, "out_of_scope"),
        ("account_data", 0.9, 0.0, "account_data"),
    ],
)
def test_a_sure_subject(intent: str, confidence: float, rival: float, expected: str) -> None:
    topics = [(TOPIC, 0.97 - rival), ("@out_of_scope", rival)]
    guess = arbitrate(ASKED, read(ASKED, TODAY), [Guess(intent, confidence)], TODAY, topics)
    assert guess.name == expected


def test_danger_comes_first() -> None:
    text = "mon fils ne respire plus, le quatrième de la fratrie paie-t-il ?"
    guess = arbitrate(text, read(text, TODAY), [Guess("out_of_scope", 0.4)], TODAY, [(TOPIC, 0.97)])
    assert guess.name == "emergency_medical"
