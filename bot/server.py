"""The web server: chat channel, API, pages and health in one process."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from pathlib import Path
from typing import Any

from rasa.core.channels.channel import InputChannel
from rasa.core.channels.channel import register as register_channels
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, file
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
    framing,
    headers,
    helpdesks,
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
from bot.runtime import live_agent
from bot.serving import operations
from bot.serving.jobs import Jobs
from bot.serving.live import Late, LiveAgent
from bot.settings import Settings
from bot.storage.retention import purge
from bot.storage.store import Store, open_store
from bot.triage.loading import load_sorter
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
    """Return the application, its model loaded if there is a good one; if not, it answers what it can without."""
    app = Sanic("assistant", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY
    app.config.REQUEST_TIMEOUT = TIMEOUT
    app.config.RESPONSE_TIMEOUT = TIMEOUT
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.agent = live_agent(model, settings)
    warm()
    errors.install(app)
    framing.install(app)
    headers.install(app)
    register_channels(_channels(settings), app, route="/webhooks/")
    app.blueprint(api.blueprint(Knowledge(ranker_of(app.ctx.agent))))
    sorter = _sorter(app.ctx.agent, settings)
    app.blueprint(triage.blueprint(sorter))
    _desk(app, sorter, settings)
    app.blueprint(conversations.blueprint(app.ctx.agent, [app.ctx.recorder.erase]))
    origins.install(app, settings.widget_origins)
    compression.install(app)
    _pages(app)
    operations.install(app)
    return app


def _sorter(agent: LiveAgent, settings: Settings) -> Any:
    """Return what sorts messages: now, or as soon as there is a model."""
    if agent.is_ready():
        return load_sorter(agent, settings)
    return Late(lambda: load_sorter(agent, settings))


def _desk(app: Sanic, sorter: Any, settings: Settings) -> None:
    """Open what the product keeps, and the routes on it."""
    store = app.ctx.store = open_store(settings, patient=True)
    app.ctx.recorder = Recorder(store, app.ctx.agent)
    desks = help_desks(settings)
    jobs = Jobs(settings.redis_url) if settings.redis_url else None
    intake, delivery = Intake(sorter, store, jobs), Delivery(store.queue, desks)

    def approved(number: int) -> None:
        app.add_task(delivery.deliver(number))

    _doors(app, store, settings)
    adviser = Adviser(app.ctx.agent)
    app.blueprint(desk.blueprint(store, sorter, intake, adviser, approved))
    app.blueprint(feedback.blueprint(store, app.ctx.agent))
    app.blueprint(helpdesks.blueprint(intake, desks))

    @app.before_server_start
    async def rehearse(app: Sanic, loop: Any) -> None:
        if app.ctx.agent.is_ready():
            await adviser.ask(
                REHEARSAL, {}, date.today()
            )  # reads entries, rules and templates: not while somebody waits

    @app.after_server_start
    async def keep_house(app: Sanic, loop: Any) -> None:
        work = (delivery.resume(), _purging(store, settings), app.ctx.agent.watch(), _beating(app))
        app.ctx.housekeeping = [asyncio.create_task(each) for each in work]

    # After, not before: turns under way still write.
    @app.after_server_stop
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


async def _beating(app: Sanic) -> None:
    """Tell the supervisor, where there is one, that the event loop turns."""
    while beats := getattr(app.ctx, "beats", None):
        beats.tell(app.ctx.worker)
        await asyncio.sleep(1)


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
