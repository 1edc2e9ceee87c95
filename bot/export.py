"""What is kept of one conversation, to be handed to whom it is about: messages, what is remembered, notes, ratings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timezone
from typing import Any

from actions.state import SLOT
from bot.rendering.renderer import Renderer
from bot.settings import Settings
from bot.storage.conversations import events_of
from bot.storage.store import Store

MEMBER, ASSISTANT = "member", "assistant"


def exported(settings: Settings, store: Store, sender: str) -> dict[str, Any]:
    """Return everything kept under the reference of a conversation; empty lists where nothing is."""
    events = events_of(settings, sender)
    notes, ratings = store.feedback.kept(store.conversation(sender))
    return {
        "sender": sender,
        "retention_days": settings.retention_days,
        "messages": list(messages(events)),
        "remembered": remembered(events),
        "notes": notes,
        "ratings": ratings,
    }


def messages(events: Iterable[Mapping[str, Any]]) -> Iterable[dict[str, str]]:
    """Yield who said what and when, from the events of a conversation."""
    for event in events:
        at = datetime.fromtimestamp(float(event.get("timestamp") or 0), timezone.utc)
        if event.get("event") == "user":
            yield {"at": at.isoformat(timespec="seconds"), "who": MEMBER, "text": str(event.get("text") or "")}
        elif event.get("event") == "bot":
            yield {"at": at.isoformat(timespec="seconds"), "who": ASSISTANT, "text": _said(event, at.date())}


def remembered(events: Iterable[Mapping[str, Any]]) -> Any:
    """Return what the conversation remembers at its end (facts told, open question), None where it never began."""
    states = [event.get("value") for event in events if event.get("event") == "slot" and event.get("name") == SLOT]
    return states[-1] if states else None


def _said(event: Mapping[str, Any], on: date) -> str:
    """Return an answer in the words that the member read: kept is only what it says, not how."""
    answer = (event.get("data") or {}).get("custom")
    if isinstance(answer, Mapping) and "template" in answer:
        return str(Renderer(on).message(answer)["text"])
    return str(event.get("text") or "")
