"""`POST /webhooks/{zammad,chatwoot}/webhook`: a customer's message of a help desk goes into the queue."""

from __future__ import annotations

from collections.abc import Mapping

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.channels.errors import BadRequest
from bot.channels.requests import json_object
from bot.connectors.delivery import CONNECTORS
from bot.connectors.incoming import Connector
from bot.intake import Intake
from bot.settings import HelpDesk


def blueprint(intake: Intake, desks: Mapping[str, HelpDesk]) -> Blueprint:
    """Return the routes of the help desks that have a secret."""
    routes = Blueprint("helpdesks", url_prefix="/webhooks")
    for name, desk in desks.items():
        if desk.secret:
            _add(routes, CONNECTORS[name], desk.secret, intake)
    return routes


def _add(routes: Blueprint, connector: Connector, secret: str, intake: Intake) -> None:
    async def receive(request: Request) -> HTTPResponse:
        if not connector.signed(request.body, request.headers, secret):
            raise BadRequest("wrong_signature", "La signature de ce message n'est pas la bonne.", 401)
        told = connector.incoming(json_object(request.body))
        if told is None or not (told.mail.body.strip() or told.mail.subject.strip()):
            return json({"status": "ignored"})
        number, is_new = await intake.take(
            told.mail, connector.name, told.identity, at=told.at, reference=told.reference
        )
        return json({"status": "queued" if is_new else "known", "id": number}, status=201 if is_new else 200)

    routes.add_route(receive, f"/{connector.name}/webhook", methods=["POST"], name=connector.name)
