"""Whole calls through the assistant."""

from __future__ import annotations

from typing import Any

import pytest

from bot.voice.call import Turn
from bot.voice.line import Heard
from tests.voice.conftest import Call

pytestmark = pytest.mark.model


def text(turn: Turn) -> str:
    return " ".join(message["text"] for message in turn.messages)


def custom(turn: Turn) -> dict[str, Any]:
    return turn.messages[-1]["custom"]


def test_an_answer_is_spoken_with_its_source(call: Call) -> None:
    (turn,) = call("couronne sur une molaire, je suis en Référence, combien ?")
    assert "Deux cent seize euros" in text(turn) and "annexe un" in text(turn)
    assert custom(turn)["kind"] == "answer" and custom(turn)["topic"] == "remboursement"
    assert custom(turn)["sources"][0]["reference"] == "Annexe 1 – Dentaire"
    assert custom(turn)["decision"]["amount"]["value"] == "216"
    assert "Deux cent seize euros" in custom(turn)["ssml"]
    assert not any(sign.isdigit() for sign in text(turn)) and "buttons" not in turn.messages[-1]


def test_a_key_picks_a_choice_and_words_too(call: Call) -> None:
    asked, answered = call("combien pour l'ostéopathe ?", Heard(keys="3"))
    assert custom(asked)["kind"] == "question" and "trois pour M G E N Référence" in text(asked)
    assert "Cent euros" in text(answered)
    assert "Cent euros" in text(call("combien pour l'ostéopathe ?", "je suis en Référence")[-1])


def test_repeating_keeps_the_answer_and_its_fields(call: Call) -> None:
    first, again, slowly = call("ostéopathe en MGEN Équilibre, combien ?", "pardon ?", "plus lentement")
    assert text(again) == text(first)
    assert custom(again)["sources"] == custom(first)["sources"] != []
    assert custom(again)["decision"] == custom(first)["decision"]
    assert 'rate="slow"' in custom(slowly)["ssml"] and 'rate="medium"' in custom(again)["ssml"]


def test_the_speed_lasts_over_answers(call: Call) -> None:
    turns = call("ostéopathe en MGEN Équilibre, combien ?", "parlez plus lentement", "et en Intégrale ?")
    assert 'rate="slow"' in custom(turns[-1])["ssml"]
    (fast,) = call(Heard("ostéopathe en MGEN Équilibre, combien ?", speed=1))
    assert 'rate="fast"' in custom(fast)["ssml"]


def test_the_rest_is_told_when_wanted(call: Call) -> None:
    first, rest, after = call("quel est le numéro de téléphone de MGEN ?", "oui", "merci")
    assert text(first).endswith("Voulez-vous la suite ?")
    assert custom(rest)["kind"] == "answer" and custom(rest)["sources"]
    assert text(rest) != text(first)
    assert custom(after)["kind"] == "smalltalk"


def test_silence_twice_goes_to_an_adviser_with_a_summary(call: Call) -> None:
    *_, asked, passed = call("ostéopathe en MGEN Équilibre, combien ?", "", "")
    assert "entendu" in text(asked)
    handover = custom(passed)["handover"]
    assert custom(passed)["kind"] == "handover" and passed.adviser and handover["transfer"]
    assert "Question : ostéopathe en MGEN Équilibre, combien" in handover["summary"]
    assert "formule : Équilibre" in handover["summary"] and "120" in handover["summary"]


def test_zero_is_an_adviser_and_the_call_may_go_on(call: Call) -> None:
    passed, answered = call(Heard(keys="0"), "ostéopathe en MGEN Équilibre, combien ?")
    assert passed.adviser and "aucune question" in custom(passed)["handover"]["summary"]
    assert "Cent vingt euros" in text(answered)


def test_who_asks_for_a_person_is_passed_on(call: Call) -> None:
    (turn,) = call("je veux parler à un conseiller")
    assert turn.adviser and custom(turn)["handover"]["transfer"]
    assert "trente-six soixante-seize" in text(turn)


def test_a_summary_names_nobody(call: Call) -> None:
    *_, turn = call("ma fille née le 16/03/1985 habite 12 rue des Lilas, 75011 Paris, une couronne ?", Heard(keys="0"))
    summary = custom(turn)["handover"]["summary"]
    assert "couronne" in summary and "Lilas" not in summary


def test_an_emergency_is_told_at_once_whatever_the_platform_heard(call: Call) -> None:
    (turn,) = call(Heard("je veux mourir", confidence=0.1))
    assert custom(turn)["kind"] == "emergency" and "trente et un quatorze" in text(turn)
    assert "suite" not in text(turn)


def test_words_badly_heard_are_asked_again(call: Call) -> None:
    once, twice = call(Heard("combien pour la couronne", confidence=0.2), Heard("couronne", confidence=0.2))
    assert "mal entendu" in text(once) and twice.adviser
    (heard,) = call(Heard("ostéopathe en MGEN Équilibre, combien ?", confidence=0.8))
    assert "Cent vingt euros" in text(heard)


def test_a_number_is_keyed(call: Call) -> None:
    asked, answered = call("lunettes, tous les combien je peux en changer ?", Heard(keys="42#"))
    assert custom(asked)["question"]["fact"] == "age" and "dièse" in text(asked)
    assert text(answered).startswith("Deux ans") and custom(answered)["decision"]["facts"]["age"] == 42


def test_a_call_is_greeted_where_the_platform_wants_it(call: Call) -> None:
    greeting, silence = call("", "", greets=True)
    assert text(greeting).startswith("Bonjour")
    assert "entendu" in text(silence)


def test_good_bye_ends_the_call(call: Call) -> None:
    assert call("au revoir")[-1].ends
    assert not call("bonjour")[-1].ends
