"""Headers that more than one part of the server writes, and those that every response has."""

from __future__ import annotations

from collections.abc import Mapping

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.sessions import is_secure

# What a page of ours may do: nothing from elsewhere, no script or style written in it.
PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
# What anything else may do, should a browser take it for a page.
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}
A_YEAR = "max-age=31536000; includeSubDomains"


def install(app: Sanic) -> None:
    """Write on every response, errors too, what a browser is to refuse."""

    @app.middleware("response")
    async def secure(request: Request, response: HTTPResponse) -> None:
        is_page = (response.content_type or "").startswith("text/html")
        response.headers.update(ALWAYS)
        response.headers["Content-Security-Policy"] = PAGE_POLICY if is_page else DATA_POLICY
        if is_secure(request):
            response.headers["Strict-Transport-Security"] = A_YEAR
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")


def vary_on(response: HTTPResponse, header: str) -> None:
    """Say to caches that the response depends on a header of the request, besides those already said."""
    said = response.headers.get("Vary")
    response.headers["Vary"] = f"{said}, {header}" if said else header
