"""Short messages that go on from an answer or a question, without any model."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from actions.responder import respond
from actions.rights import answer_rule
from actions.state import Conversation
from tests.actions.told import TODAY, understood

# A ranking of the subjects that hears none of them.
UNSURE = (("@out_of_scope", 0.5), ("ayants_droit_msp", 0.02), ("maternite_soins", 0.02))
LEAVING = "je veux résilier, j'ai adhéré le 1er mars 2025"


def after(rule: str, text: str) -> Conversation:
    """Return a conversation in which a rule was asked."""
    conversation = Conversation()
    answer = answer_rule(conversation, understood(text), rule, TODAY)
    if answer.kind == "answer":
        conversation.last = answer.to_json()
    return conversation


def reply(conversation: Conversation, text: str, intent: str) -> list[dict[str, Any]]:
    return [answer.to_json() for answer in respond(conversation, understood(text, intent), TODAY)]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("donc non ?", "deny"),
        ("et combien ?", "follow_up"),
        ("vous êtes sûr ?", "out_of_scope"),
        ("donc j'y ai pas droit ?", "deny"),
        ("ah bon ?", "nlu_fallback"),
    ],
)
def test_an_answer_asked_for_again_is_given_again(text: str, intent: str) -> None:
    conversation = after("demission", LEAVING)
    answers = reply(conversation, text, intent)
    assert [answer["topic"] for answer in answers] == ["demission"]
    assert answers[0]["decision"] == conversation.last["decision"]


@pytest.mark.parametrize("text", ["non", "oui", "non merci", "et combien pour une couronne ?", "combien d'enfants ?"])
def test_other_messages_do_not_ask_again(text: str) -> None:
    answers = reply(after("demission", LEAVING), text, "deny")
    assert answers[0].get("topic") != "demission"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("non, le 12", date(2025, 3, 12)),
        ("et si c'était le 25 octobre ?", date(2025, 10, 25)),
        ("pardon, le 3 avril 2024", date(2024, 4, 3)),
        ("et si c'était le 25 octobre 2023 ?", date(2023, 10, 25)),
    ],
)
def test_a_lone_date_takes_the_place_of_the_one_told(text: str, day: date) -> None:
    conversation = after("demission", LEAVING)
    answers = reply(conversation, text, "follow_up")
    assert answers[0]["decision"]["facts"]["date_adhesion"] == day.isoformat()


def test_a_lone_number_takes_the_place_of_the_one_told() -> None:
    conversation = after("mgen_assistance_garde_enfants", "contrat MSP, hospitalisée 3 jours, garde de mes enfants ?")
    answers = reply(conversation, "et si c'était 1 jour ?", "follow_up")
    assert answers[0]["decision"]["facts"]["nb_jours_hospitalisation"] == 1


def test_a_date_that_cannot_be_changes_nothing() -> None:
    conversation = after("demission", "je veux résilier, j'ai adhéré le 1er février 2025")
    reply(conversation, "non, le 31", "follow_up")
    assert conversation.facts["date_adhesion"] == date(2025, 2, 1)


@pytest.mark.parametrize(("text", "intent"), [("et combien ?", "follow_up"), ("pourquoi ?", "ask_why")])
def test_the_open_question_is_asked_again(text: str, intent: str) -> None:
    conversation = after("capital_deces_montant", "quel est le capital décès pour un actif de 45 ans ?")
    assert conversation.pending is not None
    fact = conversation.pending.fact
    answers = reply(conversation, text, intent)
    assert answers[-1]["question"]["fact"] == fact
    assert conversation.pending.fact == fact


def test_what_no_document_tells_of_another_person_is_said_so() -> None:
    conversation = after("demission", LEAVING)
    conversation.asked = dict(understood(LEAVING).message)
    told = replace(understood("et pour ma femme ?", "follow_up"), topics=UNSURE)
    assert respond(conversation, told, TODAY)[0].template == "unknown_answer"


@pytest.mark.parametrize(
    ("text", "intent", "deadline"),
    [
        ("le 15", "inform", "2026-11-15"),
        ("le 28 je crois", "inform", "2026-11-28"),
        ("je ne sais pas", "dont_know", None),
        ("vers la fin du mois", "nlu_fallback", None),
    ],
)
def test_the_day_asked_for_may_come_alone_or_be_unknown(text: str, intent: str, deadline: str | None) -> None:
    conversation = after("prescription", "soins de novembre 2024, puis-je encore demander le remboursement ?")
    assert conversation.pending is not None and conversation.pending.fact == "date_soins"
    decision = reply(conversation, text, intent)[0]["decision"]
    assert decision["dates"].get("deadline") == deadline
