"""The web server: chat channel, API, pages and health in one process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from rasa.core.channels.channel import UserMessage
from rasa.core.channels.channel import register as register_channels
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, file, json, raw

from bot.channels import api, compression, conversations, errors, openapi, origins, triage
from bot.channels.rest import RestChannel
from bot.knowledge import Knowledge, ranker_of
from bot.runtime import load_agent
from bot.settings import Settings
from bot.triage.loading import load_sorter
from kb.ingestion.excerpts import warm

STATIC = Path(__file__).parent / "pages" / "static"
MAX_BODY = 64 * 1024
TIMEOUT = 20
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


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
    register_channels([RestChannel()], app, route="/webhooks/")
    app.blueprint(api.blueprint(Knowledge(ranker_of(app.ctx.agent))))
    app.blueprint(triage.blueprint(load_sorter(app.ctx.agent, settings)))
    app.blueprint(conversations.blueprint(app.ctx.agent))  # another store that keeps something adds its eraser here
    origins.install(app, settings.widget_origins)
    compression.install(app)
    _pages(app)
    _operations(app)
    return app


def _pages(app: Sanic) -> None:
    app.static("/static", str(STATIC), name="static")

    @app.get("/")
    async def index(request: Request) -> HTTPResponse:
        return await file(str(STATIC / "index.html"))

    @app.middleware("response")
    async def secure(request: Request, response: HTTPResponse) -> None:
        response.headers.update(SECURITY_HEADERS)


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
