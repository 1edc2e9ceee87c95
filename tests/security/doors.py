"""Every route of the application, and what may not be said to any of them."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx

PLACES = {"id": "1", "sender": "nobody"}
# Read as they were before the description was; each has its own tests.
PAGES = ("/", "/conseiller", "/static/widget.js", "/static/none.js", "/openapi.json", "/metrics", "/nowhere")


def operations(url: str, *, all_rules: bool = False) -> Iterator[tuple[str, str]]:
    """Yield method and path of what the server describes; of the rules, one stands for all."""
    paths: dict[str, Any] = httpx.get(f"{url}/openapi.json").json()["paths"]
    for path, item in paths.items():
        if path.startswith("/api/rules/") and path != "/api/rules/remboursement" and not all_rules:
            continue
        filled = re.sub(r"\{(\w+)\}", lambda found: PLACES[found[1]], path)
        for method in item.keys() & {"get", "post", "patch", "delete", "put"}:
            yield method.upper(), filled


def said(url: str, request: bytes, *, wait: float = 10) -> bytes:
    """Return what the server answers to bytes that no client would send; empty where it hangs up."""
    told = urlsplit(url)
    with socket.create_connection((told.hostname or "", told.port or 0), timeout=wait) as connection:
        received = b""
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65_536):
                received += part
        except OSError:
            pass  # it hung up, at whatever moment
    return received


def is_correction(reply: httpx.Response) -> bool:
    """Whether a reply says in French what to correct, and nothing of the inside."""
    error = reply.json()["error"]
    inside = ("Traceback", ".py", "Error", "sanic", "/home", "/root")
    return (
        400 <= reply.status_code < 500
        and reply.headers["content-type"].startswith("application/json")
        and bool(re.fullmatch(r"[a-z_]+", error["code"]))
        and len(error["message"]) > 10
        and not any(word in reply.text for word in inside)
    )
