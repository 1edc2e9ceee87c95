"""Rasa's custom actions: one per thing a member wants to do, each a thin door to the responder."""

from __future__ import annotations

from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.responder import respond
from actions.state import SLOT, Conversation
from actions.understood import Understood


class ActionRespond(Action):
    """Answers the last message from the rules engine and the knowledge base."""

    def name(self) -> str:
        return "action_respond"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        conversation = Conversation.from_slot(tracker.get_slot(SLOT))
        understood = Understood.from_rasa(tracker.latest_message)
        for answer in respond(conversation, understood, date.today()):
            dispatcher.utter_message(json_message=answer.to_json())
        return [SlotSet(SLOT, conversation.to_slot())]
