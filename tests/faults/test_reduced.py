"""What is still answered without a model or a database: nothing false, a danger first."""

from __future__ import annotations

from datetime import date

import pytest

from bot.serving.reduced import place_of, reduced_answers, reduced_reply
from bot.voice.call import reduced_turn

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("je veux en finir avec la vie", "emergency_suicide"), ("mon mari me frappe", "emergency_violence")],
)
def test_a_danger_is_heard_by_the_words_alone(text: str, kind: str) -> None:
    (answer,) = reduced_answers(text, TODAY)
    assert (answer.kind, answer.template) == ("emergency", kind)


def test_an_entry_answers_with_its_sources_and_says_that_it_may_miss_something() -> None:
    entry, notice = reduced_reply("s", "Comment trouver mon numéro d'adhérent ?", TODAY)
    assert entry["custom"]["kind"] == "answer" and entry["custom"]["sources"] and entry["custom"]["topic"]
    assert (notice["custom"]["kind"], notice["custom"]["code"]) == ("handover", "reduced")
    assert entry["recipient_id"] == notice["recipient_id"] == "s"


@pytest.mark.parametrize(
    "text", ["combien pour un ostéopathe ?", "quel temps fera-t-il demain ?", "?", "oui", "x" * 12_000]
)
def test_what_the_words_do_not_answer_is_handed_over(text: str) -> None:
    (message,) = reduced_reply("s", text, TODAY)
    assert (message["custom"]["kind"], message["custom"]["code"]) == ("handover", "reduced_unknown")
    assert "conseiller" in message["text"]


def test_a_caller_hears_the_same() -> None:
    (danger,) = reduced_turn("s", "je veux en finir avec la vie").messages
    assert danger["custom"]["kind"] == "emergency" and "trente et un quatorze" in danger["text"]
    assert reduced_turn("s", "").messages[0]["custom"]["kind"] == "handover"


def test_the_place_of_an_error_never_tells_its_words() -> None:
    try:
        raise ValueError("Paul Durand")
    except ValueError as error:
        assert place_of(error).startswith("ValueError at test_reduced.py:")
    assert place_of(ValueError("Paul Durand")) == "ValueError at ?"
