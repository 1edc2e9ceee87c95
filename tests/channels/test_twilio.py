"""Twilio's calls, in the shapes of its public documentation."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode
from xml.etree import ElementTree

import httpx
import pytest
from sanic import Sanic

from bot.channels import voice
from bot.channels.errors import BadRequest
from bot.channels.twilio import Account, TwilioChannel, call_of, signature, signed_form, twiml
from bot.server import _channels
from bot.settings import Settings
from bot.voice.call import Turn
from bot.voice.line import Heard, Line, phrase
from tests.channels.light import one_of_several

TOKEN = "12345"
URL = "https://example.com/myapp.php?foo=1&bar=2"
FORM = {
    "CallSid": "CA1234567890ABCDE",
    "Caller": "+14158675310",
    "Digits": "1234",
    "From": "+14158675310",
    "To": "+18005551212",
}
PATH = "/webhooks/twilio_voice/webhook"
# The signature that the documentation gives for this request.
SIGNED = "L/OH5YylLD5NRKLltdqwSvS0BnU="
HEARD = Turn([], [("Cent vingt euros.",)], Line(), answered=True)


def test_a_request_is_signed_as_documented() -> None:
    assert signature(TOKEN, URL, FORM) == SIGNED


def test_a_signed_form_is_read_empty_fields_included() -> None:
    assert signed_form(Account(TOKEN), URL, urlencode(FORM).encode(), SIGNED) == FORM
    with_empty = {**FORM, "FromCity": "", "SpeechResult": ""}
    signed = signature(TOKEN, URL, with_empty)
    assert signed_form(Account(TOKEN), URL, urlencode(with_empty).encode(), signed) == with_empty
    proxied = Account(TOKEN, url=URL)
    assert signed_form(proxied, "http://127.0.0.1:8080/x", urlencode(FORM).encode(), SIGNED) == FORM


@pytest.mark.parametrize("given", [None, "", "nope", "é", SIGNED[:-2] + "A="])
def test_another_signature_is_refused(given: str | None) -> None:
    with pytest.raises(BadRequest) as refused:
        signed_form(Account(TOKEN), URL, urlencode(FORM).encode(), given)
    assert refused.value.status == 403


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=1&" * 300])
def test_what_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest, match="formulaire"):
        signed_form(Account(TOKEN), URL, body, SIGNED)


def test_a_changed_field_is_refused() -> None:
    with pytest.raises(BadRequest):
        signed_form(Account(TOKEN), URL, urlencode({**FORM, "Digits": "0"}).encode(), SIGNED)


def test_the_call_is_known_by_its_sid_alone() -> None:
    said = {**FORM, "Digits": "", "SpeechResult": "Bonjour, une couronne ?", "Confidence": "0.91"}
    assert call_of(said) == ("CA1234567890ABCDE", Heard("Bonjour, une couronne ?", confidence=0.91))
    assert call_of(FORM) == ("CA1234567890ABCDE", Heard(keys="1234"))
    assert call_of({"CallSid": "CA1", "SpeechResult": "", "Confidence": "0.0"}) == ("CA1", Heard())


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"CallSid": "no sid"},
        {"CallSid": "CA1", "Digits": "x"},
        {"CallSid": "CA1", "SpeechResult": "a", "Confidence": "high"},
        {"CallSid": "CA1", "SpeechResult": "a", "Confidence": "nan"},
        {"CallSid": "CA1", "SpeechResult": "a" * 20_000},
    ],
)
def test_what_no_call_sends_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(BadRequest):
        call_of(form)


def parsed(turn: Turn, adviser: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(twiml(turn, adviser).encode())


def test_it_listens_in_french_to_words_and_keys() -> None:
    gather = parsed(HEARD).find("Gather")
    assert gather is not None
    assert gather.attrib["language"] == "fr-FR" and gather.attrib["input"] == "speech dtmf"
    assert gather.attrib["actionOnEmptyResult"] == "true"
    say = gather.find("Say")
    assert say is not None and say.attrib["language"] == "fr-FR" and "".join(say.itertext()) == "Cent vingt euros."


def test_what_is_said_is_escaped() -> None:
    assert "".join(parsed(Turn([], [("a < b & c",)], Line(speed=-1), answered=True)).itertext()) == "a < b & c"


def test_a_call_is_passed_on_where_somebody_takes_it() -> None:
    own = Turn([], [phrase("adviser")], Line(), adviser=True)
    by_answer = Turn([], [("Appelez un conseiller.",)], Line(), adviser=True, answered=True)
    for turn in (own, by_answer):
        response = parsed(turn, "+33123456789")
        assert response.findtext("Dial") == "+33123456789" and response.find("Gather") is None
        assert "Je vous passe un conseiller" in "".join(response.itertext())
        alone = parsed(turn)
        assert alone.find("Dial") is None and alone.find("Hangup") is not None
        assert "Je vous passe" not in "".join(alone.itertext())


def test_good_bye_hangs_up() -> None:
    assert parsed(Turn([], [("Au revoir.",)], Line(), ends=True, answered=True)).find("Hangup") is not None


def test_no_secret_no_line() -> None:
    assert [channel.name() for channel in _channels(Settings(twilio_token=""))] == ["rest", "voice"]
    assert [channel.name() for channel in _channels(Settings(twilio_token=TOKEN))][-1] == "twilio_voice"
    for credentials in ({}, None, {"token": ""}):
        with pytest.raises(ValueError, match="TWILIO_AUTH_TOKEN"):
            TwilioChannel.from_credentials(credentials)
    assert TOKEN not in repr(Settings(twilio_token=TOKEN))


@pytest.fixture
def webhook(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A server with the line alone, whose assistant always says the same."""

    class Recorded:
        heard: ClassVar[list[Any]] = []

        def __init__(self, agent: Any, ask: Any) -> None:
            pass

        async def turn(self, sender: str, heard: Heard, *, greets: bool = False) -> Turn:
            self.heard.append((sender, heard, greets))
            return HEARD

    monkeypatch.setattr(voice, "Calls", Recorded)
    app = Sanic(f"twilio-{id(monkeypatch)}")
    app.ctx.agent = None
    app.blueprint(TwilioChannel(Account(TOKEN, URL)).blueprint(None), url_prefix="/webhooks/twilio_voice")  # type: ignore[arg-type]
    return app, Recorded.heard


async def test_the_webhook_answers_only_what_is_signed(webhook: Any) -> None:
    app, heard = webhook
    headers = {"content-type": "application/x-www-form-urlencoded", "X-Twilio-Signature": SIGNED}
    with one_of_several():
        await app._startup()
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
        reply = await client.post(PATH, content=urlencode(FORM), headers=headers)
        refused = await client.post(PATH, content=urlencode(FORM), headers={**headers, "X-Twilio-Signature": "x"})
    assert reply.status_code == 200 and reply.headers["content-type"].startswith("application/xml")
    assert ElementTree.fromstring(reply.content).tag == "Response"
    assert heard == [("CA1234567890ABCDE", Heard(keys="1234"), True)]
    assert refused.status_code == 403 and refused.json()["error"]["code"] == "invalid_signature"
