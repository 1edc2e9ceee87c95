"""Reading a chat request: types, sizes, and what must never reach Rasa as a command."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.errors import BadRequest
from bot.privacy.redactor import redact

MAX_CHARACTERS = 12_000
MAX_SENDER = 200
SENDER = re.compile(r"^[\w.:@-]{1,200}$")
# Rasa reads a message that begins with "/" as an intent: members' text never may.
COMMAND = re.compile(r"^\s*/+\s*[\w.]+\s*(?:\{.*\})?\s*$", re.DOTALL)
SLASHES = re.compile(r"^[\s/]+")
NOTHING_SAID = "?"


@dataclass(frozen=True)
class ChatRequest:
    """One message of a member, safe to hand on: redacted, and no command."""

    sender: str
    text: str
    metadata: Mapping[str, Any]


def chat_request(body: bytes) -> ChatRequest:
    """Return the message of a request body.

    Raises:
        BadRequest: saying in French what to correct.
    """
    return message_of(json_object(body))


def message_of(payload: Mapping[str, Any], *, silence: bool = False) -> ChatRequest:
    """Return the message of a JSON object; with `silence`, one that says nothing is a message too, its text empty.

    Raises:
        BadRequest: saying in French what to correct.
    """
    sender = payload.get("sender")
    if not isinstance(sender, str) or not SENDER.match(sender):
        raise BadRequest(
            "invalid_sender",
            "Indiquez « sender » : un identifiant de conversation (lettres, chiffres, tirets).",
        )
    message = payload.get("message")
    if not isinstance(message, str):
        raise BadRequest("invalid_message", "Indiquez « message » : le texte de la question.")
    silent = not message.strip()
    if silent and not silence:
        raise BadRequest("empty_message", "Le message est vide : écrivez votre question.")
    if len(message) > MAX_CHARACTERS:
        raise BadRequest("too_large", "Le message est trop long : résumez votre question en quelques phrases.", 413)
    metadata = payload.get("metadata", {})
    if metadata is None:
        metadata = {}
    if not isinstance(metadata, dict):
        raise BadRequest("invalid_metadata", "« metadata » doit être un objet JSON.")
    return ChatRequest(sender, "" if silent else clean(message), metadata)


def clean(message: str) -> str:
    """Return a member's text as the assistant may keep it."""
    text = redact(message.replace("\x00", " "))
    if COMMAND.match(text):
        return NOTHING_SAID
    return SLASHES.sub("", text) or NOTHING_SAID


def json_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a body.

    Raises:
        BadRequest: when the body is empty, no JSON, or no object.
    """
    if not body:
        raise BadRequest("empty_body", "Le corps de la requête est vide : envoyez un objet JSON.")
    try:
        payload = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("invalid_json", "Le corps de la requête n'est pas du JSON valide.") from None
    if not isinstance(payload, dict):
        raise BadRequest("invalid_json", "Le corps de la requête doit être un objet JSON.")
    return payload
