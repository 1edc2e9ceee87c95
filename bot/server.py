"""The web server: chat channel, API, pages and health in one process."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.channels.channel import register as register_channels
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, file, json, raw
from sqlalchemy.exc import SQLAlchemyError

from bot.adviser import Adviser
from bot.channels import (
    access,
    api,
    compression,
    conversations,
    desk,
    errors,
    feedback,
    headers,
    helpdesks,
    openapi,
    origins,
    rates,
    triage,
)
from bot.channels.oidc import Provider
from bot.channels.recording import Recorder
from bot.channels.rest import RestChannel
from bot.channels.sessions import Sessions
from bot.channels.twilio import Account, TwilioChannel
from bot.channels.voice import VoiceChannel
from bot.connectors.delivery import Delivery, help_desks
from bot.intake import Intake
from bot.knowledge import Knowledge, ranker_of
from bot.runtime import load_agent
from bot.settings import Settings
from bot.storage.retention import purge
from bot.storage.store import Store, open_store
from bot.triage.loading import load_sorter
from bot.triage.sorter import Sorter
from kb.ingestion.excerpts import warm

STATIC = Path(__file__).parent / "pages" / "static"
# The mails of a help desk come as HTML; what each route takes of it is less.
MAX_BODY = 512 * 1024
TIMEOUT = 20
REHEARSAL = "délai pour changer de formule"
DAY = 24 * 3600
# Of a keyed reference, what is kept: enough to tell the colleagues of a service apart.
REFERENCE = 8
logger = logging.getLogger(__name__)


def create_app(model: Path, settings: Settings) -> Sanic:
    """Return the application, its model loaded."""
    app = Sanic("assistant", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.REQUEST_TIMEOUT = TIMEOUT
    app.config.RESPONSE_TIMEOUT = TIMEOUT
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = load_agent(model, settings)
    warm()
    errors.install(app)
    headers.install(app)
    register_channels(_channels(settings), app, route="/webhooks/")
    app.blueprint(api.blueprint(Knowledge(ranker_of(app.ctx.agent))))
    sorter = load_sorter(app.ctx.agent, settings)
    app.blueprint(triage.blueprint(sorter))
    _desk(app, sorter, settings)
    app.blueprint(conversations.blueprint(app.ctx.agent, [app.ctx.recorder.erase]))
    origins.install(app, settings.widget_origins)
    compression.install(app)
    _pages(app)
    _operations(app)
    return app


def _desk(app: Sanic, sorter: Sorter, settings: Settings) -> None:
    """Open what the product keeps, and the routes on it."""
    store = app.ctx.store = open_store(settings)
    app.ctx.recorder = Recorder(store, app.ctx.agent)
    desks = help_desks(settings)
    intake, delivery = Intake(sorter, store), Delivery(store.queue, desks)

    def approved(number: int) -> None:
        app.add_task(delivery.deliver(number))

    _doors(app, store, settings)
    adviser = Adviser(app.ctx.agent)
    app.blueprint(desk.blueprint(store, sorter, intake, adviser, approved))
    app.blueprint(feedback.blueprint(store, app.ctx.agent))
    app.blueprint(helpdesks.blueprint(intake, desks))

    @app.before_server_start
    async def rehearse(app: Sanic, loop: Any) -> None:
        await adviser.ask(REHEARSAL, {}, date.today())  # reads entries, rules and templates: not while somebody waits

    @app.after_server_start
    async def keep_house(app: Sanic, loop: Any) -> None:
        app.ctx.housekeeping = [asyncio.create_task(delivery.resume()), asyncio.create_task(_purging(store, settings))]

    @app.before_server_stop
    async def close(app: Sanic, loop: Any) -> None:
        for task in app.ctx.housekeeping:
            task.cancel()
        await asyncio.gather(*app.ctx.housekeeping, return_exceptions=True)
        await app.ctx.recorder.close()
        store.close()


def _doors(app: Sanic, store: Store, settings: Settings) -> None:
    """Count what each client asks, and guard the desk."""
    rates.install(app, rates.Rates(settings.limits, lambda address: store.keys.of("client", address)))
    # Who changes the token ends the sessions that it opened.
    sessions = Sessions(store.keys.of("desk session", settings.desk_token), settings.limits)
    provider = None
    if settings.oidc.issuer:
        provider = Provider(settings.oidc, lambda *who: store.keys.of("colleague", *who)[:REFERENCE])
    access.install(app, settings.desk_token, sessions, provider, settings.oidc.redirect_url)


async def _purging(store: Store, settings: Settings) -> None:
    """Erase what is too old, at the start and once a day."""
    while True:
        try:
            await asyncio.to_thread(purge, store.database, settings)
        except SQLAlchemyError as error:
            logger.error("nothing purged: %s", type(error).__name__)
        await asyncio.sleep(DAY)


def _channels(settings: Settings) -> list[InputChannel]:
    """Return the channels served; that of a telephone platform only with its secret."""
    channels: list[InputChannel] = [RestChannel(), VoiceChannel()]
    if settings.twilio_token:
        channels.append(TwilioChannel(Account(settings.twilio_token, settings.twilio_url, settings.adviser_phone)))
    return channels


def _pages(app: Sanic) -> None:
    app.static("/static", str(STATIC), name="static")

    @app.get("/")
    async def index(request: Request) -> HTTPResponse:
        return await file(str(STATIC / "index.html"))

    @app.get("/conseiller")
    async def desk(request: Request) -> HTTPResponse:
        return await file(str(STATIC / "desk" / "desk.html"))


def _operations(app: Sanic) -> None:
    registry = CollectorRegistry()
    requests = Counter(
        "assistant_requests_total",
        "HTTP requests by route and status",
        ["route", "status"],
        registry=registry,
    )
    seconds = Histogram("assistant_request_seconds", "Time to answer by route", ["route"], registry=registry)

    @app.get("/healthz")
    async def health(request: Request) -> HTTPResponse:
        ready = await _answers(app)
        return json({"status": "ready" if ready else "not_ready"}, status=200 if ready else 503)

    @app.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        return raw(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)

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


async def _answers(app: Sanic) -> bool:
    """Whether a question would be answered: the model parses one."""
    agent: Any = app.ctx.agent
    if not agent.is_ready():
        return False
    parsed = await agent.processor.parse_message(UserMessage("bonjour"))
    return bool(parsed.get("intent", {}).get("name"))


def serve(model: Path, settings: Settings, host: str, port: int) -> None:
    """Run the server until it is stopped."""
    app = create_app(model, settings)
    app.run(host=host, port=port, workers=1, access_log=False, motd=False)
