"""The advisers' desk: the queue, corrections, one question at a time. Nothing is ever sent to a member."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, text

from bot.adviser import Adviser
from bot.channels import desk_requests
from bot.channels.access import person_of
from bot.channels.desk_items import listed, whole
from bot.channels.errors import BadRequest
from bot.channels.requests import clean, json_object
from bot.intake import Intake, NoQueueError
from bot.storable import storable
from bot.storage.corrections import as_lines, kind_titled
from bot.storage.models import QueueItem
from bot.storage.queue import ClosedItemError, StaleItemError, UnknownItemError
from bot.storage.store import Store
from bot.triage.kinds import categories, kinds
from bot.triage.mime import Mail
from bot.triage.sorter import Sorter
from rules_engine.errors import InvalidFactError, UnknownFactError
from rules_engine.facts import vocabulary

MAX_QUESTION = 2_000
JSON_LINES = "application/x-ndjson; charset=utf-8"
Approved = Callable[[int], None]


def blueprint(store: Store, sorter: Sorter, intake: Intake, adviser: Adviser, approved: Approved) -> Blueprint:
    """Return the routes; `approved` is told the number of each item that a colleague approves."""
    routes = Blueprint("desk", url_prefix="/api/desk")

    @routes.get("/queue")
    async def page(request: Request) -> HTTPResponse:
        items, total, counts = await asyncio.to_thread(store.queue.page, desk_requests.wanted(request.args))
        return _json({"items": [listed(item) for item in items], "total": total, "counts": counts})

    @routes.post("/queue")
    async def add(request: Request) -> HTTPResponse:
        new = desk_requests.new_message(request.body)
        message, at = new.message, new.received_at
        mail = Mail(message.subject, message.body, message.day or (at.date() if at else None))
        identity = (message.subject, message.body, at.isoformat() if at else "")
        if request.args.get("later"):
            return await _left(intake, store, mail, new.origin, identity, at)
        number, is_new = await intake.take(mail, new.origin, identity, at=at)
        return _json(whole(await asyncio.to_thread(store.queue.get, number)), 201 if is_new else 200)

    @routes.get("/queue/<number:int>")
    async def one(request: Request, number: int) -> HTTPResponse:
        try:
            return _json(whole(await asyncio.to_thread(store.queue.get, number)))
        except UnknownItemError:
            raise _unknown() from None

    @routes.patch("/queue/<number:int>")
    async def change(request: Request, number: int) -> HTTPResponse:
        version, changes = desk_requests.change(request.body)
        try:
            item = await asyncio.to_thread(store.queue.get, number)
            changes = desk_requests.redacted(changes, item.draft)
            kind = await kind_taught(sorter, item, changes)
            item = await asyncio.to_thread(store.queue.change, number, version, changes, kind, person_of(request).who)
        except UnknownItemError:
            raise _unknown() from None
        except StaleItemError:
            raise BadRequest("stale", "Ce message a été modifié entre-temps : rechargez-le.", 409) from None
        except ClosedItemError:
            raise BadRequest("closed", "Ce message est clos : rouvrez-le pour le modifier.", 409) from None
        if changes.get("status") == "approved":
            approved(number)
        return _json(whole(item))

    @routes.get("/taxonomy")
    async def taxonomy(request: Request) -> HTTPResponse:
        titles = {name: [kind.title for kind in kinds().values() if kind.category == name] for name in categories()}
        found = [{"categorie": name, "objets": objets} for name, objets in titles.items()]
        return _json({"categories": found, "priorites": list(desk_requests.PRIORITIES)})

    @routes.get("/corrections")
    async def corrections(request: Request) -> HTTPResponse:
        return text(await asyncio.to_thread(as_lines, store.database), content_type=JSON_LINES)

    @routes.post("/ask")
    async def ask(request: Request) -> HTTPResponse:
        question, facts = asked(request.body)
        return _json(await adviser.ask(question, facts, date.today()))

    return routes


async def _left(
    intake: Intake, store: Store, mail: Mail, origin: str, identity: tuple[str, ...], at: datetime | None
) -> HTTPResponse:
    """Leave a message to the workers; one that is in the queue already is told."""
    try:
        known = await intake.later(mail, origin, identity, at=at)
    except NoQueueError:
        raise BadRequest("later_unavailable", "« later » n'est pas disponible ici : réglez REDIS_URL.", 409) from None
    if known is None:
        return _json({"status": "queued"}, 202)
    return _json(whole(await asyncio.to_thread(store.queue.get, known)))


async def kind_taught(sorter: Sorter, item: QueueItem, changes: dict[str, str]) -> str:
    """Return the request that a corrected item teaches: the one that its object names, else the likeliest."""
    category = changes.get("categorie", item.categorie)
    if (category, changes.get("priorite", item.priorite)) == (item.proposed_categorie, item.proposed_priorite):
        return ""
    named = kind_titled(changes.get("objet", item.objet), category)
    return named or await sorter.likeliest(item.subject, item.body, category, item.received_at.date())


def asked(body: bytes) -> tuple[str, dict[str, Any]]:
    """Return the question of a request body, redacted, and the facts told with it.

    Raises:
        BadRequest: saying in French what to correct.
    """
    payload = json_object(body)
    question, raw = payload.get("question"), payload.get("facts")
    if not isinstance(question, str) or not question.strip() or len(question) > MAX_QUESTION:
        raise BadRequest("invalid_question", f"Indiquez « question » : 1 à {MAX_QUESTION} caractères.")
    if raw is not None and not isinstance(raw, dict):
        raise BadRequest("invalid_facts", "« facts » doit être un objet JSON : fait → valeur.")
    try:
        return clean(storable(question)), vocabulary().parse(raw or {})
    except UnknownFactError:
        raise BadRequest("unknown_fact", "Un des faits n'existe pas : voyez GET /api/rules.") from None
    except InvalidFactError as error:
        raise BadRequest("invalid_fact", f"{error.fact_id} : {error.message_fr}") from None


def _unknown() -> BadRequest:
    return BadRequest("unknown_item", "Ce message n'existe pas, ou n'est plus conservé.", 404)


def _json(content: Any, status: int = 200) -> HTTPResponse:
    return json(content, status=status, ensure_ascii=False)
