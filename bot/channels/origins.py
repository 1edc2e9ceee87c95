"""The sites that may show the widget: CORS for them, nothing for any other."""

from __future__ import annotations

from collections.abc import Collection

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty

from bot.channels.headers import vary_on

# What the widget needs of the server; the advisers' desk and the inbox are for nobody else's pages.
SHARED = ("/static/", "/webhooks/rest/", "/api/feedback", "/api/conversations/")
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "7200",
}


def install(app: Sanic, origins: Collection[str]) -> None:
    """Let the pages of some origins ("https://www.exemple.fr") use what the widget needs."""

    @app.middleware("request")
    async def preflight(request: Request) -> HTTPResponse | None:
        asks = request.method == "OPTIONS" and "access-control-request-method" in request.headers
        return empty(headers=PREFLIGHT) if asks and allowed(request, origins) else None

    @app.middleware("response")
    async def allow(request: Request, response: HTTPResponse) -> None:
        if not request.path.startswith(SHARED):
            return
        vary_on(response, "Origin")
        if allowed(request, origins):
            response.headers["Access-Control-Allow-Origin"] = request.headers["origin"]


def allowed(request: Request, origins: Collection[str]) -> bool:
    """Whether a request comes from a page that may make it."""
    return request.path.startswith(SHARED) and request.headers.get("origin") in origins
