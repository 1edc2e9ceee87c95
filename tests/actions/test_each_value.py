"""Two values of one fact in one message: an answer for each, in order."""

from __future__ import annotations

import pytest

from actions.answers import Answer
from actions.rights import answer_rule
from actions.second_question import each_value
from actions.state import Conversation
from bot.rendering.renderer import Renderer
from tests.actions.told import TODAY, understood


def answers(rule: str, text: str) -> list[Answer]:
    conversation, message = Conversation(), understood(text, "ask_information")
    main = answer_rule(conversation, message, rule, TODAY)
    return each_value(conversation, message, main, TODAY)


def test_both_values_are_answered_in_order() -> None:
    found = answers("delai_paiement", "délai de remboursement par carte Vitale et sur papier ?")
    assert [answer.decision and answer.decision["facts"]["mode_transmission"] for answer in found] == [
        "carte_vitale",
        "facture_papier",
    ]
    first, second = (Renderer(TODAY).text(answer.to_json()) for answer in found)
    assert first != second and " : " in first.splitlines()[0]


@pytest.mark.parametrize(
    "text",
    [
        "délai de remboursement par carte Vitale ?",
        "pas par carte Vitale, sur papier : quel délai de remboursement ?",
        "ma carte Vitale est perdue, j'envoie donc la facture papier : quel délai ?",
    ],
)
def test_one_value_is_answered_once(text: str) -> None:
    assert answers("delai_paiement", text) == []


def test_the_conversation_is_left_as_it_is() -> None:
    conversation, message = Conversation(), understood("délai par carte Vitale et sur papier ?")
    main = answer_rule(conversation, message, "delai_paiement", TODAY)
    before = conversation.to_slot()
    each_value(conversation, message, main, TODAY)
    assert conversation.to_slot() == before
