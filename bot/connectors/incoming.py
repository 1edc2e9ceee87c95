"""What a help desk tells of a customer's message, whatever help desk it is."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Protocol

from bot.settings import HelpDesk
from bot.storable import storable
from bot.triage.mime import Mail


@dataclass(frozen=True)
class Incoming:
    """A customer's message.

    Attributes:
        identity: what makes it the same message when it is told again.
        reference: where a note on it goes back to.
    """

    mail: Mail
    at: datetime | None
    identity: tuple[str, ...]
    reference: str


@dataclass(frozen=True)
class Note:
    """A request that leaves an internal note."""

    url: str
    headers: Mapping[str, str]
    content: Mapping[str, Any]


class Connector(Protocol):
    """How one help desk signs, tells and takes notes."""

    @property
    def name(self) -> str:
        """Its name in addresses and settings."""

    def signed(self, body: bytes, headers: Mapping[str, str], secret: str) -> bool:
        """Whether a webhook comes from the help desk that holds the secret."""

    def incoming(self, payload: Mapping[str, Any]) -> Incoming | None:
        """Return the customer's message of a webhook, None for whatever else it tells."""

    def note(self, reference: str, draft: str, desk: HelpDesk) -> Note:
        """Return the request that leaves a draft as an internal note."""


def same_digest(told: str, wanted: str) -> bool:
    """Compare in constant time."""
    return hmac.compare_digest(told.strip().lower().encode("utf-8", "replace"), wanted.encode())


def part(payload: Any, *names: str) -> Mapping[str, Any]:
    """Return an object inside an object, an empty one where there is none."""
    for name in names:
        payload = payload.get(name) if isinstance(payload, Mapping) else None
    return payload if isinstance(payload, Mapping) else {}


def words(value: Any) -> str:
    """Return a text field, empty where there is none."""
    return storable(value) if isinstance(value, str) else ""


def number(value: Any) -> int | None:
    """Return an id, None where there is none: it goes into an address."""
    if isinstance(value, str) and value.isascii() and value.isdecimal():
        value = int(value[:18])
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def moment(value: Any) -> datetime | None:
    """Return a moment in UTC, however the help desk writes it; None where it cannot be read."""
    if isinstance(value, int) and not isinstance(value, bool):
        return datetime.utcfromtimestamp(value) if 0 < value < 2**32 else None
    written = words(value).strip().replace(" UTC", "+00:00").replace("Z", "+00:00")
    try:
        told = datetime.fromisoformat(written)
        return told.astimezone(timezone.utc).replace(tzinfo=None, microsecond=0) if told.tzinfo else told
    except (ValueError, OverflowError):
        return None
