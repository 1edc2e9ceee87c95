"""Webhooks as the help desks' public documentation shows them, with our own values, and their signatures."""

from __future__ import annotations

import copy
import hashlib
import hmac
import json
import time
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
SECRET = "a secret"


def payload(name: str, *path: str, value: Any = None) -> dict[str, Any]:
    """Return a webhook; with a path, one field of it changed."""
    loaded: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    if not path:
        return loaded
    changed = copy.deepcopy(loaded)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


def signed(name: str, body: bytes, secret: str = SECRET, at: float | None = None) -> dict[str, str]:
    """Return the headers with which a help desk sends a webhook."""
    if name == "zammad":
        digest = hmac.new(secret.encode(), body, hashlib.sha1).hexdigest()
        return {"x-hub-signature": f"sha1={digest}", "x-zammad-delivery": "5d1c", "x-zammad-trigger": "new"}
    told = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"{told}.".encode() + body, hashlib.sha256).hexdigest()
    return {"x-chatwoot-signature": f"sha256={digest}", "x-chatwoot-timestamp": told}
