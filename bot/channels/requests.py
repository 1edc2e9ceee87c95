"""Reading a chat request: types, sizes, and what must never reach Rasa as a command."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bot.channels.errors import BadRequest
from bot.privacy.redactor import redact, redact_chat

MAX_CHARACTERS = 12_000
MAX_SENDER = 200
SENDER = re.compile(r"^[\w.:@-]{1,200}$")
MESSAGE_ID = re.compile(r"[\w.:-]{1,100}", re.ASCII)
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# Rasa reads a message that begins with "/" as an intent: members' text never may.
COMMAND = re.compile(r"^\s*/+\s*[\w.]+\s*(?:\{.*\})?\s*$", re.DOTALL)
SLASHES = re.compile(r"^[\s/]+")
NOTHING_SAID = "?"


@dataclass(frozen=True)
class ChatRequest:
    """One message of a member, safe to hand on: redacted, and no command.

    Attributes:
        message_id: what the client calls this message, where it does; sent again, it is the same message.
        told: the metadata as they came, for a channel to read; never kept.
    """

    sender: str
    text: str
    message_id: str | None = None
    told: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def metadata(self) -> Mapping[str, Any]:
        """What is kept of the metadata: nothing else of them was checked for personal data."""
        return {} if self.message_id is None else {"message_id": self.message_id}


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
    sender = sender_id(payload.get("sender"))
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
    return ChatRequest(sender, "" if silent else clean(message), message_id(metadata), metadata)


def sender_id(given: object) -> str:
    """Return the reference of a conversation.

    Raises:
        BadRequest: when it cannot be one.
    """
    if not isinstance(given, str) or not SENDER.match(given):
        raise BadRequest(
            "invalid_sender",
            "Indiquez « sender » : un identifiant de conversation (lettres, chiffres, tirets).",
        )
    return given


def message_id(metadata: Mapping[str, Any]) -> str | None:
    """Return the id that a client gave its message, None where it gave none.

    Raises:
        BadRequest: for an id that cannot be one, or that would tell who is writing.
    """
    given = metadata.get("message_id")
    if given is None:
        return None
    if not isinstance(given, str) or not MESSAGE_ID.fullmatch(given) or tells_who(given):
        raise BadRequest(
            "invalid_message_id",
            "« metadata.message_id » doit être un identifiant technique, propre à ce message (un UUID par exemple).",
        )
    return given


def tells_who(given: str) -> bool:
    """Whether an identifier holds personal data; those that programs make do not, whatever their digits look like."""
    return not UUID.fullmatch(given) and redact(given) != given


def clean(message: str) -> str:
    """Return a member's text as the assistant may keep it."""
    text = redact_chat(message.replace("\x00", " "), date.today())
    if COMMAND.match(text):
        return NOTHING_SAID
    return SLASHES.sub("", text) or NOTHING_SAID


def json_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a body, which is UTF-8 and has no number that JSON does not know (NaN).

    Raises:
        BadRequest: when the body is empty, no JSON, or no object.
    """
    if not body:
        raise BadRequest("empty_body", "Le corps de la requête est vide : envoyez un objet JSON.")
    try:
        payload = json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise BadRequest("invalid_json", "Le corps de la requête n'est pas du JSON valide.") from None
    if not isinstance(payload, dict):
        raise BadRequest("invalid_json", "Le corps de la requête doit être un objet JSON.")
    return payload


def _no_number(constant: str) -> None:
    raise ValueError(constant)
