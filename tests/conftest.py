"""Shared fixtures: the trained agent in this process, and a running server."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sanic  # noqa: F401 - on import it changes the warning filters; first here, pytest's own stay in force

from bot.settings import Settings, prepare_process
from tests import postgres
from tests.redis_server import RedisServer

prepare_process()
ROOT = Path(__file__).parent.parent
Messages = list[dict[str, Any]]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the slow ones out unless they are asked for by their mark."""
    if "slow" in config.option.markexpr or any(Path(str(arg).split("::")[0]).is_file() for arg in config.args):
        return
    slow = [item for item in items if item.get_closest_marker("slow")]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


class Talk:
    """Conversations with the assistant in this process."""

    def __init__(self, agent: Any) -> None:
        self.agent = agent
        self._loop = asyncio.new_event_loop()

    def __call__(self, *turns: str) -> Messages:
        """Return what the assistant says after the last turn of a fresh conversation."""
        return self.each(*turns)[-1]

    def each(self, *turns: str) -> list[Messages]:
        """Return what the assistant says after each turn of a fresh conversation."""
        from bot.cli.ask import reply

        sender = f"test-{uuid.uuid4().hex}"
        return [self._loop.run_until_complete(reply(self.agent, turn, sender)) for turn in turns]

    def parse(self, text: str) -> dict[str, Any]:
        """Return the NLU's parse of a message."""
        return self._loop.run_until_complete(self.agent.parse_message(text))


def _trained_model(settings: Settings) -> Path:
    from bot.runtime import load_agent
    from bot.training import model_path, train
    from bot.triage import training as triage
    from bot.triage.loading import load_sorter

    path = model_path(settings)
    if not path.exists():
        train(settings)
    if not triage.model_path(settings).exists():
        load_sorter(load_agent(path, settings), settings)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder of the assistant, and nothing remembered of the documents of another."""
    from kb.ingestion import excerpts

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    excerpts._BOOKS.clear()
    yield tmp_path
    excerpts._BOOKS.clear()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The URL of a PostgreSQL server."""
    try:
        with postgres.server() as url:
            yield url
    except postgres.NoServerError as error:
        pytest.skip(str(error))


@pytest.fixture
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A Redis server, started; a test may stop it and start it again."""
    try:
        server = RedisServer(tmp_path_factory.mktemp("redis"))
    except postgres.NoServerError as error:
        pytest.skip(str(error))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def model() -> Path:
    """The model for the current data, trained when there is none, as is that of the triage."""
    return _trained_model(Settings())


@pytest.fixture(scope="session")
def talk(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Talk:
    """The assistant, in this process."""
    from bot.runtime import load_agent

    settings = Settings(data=tmp_path_factory.mktemp("data"))
    return Talk(load_agent(model, settings))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def other_origin() -> str:
    """The origin of a site that may show the widget."""
    return f"http://127.0.0.1:{_free_port()}"


@pytest.fixture(scope="session")
def server_url(model: Path, other_origin: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A running server on a free port."""
    port = _free_port()
    environment = {
        **os.environ,
        "ASSISTANT_DATA_DIR": str(tmp_path_factory.mktemp("served")),
        "ASSISTANT_WIDGET_ORIGINS": other_origin,
    }
    log = tmp_path_factory.mktemp("log") / "server.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli.main", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5) as reply:
                if reply.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"the server did not become ready:\n{log.read_text()}")
