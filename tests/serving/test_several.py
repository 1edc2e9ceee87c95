"""Several servers and several workers on one PostgreSQL and one Redis: a conversation is one, wherever it is heard."""

from __future__ import annotations

import os
import signal
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from tests.redis_server import RedisServer
from tests.serving.served import Server, serving

pytestmark = [pytest.mark.model, pytest.mark.slow]
TURNS = 24


def heard(url: str, sender: str) -> list[str]:
    """Return the ids of the messages that a conversation holds, in its order."""
    engine = sa.create_engine(url, future=True)
    with engine.connect() as connection:
        query = "SELECT data::json->'metadata'->>'message_id' FROM events"
        query += " WHERE sender_id = :sender AND type_name = 'user' ORDER BY id"
        found = [str(row[0]) for row in connection.execute(sa.text(query), {"sender": sender})]
    engine.dispose()
    return found


def test_two_servers_keep_one_conversation_in_order_and_lose_nothing(
    model: Path, postgresql: str, redis: RedisServer, tmp_path: Path
) -> None:
    shared = {"DATABASE_URL": postgresql, "REDIS_URL": redis.url, "ASSISTANT_SECRET": "a key"}
    with serving(tmp_path / "1", **shared) as one, serving(tmp_path / "2", **shared) as two:
        servers = [one, two]
        assert [server.ready()["checks"]["redis"] for server in servers] == [True, True]
        # One after the other, from server to server: what was told to one is known to the other.
        one.says("alternating", "je suis en MGEN Équilibre", message_id="a-0")
        told = two.says("alternating", "combien par an pour l'ostéopathe ?", message_id="a-1")[-1]
        assert told["custom"]["kind"] == "answer" and told["custom"]["decision"]["facts"]["formule"] == "Equilibre"
        for number in range(2, 8):
            servers[number % 2].says("alternating", "bonjour", message_id=f"a-{number}")
        assert heard(postgresql, "alternating") == [f"a-{number}" for number in range(8)]
        # All at once, to both: each is answered, each is kept, once.
        with ThreadPoolExecutor(max_workers=8) as pool:
            list(pool.map(lambda n: servers[n % 2].says("crowded", "bonjour", message_id=f"c-{n}"), range(TURNS)))
        assert sorted(heard(postgresql, "crowded")) == sorted(f"c-{number}" for number in range(TURNS))
        # The same message to both at once is answered by one, and told by the other.
        with ThreadPoolExecutor(max_workers=2) as pool:
            replies = list(pool.map(lambda server: server.says("twice", "bonjour", message_id="t"), servers))
        assert replies[0] == replies[1] and heard(postgresql, "twice") == ["t"]


def worker_of(server: Server) -> int:
    return int(server.health()[1]["worker"])


def test_a_worker_that_dies_is_replaced_and_a_stop_ends_the_turns_under_way(model: Path, tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2") as server:
        server.wait(lambda status, said: status == 200 and said["workers"] == {"alive": 2, "of": 2})
        first = worker_of(server)
        os.kill(first, signal.SIGKILL)
        server.wait(lambda status, said: status == 200 and said["workers"]["alive"] == 2)
        seen = {worker_of(server) for _ in range(30)}
        assert first not in seen
        metrics = [line for line in server_metrics(server) if "healthz" in line and "requests_total" in line]
        assert metrics, "each worker's requests are told by any"
        with ThreadPoolExecutor(max_workers=12) as pool:
            under_way = [
                pool.submit(server.post, f"s-{number}", "combien pour un ostéopathe ?") for number in range(12)
            ]
            time.sleep(0.15)
            server.process.terminate()
            statuses = [status_of(turn) for turn in under_way]
        assert server.process.wait(40) == 0
        assert set(statuses) <= {200, 0} and 200 in statuses


def status_of(turn: Future[httpx.Response]) -> int:
    """Return the status of a reply, 0 where the connection was not taken any more."""
    try:
        return turn.result().status_code
    except httpx.TransportError:
        return 0


def server_metrics(server: Server) -> list[str]:
    return httpx.get(f"{server.url}/metrics", timeout=10).text.splitlines()
