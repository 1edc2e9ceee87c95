"""`POST /api/triage`."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.channels.errors import BadRequest
from bot.channels.triage import MAX_BODY, MAX_SUBJECT, triage_request
from tests.triage.mails import mails


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "empty_body"),
        (b"{", "invalid_json"),
        (b"[]", "invalid_json"),
        (b'{"subject": 3, "body": "x"}', "invalid_subject"),
        (b'{"subject": "x"}', "invalid_body"),
        (b'{"subject": "x", "body": ["y"]}', "invalid_body"),
        (b'{"subject": " ", "body": "\\n"}', "empty_message"),
        (b'{"body": "x", "date": "hier"}', "invalid_date"),
        (b'{"body": "x", "date": 12}', "invalid_date"),
        (json.dumps({"body": "x" * (MAX_BODY + 1)}).encode(), "too_large"),
        (json.dumps({"subject": "x" * (MAX_SUBJECT + 1), "body": "y"}).encode(), "too_large"),
    ],
)
def test_a_bad_request_says_what_to_correct(body: bytes, code: str) -> None:
    with pytest.raises(BadRequest) as error:
        triage_request(body)
    assert error.value.code == code
    assert error.value.message.endswith(".")
    assert 400 <= error.value.status < 500


def test_what_no_text_holds_is_taken_out() -> None:
    found = triage_request(b'{"subject": "a\\u0000b", "body": "c\\ud800d", "date": "2026-03-12"}')
    assert found.subject == "a b" and "\ud800" not in found.body
    assert found.day and found.day.isoformat() == "2026-03-12"


@pytest.mark.model
def test_a_message_gets_the_contracts_reply(server_url: str) -> None:
    mail = mails("held")[0]
    reply = httpx.post(f"{server_url}/api/triage", json={"subject": mail["subject"], "body": mail["body"]}, timeout=30)
    assert reply.status_code == 200
    found = reply.json()
    wanted = "categorie objet priorite online_service pieces draft sources confidence redacted why"
    assert set(wanted.split()) <= found.keys()
    assert found["categorie"] == mail["categorie"]
    assert not [secret for secret in mail["pii"] if secret in reply.text]


@pytest.mark.model
@pytest.mark.parametrize(
    ("method", "content", "status"),
    [
        ("POST", b"", 400),
        ("POST", b'{"subject": "x"}', 400),
        ("POST", b'{"body": "' + b"x" * 60_000 + b'"}', 413),
        ("POST", b'{"body": "' + b"x" * 1_000_000 + b'"}', 413),
        ("GET", b"", 405),
    ],
)
def test_bad_requests_get_the_one_error_body(server_url: str, method: str, content: bytes, status: int) -> None:
    reply = httpx.request(method, f"{server_url}/api/triage", content=content)
    assert reply.status_code == status
    assert reply.json()["error"]["code"] and reply.json()["error"]["message"]


@pytest.mark.model
def test_it_is_described(server_url: str) -> None:
    assert "/api/triage" in httpx.get(f"{server_url}/openapi.json").json()["paths"]
