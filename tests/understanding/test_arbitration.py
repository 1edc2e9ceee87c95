"""Who has the last word on a message: the words and the ranking of the subjects, above an unsure classifier."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.arbitration import arbitrate
from bot.understanding.guess import Guess
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


def intent(text: str, classified: str, confidence: float, **shares: float) -> str:
    topics = [(name.replace("at_", "@"), share) for name, share in shares.items()]
    return arbitrate(text, read(text, TODAY), [Guess(classified, confidence)], TODAY, topics).name


@pytest.mark.parametrize(
    "text",
    [
        "quel justificatif pour une séance de diététicien ?",
        "quels documents dois-je envoyer pour mon diététicien ?",
        "diététicien : quelle facture faut-il envoyer",
    ],
)
def test_what_to_send_is_no_question_of_money(text: str) -> None:
    assert intent(text, "ask_reimbursement", 0.6, dieteticien_conditions=0.9) == "ask_information"


def test_an_invoice_told_with_its_price_stays_one() -> None:
    text = "facture de 60 € chez le diététicien en Référence, combien je suis remboursé ?"
    assert intent(text, "ask_reimbursement", 0.9, dieteticien_conditions=0.9) == "ask_reimbursement"


def test_what_is_paid_wins_where_the_subjects_say_so() -> None:
    text = "quels papiers pour le diététicien et combien en Équilibre ?"
    shares = {"at_ask_reimbursement": 0.9, "dieteticien_conditions": 0.1}
    assert intent(text, "ask_reimbursement", 0.6, **shares) == "ask_reimbursement"


def test_three_words_of_one_subject_are_a_question() -> None:
    assert intent("ptia à 66 ans ?", "inform", 0.28, regle_ptia_droit=0.97) == "ask_information"
    doubtful = {"at_bot_identity": 0.6, "regle_ptia_droit": 0.2}
    assert intent("ptia à 66 ans ?", "inform", 0.28, **doubtful) == "nlu_fallback"


def test_words_of_no_subject_are_no_question() -> None:
    shares = {"at_out_of_scope": 0.6, "regle_ptia_droit": 0.3}
    assert intent("et le foot demain ?", "inform", 0.28, **shares) != "ask_information"
