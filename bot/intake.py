"""Taking a message into the queue: sorted once, kept redacted; the same message twice is one item."""

from __future__ import annotations

import asyncio
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.storable import storable
from bot.storage.models import now
from bot.storage.queue import Arrival
from bot.storage.store import Store
from bot.triage.message import prepared
from bot.triage.mime import Mail
from bot.triage.sorter import Sorter

if TYPE_CHECKING:
    from bot.serving.jobs import Job, Jobs

MESSAGE = "message"


class NoQueueError(Exception):
    """Nothing can be left for later: there is no Redis."""


class Intake:
    """The way of a message into the queue."""

    def __init__(self, sorter: Sorter, store: Store, jobs: Jobs | None = None) -> None:
        """Take what sorts, where to keep, and where to leave what is sorted later."""
        self._sorter = sorter
        self._store = store
        self._jobs = jobs

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
        return await self._kept(key, mail, origin, at or now(), reference)

    async def later(
        self, mail: Mail, origin: str, identity: tuple[str, ...], *, at: datetime | None = None, reference: str = ""
    ) -> int | None:
        """Leave a message, redacted, to the workers; return the number of its item where there is one already.

        Raises:
            NoQueueError: when there are none.
        """
        from bot.serving.jobs import Job

        if self._jobs is None:
            raise NoQueueError
        key = self._store.keys.of(MESSAGE, *identity)
        known = await asyncio.to_thread(self._store.queue.known, key)
        if known is None:
            subject, body = redacted(mail)
            day = mail.day.isoformat() if mail.day else ""
            job = Job(key, subject, body, origin, (at or now()).isoformat(), day, reference)
            await asyncio.to_thread(self._jobs.put, job)
        return known

    async def done(self, job: Job) -> None:
        """Sort what was left for later."""
        mail = Mail(job.subject, job.body, job.written_on)
        await self._kept(job.key, mail, job.origin, job.received_at, job.reference)

    async def _kept(self, key: str, mail: Mail, origin: str, at: datetime, reference: str) -> tuple[int, bool]:
        known = await asyncio.to_thread(self._store.queue.known, key)
        if known is not None:
            return known, False
        found = await self._sorter.triage(storable(mail.subject), storable(mail.body), mail.day, mail.names)
        return await asyncio.to_thread(self._store.queue.add, Arrival(key, origin, at, found, reference))


def redacted(mail: Mail) -> tuple[str, str]:
    """Return subject and body of a mail without personal data, to be sorted like the mail itself."""
    message = prepared(storable(mail.subject), storable(mail.body), mail.day or date.today(), mail.names)
    return message.subject, message.body
