"""A question put instead of a reply: it is answered, and the fact that the assistant waits for is asked again."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

from actions.answers import Answer
from actions.information import answer_information
from actions.questions import picks_a_choice, question_again, reply_facts
from actions.state import Conversation
from actions.understood import Understood

ASKING = "ask_information"


def answer_aside(conversation: Conversation, understood: Understood, today: date) -> list[Answer] | None:
    """Return the answer to a question beside the open one, and the open one again; None for any other message.

    What leads to a question of its own changes the subject instead.
    """
    pending = conversation.pending
    if pending is None or understood.intent != ASKING or not understood.asks or picks_a_choice(pending, understood):
        return None
    told = pending.fact in understood.facts or reply_facts(conversation, understood)
    if told and not understood.asks_meaning:
        return None  # "ÔJI. Combien d'entretiens ?" replies, and asks on
    beside = deepcopy(conversation)
    beside.pending = None
    answer = answer_information(beside, understood, today)
    if answer is None or answer.kind != "answer" or answer.topic == conversation.rule:
        return None  # what the subject under way answers goes on with it
    return [answer, question_again(pending)]
