"""What is backed up comes back, whole or not at all."""

from __future__ import annotations

import io
import shutil
import stat
import tarfile
from pathlib import Path

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.serving.trackers import trackers_of
from bot.settings import Settings
from bot.storage.backup import BackupError, backup, restore
from bot.storage.store import open_store
from tests.storage.made import arrival, emptied


@pytest.fixture
def settings(url: str, tmp_path: Path) -> Settings:
    """Settings of an empty database, SQLite and PostgreSQL in turn."""
    server = "" if url.startswith("sqlite") else url
    return Settings(data=tmp_path / "data", database_url=server, secret="")


def conversation(settings: Settings) -> list[str]:
    store = trackers_of(settings, Domain.empty())
    with store.session_scope() as session:
        found = [row.sender_id for row in session.query(store.SQLEvent).all()]
    store.engine.dispose()
    return found


async def filled(settings: Settings) -> str:
    """Put one of everything in; return the reference of a conversation, which the key makes."""
    trackers = trackers_of(settings, Domain.empty())
    await trackers.save(DialogueStateTracker.from_events("kept", [UserUttered("bonjour")]))
    trackers.engine.dispose()
    store = open_store(settings)
    store.queue.add(arrival("a"))
    reference = store.conversation("kept")
    store.close()
    return reference


async def test_a_backup_comes_back_whole(settings: Settings, tmp_path: Path) -> None:
    if settings.database_url and not shutil.which("pg_restore"):
        pytest.skip("pg_restore is not installed here")
    reference = await filled(settings)
    store = open_store(settings)  # as the server holds it, while it is backed up
    backup(settings, tmp_path / "b")
    assert stat.S_IMODE((tmp_path / "b").stat().st_mode) == 0o600
    store.queue.add(arrival("later"))
    store.close()
    if settings.database_url:
        emptied(settings.database_url)
    else:
        shutil.rmtree(settings.data)
    restore(settings, tmp_path / "b")
    store = open_store(settings)
    assert store.queue.known("a") and store.queue.known("later") is None
    assert store.conversation("kept") == reference
    store.close()
    assert "kept" in conversation(settings)


async def test_what_was_lost_and_made_anew_is_replaced(settings: Settings, tmp_path: Path) -> None:
    await filled(settings)
    backup(settings, tmp_path / "b")
    store = open_store(settings)
    store.queue.add(arrival("later"))
    store.close()
    restore(settings, tmp_path / "b")
    store = open_store(settings)
    assert store.queue.known("later") is None and store.queue.known("a")
    store.close()


async def test_a_broken_backup_changes_nothing(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", database_url="", secret="")
    await filled(settings)
    backup(settings, tmp_path / "good")
    whole = (tmp_path / "good").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "noise").write_bytes(b"no archive" * 100)
    for name, member in (("damaged", "assistant.db"), ("foreign", "../passwd")):
        with tarfile.open(tmp_path / name, "w:gz") as archive:
            info = tarfile.TarInfo(member)
            info.size = 3_000
            archive.addfile(info, io.BytesIO(b"SQLite format 3\x00" + b"?" * 2_984))
    for name in ("cut", "noise", "damaged", "foreign", "none"):
        with pytest.raises(BackupError):
            restore(settings, tmp_path / name)
    store = open_store(settings)
    assert store.queue.known("a")
    store.close()


async def test_a_damaged_database_is_not_backed_up_over_a_good_backup(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data", database_url="", secret="")
    await filled(settings)
    backup(settings, tmp_path / "b")
    good = (tmp_path / "b").read_bytes()
    (settings.data / "assistant.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(BackupError):
        backup(settings, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == good and not list(tmp_path.glob("*.part"))


def test_a_backup_is_refused_where_there_is_nothing(tmp_path: Path) -> None:
    with pytest.raises(BackupError):
        backup(Settings(data=tmp_path / "none", database_url="", secret=""), tmp_path / "b")
    assert not (tmp_path / "b").exists()
