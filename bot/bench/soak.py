"""Hours of conversations with one server: whether its memory stays flat and its replies as quick."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.bench.load import measure
from bot.settings import ROOT

READY_S, STOP_S = 300, 40
# Turns of each conversation of a round.
TURNS = 20


@dataclass(frozen=True)
class Round:
    """One round: minutes since the start, turns answered, failed, the 95th of 100 (ms), resident memory (MB)."""

    minute: float
    turns: int
    failed: int
    p95_ms: float
    memory_mb: float


def soak(minutes: float, conversations: int) -> Iterator[Round]:
    """Yield the rounds of some minutes with a server of our own, on SQLite in a folder of its own.

    Raises:
        RuntimeError: when the server does not start, or ends.
    """
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as (url, process):
        began = time.monotonic()
        while (now := time.monotonic() - began) < minutes * 60:
            found = asyncio.run(measure(url, conversations, TURNS))
            if process.poll() is not None:
                raise RuntimeError("the server ended: see what `assistant serve` says")
            p95 = found.seconds[int(0.95 * (len(found.seconds) - 1))]
            yield Round(now / 60, len(found.seconds), found.failed, p95 * 1000, resident_mb(process.pid))


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process (MB)."""
    told = Path(f"/proc/{pid}/status").read_text()
    return int(told.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "bot.cli.main", "serve", "--port", str(port)]
    environment = {**os.environ, "ASSISTANT_DATA_DIR": str(folder)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait(STOP_S)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(f"{url}/healthz", timeout=10).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise RuntimeError("the server did not start: see what `assistant serve` says")
