"""Turns per second of a running server: conversations at once, each asking as soon as it has its reply."""

from __future__ import annotations

import asyncio
import time
import uuid
from dataclasses import dataclass

import httpx

from bot.bench.worker import QUESTIONS


@dataclass(frozen=True)
class Measured:
    """What a server did: turns per second, seconds of each turn in order of length, and how many failed."""

    rate: float
    seconds: tuple[float, ...]
    failed: int


async def measure(url: str, conversations: int, turns: int) -> Measured:
    """Return what a server does with some conversations at once, each of some turns."""
    seconds: list[float] = []
    failed = 0

    async def converse(client: httpx.AsyncClient) -> None:
        nonlocal failed
        sender = f"load-{uuid.uuid4().hex}"
        for number in range(turns):
            body = {"sender": sender, "message": QUESTIONS[number % len(QUESTIONS)]}
            began = time.perf_counter()
            reply = await client.post("/webhooks/rest/webhook", json=body)
            seconds.append(time.perf_counter() - began)
            failed += reply.status_code != 200

    began = time.perf_counter()
    limits = httpx.Limits(max_connections=conversations)
    async with httpx.AsyncClient(base_url=url, timeout=60, limits=limits) as client:
        await asyncio.gather(*(converse(client) for _ in range(conversations)))
    return Measured(len(seconds) / (time.perf_counter() - began), tuple(sorted(seconds)), failed)
