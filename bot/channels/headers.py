"""Headers that more than one part of the server writes."""

from __future__ import annotations

from sanic.response import HTTPResponse


def vary_on(response: HTTPResponse, header: str) -> None:
    """Say to caches that the response depends on a header of the request, besides those already said."""
    said = response.headers.get("Vary")
    response.headers["Vary"] = f"{said}, {header}" if said else header
