"""The OpenAPI description, drawn from the rules and facts themselves."""

from __future__ import annotations

from typing import Any

from bot.channels import openapi_desk
from bot.channels.triage import MAX_BODY, MAX_SUBJECT
from bot.triage.kinds import HIGH, LOW, NORMAL, categories
from bot.voice.commands import words
from bot.voice.keypad import KEYS
from kb.entries import CONTRACTS
from rules_engine.facts import Fact, vocabulary
from rules_engine.registry import rules

JSON = "application/json"
TYPES = {
    "integer": "integer",
    "boolean": "boolean",
    "money": "string",
    "date": "string",
    "enum": "string",
    "catalogue": "string",
}


def description() -> dict[str, Any]:
    """Return the OpenAPI 3.0 document."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "Assistant adhérent", "version": "0.1.0"},
        "paths": {
            "/webhooks/rest/webhook": {"post": _operation("Un message d'adhérent", "ChatRequest", "Messages")},
            "/api/rules": {
                "get": {
                    **_operation("Les règles et leurs faits ; view=titles : sans les faits", None, "Rules"),
                    "parameters": [{"name": "view", "in": "query", "schema": {"type": "string", "enum": ["titles"]}}],
                }
            },
            "/webhooks/voice/webhook": {"post": _operation("Un tour d'appel téléphonique", "VoiceRequest", "Messages")},
            "/api/kb": {
                "get": {
                    **_operation("Chercher dans la base de connaissances", None, "Results"),
                    "parameters": [
                        {
                            "name": "q",
                            "in": "query",
                            "required": True,
                            "schema": {"type": "string", "maxLength": 500},
                        },
                        {
                            "name": "limit",
                            "in": "query",
                            "schema": {"type": "integer", "minimum": 1, "maximum": 50},
                        },
                        {
                            "name": "contract",
                            "in": "query",
                            "schema": {"type": "string", "enum": sorted(CONTRACTS)},
                        },
                    ],
                }
            },
            "/api/triage": {"post": _operation("Trier un message et préparer une réponse", "TriageRequest", "Triage")},
            **openapi_desk.paths(_operation),
            "/api/conversations/{sender}": {"delete": _erasure()},
            "/healthz": {"get": _operation("Prêt à répondre", None, "Health", statuses=("200", "503"))},
            "/livez": {"get": _operation("En vie, même au ralenti", None, "Health", statuses=("200", "503"))},
            "/metrics": {"get": _operation("Mesures Prometheus", None, "Text", media=("text/plain",))},
            **{
                f"/api/rules/{name}": {
                    "get": _operation(f"Les faits de la règle : {rule.title}", None, "Rule"),
                    "post": _operation(rule.title, f"Facts_{name}", "Decision"),
                }
                for name, rule in rules().items()
            },
        },
        "components": {"schemas": _schemas()},
    }


def _operation(
    summary: str,
    request: str | None,
    response: str,
    *,
    statuses: tuple[str, ...] = ("200",),
    media: tuple[str, ...] = (JSON,),
) -> dict[str, Any]:
    """Return an operation; what answers with 204 has no content."""
    told: dict[str, Any] = {
        status: {"description": "OK", **({} if status == "204" else {"content": _content(response, media)})}
        for status in statuses
    }
    operation: dict[str, Any] = {
        "summary": summary,
        "responses": {
            **told,
            "4XX": {"description": "Requête à corriger", "content": _content("Error")},
        },
    }
    if request:
        operation["requestBody"] = {"required": True, "content": _content(request)}
    return operation


def _erasure() -> dict[str, Any]:
    sender = {"name": "sender", "in": "path", "required": True, "schema": {"type": "string", "maxLength": 200}}
    return {**_operation("Effacer une conversation", None, "", statuses=("204",)), "parameters": [sender]}


def _content(schema: str, media: tuple[str, ...] = (JSON,)) -> dict[str, Any]:
    return {each: {"schema": {"$ref": f"#/components/schemas/{schema}"}} for each in media}


def _schemas() -> dict[str, Any]:
    facts = vocabulary()
    schemas: dict[str, Any] = {
        "ChatRequest": {
            "type": "object",
            "required": ["sender", "message"],
            "properties": {
                "sender": {"type": "string", "maxLength": 200},
                "message": {"type": "string", "minLength": 1, "maxLength": 12000},
                "metadata": {
                    "type": "object",
                    "properties": {
                        "message_id": {
                            "type": "string",
                            "maxLength": 100,
                            "description": "Propre à ce message : renvoyé, il reçoit la même réponse, sans second tour",
                        }
                    },
                },
            },
        },
        "VoiceRequest": _voice(),
        "Messages": {"type": "array", "items": {"type": "object"}},
        "TriageRequest": {
            "type": "object",
            "required": ["body"],
            "properties": {
                "subject": {"type": "string", "maxLength": MAX_SUBJECT},
                "body": {"type": "string", "maxLength": MAX_BODY},
                "date": {"type": "string", "format": "date", "description": "Jour du message"},
            },
        },
        "Triage": _triage(),
        **openapi_desk.schemas(),
        "Text": {"type": "string"},
        "Rules": {"type": "object"},
        "Rule": {"type": "object"},
        "Results": {"type": "object"},
        "Health": {"type": "object"},
        "Decision": {"type": "object"},
        "Error": {
            "type": "object",
            "properties": {
                "error": {
                    "type": "object",
                    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
                }
            },
        },
    }
    for name, rule in rules().items():
        properties = {fact_id: _fact(facts[fact_id]) for fact_id in rule.facts}
        schemas[f"Facts_{name}"] = {
            "type": "object",
            "properties": {"facts": {"type": "object", "properties": properties}},
        }
    return schemas


def _voice() -> dict[str, Any]:
    """Return the schema of one turn of a call."""
    metadata = {
        "dtmf": {"type": "string", "pattern": f"^{KEYS.pattern}$", "description": "Touches du téléphone"},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1, "description": "Sûreté de la transcription"},
        "speed": {"type": "string", "enum": list(words()["speeds"])},
    }
    return {
        "type": "object",
        "required": ["sender"],
        "properties": {
            "sender": {"type": "string", "maxLength": 200},
            "message": {"type": "string", "maxLength": 12000, "description": "Vide pour un silence"},
            "metadata": {"type": "object", "properties": metadata},
        },
    }


def _triage() -> dict[str, Any]:
    """Return the schema of a sorted message."""
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}
    pairs = {"type": "array", "items": {"type": "object", "additionalProperties": text}}
    return {
        "type": "object",
        "properties": {
            "categorie": {**text, "enum": list(categories())},
            "objet": text,
            "priorite": {**text, "enum": [HIGH, NORMAL, LOW]},
            "online_service": {"type": "boolean"},
            "service": text,
            "pieces": texts,
            "draft": text,
            "sources": pairs,
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "redacted": {"type": "object", "properties": {"subject": text, "body": text}},
            "why": pairs,
        },
    }


def _fact(fact: Fact) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": TYPES[fact.type], "description": fact.label}
    if fact.choices:
        schema["enum"] = [choice.value for choice in fact.choices]
    return schema
