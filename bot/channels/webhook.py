"""What every channel of the product's own is over HTTP: a webhook that says what to correct, and a sign of life."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.errors import BadRequest, error_body

Receive = Callable[[Request], Awaitable[HTTPResponse]]


def webhook(name: str, receive: Receive) -> Blueprint:
    """Return the routes of a channel.

    Args:
        name: of the channel.
        receive: answers one request; its `BadRequest` becomes the error body.
    """
    routes = Blueprint(f"{name}_channel")

    @routes.get("/")
    async def health(request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    @routes.post("/webhook")
    async def handle(request: Request) -> HTTPResponse:
        try:
            return await receive(request)
        except BadRequest as error:
            return error_body(error.code, error.message, error.status)

    return routes
