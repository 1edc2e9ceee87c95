"""One turn of a conversation at a time, in the order of arrival, over every worker: tickets in Redis.

Rasa's own Redis store reads a lock, changes it and writes it back in three steps: two workers may take the same ticket.
Here each step is one script, run whole by Redis. A ticket that its worker no longer renews is passed over, so a worker
killed in the middle of a turn holds a conversation up for a few seconds only.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from weakref import WeakKeyDictionary

from rasa.core.lock import TicketLock
from rasa.core.lock_store import InMemoryLockStore, LockError, LockStore
from redis.asyncio import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
PREFIX = "assistant:turn:"
LIFETIME_MS = 8_000
RENEW_S = 2.0
LOOK_AGAIN_S = 0.02
GIVE_UP_S = 18.0  # the server answers that it cannot after 20
ANSWER_S = 1.0
REST_S = 2.0
# Queue of tickets (list), until when each is good (hash). Joining again after Redis lost everything is joining.
TAKE = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local known = redis.call('HEXISTS', KEYS[2], ARGV[1]) == 1
redis.call('HSET', KEYS[2], ARGV[1], now + ARGV[2])
if not known then redis.call('RPUSH', KEYS[1], ARGV[1]) end
local first = redis.call('LINDEX', KEYS[1], 0)
while first ~= ARGV[1] do
  local till = redis.call('HGET', KEYS[2], first)
  if till and tonumber(till) > now then break end
  redis.call('LPOP', KEYS[1])
  redis.call('HDEL', KEYS[2], first)
  first = redis.call('LINDEX', KEYS[1], 0)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 4)
redis.call('PEXPIRE', KEYS[2], ARGV[2] * 4)
return first == ARGV[1] and 1 or 0
"""
LEAVE = """
redis.call('LREM', KEYS[1], 0, ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
"""


class RedisLocks(LockStore):
    """The locks of conversations; while Redis is away, each worker keeps its own."""

    def __init__(self, url: str) -> None:
        """Take the address of Redis; nothing connects before the first turn."""
        super().__init__()
        self._url = url
        self._own = InMemoryLockStore()
        self._clients: WeakKeyDictionary[Any, Any] = WeakKeyDictionary()
        self._away_until = 0.0
        self._away = False

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 60.0, wait_time_in_seconds: float = LOOK_AGAIN_S
    ) -> AsyncIterator[TicketLock]:
        """Hold a conversation: first among this worker's own turns, then among all workers'."""
        wait = min(wait_time_in_seconds, LOOK_AGAIN_S)
        async with self._own.lock(conversation_id, lock_lifetime, wait) as held:
            ticket, renewing = uuid.uuid4().hex, None
            try:
                if await self._taken(conversation_id, ticket):
                    renewing = asyncio.create_task(self._renew(conversation_id, ticket))
                yield held
            finally:
                if renewing:
                    renewing.cancel()
                await self._leave(conversation_id, ticket)

    async def ping(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(await self._client().ping())
        except RedisError:
            return False

    async def close(self) -> None:
        """Close the connections of this event loop."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client:
            await client.close(close_connection_pool=True)

    async def _taken(self, conversation: str, ticket: str) -> bool:
        """Wait for the turn; False where Redis is away, and the worker's own lock has to do."""
        deadline = time.monotonic() + GIVE_UP_S
        while time.monotonic() > self._away_until:
            try:
                if await self._ask(TAKE, conversation, ticket, LIFETIME_MS):
                    self._back()
                    return True
            except RedisError as error:
                self._gone(error)
                return False
            if time.monotonic() > deadline:
                raise LockError("the turn before is not over")
            await asyncio.sleep(LOOK_AGAIN_S)
        return False

    async def _renew(self, conversation: str, ticket: str) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            with suppress(RedisError):
                await self._ask(TAKE, conversation, ticket, LIFETIME_MS)

    async def _leave(self, conversation: str, ticket: str) -> None:
        if time.monotonic() > self._away_until:
            try:
                await self._ask(LEAVE, conversation, ticket)
            except RedisError as error:
                self._gone(error)

    async def _ask(self, script: str, conversation: str, *told: Any) -> Any:
        # Braces: in a cluster of Redis both keys live on one node.
        key = f"{PREFIX}{{{conversation}}}"
        return await self._client().eval(script, 2, key, f"{key}:until", *told)

    def _client(self) -> Any:
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            self._clients[loop] = Redis.from_url(
                self._url, socket_timeout=ANSWER_S, socket_connect_timeout=ANSWER_S, retry_on_timeout=False
            )
        return self._clients[loop]

    def _gone(self, error: RedisError) -> None:
        self._away_until = time.monotonic() + REST_S
        if not self._away:
            logger.error("Redis is away (%s): turns are kept in order by each worker alone", type(error).__name__)
        self._away = True

    def _back(self) -> None:
        if self._away:
            logger.warning("Redis is back")
        self._away = False


def locks_of(redis_url: str) -> LockStore:
    """Return the locks of conversations: shared through Redis where there is one, else this process's own."""
    return RedisLocks(redis_url) if redis_url else InMemoryLockStore()
