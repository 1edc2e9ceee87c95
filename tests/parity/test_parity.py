"""The same question by chat, by telephone and by mail: the same figures and the same first source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rendering.speech.written import body
from bot.voice.line import Heard
from tests.conftest import Talk
from tests.figures_told import figures_told
from tests.triage.conftest import Triage
from tests.voice.conftest import Call

pytestmark = pytest.mark.model
QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions.yml").read_text(encoding="utf-8"))
SPOKEN_ONLY = "sans_courrier"
ASKED = [question for questions in QUESTIONS.values() for question in questions]
BY_MAIL = [question for theme, questions in QUESTIONS.items() if theme != SPOKEN_ONLY for question in questions]
# What a caller who wants everything says after the first part.
ALL_OF_IT = [Heard("oui")] * 6


def first_source(custom: dict[str, Any]) -> str:
    return str(custom["sources"][0]["reference"])


@pytest.mark.parametrize("question", ASKED)
def test_chat_and_telephone(talk: Talk, call: Call, question: str) -> None:
    written = talk(question)[-1]
    assert written["custom"]["kind"] == "answer", written["text"]
    first, *others = call(question, *ALL_OF_IT)
    heard = [first]
    for turn in others:
        if not heard[-1].line.offered:
            break
        heard.append(turn)
    assert not heard[-1].line.offered
    said = " ".join(message["text"] for turn in heard for message in turn.messages)
    assert figures_told(said) == figures_told(body(written["text"]))
    spoken = first.messages[-1]["custom"]
    assert {**spoken, "ssml": ""} == {**written["custom"], "ssml": ""}
    assert first_source(spoken) == first_source(written["custom"])


@pytest.mark.parametrize("question", BY_MAIL)
def test_chat_and_letter(talk: Talk, triage: Triage, question: str) -> None:
    written = talk(question)[-1]
    sorted_mail = triage("Question", f"Bonjour, {question} Merci d'avance.")
    decision = written["text"].splitlines()[0]
    assert figures_told(decision) <= figures_told(sorted_mail["draft"]), sorted_mail["draft"]
    assert sorted_mail["sources"][0]["reference"] == first_source(written["custom"])


def test_the_questions_are_many_and_differ() -> None:
    assert len(set(ASKED)) == len(ASKED) and len(BY_MAIL) >= 60
    assert len([theme for theme in QUESTIONS if theme != SPOKEN_ONLY]) >= 6


def test_figures_are_told_apart() -> None:
    """The comparison itself sees a wrong figure, written or spoken."""
    assert figures_told("1 062,50 € en 2 mois") == figures_told(
        "mille soixante-deux euros et cinquante centimes en deux mois"
    )
    assert figures_told("216 €") != figures_told("deux cent six euros")
    assert figures_told("le 10 mars 2026") != figures_told("le onze mars deux mille vingt-six")
