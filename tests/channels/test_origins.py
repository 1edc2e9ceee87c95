"""Which sites may show the widget, and what is sent compressed."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator

import httpx
import pytest
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, text

from bot.channels import compression, errors, origins
from bot.settings import Settings

SITE, OTHER = "https://www.exemple.fr", "https://ailleurs.example"
LONG = "é" * 2_000


def _app() -> Sanic:
    app = Sanic(f"origins-{uuid.uuid4().hex}", configure_logging=False)
    errors.install(app)
    origins.install(app, (SITE,))
    compression.install(app)

    @app.post("/webhooks/rest/webhook")
    async def chat(request: Request) -> HTTPResponse:
        return json([LONG], ensure_ascii=False)

    @app.get("/static/long.css")
    async def style(request: Request) -> HTTPResponse:
        return text(LONG, content_type="text/css; charset=utf-8")

    @app.post("/api/triage")
    async def triage(request: Request) -> HTTPResponse:
        return json({})

    return app


@pytest.fixture
async def client(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a small server with the two middlewares."""
    monkeypatch.setattr("sanic.app.TouchUp.run", lambda app: None)  # rewrites Sanic itself: once a process at most
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        server = await _app().create_server(sock=listening, return_asyncio_server=True, access_log=False)
        await server.startup()
        try:
            address = f"http://127.0.0.1:{listening.getsockname()[1]}"
            async with httpx.AsyncClient(base_url=address) as client:
                yield client
        finally:
            server.close()
            await server.wait_closed()


async def preflight(client: httpx.AsyncClient, path: str, origin: str) -> httpx.Response:
    return await client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})


async def test_a_site_of_the_list_may_talk_to_the_assistant(client: httpx.AsyncClient) -> None:
    asked = await preflight(client, "/webhooks/rest/webhook", SITE)
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == SITE
    assert "DELETE" in asked.headers["access-control-allow-methods"]
    assert asked.headers["access-control-allow-headers"] == "Content-Type"
    said = await client.post("/webhooks/rest/webhook", headers={"Origin": SITE})
    assert said.headers["access-control-allow-origin"] == SITE
    assert "Origin" in said.headers["vary"]


@pytest.mark.parametrize(
    ("path", "origin"), [("/webhooks/rest/webhook", OTHER), ("/api/triage", SITE), ("/webhooks/rest/webhook", "null")]
)
async def test_nobody_else_may_nor_anything_else(client: httpx.AsyncClient, path: str, origin: str) -> None:
    asked = await preflight(client, path, origin)
    assert asked.status_code == 405
    assert asked.json()["error"]["code"] == "method_not_allowed"
    said = await client.post(path, headers={"Origin": origin})
    assert not [name for name in (*asked.headers, *said.headers) if name.startswith("access-control")]


async def test_the_error_of_a_site_of_the_list_can_be_read_by_it(client: httpx.AsyncClient) -> None:
    wrong = await client.get("/webhooks/rest/webhook", headers={"Origin": SITE})
    assert wrong.status_code == 405
    assert wrong.headers["access-control-allow-origin"] == SITE


async def test_text_is_compressed_for_whoever_reads_it_so(client: httpx.AsyncClient) -> None:
    for reply in (await client.get("/static/long.css"), await client.post("/webhooks/rest/webhook")):
        assert reply.headers["content-encoding"] == "gzip"
        assert int(reply.headers["content-length"]) < 200
        assert reply.headers["vary"] == "Origin, Accept-Encoding"
        assert LONG in reply.text
    plain = await client.get("/static/long.css", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == LONG


def test_the_sites_are_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().widget_origins == ()
    monkeypatch.setenv("ASSISTANT_WIDGET_ORIGINS", f"{SITE}, {OTHER}")
    assert Settings().widget_origins == (SITE, OTHER)
