"""Which sites may show the widget, and what is sent compressed."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator

import httpx
import pytest
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json, text

from bot.channels import compression, errors, origins
from bot.settings import Settings
from tests.channels.light import one_of_several

SITE, OTHER = "https://www.exemple.fr", "https://ailleurs.example"
LONG = "é" * 2_000


def _app() -> Sanic:
    app = Sanic("origins", configure_logging=False)
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


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """A client of a small server with the two middlewares, in a thread of its own."""
    loop = asyncio.new_event_loop()
    listening = socket.create_server(("127.0.0.1", 0))

    async def start() -> None:
        server = await _app().create_server(sock=listening, return_asyncio_server=True, access_log=False)
        with one_of_several():
            await server.startup()
        await server.start_serving()

    loop.run_until_complete(start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    with httpx.Client(base_url=f"http://127.0.0.1:{listening.getsockname()[1]}") as client:
        yield client
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    listening.close()


def preflight(client: httpx.Client, path: str, origin: str) -> httpx.Response:
    return client.options(path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"})


def test_a_site_of_the_list_may_talk_to_the_assistant(client: httpx.Client) -> None:
    asked = preflight(client, "/webhooks/rest/webhook", SITE)
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == SITE
    assert "DELETE" in asked.headers["access-control-allow-methods"]
    assert asked.headers["access-control-allow-headers"] == "Content-Type"
    said = client.post("/webhooks/rest/webhook", headers={"Origin": SITE})
    assert said.headers["access-control-allow-origin"] == SITE
    assert "Origin" in said.headers["vary"]


@pytest.mark.parametrize(
    ("path", "origin"), [("/webhooks/rest/webhook", OTHER), ("/api/triage", SITE), ("/webhooks/rest/webhook", "null")]
)
def test_nobody_else_may_nor_anything_else(client: httpx.Client, path: str, origin: str) -> None:
    asked = preflight(client, path, origin)
    assert asked.status_code == 405
    assert asked.json()["error"]["code"] == "method_not_allowed"
    said = client.post(path, headers={"Origin": origin})
    assert not [name for name in (*asked.headers, *said.headers) if name.startswith("access-control")]


def test_the_error_of_a_site_of_the_list_can_be_read_by_it(client: httpx.Client) -> None:
    wrong = client.get("/webhooks/rest/webhook", headers={"Origin": SITE})
    assert wrong.status_code == 405
    assert wrong.headers["access-control-allow-origin"] == SITE


def test_text_is_compressed_for_whoever_reads_it_so(client: httpx.Client) -> None:
    for reply in (client.get("/static/long.css"), client.post("/webhooks/rest/webhook")):
        assert reply.headers["content-encoding"] == "gzip"
        assert int(reply.headers["content-length"]) < 200
        assert set(reply.headers["vary"].split(", ")) == {"Origin", "Accept-Encoding"}
        assert LONG in reply.text
    plain = client.get("/static/long.css", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == LONG


def test_the_sites_are_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings().widget_origins == ()
    monkeypatch.setenv("ASSISTANT_WIDGET_ORIGINS", f"{SITE}, {OTHER}")
    assert Settings().widget_origins == (SITE, OTHER)
