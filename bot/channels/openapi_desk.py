"""The OpenAPI description of the desk, the feedback and the help desks' webhooks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.channels.desk_requests import MAX_DRAFT, MAX_LIMIT, PRIORITIES
from bot.channels.feedback import MAX_COMMENT, REASONS
from bot.channels.triage import MAX_BODY, MAX_SUBJECT
from bot.storage.feedback import KINDS, RATINGS, SERIES
from bot.storage.models import STATUSES
from bot.triage.kinds import categories

Operation = Callable[..., dict[str, Any]]
TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "integer"}
TEXTS = {"type": "array", "items": TEXT}
PAIRS = {"type": "array", "items": {"type": "object", "additionalProperties": TEXT}}
# A message that is new, or known already.
TAKEN = ("200", "201")
JSON_LINES = "application/x-ndjson"
TABLE = ("application/json", "text/csv")


def paths(operation: Operation) -> dict[str, Any]:
    """Return the paths; `operation` makes one of its summary, request and response."""
    number = {"name": "id", "in": "path", "required": True, "schema": NUMBER}
    filters = [_query("status", STATUSES), _query("categorie", categories()), _query("priorite", PRIORITIES)]
    pages = [
        {"name": "limit", "in": "query", "schema": {**NUMBER, "minimum": 1, "maximum": MAX_LIMIT}},
        {"name": "offset", "in": "query", "schema": {**NUMBER, "minimum": 0}},
    ]
    since = {"name": "since", "in": "query", "schema": {**TEXT, "format": "date"}}
    shown = [since, _query("kind", KINDS), _query("format", ("json", "csv"))]
    later: dict[str, Any] = {"name": "later", "in": "query", "schema": {**TEXT, "enum": ["1"]}}
    later["description"] = "Laisser le tri à un autre processus : réponse 202, sans le message trié (REDIS_URL)"
    session = "Ouvrir l'espace conseiller avec le jeton"
    return {
        "/api/desk/queue": {
            "get": {**operation("La file des messages", None, "Queue"), "parameters": [*filters, *pages]},
            "post": {
                **operation("Mettre un message dans la file", "NewMessage", "QueueItem", statuses=TAKEN),
                "parameters": [later],
            },
        },
        "/api/desk/queue/{id}": {
            "parameters": [number],
            "get": operation("Un message de la file", None, "QueueItem"),
            "patch": operation("Modifier, corriger, approuver, mettre de côté", "QueueChange", "QueueItem"),
        },
        "/api/desk/taxonomy": {"get": operation("Catégories, objets et priorités", None, "Taxonomy")},
        "/api/desk/corrections": {
            "get": operation("Exemples corrigés, en JSON Lines", None, "Correction", media=(JSON_LINES,))
        },
        "/api/desk/ask": {"post": operation("Une question, une réponse, sans conversation", "Asked", "Answered")},
        "/api/desk/feedback": {
            "get": {
                **operation("Questions sans réponse ou mal notées", None, "Feedback", media=TABLE),
                "parameters": shown,
            }
        },
        "/api/desk/session": {
            "get": operation("Qui est connecté", None, "Session"),
            "post": operation(session, "Token", "", statuses=("204",)),
            "delete": operation(
                "Se déconnecter ; next : où se déconnecter ensuite", None, "Left", statuses=("200", "204")
            ),
        },
        "/api/feedback": {"post": operation("Noter une réponse", "Rating", "Rated", statuses=("201",))},
        "/webhooks/zammad/webhook": {
            "post": operation("Un message reçu par Zammad", "Webhook", "Taken", statuses=TAKEN)
        },
        "/webhooks/chatwoot/webhook": {
            "post": operation("Un message reçu par Chatwoot", "Webhook", "Taken", statuses=TAKEN)
        },
    }


def schemas() -> dict[str, Any]:
    """Return the schemas that the paths name."""
    label = {"categorie": {**TEXT, "enum": list(categories())}, "priorite": {**TEXT, "enum": list(PRIORITIES)}}
    label["objet"] = TEXT
    listed = {
        "id": NUMBER, "received_at": TEXT, "subject": TEXT, "online_service": {"type": "boolean"}, "origin": TEXT,
        "confidence": {"type": "number"}, "status": {**TEXT, "enum": list(STATUSES)}, "version": NUMBER, **label,
    }  # fmt: skip
    whole = {
        **listed, "body": TEXT, "service": TEXT, "pieces": TEXTS, "draft": TEXT, "sources": PAIRS, "why": PAIRS,
        "proposed": _object(label), "history": PAIRS,
    }  # fmt: skip
    change = {"version": NUMBER, "draft": {**TEXT, "maxLength": MAX_DRAFT}, "status": listed["status"], **label}
    group = {"theme": TEXT, "kind": {**TEXT, "enum": list(KINDS)}, "count": NUMBER, "last": TEXT, "examples": TEXTS}
    day = {"day": TEXT, **dict.fromkeys(SERIES, NUMBER)}
    message = {
        "subject": {**TEXT, "maxLength": MAX_SUBJECT}, "body": {**TEXT, "maxLength": MAX_BODY},
        "received_at": {**TEXT, "description": "Jour ou moment (ISO 8601)"}, "origin": TEXT,
    }  # fmt: skip
    rating = {
        "sender": TEXT, "rating": {**TEXT, "enum": list(RATINGS)}, "reason": {**TEXT, "enum": list(REASONS)},
        "comment": {**TEXT, "maxLength": MAX_COMMENT}, "message_id": TEXT,
    }  # fmt: skip
    return {
        "Queue": _object({"items": _list(_object(listed)), "total": NUMBER, "counts": {"type": "object"}}),
        "QueueItem": _object(whole),
        "QueueChange": _object(change, "version"),
        "NewMessage": _object(message, "body"),
        "Taxonomy": _object({"categories": _list({"type": "object"}), "priorites": TEXTS}),
        "Correction": {"type": "object"},
        "Asked": _object({"question": TEXT, "facts": {"type": "object"}}, "question"),
        "Answered": _object({"kind": TEXT, "topic": TEXT, "text": TEXT, "spoken": TEXT, "sources": PAIRS}),
        "Feedback": _object({"groups": _list(_object(group)), "series": _list(_object(day))}),
        "Token": _object({"token": TEXT}, "token"),
        "Session": _object({"role": TEXT, "session": {"type": "boolean"}}),
        "Left": _object({"next": TEXT}),
        "Rating": _object(rating, "sender", "rating"),
        "Rated": _object({"id": NUMBER}),
        "Webhook": {"type": "object"},
        "Taken": _object({"status": TEXT, "id": NUMBER}),
    }


def _query(name: str, values: tuple[str, ...]) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": {**TEXT, "enum": list(values)}}


def _object(properties: dict[str, Any], *required: str) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **({"required": list(required)} if required else {})}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}
