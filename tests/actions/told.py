"""Messages understood without any model, as the tests of the actions need them."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.understood import Understood
from bot.nlu.reader import entities
from bot.understanding.reader import read

TODAY = date(2026, 11, 21)


def understood(text: str, intent: str = "inform", **more: Any) -> Understood:
    """Return a message as read, with the intent that a classifier would give."""
    message = {"text": text, "intent": {"name": intent}, "entities": entities(text, read(text, TODAY))}
    return Understood.from_rasa({**message, **more})
