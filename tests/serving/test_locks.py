"""One turn of a conversation at a time, in order, over several workers."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from bot.serving import locks
from bot.serving.locks import RedisLocks
from tests.redis_server import RedisServer
from tests.storage.made import finished, started

# Reads a number, waits, writes it back: any two at once lose one.
WORKER = """
import asyncio, os, pathlib
from bot.settings import prepare_process
prepare_process()
from bot.serving.locks import RedisLocks
async def main():
    store, file = RedisLocks(os.environ["REDIS_URL"]), pathlib.Path(os.environ["FILE"])
    async def turn():
        async with store.lock("c"):
            value = int(file.read_text())
            await asyncio.sleep(0.005)
            file.write_text(str(value + 1))
    await asyncio.gather(*(turn() for _ in range(40)))
asyncio.run(main())
"""
DIES = """
import asyncio, os, signal
from bot.settings import prepare_process
prepare_process()
from bot.serving.locks import RedisLocks
async def main():
    async with RedisLocks(os.environ["REDIS_URL"]).lock("c"):
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


def test_three_processes_never_hold_a_conversation_at_once(redis: RedisServer, tmp_path: Path) -> None:
    file = tmp_path / "count"
    file.write_text("0")
    workers = [started(WORKER, REDIS_URL=redis.url, FILE=str(file)) for _ in range(3)]
    for worker in workers:
        finished(worker)
    assert file.read_text() == "120"


async def test_turns_are_served_in_the_order_of_arrival(redis: RedisServer) -> None:
    workers = [RedisLocks(redis.url), RedisLocks(redis.url)]
    served: list[int] = []

    async def turn(number: int) -> None:
        async with workers[number % 2].lock("c"):
            served.append(number)
            await asyncio.sleep(0.03)

    waiting = []
    for number in range(6):
        waiting.append(asyncio.create_task(turn(number)))
        await asyncio.sleep(0.01)
    # What one worker holds back itself comes to Redis later: each worker's own order is kept, and none waits for all.
    await asyncio.gather(*waiting)
    for worker in workers:
        await worker.close()
    assert sorted(served) == list(range(6))
    assert [n for n in served if n % 2] == [1, 3, 5] and [n for n in served if not n % 2] == [0, 2, 4]


async def test_a_worker_killed_in_a_turn_holds_the_conversation_only_for_a_while(redis: RedisServer) -> None:
    dead = await asyncio.to_thread(started, DIES, REDIS_URL=redis.url)
    await asyncio.to_thread(dead.communicate)
    began, store = time.monotonic(), RedisLocks(redis.url)
    async with store.lock("c"):
        assert time.monotonic() - began < locks.LIFETIME_MS / 1000 + 1
    await store.close()


async def test_without_redis_each_worker_keeps_its_own_order_and_redis_is_found_again(
    redis: RedisServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(locks, "REST_S", 0.2)
    store = RedisLocks(redis.url)
    redis.stop()
    inside, most = 0, 0

    async def turn() -> None:
        nonlocal inside, most
        async with store.lock("c"):
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.01)
            inside -= 1

    await asyncio.gather(*(turn() for _ in range(5)))
    assert most == 1 and not await store.ping()
    assert caplog.text.count("Redis is away") == 1
    redis.start()
    await asyncio.sleep(0.3)
    await turn()
    assert await store.ping() and "Redis is back" in caplog.text
    await store.close()
