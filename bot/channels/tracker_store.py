"""What Rasa's tracker stores do not do by themselves: forget a conversation, and say fast what they do not know."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from rasa.core.tracker_store import (
    AwaitableTrackerStore,
    FailSafeTrackerStore,
    InMemoryTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)
from rasa.shared.core.events import UserUttered

from bot.storage.conversations import delete_of

Eraser = Callable[[str], Awaitable[None]]  # the reference of a conversation → nothing of it is left in one store


def tracker_eraser(store: TrackerStore) -> Eraser:
    """Return what erases a conversation from a store.

    Raises:
        TypeError: for a kind of store that the project does not use.
    """
    store = _inner(store)
    if isinstance(store, SQLTrackerStore):
        return _sql_eraser(store)
    if isinstance(store, InMemoryTrackerStore):
        return _memory_eraser(store)
    raise TypeError(f"conversations cannot be erased from a {type(store).__name__}")


def may_know(store: TrackerStore, sender: str, message_id: str) -> bool:
    """Whether a conversation may hold the message of an id.

    False is sure. It is the usual case, and reading a long conversation to find nothing would cost each turn dearly.
    """
    store = _inner(store)
    if not isinstance(store, SQLTrackerStore):
        return True
    event = store.SQLEvent
    told = f'"message_id": {json.dumps(message_id)}'
    with store.session_scope() as session:
        found = session.query(event.id).filter(
            event.sender_id == sender, event.type_name == UserUttered.type_name, event.data.contains(told)
        )
        return found.first() is not None


def _inner(store: TrackerStore) -> TrackerStore:
    while isinstance(store, FailSafeTrackerStore | AwaitableTrackerStore):
        store = store._tracker_store
    return store


def _sql_eraser(store: SQLTrackerStore) -> Eraser:
    async def erase(sender: str) -> None:
        with store.engine.begin() as connection:
            delete_of(connection, sender)

    return erase


def _memory_eraser(store: InMemoryTrackerStore) -> Eraser:
    async def erase(sender: str) -> None:
        store.store.pop(sender, None)

    return erase
