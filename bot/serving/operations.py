"""What who runs the service asks of it: is it well, what did it do, what can be asked of it."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector
from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw
from sqlalchemy.exc import SQLAlchemyError

from bot.channels import openapi
from bot.channels.tracker_store import may_know
from bot.serving.live import REHEARSED
from bot.serving.locks import RedisLocks
from bot.serving.turns import TurnMetrics
from bot.serving.workers import SHARED_METRICS

logger = logging.getLogger(__name__)

CHECK_S = 5.0
NOBODY = "healthz"
Check = Callable[[Sanic], Awaitable[bool]]


def install(app: Sanic) -> None:
    """Open `/healthz`, `/metrics` and `/openapi.json`, and measure every request."""
    registry = CollectorRegistry()
    labels = ["route", "status"]
    requests = Counter("assistant_requests_total", "HTTP requests by route and status", labels, registry=registry)
    seconds = Histogram("assistant_request_seconds", "Time to answer by route", ["route"], registry=registry)
    reduced = Counter("assistant_reduced_total", "Turns answered without the assistant", registry=registry)
    app.ctx.reduced = reduced
    app.ctx.turns = TurnMetrics(registry)

    @app.get("/healthz")
    async def health(request: Request) -> HTTPResponse:
        checks = await checked(app)
        ready = checks["model"] and checks["conversations"]
        body: dict[str, Any] = {"status": "ready" if ready else "not_ready"}
        if request.args.get("details"):
            body |= {"checks": checks, "worker": os.getpid()}
            if beats := getattr(app.ctx, "beats", None):
                body["workers"] = {"alive": beats.alive(), "of": beats.workers}
        return json(body, status=200 if ready else 503)

    @app.get("/livez")
    async def alive(request: Request) -> HTTPResponse:
        return json({"status": "alive", "worker": os.getpid()})

    @app.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        shown = registry
        if os.environ.get(SHARED_METRICS):  # of every worker, not of the one that happens to be asked
            shown = CollectorRegistry()
            MultiProcessCollector(shown)
        return raw(generate_latest(shown), content_type=CONTENT_TYPE_LATEST)

    @app.get("/openapi.json")
    async def describe(request: Request) -> HTTPResponse:
        return json(openapi.description(), ensure_ascii=False)

    @app.middleware("request")
    async def started(request: Request) -> None:
        request.ctx.started = app.loop.time()

    @app.middleware("response")
    async def measured(request: Request, response: HTTPResponse) -> None:
        route = request.route.path if request.route else "unknown"
        requests.labels(route, response.status).inc()
        if hasattr(request.ctx, "started"):
            seconds.labels(route).observe(app.loop.time() - request.ctx.started)


async def checked(app: Sanic) -> dict[str, bool]:
    """Return whether each thing that a turn needs works. Without Redis turns are answered: it is told, no more."""
    checks: dict[str, Check] = {"model": _parses, "conversations": _remembers}
    if isinstance(app.ctx.agent.lock_store, RedisLocks):
        checks["redis"] = _locks
    return {name: await _well(check, app) for name, check in checks.items()}


async def _well(check: Check, app: Sanic) -> bool:
    try:
        return await asyncio.wait_for(check(app), CHECK_S)
    except Exception as error:  # whatever it is, it is not well
        if not isinstance(error, SQLAlchemyError):
            logger.debug("not well: %s", type(error).__name__)
        return False


async def _parses(app: Sanic) -> bool:
    agent: Any = app.ctx.agent
    if not agent.is_ready():
        return False
    parsed = await agent.processor.parse_message(UserMessage(REHEARSED))
    return bool(parsed.get("intent", {}).get("name"))


async def _remembers(app: Sanic) -> bool:
    may_know(app.ctx.agent.tracker_store, NOBODY, NOBODY)
    return True


async def _locks(app: Sanic) -> bool:
    return bool(await app.ctx.agent.lock_store.ping())
