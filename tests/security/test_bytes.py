"""Bytes that are no request: answered or hung up on, never an error of ours. On the doors alone, without a model."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest
from sanic import Sanic
from sanic.response import text

from bot.channels import access, framing, headers, origins, rates
from bot.channels.rates import Rates
from bot.settings import Limits
from tests.channels.light import served
from tests.security.doors import said

STATIC = Path(__file__).parents[2] / "bot" / "pages" / "static"


def doors(app: Sanic) -> None:
    """Furnish an application with every door, and a route behind each."""
    framing.install(app)
    headers.install(app)
    rates.install(app, Rates(Limits(), lambda address: address))
    access.install(app, "a long token")
    origins.install(app, ("https://www.exemple.fr",))
    app.static("/static", str(STATIC), name="static")
    for number, path in enumerate(("/", "/conseiller", "/api/triage", "/api/desk/queue", "/api/kb")):
        app.add_route(lambda request: text("in"), path, methods=["GET", "POST"], name=f"r{number}")


BYTES = (
    b"GARBAGE\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x00\x01\x02\x03\r\n\r\n", b"GET\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 200_000 + b"\r\n",
    b"POST /api/triage HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n{}",
    b"POST /api/triage HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n",
    b"POST /api/triage HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n{}",
    b"POST /api/triage HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /api/triage HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    b"POST /api/triage HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n{}",
    b"POST /api/triage HTTP/1.1\r\nHost: a\r\nExpect: a miracle\r\nContent-Length: 2\r\n\r\n{}",
    b"GET /\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n", b"GET http://[::1 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /conseiller HTTP/1.1\r\nHost: [::1\r\n\r\n", b"GET /static/desk HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /static/" + b"x" * 2_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /static/%00 HTTP/1.1\r\nHost: a\r\n\r\n",
    b"POST /api/desk/queue HTTP/1.1\r\nHost: a\r\nOrigin: http://[::1\r\nContent-Length: 2\r\n\r\n{}",
    b"GET /conseiller HTTP/1.1\r\nHost: a\r\nCookie: \xff=\xfe;;=;desk\r\n\r\n",
    b"GET /api/kb?q=%ZZ&limit=%00 HTTP/1.1\r\nHost: a\r\nAuthorization: \xff\r\n\r\n",
)  # fmt: skip


@pytest.mark.parametrize("request_bytes", BYTES, ids=lambda sent: repr(sent[:60]))
async def test_bytes_that_are_no_request_break_nothing(request_bytes: bytes) -> None:
    async with served(doors) as client:
        reply = await asyncio.to_thread(said, str(client.base_url), request_bytes)
        assert (await client.get("/")).status_code == 200
    assert not reply or re.match(rb"HTTP/1\.1 (200|4\d\d) ", reply), reply[:400]
    assert b"Traceback" not in reply and b".py" not in reply
    if reply and not reply.startswith(b"HTTP/1.1 200"):
        head, _, body = reply.partition(b"\r\n\r\n")
        assert b'"error"' in body or b"<form" in body, reply[:400]
        assert b"nosniff" in head and b"content-security-policy" in head.lower(), reply[:600]
