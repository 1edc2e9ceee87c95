"""Text is sent compressed to whoever can read it so."""

from __future__ import annotations

import gzip
from functools import lru_cache

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.channels.headers import vary_on

COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")
WORTH_IT = 1_000  # bytes


def install(app: Sanic) -> None:
    """Compress what is large enough to gain by it."""

    @app.middleware("response")
    async def compress(request: Request, response: HTTPResponse) -> None:
        body, kind = response.body, response.content_type or ""
        if (
            not body
            or len(body) < WORTH_IT
            or not kind.startswith(COMPRESSED)
            or "Content-Encoding" in response.headers
        ):
            return
        vary_on(response, "Accept-Encoding")
        if "gzip" in request.headers.get("accept-encoding", ""):
            # Pages and scripts are the same bytes for everybody; replies are not, and are not kept.
            zipped = compressed(body) if request.path.startswith("/static/") else gzip.compress(body, 5, mtime=0)
            response.body = zipped
            response.headers["Content-Encoding"] = "gzip"


@lru_cache(maxsize=64)
def compressed(body: bytes) -> bytes:
    """Return the bytes of a file, compressed."""
    return gzip.compress(body, 9, mtime=0)
