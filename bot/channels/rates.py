"""How much one client may ask: a bucket of tokens for each sort of request, filled again by the minute."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Callable
from math import ceil
from typing import Any, ClassVar
from weakref import WeakSet

from redis.asyncio import Redis
from redis.exceptions import RedisError
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from throttled.asyncio import MemoryStore, RateLimiterType, RedisStore, Throttled, rate_limiter
from throttled.exceptions import BaseThrottledError

from bot.channels import oidc_routes
from bot.channels.access import LOGIN, SESSION, is_local, path_of
from bot.channels.errors import error_body
from bot.settings import Limits

logger = logging.getLogger(__name__)
LOGINS, OTHER = "login", "other"
SORTS = {
    "/webhooks/rest/webhook": "chat",
    "/webhooks/voice/webhook": "voice",
    "/api/triage": "triage",
    LOGIN: LOGINS,
    SESSION: LOGINS,
    oidc_routes.RETURN: LOGINS,
}
# Asked by machines that watch the service.
UNCOUNTED = frozenset({"/healthz", "/metrics"})
# A page is some thirty files, and the desk asks while one types; this machine's own programs are trusted.
OTHER_TIMES, HERE_TIMES = 5, 100
# Seconds that a request waits for Redis, at most.
PATIENCE = 0.5
CLIENTS = 100_000
# Of an IPv6 address, what one household or office has.
NETWORK_BITS = 64
TOO_MUCH = "Trop de requêtes en peu de temps : patientez {seconds} s, puis réessayez."


class Client(Redis):
    """A connection to Redis that can be closed: the library of the buckets opens it and keeps it to itself."""

    opened: ClassVar[WeakSet[Client]] = WeakSet()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Open it as the library asks."""
        super().__init__(*args, **kwargs)
        self.opened.add(self)


class Rates:
    """The buckets of all clients."""

    def __init__(self, limits: Limits, reference: Callable[[str], str]) -> None:
        """Take the limits, and what makes a reference of an address: no address is kept."""
        self._limits, self._reference = limits, reference
        store: Any = MemoryStore(options={"MAX_SIZE": CLIENTS})
        if limits.redis_url:
            patience = {"SOCKET_TIMEOUT": PATIENCE, "SOCKET_CONNECT_TIMEOUT": PATIENCE}
            client = {"REDIS_CLIENT_CLASS": f"{Client.__module__}.{Client.__name__}"}
            store = RedisStore(server=limits.redis_url, options={**patience, **client})
        self._buckets = {
            (sort, here): Throttled(
                using=RateLimiterType.TOKEN_BUCKET.value,
                quota=rate_limiter.per_min(number, burst=number),
                store=store,
            )
            for here in (False, True)
            for sort in {*SORTS.values(), OTHER}
            for number in [self.per_minute(sort, here=here)]
        }

    def per_minute(self, sort: str, *, here: bool) -> int:
        """Return how many requests of a sort a client may make a minute; from this machine (`here`), more."""
        if sort == LOGINS:
            return self._limits.logins_per_minute
        return self._limits.per_minute * (OTHER_TIMES if sort == OTHER else 1) * (HERE_TIMES if here else 1)

    async def wait(self, request: Request) -> int:
        """Return after how many seconds a request may be made again, 0 where it may be made now."""
        path = path_of(request)
        sort = SORTS.get(path, OTHER)
        if path in UNCOUNTED or (sort == LOGINS and request.method in ("GET", "DELETE") and path == SESSION):
            return 0
        here = is_local(request)
        key = f"{sort}:{self._reference(client_of(request, self._limits.proxies))}"
        try:
            found = await self._buckets[sort, here].limit(key)
        except (BaseThrottledError, RedisError, OSError) as error:
            logger.error("requests not counted: %s", type(error).__name__)  # better uncounted than unanswered
            return 0
        return max(1, ceil(found.state.retry_after)) if found.limited else 0


def install(app: Sanic, rates: Rates) -> None:
    """Refuse what is too much."""

    # An event loop with open connections does not close, and the server would not end.
    @app.after_server_stop
    async def close(app: Sanic, loop: Any) -> None:
        for client in Client.opened:
            await client.connection_pool.disconnect()

    @app.middleware("request")
    async def count(request: Request) -> HTTPResponse | None:
        seconds = await rates.wait(request)
        if not seconds:
            return None
        refused = error_body("too_many_requests", TOO_MUCH.format(seconds=seconds), 429)
        refused.headers["Retry-After"] = str(seconds)
        return refused


def client_of(request: Request, proxies: int) -> str:
    """Return who asks: the address that the outermost of our proxies saw, else the one that connects.

    What a client writes into X-Forwarded-For itself stands further left and is not read.
    """
    address = str(request.ip)
    if proxies:
        told = [part.strip() for part in ",".join(request.headers.getall("x-forwarded-for", [])).split(",")]
        address = told[-proxies] if len(told) >= proxies and told[-proxies] else address
    try:
        parsed = ipaddress.ip_address(address.strip("[]"))
    except ValueError:
        return str(request.ip)
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, NETWORK_BITS), strict=False))
    return str(parsed)
