"""`POST /webhooks/twilio_voice/webhook`: Twilio's calls, answered in TwiML. Served only where its secret is set.

The format is that of Twilio's public documentation: a signed form in, an XML document out. A call is known by its
CallSid alone: the caller's number is never read.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape, quoteattr

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, text

from bot.channels.errors import BadRequest
from bot.channels.requests import message_of
from bot.channels.voice import heard_from, heard_turn
from bot.channels.webhook import webhook
from bot.rendering.speech.ssml import prosody
from bot.voice.call import Handler, Turn, whom_to_call
from bot.voice.line import Heard, phrase

VOICE = "Polly.Lea"
LANGUAGE = "fr-FR"
# Seconds of silence after which the assistant asks again.
SILENCE = 6
# Words that the platform's recognition is to expect.
HINTS = "MGEN, Initiale, Équilibre, Référence, Intégrale, ÔJI, répétez, plus lentement, la suite, un conseiller"


@dataclass(frozen=True)
class Account:
    """What the platform and we agree on.

    Attributes:
        token: the auth token, which signs each request.
        url: the public address of the webhook, where a proxy changes it; empty for the request's own.
        adviser: the number to which a call goes on, empty where nobody takes it.
    """

    token: str
    url: str = ""
    adviser: str = ""


class TwilioChannel(InputChannel):
    """The line of one Twilio account."""

    def __init__(self, account: Account) -> None:
        if not account.token:
            raise ValueError("no Twilio line without its auth token: set TWILIO_AUTH_TOKEN")
        self._account = account

    @classmethod
    def name(cls) -> str:
        return "twilio_voice"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TwilioChannel:
        given = credentials or {}
        return cls(Account(**{name: str(given.get(name) or "") for name in ("token", "url", "adviser")}))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Return the channel's routes."""

        async def receive(request: Request) -> HTTPResponse:
            form = signed_form(self._account, request.url, request.body, request.headers.get("X-Twilio-Signature"))
            turn = await heard_turn(request, on_new_message, self.name(), *call_of(form), greets=True)
            return text(twiml(turn, self._account.adviser), content_type="application/xml; charset=utf-8")

        return webhook(self.name(), receive)


def signature(token: str, url: str, form: Mapping[str, str]) -> str:
    """Return how a request is signed: HMAC-SHA1 of its address, then of each field's name and value in order."""
    signed = url + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


def signed_form(account: Account, url: str, body: bytes, given: str | None) -> dict[str, str]:
    """Return the fields of a request that the platform signed.

    Raises:
        BadRequest: for a body that is no form, or a signature that is not the platform's.
    """
    try:
        form = dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=200))
    except (UnicodeDecodeError, ValueError):
        raise BadRequest("invalid_form", "Le corps de la requête n'est pas un formulaire lisible.") from None
    expected = signature(account.token, account.url or url, form)
    if not hmac.compare_digest(expected.encode(), (given or "").encode("utf-8", "replace")):
        raise BadRequest("invalid_signature", "La signature de la requête n'est pas valable.", 403)
    return form


def call_of(form: Mapping[str, str]) -> tuple[str, Heard]:
    """Return the call and what was heard in it.

    Raises:
        BadRequest: for a form without CallSid, or with keys or a confidence that no telephone sends.
    """
    if not form.get("CallSid"):
        raise BadRequest("invalid_call", "Indiquez « CallSid » : l'identifiant de l'appel.")
    chat = message_of({"sender": form["CallSid"], "message": form.get("SpeechResult", "")}, silence=True)
    return chat.sender, heard_from(chat.text, {"dtmf": form.get("Digits") or None, "confidence": _confidence(form)})


def twiml(turn: Turn, adviser: str) -> str:
    """Return what the platform says, and what it then does: listen, hang up, or pass the call on."""
    sentences = [sentence for message in turn.spoken for sentence in message]
    said = _say(prosody(sentences, turn.line.speed))
    if turn.adviser:
        # What the assistant says of an adviser is whom to call; what the line says, that the call is passed on.
        if turn.answered == bool(adviser):
            said = _say(prosody(phrase("adviser") if adviser else whom_to_call(date.today()), turn.line.speed))
        return _response(f"{said}<Dial>{escape(adviser)}</Dial>" if adviser else f"{said}<Hangup/>")
    if turn.ends:
        return _response(f"{said}<Hangup/>")
    gather = f'<Gather input="speech dtmf" language="{LANGUAGE}" timeout="{SILENCE}" speechTimeout="auto"'
    gather += f' actionOnEmptyResult="true" method="POST" hints={quoteattr(HINTS)}>'
    return _response(f"{gather}{said}</Gather>")


def _say(inner: str) -> str:
    return f'<Say language="{LANGUAGE}" voice="{VOICE}">{inner}</Say>'


def _response(inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{inner}</Response>'


def _confidence(form: Mapping[str, str]) -> float | None:
    """Return how sure the platform is; None where it says nothing, as it does of keys."""
    given = form.get("Confidence", "").strip()
    if not given or not form.get("SpeechResult"):
        return None
    try:
        return float(given)
    except ValueError:
        raise BadRequest("invalid_confidence", "« Confidence » doit être un nombre de 0 à 1.") from None
