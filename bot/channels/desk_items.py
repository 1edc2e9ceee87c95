"""An item of the queue as JSON: for the list, and whole."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from bot.storage.models import QueueEvent, QueueItem

LISTED = "id objet subject categorie priorite online_service confidence status version origin".split()
WHOLE = "body service pieces draft sources why".split()
CORRECTABLE = ("categorie", "priorite", "objet")


def listed(item: QueueItem) -> dict[str, Any]:
    """Return an item as the list shows it."""
    return {**{name: getattr(item, name) for name in LISTED}, "received_at": _written(item.received_at)}


def whole(item: QueueItem) -> dict[str, Any]:
    """Return an item with everything that a colleague sees of it."""
    return {
        **listed(item),
        **{name: getattr(item, name) for name in WHOLE},
        "proposed": {name: getattr(item, f"proposed_{name}") for name in CORRECTABLE},
        "history": [{"at": _written(event.at), "who": event.who, "what": _told(event)} for event in item.history],
    }


def _told(event: QueueEvent) -> str:
    code = event.after if event.code == "status" else event.code
    return _sentences()[code].format(before=event.before, after=event.after)


def _written(moment: Any) -> str:
    return f"{moment.isoformat(timespec='seconds')}Z"


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, str]:
    loaded = yaml.safe_load(files("bot.channels").joinpath("desk_items.yml").read_text(encoding="utf-8"))
    sentences: Mapping[str, str] = loaded["history"]
    return sentences
