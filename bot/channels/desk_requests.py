"""Reading the requests of the desk: filters, a new message, a change. Text that a colleague writes is redacted too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import Any

from bot.channels.errors import BadRequest
from bot.channels.requests import json_object
from bot.channels.triage import TriageRequest, triage_request
from bot.privacy.redactor import redact
from bot.rendering.letters import SENTENCE
from bot.storable import storable
from bot.storage.models import STATUSES
from bot.storage.queue import EDITABLE, LARGEST_NUMBER, Wanted
from bot.triage.kinds import HIGH, LOW, NORMAL, categories

MAX_LIMIT, MAX_OFFSET = 200, 1_000_000
MAX_DRAFT, MAX_OBJET, MAX_ORIGIN = 20_000, 300, 20
OWN_ORIGIN = "conseiller"
PRIORITIES = (HIGH, NORMAL, LOW)
Choices = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class NewMessage:
    """A message that a colleague, or a program, puts into the queue."""

    message: TriageRequest
    received_at: datetime | None
    origin: str


def choices() -> Choices:
    """Return the values that each field of a closed list may have."""
    return {"status": STATUSES, "categorie": categories(), "priorite": PRIORITIES}


def wanted(args: Mapping[str, Any]) -> Wanted:
    """Return the page that a query string asks for.

    Raises:
        BadRequest: saying in French what to correct.
    """
    told = {name: str(args.get(name) or "") for name in ("status", "categorie", "priorite")}
    for name, values in choices().items():
        if told[name]:
            _one_of(name, told[name], values)
    limit, offset = _number(args, "limit", 50, 1, MAX_LIMIT), _number(args, "offset", 0, 0, MAX_OFFSET)
    return Wanted(**told, limit=limit, offset=offset)


def new_message(body: bytes) -> NewMessage:
    """Return the message of a request body.

    Raises:
        BadRequest: saying in French what to correct.
    """
    payload = json_object(body)
    origin = payload.get("origin") or OWN_ORIGIN
    if not isinstance(origin, str) or len(origin) > MAX_ORIGIN or not origin.replace("-", "").isalnum():
        raise BadRequest("invalid_origin", f"« origin » doit être un mot de {MAX_ORIGIN} lettres au plus.")
    return NewMessage(triage_request(body), _moment(payload.get("received_at")), origin)


def change(body: bytes) -> tuple[int, dict[str, str]]:
    """Return the version that a colleague saw, and what to change.

    Raises:
        BadRequest: saying in French what to correct.
    """
    payload = json_object(body)
    version = payload.pop("version", None)
    if not isinstance(version, int) or isinstance(version, bool) or not 0 < version <= LARGEST_NUMBER:
        raise BadRequest("invalid_version", "Indiquez « version » : celle du message que vous avez lu.")
    unknown = sorted(payload.keys() - set(EDITABLE))
    if unknown or not payload:
        raise BadRequest("nothing_to_change", f"Indiquez ce qui change, parmi : {', '.join(EDITABLE)}.")
    if not all(isinstance(value, str) for value in payload.values()):
        raise BadRequest("invalid_value", "Chaque champ à changer doit être un texte.")
    for name, values in choices().items():
        if name in payload:
            _one_of(name, payload[name], values)
    for name, longest in (("draft", MAX_DRAFT), ("objet", MAX_OBJET)):
        if name in payload:
            payload[name] = _bounded(name, payload[name], longest)
    return version, payload


def redacted(changes: Mapping[str, str], draft: str) -> dict[str, str]:
    """Return what a colleague writes without personal data; what the draft says already is no member's.

    Lines and sentences that stand in the draft stay as they are: they may give a published address.
    """
    known = {*draft.splitlines(), *SENTENCE.split(draft.replace("\n", " "))}

    def line(text: str) -> str:
        if text in known:
            return text
        return " ".join(part if part in known else redact(part) for part in SENTENCE.split(text))

    written = {name: changes[name] for name in ("draft", "objet") if name in changes}
    return {**changes, **{name: "\n".join(line(each) for each in text.split("\n")) for name, text in written.items()}}


def since(args: Mapping[str, Any]) -> date | None:
    """Return the day from which feedback is wanted.

    Raises:
        BadRequest: when it is no day.
    """
    told = args.get("since")
    try:
        return date.fromisoformat(str(told)) if told else None
    except ValueError:
        raise BadRequest("invalid_since", "« since » doit être un jour, comme 2026-03-12.") from None


def one_of(args: Mapping[str, Any], name: str, values: tuple[str, ...], default: str = "") -> str:
    """Return an argument of a closed list.

    Raises:
        BadRequest: when it is none of them.
    """
    told = str(args.get(name) or default)
    if told:
        _one_of(name, told, values)
    return told


def _bounded(name: str, text: str, longest: int) -> str:
    if len(text) > longest:
        raise BadRequest("too_large", f"« {name} » est trop long : {longest} caractères au plus.", 413)
    if name == "objet" and not text.strip():
        raise BadRequest("empty_objet", "« objet » est vide.")
    return storable(text)


def _one_of(name: str, value: str, values: tuple[str, ...]) -> None:
    if value not in values:
        raise BadRequest(f"invalid_{name}", f"« {name} » doit être un de : {', '.join(values)}.")


def _number(args: Mapping[str, Any], name: str, default: int, least: int, most: int) -> int:
    told = str(args.get(name) or default)
    if not (told.isascii() and told.isdecimal()) or not least <= int(told[:12]) <= most:
        raise BadRequest(f"invalid_{name}", f"« {name} » doit être un nombre de {least} à {most}.")
    return int(told)


def _moment(value: Any) -> datetime | None:
    """Return a day or a moment, in UTC."""
    if value in (None, ""):
        return None
    try:
        told = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
        return told.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0) if told.tzinfo else told
    except (ValueError, OverflowError):
        message = "« received_at » doit être un jour ou un moment, comme 2026-03-12T09:30:00Z."
        raise BadRequest("invalid_received_at", message) from None
