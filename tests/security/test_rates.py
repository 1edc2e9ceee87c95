"""How much one client may ask."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sanic import Sanic
from sanic.compat import Header
from sanic.response import text

from bot.channels import rates
from bot.channels.rates import HERE_TIMES, Rates, client_of
from bot.settings import Limits
from tests.channels.light import served

ELSEWHERE = {"host": "assistant.example.org"}


def counted(per_minute: int = 3, logins: int = 2, redis: str = "", proxies: int = 0) -> Callable[[Sanic], None]:
    """Return what furnishes an application that counts."""

    def build(app: Sanic) -> None:
        rates.install(app, Rates(Limits(per_minute, logins, redis, proxies, 60, 12), lambda address: f"key-{address}"))
        for number, path in enumerate(("/webhooks/rest/webhook", "/api/triage", "/api/desk/session", "/healthz", "/")):
            app.add_route(lambda request: text("in"), path, methods=["GET", "POST", "DELETE"], name=f"r{number}")

    return build


async def test_too_much_is_refused_and_says_when_to_come_back() -> None:
    async with served(counted()) as client:
        replies = [await client.post("/webhooks/rest/webhook", headers=ELSEWHERE) for _ in range(5)]
        assert [reply.status_code for reply in replies] == [200, 200, 200, 429, 429]
        refused = replies[-1]
        assert refused.json()["error"]["code"] == "too_many_requests"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        assert refused.headers["retry-after"] in refused.json()["error"]["message"]
        triage = await client.post("/api/triage", headers=ELSEWHERE)  # each sort has a bucket of its own
        assert triage.status_code == 200


@pytest.mark.parametrize("path", ["//webhooks/rest/webhook", "/webhooks/rest/webhook/", "/webhooks/rest/webhook?x=1"])
async def test_another_spelling_of_the_address_is_the_same(path: str) -> None:
    async with served(counted()) as client:
        for _ in range(3):
            await client.post("/webhooks/rest/webhook", headers=ELSEWHERE)
        assert (await client.post(path, headers=ELSEWHERE)).status_code in (404, 429)


async def test_this_machine_may_ask_for_more_but_not_guess_tokens() -> None:
    async with served(counted()) as client:
        allowed = 0
        # The bucket fills again while it is emptied, faster on a slow machine.
        while (await client.post("/api/triage")).status_code == 200 and allowed < 100 * HERE_TIMES:
            allowed += 1
        assert 3 * HERE_TIMES <= allowed < 100 * HERE_TIMES
        logins = [(await client.post("/api/desk/session")).status_code for _ in range(3)]
        assert logins == [200, 200, 429]
        assert (await client.get("/api/desk/session")).status_code == 200
        assert {(await client.get("/healthz", headers=ELSEWHERE)).status_code for _ in range(30)} == {200}


def test_by_default_a_script_may_ask_six_hundred_times_a_minute() -> None:
    found = Rates(Limits(), lambda address: address)
    for sort in ("chat", "voice", "triage", "other"):
        assert found.per_minute(sort, here=False) >= 600
        assert found.per_minute(sort, here=True) >= 6_000
    assert found.per_minute("login", here=True) == 10


@pytest.mark.parametrize(
    ("forwarded", "proxies", "client"),
    [
        ("", 0, "192.0.2.1"),
        ("198.51.100.7", 0, "192.0.2.1"),
        ("198.51.100.7", 1, "198.51.100.7"),
        ("10.9.9.9, 198.51.100.7", 1, "198.51.100.7"),
        ("10.9.9.9, 198.51.100.7, 10.0.0.1", 2, "198.51.100.7"),
        ("198.51.100.7", 2, "192.0.2.1"),
        ("nobody", 1, "192.0.2.1"),
        (",", 1, "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", 1, "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", 1, "198.51.100.7"),
    ],
)
def test_who_asks(forwarded: str, proxies: int, client: str) -> None:
    headers = Header({"x-forwarded-for": forwarded} if forwarded else {})
    request: Any = SimpleNamespace(ip="192.0.2.1", headers=headers)
    assert client_of(request, proxies) == client


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[str]:
    """The URL of a Redis server."""
    executable = shutil.which("redis-server")
    if executable is None:
        pytest.skip("no Redis server here")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [executable, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


async def test_servers_that_share_redis_count_together(redis: str) -> None:
    async with served(counted(redis=redis)) as one, served(counted(redis=redis)) as other:
        first = [(await one.post("/api/triage", headers=ELSEWHERE)).status_code for _ in range(2)]
        second = [(await other.post("/api/triage", headers=ELSEWHERE)).status_code for _ in range(2)]
    assert first + second == [200, 200, 200, 429]


async def test_without_redis_people_are_answered(caplog: pytest.LogCaptureFixture) -> None:
    async with served(counted(redis="redis://127.0.0.1:9/0")) as client:
        assert (await client.post("/api/triage", headers=ELSEWHERE)).status_code == 200
    assert "requests not counted" in caplog.text
