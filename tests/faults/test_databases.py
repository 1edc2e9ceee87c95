"""Databases that are away, damaged or full: a clear error, nothing half kept, and back by themselves."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.serving import trackers as trackers_module
from bot.serving.trackers import Trackers, TrackersAwayError
from bot.storage.database import Database
from bot.storage.queue import Queue
from tests import postgres
from tests.storage.made import arrival

NOISE = b"no database at all, whatever its name says" * 200


def said(*texts: str, sender: str = "c") -> DialogueStateTracker:
    return DialogueStateTracker.from_events(sender, [UserUttered(text) for text in texts])


async def kept(store: Trackers, sender: str = "c") -> list[str]:
    tracker = await store.retrieve(sender)
    return [event.text for event in tracker.events if isinstance(event, UserUttered)] if tracker else []


@pytest.fixture
def cuttable(tmp_path: Path) -> Any:
    """A PostgreSQL server that a test may stop and start."""
    try:
        with postgres.server() as url:
            yield url, postgres.control_of(url)
    except postgres.NoServerError as error:
        pytest.skip(str(error))


async def test_postgresql_cut_and_back(cuttable: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    url, control = cuttable
    monkeypatch.setattr(trackers_module, "REST_S", 0.3)
    store, queue = Trackers(Domain.empty(), url), Queue(database := Database(url))
    await store.save(said("un"))
    number, _ = queue.add(arrival("a"))
    control("stop")
    with pytest.raises(sa.exc.OperationalError):
        await store.retrieve("c")
    began = time.monotonic()
    with pytest.raises(TrackersAwayError):
        await store.retrieve("c")
    assert time.monotonic() - began < 0.1, "no turn waits for what failed a moment ago"
    with pytest.raises(sa.exc.SQLAlchemyError):
        queue.add(arrival("b"))
    late = Database(url, patient=True)  # a server started meanwhile
    with pytest.raises(sa.exc.SQLAlchemyError):
        Queue(late).known("a")
    control("start")
    time.sleep(0.4)
    assert await kept(store) == ["un"], "what was acknowledged is there"
    await store.save(said("un", "deux"))
    assert await kept(store) == ["un", "deux"]
    assert queue.known("a") == Queue(late).known("a") == number and queue.known("b") is None
    for each in (database.engine, late.engine, store.engine):
        each.dispose()


async def test_a_damaged_file_is_told_and_never_replaced_and_a_good_one_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(trackers_module, "REST_S", 0.0)
    path = tmp_path / "assistant.db"
    path.write_bytes(NOISE)
    store, database = Trackers(Domain.empty(), f"sqlite:///{path}"), Database(f"sqlite:///{path}", patient=True)
    assert "the database cannot be used (DatabaseError)" in caplog.text
    with pytest.raises(sa.exc.DatabaseError):
        await store.retrieve("c")
    with pytest.raises(sa.exc.DatabaseError):
        Queue(database).known("a")
    assert path.read_bytes() == NOISE, "somebody may still save what is in it"
    path.unlink()
    await store.save(said("un"))
    assert await kept(store) == ["un"]
    assert Queue(database).add(arrival("a"))[1]


async def test_a_full_disk_keeps_what_was_kept_and_takes_what_comes_after(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/assistant.db"
    store, database = Trackers(Domain.empty(), url), Database(url)
    queue = Queue(database)
    await store.save(said("un"))
    queue.add(arrival("a"))
    full = True

    def bounded(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages if full else 2**30}")

    for engine in (store.engine, database.engine):
        sa.event.listen(engine, "connect", bounded)
    long = "x" * 200_000
    with pytest.raises(sa.exc.OperationalError, match="full"):
        await store.save(said("un", long))
    with pytest.raises(sa.exc.OperationalError):  # SQLite gives the savepoint up with the transaction
        queue.add(arrival("b", draft=long))
    assert await kept(store) == ["un"] and queue.known("a") and queue.known("b") is None
    full = False
    await store.save(said("un", long))
    assert await kept(store) == ["un", long] and queue.add(arrival("b", draft=long))[1]
