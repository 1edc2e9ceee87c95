"""Who may open the desk."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from sanic import Sanic
from sanic.response import text

from bot.channels import access
from tests.channels.light import served

TOKEN = "a long token"


def guarded(token: str) -> Callable[[Sanic], None]:
    """Return what furnishes an application with one route of each kind."""

    def build(app: Sanic) -> None:
        access.install(app, token)
        for number, path in enumerate(("/conseiller", "/api/desk/queue/<number:int>", "/api/triage", "/api/kb", "/")):
            app.add_route(lambda request, **_: text("inside"), path, methods=["GET", "POST"], name=f"r{number}")

    return build


GUARDED = ("/conseiller", "/api/desk/queue/3", "/api//desk/queue/3", "/api/desk/queue/3?x=1")


@pytest.mark.parametrize("path", GUARDED)
async def test_without_a_token_the_desk_is_open_on_this_machine_only(path: str) -> None:
    async with served(guarded("")) as client:
        here = await client.get(path)
        elsewhere = await client.get(path, headers={"host": "assistant.example.org"})
        by_proxy = await client.get(path, headers={"x-forwarded-for": "192.0.2.1"})
    assert here.status_code in (200, 404)
    for refused in (elsewhere, by_proxy):
        assert refused.status_code in (403, 404)
        assert "inside" not in refused.text


async def test_without_a_token_the_refusal_says_what_to_set() -> None:
    async with served(guarded("")) as client:
        reply = await client.get("/api/desk/queue/3", headers={"host": "assistant.example.org"})
        names = ("localhost", "127.0.0.1:80", "[::1]:80")
        local = [await client.get("/api/desk/queue/3", headers={"host": name}) for name in names]
    assert reply.status_code == 403
    assert reply.json()["error"]["code"] == "desk_closed" and "ASSISTANT_DESK_TOKEN" in reply.json()["error"]["message"]
    assert [each.status_code for each in local] == [200, 200, 200]


async def test_another_site_cannot_have_the_browser_change_anything() -> None:
    for token in ("", TOKEN):
        async with served(guarded(token)) as client:
            allowed = {"authorization": f"Bearer {token}"} if token else {}
            foreign = await client.post("/api/desk/queue/3", headers={**allowed, "origin": "https://evil.example"})
            own = await client.post(
                "/api/desk/queue/3", headers={**allowed, "origin": str(client.base_url).rstrip("/")}
            )
        assert (foreign.status_code, own.status_code) == (403, 200)


async def test_the_token_opens_the_desk_from_anywhere() -> None:
    async with served(guarded(TOKEN)) as client:
        headers = {"host": "assistant.example.org", "x-forwarded-for": "192.0.2.1"}
        without = await client.get("/api/desk/queue/3")
        wrong = await client.get("/api/desk/queue/3", headers={"authorization": "Bearer wrong"})
        right = await client.get("/api/desk/queue/3", headers={**headers, "authorization": f"Bearer {TOKEN}"})
        triage = await client.post("/api/triage")
        free = [await client.get(path) for path in ("/", "/api/kb")]
    assert [without.status_code, wrong.status_code, triage.status_code] == [401, 401, 401]
    assert without.json()["error"]["code"] == "unauthorized"
    assert right.status_code == 200
    assert [reply.status_code for reply in free] == [200, 200]


async def test_without_a_token_the_triage_stays_as_it_was() -> None:
    async with served(guarded("")) as client:
        assert (await client.post("/api/triage", headers={"host": "assistant.example.org"})).status_code == 200


@pytest.mark.parametrize("by_form", [True, False])
async def test_logging_in_opens_the_desk_by_a_cookie_that_is_not_the_token(by_form: bool) -> None:
    async with served(guarded(TOKEN)) as client:
        page = await client.get("/conseiller")
        assert page.status_code == 401 and 'action="/conseiller/connexion"' in page.text
        reply = await _logged_in(client, TOKEN, by_form)
        assert reply.status_code == (303 if by_form else 204)
        cookie = reply.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and TOKEN not in cookie
        assert (await client.get("/conseiller")).text == "inside"
        await client.delete("/api/desk/session")
        assert (await client.get("/conseiller")).status_code == 401


@pytest.mark.parametrize("told", ["", "wrong", TOKEN + "x", "é"])
@pytest.mark.parametrize("by_form", [True, False])
async def test_a_wrong_token_opens_nothing(told: str, by_form: bool) -> None:
    async with served(guarded(TOKEN)) as client:
        reply = await _logged_in(client, told, by_form)
        assert reply.status_code == 401 and "set-cookie" not in reply.headers
        assert (await client.get("/conseiller")).status_code == 401


async def _logged_in(client: httpx.AsyncClient, token: str, by_form: bool) -> httpx.Response:
    if by_form:
        return await client.post("/conseiller/connexion", data={"token": token})
    return await client.post("/api/desk/session", json={"token": token})
