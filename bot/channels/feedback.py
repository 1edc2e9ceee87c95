"""What members think of an answer, and what the people who maintain the knowledge base see of it."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Sequence
from typing import Any

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json, raw

from bot.channels.desk_requests import one_of, since
from bot.channels.errors import BadRequest
from bot.channels.past_turns import Turn, turns
from bot.channels.requests import SENDER, json_object
from bot.privacy.redactor import redact
from bot.storable import storable
from bot.storage.feedback import KINDS, RATINGS, Group, Rated
from bot.storage.store import Store

REASONS = ("inexact", "incomplet", "incompris", "source", "ton", "autre")
MAX_COMMENT, MAX_ID = 1_000, 200
FORMATS = ("json", "csv")
COLUMNS = ("theme", "kind", "count", "last", "examples")
MESSAGE = "message"
# A cell that begins so is a formula to a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def blueprint(store: Store, agent: Any) -> Blueprint:
    """Return the routes."""
    routes = Blueprint("feedback", url_prefix="/api")

    @routes.post("/feedback")
    async def rate(request: Request) -> HTTPResponse:
        told = rating(request.body)
        rated = rated_turn(await turns(agent, told["sender"]), told["message_id"])
        number = await asyncio.to_thread(store.feedback.rate, _kept(store, told, rated))
        return json({"id": number}, status=201)

    @routes.get("/desk/feedback")
    async def show(request: Request) -> HTTPResponse:
        day, kind = since(request.args), one_of(request.args, "kind", KINDS)
        groups = await asyncio.to_thread(store.feedback.groups, day, kind)
        if one_of(request.args, "format", FORMATS, "json") == "csv":
            headers = {"Content-Disposition": 'attachment; filename="retours.csv"'}
            return raw(as_csv(groups).encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)
        series = await asyncio.to_thread(store.feedback.series, day)
        return json({"groups": [_group(group) for group in groups], "series": series}, ensure_ascii=False)

    return routes


def rating(body: bytes) -> dict[str, str]:
    """Return a rating, its comment redacted.

    Raises:
        BadRequest: saying in French what to correct.
    """
    payload = json_object(body)
    told = {name: payload.get(name) or "" for name in ("sender", "rating", "reason", "comment", "message_id")}
    if not all(isinstance(value, str) for value in told.values()):
        raise BadRequest("invalid_value", "Chaque champ doit être un texte.")
    if not SENDER.match(told["sender"]):
        raise BadRequest("invalid_sender", "Indiquez « sender » : l'identifiant de la conversation.")
    if told["rating"] not in RATINGS:
        raise BadRequest("invalid_rating", f"« rating » doit être un de : {', '.join(RATINGS)}.")
    if told["reason"] and told["reason"] not in REASONS:
        raise BadRequest("invalid_reason", f"« reason » doit être un de : {', '.join(REASONS)}.")
    if len(told["comment"]) > MAX_COMMENT or len(told["message_id"]) > MAX_ID:
        limits = f"{MAX_COMMENT} caractères pour « comment », {MAX_ID} pour « message_id »"
        raise BadRequest("too_large", f"Le retour est trop long : au plus {limits}.", 413)
    return {**told, "comment": redact(storable(told["comment"]))}


def rated_turn(answered: Sequence[Turn], message_id: str) -> Turn:
    """Return the turn that is rated: the one of a message, else the last.

    Raises:
        BadRequest: when there is none.
    """
    wanted = [turn for turn in answered if not message_id or turn.message_id == message_id]
    if not wanted:
        raise BadRequest("unknown_turn", "Aucune réponse à évaluer dans cette conversation.", 404)
    return wanted[-1]


def as_csv(groups: Sequence[Group]) -> str:
    """Return groups as CSV, nothing of which a spreadsheet would run."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    for group in groups:
        shown = {**_group(group), "examples": "\n".join(group.examples)}
        rows.writerow([_harmless(str(shown[name])) for name in COLUMNS])
    return text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def _group(group: Group) -> dict[str, Any]:
    return {
        "theme": group.theme,
        "kind": group.kind,
        "count": group.count,
        "last": group.last.isoformat(),
        "examples": list(group.examples),
    }


def _kept(store: Store, told: dict[str, str], turn: Turn) -> Rated:
    message = store.keys.of(MESSAGE, told["sender"], turn.message_id or str(turn.place))
    return Rated(
        conversation=store.conversation(told["sender"]),
        message=message,
        rating=told["rating"],
        reason=told["reason"],
        comment=told["comment"],
        question=turn.question,
        kind=turn.kind,
        topic=turn.topic,
    )
