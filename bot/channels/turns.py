"""One turn of a conversation, answered once: a message sent again gets the reply that it got.

The tracker is the truth: a message carries the id that its sender gave it, and what was said after it stands there.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, TypeGuard

from rasa.core.channels.channel import UserMessage
from rasa.shared.core.events import BotUttered, UserUttered

from bot.channels.tracker_store import may_know
from bot.rendering.renderer import Renderer
from bot.serving.reduced import place_of

logger = logging.getLogger(__name__)
# Rasa looks every second whether the turn before is over; nobody should wait for that.
LOOK_AGAIN_S = 0.02
Messages = list[dict[str, Any]]


@asynccontextmanager
async def turn_of(agent: Any, sender: str) -> AsyncIterator[None]:
    """Hold a conversation: what else wants it waits, in the order of arrival."""
    async with agent.lock_store.lock(sender, wait_time_in_seconds=LOOK_AGAIN_S):
        yield


async def answered_once(agent: Any, message: UserMessage, given_id: str | None) -> Messages:
    """Return the reply to a message; a message already answered is not heard a second time."""
    async with turn_of(agent, message.sender_id):
        if given_id is not None and may_know(agent.tracker_store, message.sender_id, given_id):
            tracker = await agent.tracker_store.retrieve_full_tracker(message.sender_id)
            said = reply_to(given_id, tracker.events) if tracker else None
            if said is not None:
                return [rendered(message.sender_id, *spoken) for spoken in said]
        try:
            await agent.processor.handle_message(message)
        except Exception as error:
            # A conversation that cannot be written down (a full disk) takes no reply away that was found.
            if not message.output_channel.messages:
                raise
            logger.error("turn answered, not kept: %s", place_of(error))
        return message.output_channel.messages


def reply_to(given_id: str, events: Iterable[Any]) -> list[tuple[Mapping[str, Any], date]] | None:
    """Return what was answered to the message of an id, each answer with its day; None where no message has it."""
    said: list[tuple[Mapping[str, Any], date]] | None = None
    for event in events:
        if isinstance(event, UserUttered):
            if said is not None:
                break
            if (event.metadata or {}).get("message_id") == given_id:
                said = []
        elif said is not None and isinstance(event, BotUttered) and is_answer(event.data.get("custom")):
            said.append((event.data["custom"], date.fromtimestamp(event.timestamp)))
    return said


def is_answer(custom: object) -> TypeGuard[dict[str, Any]]:
    """Whether what Rasa would say is an answer of ours; its own words are not for members."""
    return isinstance(custom, dict) and "template" in custom


def rendered(sender: str, answer: Mapping[str, Any], on: date) -> dict[str, Any]:
    """Return the message that says an answer, with the parameters of a day."""
    return {"recipient_id": sender, **Renderer(on).message(answer)}
