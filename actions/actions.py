"""Rasa's custom actions: one per thing a member wants to do, each a thin door to the responder."""

from __future__ import annotations

import logging
import traceback
from datetime import date
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answers import Answer
from actions.responder import respond
from actions.state import SLOT, Conversation
from actions.understood import Understood

logger = logging.getLogger(__name__)


class ActionRespond(Action):
    """Answers the last message from the rules engine and the knowledge base."""

    def name(self) -> str:
        return "action_respond"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        conversation = Conversation.from_slot(tracker.get_slot(SLOT))
        understood = Understood.from_rasa(tracker.latest_message)
        try:
            answers = respond(conversation, understood, date.today())
        except Exception as error:
            # Whatever fails, the member gets a reply and a way on; the log gets where, never what was said.
            logger.error("turn failed: %s at %s", type(error).__name__, _place(error))
            dispatcher.utter_message(json_message=Answer("handover", "failed").to_json())
            return []
        for answer in answers:
            dispatcher.utter_message(json_message=answer.to_json())
        return [SlotSet(SLOT, conversation.to_slot())]


def _place(error: Exception) -> str:
    """Return the file, line and function in which an error was raised."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
