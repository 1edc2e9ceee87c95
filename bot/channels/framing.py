"""How a request says where its body ends: refused unless it is plain, before anything reads that body.

Sanic trusts a negative length, and then waits for the body without end or pause; where a proxy stands in front, two
statements of the length would let one request hide in another.
"""

from __future__ import annotations

import re

from sanic import Sanic
from sanic.exceptions import InvalidUsage
from sanic.request import Request

LENGTH = re.compile(r"\d{1,15}", re.ASCII)


def install(app: Sanic) -> None:
    """Refuse such requests on every route of an application."""

    @app.signal("http.lifecycle.request")
    async def framed(request: Request) -> None:
        lengths = request.headers.getall("content-length", [])
        coded = request.headers.getall("transfer-encoding", [])
        if len(lengths) + len(coded) > 1 or any(each != "chunked" for each in coded):
            raise InvalidUsage("the body's length is told twice, or in a coding that is not served")
        if any(not LENGTH.fullmatch(each) for each in lengths):
            raise InvalidUsage("the body's length is no number")
