"""Servers of the assistant in processes of their own, and what is asked of them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]


class Server:
    """A running `assistant serve`."""

    def __init__(self, folder: Path, *options: str, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.url = f"http://127.0.0.1:{(port := probe.getsockname()[1])}"
        folder.mkdir(parents=True, exist_ok=True)
        self._log = folder / "server.log"
        self._command = [sys.executable, "-m", "bot.cli.main", "serve", "--port", str(port), *options]
        self._environment = {**os.environ, "ASSISTANT_DATA_DIR": str(folder), **environment}
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("a") as output:
            return subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=output, stderr=subprocess.STDOUT
            )

    @property
    def log(self) -> str:
        return self._log.read_text()

    def health(self) -> tuple[int, dict[str, Any]]:
        """Return the status of the server and what it says; 0 where nobody answers."""
        try:
            reply = httpx.get(f"{self.url}/healthz?details=1", timeout=20)
        except httpx.HTTPError:
            return 0, {}
        return reply.status_code, reply.json()

    def wait(self, wanted: Callable[[int, dict[str, Any]], bool], seconds: float = 300) -> dict[str, Any]:
        """Wait until the server's health is as wanted."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log
            status, said = self.health()
            if wanted(status, said):
                return said
            time.sleep(0.2)
        raise AssertionError(f"still {self.health()}:\n{self.log}")

    def ready(self) -> dict[str, Any]:
        return self.wait(lambda status, _: status == 200)

    def post(self, sender: str, message: str, **metadata: str) -> httpx.Response:
        body = {"sender": sender, "message": message, "metadata": metadata}
        return httpx.post(f"{self.url}/webhooks/rest/webhook", json=body, timeout=60)

    def says(self, sender: str, message: str, **metadata: str) -> list[dict[str, Any]]:
        """Return the reply to a message."""
        reply = self.post(sender, message, **metadata)
        assert reply.status_code == 200, reply.text
        messages: list[dict[str, Any]] = reply.json()
        assert messages
        return messages

    def kill(self) -> None:
        """End the server as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def start_again(self) -> None:
        self.process = self._start()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(40)


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Server]:
    """Yield a running server, stopped afterwards."""
    server = Server(folder, *options, **environment)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.stop()
