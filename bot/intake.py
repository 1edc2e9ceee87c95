"""Taking a message into the queue: sorted once, kept redacted; the same message twice is one item."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.storable import storable
from bot.storage.models import now
from bot.storage.queue import Arrival
from bot.storage.store import Store
from bot.triage.mime import Mail
from bot.triage.sorter import Sorter

MESSAGE = "message"


class Intake:
    """The way of a message into the queue."""

    def __init__(self, sorter: Sorter, store: Store) -> None:
        """Take what sorts, and where to keep."""
        self._sorter = sorter
        self._store = store

    async def take(
        self, mail: Mail, origin: str, identity: tuple[str, ...], *, at: datetime | None = None, reference: str = ""
    ) -> tuple[int, bool]:
        """Return the number of the item of a message, and whether it is new.

        Args:
            mail: the message as it came.
            origin: where it came from.
            identity: what makes it the same message when it comes again.
            at: when it came; now where it is not known.
            reference: what it is called where it came from.
        """
        key = self._store.keys.of(MESSAGE, *identity)
        known = await asyncio.to_thread(self._store.queue.known, key)
        if known is not None:
            return known, False
        found = await self._sorter.triage(storable(mail.subject), storable(mail.body), mail.day, mail.names)
        arrival = Arrival(key, origin, at or now(), found, reference)
        return await asyncio.to_thread(self._store.queue.add, arrival)
