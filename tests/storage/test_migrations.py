"""The tables: as the models say, made by one process of several, whole after a crash."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.storage.database import Database, migrate
from bot.storage.models import Base
from tests.storage.made import emptied, finished, started

VERSIONS = "assistant_schema"
OPEN = "import os; from bot.storage.database import Database; Database(os.environ['URL']); print('ready')"
CRASH = """
import os, signal
from alembic import op
def crash(name, *args, **more):
    if name == "rating":
        os.kill(os.getpid(), signal.SIGKILL)
    return make(name, *args, **more)
make, op.create_table = op.create_table, crash
from bot.storage.database import Database
Database(os.environ["URL"])
"""
OURS = {*Base.metadata.tables, VERSIONS}


def tables(url: str) -> set[str]:
    engine = sa.create_engine(url, future=True)
    with engine.connect() as connection:
        found = set(sa.inspect(connection).get_table_names())
    engine.dispose()
    return found & OURS


# The database may hold the documents too, with an index that SQLAlchemy cannot read back.
@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection of expression-based index kb_piece_terms")
def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    def ours(item: sa.schema.SchemaItem, name: str, kind: str, reflected: bool, _: object) -> bool:
        return kind != "table" or name in OURS

    with database.engine.connect() as connection:
        options = {"version_table": VERSIONS, "include_object": ours, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.write() as session:
        session.execute(sa.text("INSERT INTO daily_count (day, name, count) VALUES ('2026-03-12', 'turns', 3)"))
    migrate(database.engine)
    with database.read() as session:
        assert session.execute(sa.text("SELECT count FROM daily_count")).scalar_one() == 3


def test_processes_that_start_at_once_find_the_tables_made_once(url: str) -> None:
    processes = [started(OPEN, URL=url) for _ in range(4)]
    assert [finished(process).strip() for process in processes] == ["ready"] * 4
    assert tables(url) == OURS


def test_a_crash_in_a_migration_leaves_nothing_half_made(url: str) -> None:
    process = started(CRASH, URL=url)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert tables(url) == set()
    Database(url).close()
    assert tables(url) == OURS


def test_a_database_that_holds_others_tables_keeps_them(url: str) -> None:
    engine = sa.create_engine(url, future=True)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE IF NOT EXISTS somebody_elses (id INTEGER)"))
    Database(url).close()
    emptied(url)
    with engine.begin() as connection:
        assert sa.inspect(connection).has_table("somebody_elses")
        connection.execute(sa.text("DROP TABLE somebody_elses"))
    engine.dispose()


def test_sqlite_writes_ahead_and_holds_foreign_keys(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/a.db")
    with database.engine.connect() as connection:
        pragma = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "secure_delete", "busy_timeout")
        }
    database.close()
    assert pragma == {"journal_mode": "wal", "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 30000}


def test_a_database_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database at all, whatever its name says" * 50)
    with pytest.raises(sa.exc.DatabaseError):
        Database(f"sqlite:///{tmp_path}/a.db")
