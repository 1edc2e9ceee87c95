"""A question that a rule asks, and a member who does not know."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.answers import Answer
from actions.responder import respond
from actions.state import Conversation, Pending
from actions.understood import Understood
from bot.nlu.reader import entities
from bot.understanding.reader import read

TODAY = date(2026, 11, 21)
CHOICES: list[dict[str, Any]] = [{"title": "MGEN Référence", "facts": {"contrat": "MSP", "formule": "Référence"}}]


def said(text: str, intent: str, conversation: Conversation) -> list[Answer]:
    message = {"text": text, "intent": {"name": intent}, "entities": entities(text, read(text, TODAY))}
    return respond(conversation, Understood.from_rasa(message), TODAY)


def asked_of_formule() -> Conversation:
    return Conversation(
        facts={"annee_naissance": 1970}, rule="cotisation_adherent", pending=Pending("formule", CHOICES)
    )


def test_a_rule_whose_fact_is_not_known_offers_a_human() -> None:
    [answer] = said("je ne sais pas", "dont_know", asked_of_formule())
    assert (answer.kind, answer.template) == ("handover", "cannot_know_fact")


def test_the_contract_told_instead_of_the_formule_is_taken_in() -> None:
    conversation = asked_of_formule()
    [answer] = said("MSP", "dont_know", conversation)
    assert answer.kind == "question"
    assert conversation.facts["contrat"] == "MSP"
