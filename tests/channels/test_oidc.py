"""Logging in at an identity provider, a real one over HTTP."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import RSAKey
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, text

from bot.channels import access
from bot.channels.oidc import Provider
from bot.channels.sessions import Sessions
from bot.settings import Limits, Oidc
from tests.channels.identity import CLIENT, SECRET, Identity
from tests.channels.light import served

START, RETURN, FEEDBACK = "/conseiller/oidc", "/conseiller/oidc/retour", "/api/desk/feedback"


class Clock:
    def __init__(self) -> None:
        self.late = 0.0

    def __call__(self) -> float:
        return time.time() + self.late


@asynccontextmanager
async def desk(identity: Identity, clock: Clock | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a browser before a desk that asks this provider who comes."""
    async with served(identity.build) as at_provider:
        identity.url = str(at_provider.base_url).rstrip("/")
        settings = Oidc(identity.url, CLIENT, SECRET, "roles", "conseiller", "mainteneur", "")
        provider = Provider(settings, lambda issuer, subject: f"ref{subject}")
        limits = Limits(600, 10, "", 0, 60, 12)

        def build(app: Sanic) -> None:
            access.install(app, "", Sessions("a key of the tests", limits, now=clock or time.time), provider)

            async def inside(request: Request, **_: Any) -> HTTPResponse:
                return text(access.person_of(request).who)

            for number, path in enumerate(("/conseiller", "/api/desk/queue", FEEDBACK, "/api/triage")):
                app.add_route(inside, path, methods=["GET", "POST"], name=f"r{number}")

        async with served(build) as client:
            yield client


async def logged_in(client: httpx.AsyncClient) -> httpx.Response:
    """Return what a browser gets that goes to the provider and comes back."""
    to_provider = await client.get(START)
    assert to_provider.status_code == 303
    async with httpx.AsyncClient() as elsewhere:
        back = await elsewhere.get(to_provider.headers["location"])
    return await client.get(back.headers["location"])


def own(client: httpx.AsyncClient) -> dict[str, str]:
    return {"origin": str(client.base_url).rstrip("/")}


@pytest.mark.parametrize("role", ["conseiller", "mainteneur"])
async def test_who_has_a_role_comes_in_with_it(role: str) -> None:
    async with desk(Identity(claims={"roles": ["autre", role], "name": "Marie Durand"})) as client:
        page = await client.get("/conseiller")
        assert page.status_code == 401 and START in page.text and "<form" not in page.text
        assert (await client.post("/api/triage")).status_code == 401
        reply = await logged_in(client)
        assert (reply.status_code, reply.headers["location"]) == (303, "/conseiller")
        cookie = next(each for each in reply.headers.get_list("set-cookie") if each.startswith("desk="))
        assert "httponly" in cookie.lower() and "samesite=lax" in cookie.lower() and "Marie" not in cookie
        assert (await client.get("/conseiller")).text == f"{role} ref42"
        assert (await client.get("/api/desk/session")).json() == {"role": role, "session": True}
        assert (await client.get(FEEDBACK)).status_code == (200 if role == "mainteneur" else 403)
        assert (await client.get(FEEDBACK + "/")).status_code == (200 if role == "mainteneur" else 403)


async def test_the_cookie_is_secure_behind_https() -> None:
    async with desk(Identity(claims={"roles": "conseiller"})) as client:
        reply = await client.get(START, headers={"x-forwarded-proto": "https"})
        assert "secure" in reply.headers["set-cookie"].lower()
        asked = parse_qs(urlsplit(reply.headers["location"]).query)
        assert asked["redirect_uri"][0].startswith("https://")


WRONG: list[dict[str, Any]] = [
    {"claims": {"roles": []}},
    {"claims": {"roles": None}},
    {"claims": {"roles": {"conseiller": 1}}},
    {"claims": {"roles": ["conseiller"], "aud": "another"}},
    {"claims": {"roles": ["conseiller"], "aud": [CLIENT, "another"]}},
    {"claims": {"roles": ["conseiller"], "azp": "another"}},
    {"claims": {"roles": ["conseiller"], "iss": "https://ailleurs.example"}},
    {"claims": {"roles": ["conseiller"], "nonce": "another"}},
    {"claims": {"roles": ["conseiller"], "nonce": None}},
    {"claims": {"roles": ["conseiller"], "exp": 1_700_000_000}},
    {"claims": {"roles": ["conseiller"], "exp": None}},
    {"claims": {"roles": ["conseiller"], "sub": None}},
    {"claims": {"roles": ["conseiller"]}, "algorithm": "HS256"},
    {"claims": {"roles": ["conseiller"]}, "published": [RSAKey.generate_key(2048, {"kid": "other"})]},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
async def test_a_token_that_is_not_for_us_opens_nothing(wrong: dict[str, Any]) -> None:
    async with desk(Identity(**wrong)) as client:
        reply = await logged_in(client)
        assert reply.status_code == 403 and reply.json()["error"]["code"] == "login_refused"
        assert not any(each.startswith("desk=") for each in reply.headers.get_list("set-cookie"))
        assert (await client.get("/api/desk/queue")).status_code == 401


async def test_a_new_key_of_the_provider_is_fetched_once() -> None:
    identity = Identity(claims={"roles": "mainteneur"})
    async with desk(identity) as client:
        assert (await logged_in(client)).status_code == 303
        identity.key = RSAKey.generate_key(2048, {"kid": "new"})
        identity.published = [identity.key]
        assert (await logged_in(client)).status_code == 303
    assert identity.asked == ["keys", "keys"]


@pytest.mark.parametrize("change", ["state", "code", "no cookie", "twice", "nothing"])
async def test_a_return_that_we_did_not_ask_for_opens_nothing(change: str) -> None:
    async with desk(Identity(claims={"roles": "conseiller"})) as client:
        location = (await client.get(START)).headers["location"]
        async with httpx.AsyncClient() as elsewhere:
            back = (await elsewhere.get(location)).headers["location"]
        query = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
        if change in query:
            query[change] = "another"
        if change == "twice":
            assert (await client.get(RETURN, params=query)).status_code == 303
            client.cookies.delete("desk")
        if change == "no cookie":
            client.cookies.clear()
        reply = await client.get(RETURN, params={} if change == "nothing" else query)
        assert reply.status_code == 403
        assert (await client.get("/api/desk/queue")).status_code == 401


async def test_a_provider_that_is_away_is_said_so() -> None:
    identity = Identity()
    async with desk(identity) as client:
        identity.url = "http://127.0.0.1:9"  # what it now says of itself is not what it was
        reply = await client.get(START)
        assert reply.status_code == 424 and reply.json()["error"]["code"] == "provider_unreachable"


async def test_a_cookie_changes_nothing_for_another_site() -> None:
    async with desk(Identity(claims={"roles": "conseiller"})) as client:
        await logged_in(client)
        foreign: tuple[dict[str, str], ...] = (
            {}, {"origin": "https://evil.example"}, {"origin": "null"},
            {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"},
        )  # fmt: skip
        refused = [(await client.post("/api/desk/queue", headers=each)).status_code for each in foreign]
        assert refused == [403] * len(foreign)
        assert (await client.post("/api/desk/queue", headers=own(client))).status_code == 200
        assert (await client.post("/api/desk/queue", headers={"sec-fetch-site": "same-origin"})).status_code == 200


async def test_logging_out_leads_to_the_provider() -> None:
    identity = Identity(claims={"roles": "conseiller"})
    async with desk(identity) as client:
        await logged_in(client)
        left = await client.delete("/api/desk/session", headers=own(client))
        assert left.json() == {"next": f"{identity.url}/logout"}
        assert (await client.get("/api/desk/queue")).status_code == 401


async def test_a_session_ends_unused_and_in_any_case() -> None:
    clock = Clock()
    async with desk(Identity(claims={"roles": "conseiller"}), clock) as client:
        await logged_in(client)
        for _ in range(13):
            clock.late += 55 * 60  # used, and renewed
            assert (await client.get("/api/desk/queue")).status_code == 200
        clock.late = 12 * 3600 + 1
        assert (await client.get("/api/desk/queue")).status_code == 401
        clock.late = 0
        client.cookies.clear()
        await logged_in(client)
        clock.late = 61 * 60
        assert (await client.get("/api/desk/queue")).status_code == 401


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "é", "eyJhbGciOiJub25lIn0.eyJyb2xlIjoibWFpbnRlbmV1ciJ9."])
async def test_a_made_up_cookie_opens_nothing(cookie: str) -> None:
    async with desk(Identity()) as client:
        reply = await client.get("/api/desk/queue", headers={"cookie": f"desk={cookie}".encode()})
        assert reply.status_code == 401


def test_what_is_sealed_for_one_purpose_serves_no_other() -> None:
    sessions = Sessions("a key of the tests")
    told = sessions.sealed("login", {"role": "mainteneur", "ref": "", "since": 0, "seen": 0})
    assert sessions.read(told) is None
    assert Sessions("another key of the tests").read(sessions.opened(access.Person("mainteneur"))) is None
    assert sessions.read(sessions.opened(access.Person("root"))) is None
