"""The line over HTTP."""

from __future__ import annotations

import uuid
from typing import Any

import httpx
import pytest

from bot.channels.errors import BadRequest
from bot.channels.voice import heard_from, voice_request
from bot.voice.line import Heard


def say(server_url: str, sender: str, message: str, **metadata: Any) -> httpx.Response:
    body = {"sender": sender, "message": message, "metadata": metadata}
    return httpx.post(f"{server_url}/webhooks/voice/webhook", json=body, timeout=30)


@pytest.mark.model
def test_a_question_gets_a_spoken_message(server_url: str) -> None:
    sender = f"line-{uuid.uuid4().hex}"
    (message,) = say(server_url, sender, "couronne sur une molaire, je suis en Référence, combien ?").json()
    assert message["recipient_id"] == sender
    assert "Deux cent seize euros" in message["text"]
    assert {"kind", "topic", "sources", "decision", "ssml"} <= message["custom"].keys()
    (slow,) = say(server_url, sender, "", dtmf="*", speed="lent").json()
    assert slow["text"] == message["text"] and 'rate="slow"' in slow["custom"]["ssml"]
    (passed,) = say(server_url, sender, "", dtmf="0").json()
    assert passed["custom"]["kind"] == "handover" and "216" in passed["custom"]["handover"]["summary"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 400),
        (b"{nope", 400),
        (b"[]", 400),
        (b'{"sender": 3, "message": "bonjour"}', 400),
        (b'{"sender": "a", "message": 3}', 400),
        (b'{"sender": "a", "message": "", "metadata": []}', 400),
        (b'{"sender": "a", "message": "", "metadata": {"dtmf": "abc"}}', 400),
        (b'{"sender": "a", "message": "", "metadata": {"speed": []}}', 400),
        (b'{"sender": "a", "message": "x", "metadata": {"confidence": "NaN"}}', 400),
        (b'{"sender": "a", "message": "x", "metadata": {"confidence": 1e400}}', 400),
        (b'{"sender": "a", "message": "' + b"x" * 20_000 + b'"}', 413),
    ],
)
def test_bad_requests_get_the_one_error_body(server_url: str, content: bytes, status: int) -> None:
    reply = httpx.post(f"{server_url}/webhooks/voice/webhook", content=content)
    assert reply.status_code == status, reply.text
    assert reply.json()["error"]["code"] and reply.json()["error"]["message"]


@pytest.mark.model
def test_the_line_is_described_and_twilio_is_not_served_without_its_secret(server_url: str) -> None:
    assert "/webhooks/voice/webhook" in httpx.get(f"{server_url}/openapi.json").json()["paths"]
    assert httpx.post(f"{server_url}/webhooks/twilio_voice/webhook", data={"CallSid": "CA1"}).status_code == 404


def test_a_silence_is_a_message_and_words_are_redacted() -> None:
    assert voice_request(b'{"sender": "a"}') == ("a", Heard())
    assert voice_request(b'{"sender": "a", "message": " ", "metadata": {"dtmf": "12#"}}') == ("a", Heard(keys="12#"))
    sender, heard = voice_request('{"sender": "a", "message": "mon numéro est le 06 12 34 56 78"}'.encode())
    assert sender == "a" and "06 12" not in heard.text
    assert voice_request(b'{"sender": "a", "message": "/restart"}')[1].text == "?"


@pytest.mark.parametrize(
    ("metadata", "code"),
    [
        ({"dtmf": "1" * 33}, "invalid_dtmf"),
        ({"dtmf": 1}, "invalid_dtmf"),
        ({"confidence": True}, "invalid_confidence"),
        ({"confidence": 1.1}, "invalid_confidence"),
        ({"confidence": float("nan")}, "invalid_confidence"),
        ({"speed": "warp"}, "invalid_speed"),
    ],
)
def test_what_a_platform_may_not_send(metadata: dict[str, Any], code: str) -> None:
    with pytest.raises(BadRequest) as refused:
        heard_from("bonjour", metadata)
    assert refused.value.code == code


def test_what_a_platform_may_send() -> None:
    assert heard_from("oui", {"dtmf": None, "other": 1}) == heard_from("oui", {"dtmf": ""}) == Heard("oui")
    assert heard_from("oui", {"confidence": 1, "speed": "rapide"}) == Heard("oui", confidence=1, speed=1)
