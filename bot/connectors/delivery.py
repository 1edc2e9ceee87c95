"""Approved drafts back to their help desk, as internal notes. A customer never gets one from here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence

import httpx

from bot.connectors.chatwoot import Chatwoot
from bot.connectors.incoming import Connector, Note
from bot.connectors.zammad import Zammad
from bot.settings import HelpDesk, Settings
from bot.storage.models import QueueItem
from bot.storage.queue import Queue

logger = logging.getLogger(__name__)
TIMEOUT = 10.0
# Seconds before each further try.
PAUSES = (1.0, 5.0)
CONNECTORS: Mapping[str, Connector] = {each.name: each for each in (Zammad(), Chatwoot())}


def help_desks(settings: Settings) -> Mapping[str, HelpDesk]:
    """Return the settings of each help desk by its name."""
    return {name: getattr(settings, name) for name in CONNECTORS}


class Delivery:
    """Leaves notes; what fails is tried again, then when the server starts next."""

    def __init__(
        self,
        queue: Queue,
        desks: Mapping[str, HelpDesk],
        transport: httpx.AsyncBaseTransport | None = None,
        pauses: Sequence[float] = PAUSES,
    ) -> None:
        """Take the queue, the help desks, and how to reach them."""
        self._queue = queue
        self._desks = {name: desk for name, desk in desks.items() if desk.url and desk.token}
        self._transport = transport
        self._pauses = pauses

    async def deliver(self, number: int | None = None) -> None:
        """Deliver an item, or all that wait."""
        items = await asyncio.to_thread(self._queue.to_deliver, tuple(self._desks), number)
        for item in items:
            done = await self._delivered(item)
            await asyncio.to_thread(self._queue.delivered, item.id, done=done)

    async def resume(self) -> None:
        """Deliver what a crash or an outage kept waiting."""
        await asyncio.to_thread(self._queue.resume)
        await self.deliver()

    async def _delivered(self, item: QueueItem) -> bool:
        note = CONNECTORS[item.origin].note(item.origin_ref, item.draft, self._desks[item.origin])
        for pause in (0.0, *self._pauses):
            await asyncio.sleep(pause)
            if await self._left(note, item.origin):
                return True
        return False

    async def _left(self, note: Note, origin: str) -> bool:
        try:
            async with httpx.AsyncClient(timeout=TIMEOUT, transport=self._transport) as client:
                reply = await client.post(note.url, headers=dict(note.headers), json=note.content)
        except httpx.HTTPError as error:
            logger.error("%s: note not left: %s", origin, type(error).__name__)
            return False
        if not reply.is_success:
            logger.error("%s: note not left: HTTP %s", origin, reply.status_code)
        return reply.is_success
