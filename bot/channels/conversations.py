"""`DELETE /api/conversations/{sender}`: a conversation leaves every store that keeps something of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.channels.requests import sender_id
from bot.channels.turns import turn_of

Eraser = Callable[[str], Awaitable[None]]  # the reference of a conversation → nothing of it is left in one store


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


def tracker_eraser(store: TrackerStore) -> Eraser:
    """Return what erases a conversation from Rasa's store, which knows no erasing of its own.

    Raises:
        TypeError: for a kind of store that the project does not use.
    """
    while isinstance(store, FailSafeTrackerStore | AwaitableTrackerStore):
        store = store._tracker_store
    if isinstance(store, SQLTrackerStore):
        return _sql_eraser(store)
    if isinstance(store, InMemoryTrackerStore):
        return _memory_eraser(store)
    raise TypeError(f"conversations cannot be erased from a {type(store).__name__}")


def _sql_eraser(store: SQLTrackerStore) -> Eraser:
    async def erase(sender: str) -> None:
        with store.session_scope() as session:
            session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == sender).delete()
            session.commit()

    return erase


def _memory_eraser(store: InMemoryTrackerStore) -> Eraser:
    async def erase(sender: str) -> None:
        store.store.pop(sender, None)

    return erase
