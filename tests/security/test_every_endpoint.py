"""Every endpoint, told what it does not expect: a 4xx that says in French what to correct, and the server goes on."""

from __future__ import annotations

import socket
import time
from urllib.parse import urlsplit

import httpx
import pytest

from bot.channels.headers import ALWAYS
from tests.security.doors import PAGES, is_correction, operations

pytestmark = pytest.mark.model
# Rasa's own HTTP API (rasa.server): none of it is ours to offer.
RASA = (
    "/version", "/status", "/model", "/model/train", "/model/test/stories", "/model/test/intents", "/model/predict",
    "/model/parse", "/domain", "/conversations/x/tracker", "/conversations/x/tracker/events", "/conversations/x/story",
    "/conversations/x/execute", "/conversations/x/trigger_intent", "/conversations/x/predict",
    "/conversations/x/messages", "/webhooks/rasa/webhook", "/webhooks/callback/webhook", "/actions", "/socket.io/",
    "/conversations/x/channels", "/docs", "/docs/openapi.json", "/auth", "/auth/verify",
)  # fmt: skip
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{nope",
    "a list": b"[]",
    "a word": b'"x"',
    "null": b"null",
    "bad UTF-8": b'{"sender": "a", "message": "\xff\xfe\xc3("}',
    "UTF-16": '{"sender": "a"}'.encode("utf-16"),
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    "wrong types": b'{"sender": {}, "message": 3, "subject": [], "body": {}, "question": 1, "facts": 7, "token": [], '
    b'"rating": {}, "version": "x", "draft": 4}',
    "infinite": b'{"sender": 1e999, "message": NaN, "body": -Infinity, "version": 1e400, "facts": [NaN]}',
    "oversized": b'{"sender": "a", "message": "' + b"x" * 700_000 + b'"}',
    "a huge number": b'{"version": ' + b"9" * 10_000 + b', "facts": {"age": ' + b"9" * 10_000 + b"}}",
    "form": b"sender=a&message=b",
}


@pytest.fixture(autouse=True)
def goes_on(server_url: str) -> object:
    """Whatever was said, the server still answers."""
    yield
    assert httpx.get(f"{server_url}/healthz", timeout=30).status_code == 200


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_is_none_is_refused(server_url: str, name: str) -> None:
    with httpx.Client(base_url=server_url, timeout=30) as client:
        for method, path in operations(server_url):
            if method in ("POST", "PATCH"):
                try:
                    reply = client.request(method, path, content=BODIES[name])
                except (httpx.ReadError, httpx.WriteError):
                    assert name == "oversized"  # refused while still being sent: the reply may be lost
                    continue
                harmless = name in ("nothing", "null") and path == "/api/desk/session"
                assert harmless or is_correction(reply), (method, path, reply.status_code, reply.text[:300])


def test_a_method_that_is_none_is_refused(server_url: str) -> None:
    known = {path for _, path in operations(server_url)} | set(PAGES)
    allowed = {(method, path) for method, path in operations(server_url)}
    with httpx.Client(base_url=server_url, timeout=30) as client:
        for path in sorted(known):
            for method in ("PUT", "TRACE", "PROPFIND", "CONNECT", "DELETE", "PATCH", "OPTIONS"):
                if (method, path) in allowed or path == "/api/desk/session":
                    continue
                reply = client.request(method, path)
                assert is_correction(reply), (method, path, reply.status_code, reply.text[:200])


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere", "/static/../server.py", "/static/%2e%2e/%2e%2e/settings.py", "/static/..%2f..%2fserver.py",
        "/static/desk", "/static//etc/passwd", "/api/rules/%00", "/api/rules/" + "x" * 3_000, "/%ff%fe",
        "/api/rules/%ff",
        "/api/desk/queue/0", "/api/desk/queue/-1", "/api/desk/queue/99999999999999999999999", "/api/desk/queue/x",
        "/api/desk/queue?limit=0", "/api/desk/queue?offset=" + "9" * 400, "/api/desk/queue?limit=²", "/api/kb?q=",
        "/api/kb?q=x&limit=²", "/api/kb?q=x&limit=" + "9" * 5_000, "/api/kb?q=" + "x" * 600, "/api/kb?limit=5",
        "/api/kb?q=x&contract=%00", "/api/desk/feedback?since=hier", "/api/desk/feedback?kind=x", "/?" + "x" * 20_000,
    ],
    ids=lambda path: path[:40],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(server_url: str, path: str) -> None:
    reply = httpx.get(server_url + path, timeout=30)
    if path.startswith("/?"):
        assert reply.status_code in (200, 400, 413, 414)
    else:
        assert is_correction(reply), (reply.status_code, reply.text[:200])


@pytest.mark.parametrize("path", RASA)
def test_nothing_of_rasas_own_api_is_there(server_url: str, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        reply = httpx.request(method, server_url + path, params={"token": "x"}, json={}, timeout=30)
        assert reply.status_code in (404, 405), (method, path)


def test_every_response_has_the_headers(server_url: str) -> None:
    asked = [(method, path) for method, path in operations(server_url)] + [("GET", page) for page in PAGES]
    with httpx.Client(base_url=server_url, timeout=30) as client:
        replies = [client.request(method, path, content=b"{" if method != "GET" else None) for method, path in asked]
        replies += [client.request("PUT", "/"), client.post("/webhooks/rest/webhook", content=b"x" * 700_000)]
        replies += [client.options("/", headers={"origin": "https://evil.example"})]
    for reply in replies:
        for name, value in ALWAYS.items():
            assert reply.headers.get(name) == value, (reply.request.method, reply.request.url)
        page = reply.headers.get("content-type", "").startswith("text/html")
        policy = reply.headers["content-security-policy"]
        assert policy.startswith("default-src 'self'" if page else "default-src 'none'")
        assert "unsafe" not in policy and "*" not in policy
        assert "strict-transport-security" not in reply.headers and "server" not in reply.headers


def test_https_is_kept_to(server_url: str) -> None:
    for path in PAGES:
        reply = httpx.get(server_url + path, headers={"x-forwarded-proto": "https"})
        assert "max-age=31536000" in reply.headers["strict-transport-security"]


def test_a_request_that_never_ends_is_ended(server_url: str) -> None:
    """Slow headers and a slow body: the server waits some twenty seconds, and serves others meanwhile."""
    told = urlsplit(server_url)
    beginnings = (
        b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ",
        b"POST /api/triage HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{",
    )
    opened = [socket.create_connection((told.hostname or "", told.port or 0), timeout=60) for _ in beginnings]
    for connection, beginning in zip(opened, beginnings, strict=True):
        connection.sendall(beginning)
    assert httpx.get(f"{server_url}/healthz", timeout=30).status_code == 200
    started = time.monotonic()
    for connection in opened:
        reply = connection.recv(65_536)
        assert not reply or b" 408 " in reply.split(b"\r\n")[0], reply[:200]
        assert time.monotonic() - started < 45
        connection.close()
