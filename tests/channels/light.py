"""Our routes served in this process, without a model: what sorts and what answers is told by the test."""

from __future__ import annotations

import socket
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import httpx
from sanic import Sanic

from bot.channels import errors
from bot.privacy.redactor import redact
from tests.storage.made import triaged


@contextmanager
def one_of_several() -> Iterator[None]:
    """Start applications one after another: Sanic rewrites its own methods at a start, and elsewhere only once."""
    with patch.object(Sanic, "test_mode", True):
        yield


@asynccontextmanager
async def served(build: Callable[[Sanic], None]) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of an application that `build` furnishes."""
    redact("bonjour")  # its word lists are read once, which takes a while on a busy machine
    app = Sanic(f"light-{uuid.uuid4().hex}", configure_logging=False)
    app.config.FALLBACK_ERROR_FORMAT = "json"
    errors.install(app)
    build(app)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = await app.create_server(sock=listening, return_asyncio_server=True, access_log=False)
        assert server is not None
        with one_of_several():
            await server.startup()
        await server.after_start()
        port = listening.getsockname()[1]
        try:
            async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
                yield client
        finally:
            await server.before_stop()
            server.close()
            await server.after_stop()


class Sorter:
    """Sorts every message in the same way, masking what the test says."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def triage(
        self, subject: str, body: str, today: date | None = None, names: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        self.seen.append(body)
        return triaged(redacted={"subject": subject, "body": body})

    async def likeliest(self, subject: str, body: str, category: str, today: date) -> str:
        return "prelevement" if category == "Cotisations" else ""


class Asked:
    """Answers every question in the same way."""

    async def ask(self, question: str, facts: dict[str, Any], today: date) -> dict[str, Any]:
        return {"kind": "answer", "text": question, "topic": "", "spoken": "", "sources": [], "facts": sorted(facts)}


def agent(*events: Any) -> Any:
    """Return an agent with one conversation, "known", of some events."""

    async def retrieve(sender: str) -> Any:
        return SimpleNamespace(events=events) if sender == "known" else None

    return SimpleNamespace(tracker_store=SimpleNamespace(retrieve=retrieve))
