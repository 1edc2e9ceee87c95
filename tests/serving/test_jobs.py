"""Messages sorted later: redacted while they wait, none lost, none twice."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path
from typing import Any

import pytest
import redis as client
from redis.exceptions import RedisError
from sanic import Sanic

from bot.channels import desk
from bot.intake import Intake, NoQueueError
from bot.serving import jobs as jobs_module
from bot.serving.jobs import Jobs
from bot.settings import Settings
from bot.storage.queue import Wanted
from bot.storage.store import Store, open_store
from bot.triage.mime import Mail
from tests.channels.light import Asked, Sorter, served
from tests.redis_server import RedisServer
from tests.storage.made import finished, started

MESSAGES = 30
# Sorts as the tests' own sorter does, slowly; ended by a signal to the process.
WORKER = """
import asyncio, os, sys
from pathlib import Path
from bot.settings import Settings, prepare_process
prepare_process()
from bot.intake import Intake
from bot.serving import jobs
from bot.serving.jobs import Jobs, work
from bot.storage.store import open_store
from tests.channels.light import Sorter
jobs.DEAD_AFTER_MS, jobs.LOOKS_IN_A_MILLION = 1500, 500_000
class Slow(Sorter):
    async def triage(self, *told):
        Path(os.environ["SEEN"]).open("a").write(told[0] + "\\n")
        await asyncio.sleep(0.1)
        return await super().triage(*told)
store = open_store(Settings())
work(Jobs(os.environ["REDIS_URL"]), Intake(Slow(), store).done)
"""


def intake_of(store: Store, url: str) -> Intake:
    sorter: Any = Sorter()
    return Intake(sorter, store, Jobs(url))


async def put(store: Store, url: str, count: int = MESSAGES) -> None:
    intake = intake_of(store, url)
    for number in range(count):
        await intake.later(Mail(f"Devis {number}", "Voici mon devis."), "import", (f"m-{number}",))


def subjects(store: Store) -> list[str]:
    items, _, _ = store.queue.page(Wanted(limit=200))
    return sorted(item.subject for item in items)


def wait_for(store: Store, count: int, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while len(subjects(store)) < count and time.monotonic() < deadline:
        time.sleep(0.1)


async def test_a_worker_killed_in_the_middle_loses_nothing_and_does_nothing_twice(
    redis: RedisServer, tmp_path: Path
) -> None:
    store = open_store(Settings(data=tmp_path, database_url="", secret="a key"))
    await put(store, redis.url)
    await put(store, redis.url)  # each of them a second time: the same messages
    environment = {
        "REDIS_URL": redis.url, "ASSISTANT_DATA_DIR": str(tmp_path), "ASSISTANT_SECRET": "a key",
        "SEEN": str(tmp_path / "seen"), "DATABASE_URL": "",
    }  # fmt: skip
    first = await asyncio.to_thread(started, WORKER, **environment)
    await asyncio.to_thread(wait_for, store, 5)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    done = len(subjects(store))
    assert 5 <= done < MESSAGES
    second = await asyncio.to_thread(started, WORKER, **environment)
    await asyncio.to_thread(wait_for, store, MESSAGES)
    left = Jobs(redis.url)
    deadline = time.monotonic() + 30
    while left.waiting() and time.monotonic() < deadline:
        await asyncio.sleep(0.1)
    second.send_signal(signal.SIGTERM)
    await asyncio.to_thread(finished, second)
    assert subjects(store) == sorted(f"Devis {number}" for number in range(MESSAGES))
    assert left.waiting() == 0
    begun = (tmp_path / "seen").read_text().splitlines()
    assert len(begun) <= MESSAGES + 1, "only the one under way was sorted a second time"
    store.close()


async def test_what_waits_is_redacted(redis: RedisServer, store: Store) -> None:
    mail = Mail("Devis", "Je suis Paul Durand, mon numéro est le 06 12 34 56 78, écrivez à paul.durand@exemple.fr.")
    await intake_of(store, redis.url).later(mail, "import", ("x",))
    connection = client.Redis.from_url(redis.url)
    kept = b"".join(b"".join(connection.hvals(key)) for key in connection.scan_iter(_type="HASH"))
    connection.close()
    assert b"devis" in kept.lower()
    assert not any(told in kept for told in (b"06 12", b"durand@", b"Durand"))


async def test_the_desk_leaves_a_message_for_later(redis: RedisServer, store: Store) -> None:
    intake = intake_of(store, redis.url)

    def build(app: Sanic) -> None:
        sorter: Any = Sorter()
        asked: Any = Asked()
        app.blueprint(desk.blueprint(store, sorter, intake, asked, [].append))

    mail = {"subject": "Devis", "body": "Voici mon devis."}
    async with served(build) as page:
        left = await page.post("/api/desk/queue?later=1", json=mail)
        assert (left.status_code, left.json()) == (202, {"status": "queued"})
        assert Jobs(redis.url).waiting() == 1
        now = await page.post("/api/desk/queue", json=mail)
        again = await page.post("/api/desk/queue?later=1", json=mail)
        assert (now.status_code, again.status_code) == (201, 200) and again.json() == now.json()
        redis.stop()
        away = await page.post("/api/desk/queue?later=1", json={**mail, "subject": "Autre"})
        assert (away.status_code, away.json()["error"]["code"]) == (503, "unavailable")


async def test_without_redis_nothing_is_left_for_later(store: Store) -> None:
    sorter: Any = Sorter()
    with pytest.raises(NoQueueError):
        await Intake(sorter, store).later(Mail("Devis", "…"), "import", ("x",))


def test_a_job_that_redis_did_not_take_is_told(redis: RedisServer) -> None:
    redis.stop()
    with pytest.raises(RedisError):
        Jobs(redis.url).put(jobs_module.Job("k", "s", "b", "import", "2026-03-12T09:30:00"))
