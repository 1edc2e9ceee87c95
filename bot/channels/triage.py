"""`POST /api/triage`: one message of the inbox, sorted and drafted. Nothing is sent, nothing is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.errors import BadRequest
from bot.channels.requests import json_object
from bot.storable import storable
from bot.triage.sorter import Sorter

MAX_SUBJECT, MAX_BODY = 1_000, 50_000


@dataclass(frozen=True)
class TriageRequest:
    """A message to sort."""

    subject: str
    body: str
    day: date | None = None


def blueprint(sorter: Sorter) -> Blueprint:
    """Return the route."""
    routes = Blueprint("triage", url_prefix="/api")

    @routes.post("/triage")
    async def triage(request: Request) -> HTTPResponse:
        asked = triage_request(request.body)
        return json(await sorter.triage(asked.subject, asked.body, asked.day), ensure_ascii=False)

    return routes


def triage_request(body: bytes) -> TriageRequest:
    """Return the message of a request body.

    Raises:
        BadRequest: saying in French what to correct.
    """
    payload = json_object(body)
    subject, text = payload.get("subject") or "", payload.get("body")
    if not isinstance(subject, str):
        raise BadRequest("invalid_subject", "« subject » doit être un texte : l'objet du message.")
    if not isinstance(text, str):
        raise BadRequest("invalid_body", "Indiquez « body » : le texte du message.")
    if not text.strip() and not subject.strip():
        raise BadRequest("empty_message", "Le message est vide : indiquez « subject » ou « body ».")
    if len(subject) > MAX_SUBJECT or len(text) > MAX_BODY:
        limits = f"{MAX_SUBJECT} caractères pour « subject », {MAX_BODY} pour « body »"
        raise BadRequest("too_large", f"Le message est trop long : au plus {limits}.", 413)
    return TriageRequest(storable(subject), storable(text), _day(payload.get("date")))


def _day(value: Any) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise BadRequest("invalid_date", "« date » doit être le jour du message, comme 2026-03-12.") from None
