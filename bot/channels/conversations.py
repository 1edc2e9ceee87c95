"""`DELETE /api/conversations/{sender}`: a conversation leaves every store that keeps something of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.channels.requests import sender_id
from bot.channels.tracker_store import Eraser, tracker_eraser
from bot.channels.turns import turn_of


def blueprint(agent: Any, erasers: Sequence[Eraser] = ()) -> Blueprint:
    """Return the route.

    Args:
        agent: Rasa's agent, whose tracker store is emptied first.
        erasers: the other stores that keep something of a conversation.
    """
    routes = Blueprint("conversations", url_prefix="/api")
    stores = (tracker_eraser(agent.tracker_store), *erasers)

    @routes.delete("/conversations/<sender:str>")
    async def erase(request: Request, sender: str) -> HTTPResponse:
        reference = sender_id(sender)
        async with turn_of(agent, reference):  # a turn under way would write what was just erased
            for erase_from in stores:
                await erase_from(reference)
        return empty()

    return routes
