"""The product's own database: SQLite in the data folder, or PostgreSQL by one setting; its tables up to date."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.settings import Settings
from kb.ingestion.database import open_engine

logger = logging.getLogger(__name__)
MIGRATIONS = Path(__file__).parent / "migrations"
FILE = "assistant.db"
# Any number, always the same: who migrates holds it, others wait.
MIGRATION_LOCK = 7_236_420
IMMEDIATE = "immediate"


def url_of(settings: Settings) -> str:
    """Return where the product keeps its own."""
    return settings.database_url or f"sqlite:///{settings.data / FILE}"


class Database:
    """Sessions on the product's database."""

    def __init__(self, url: str, *, patient: bool = False) -> None:
        """Open the database and bring its tables up to date; of two processes one does, the other waits.

        Args:
            url: of the database.
            patient: take one that is away or damaged too; each use tries anew, and raises while it stays so.
        """
        self.engine: Any = open_engine(url)
        if self.engine.dialect.name == "sqlite":
            sa.event.listen(self.engine, "connect", _prepare)
            sa.event.listen(self.engine, "begin", _begin)
        self._writing = self.engine.execution_options(**{IMMEDIATE: True})
        self._migrated = False
        try:
            self._ready()
        except sa.exc.SQLAlchemyError as error:
            if not patient:
                raise
            logger.error("the database cannot be used (%s): it is tried again when needed", type(error).__name__)

    @contextmanager
    def read(self) -> Iterator[Any]:
        """Yield a session that reads, beside whoever writes."""
        self._ready()
        with Session(self.engine, future=True) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Any]:
        """Yield a session that writes: all of it is kept, or nothing."""
        self._ready()
        with Session(self._writing, future=True, expire_on_commit=False) as session, session.begin():
            yield session

    def _ready(self) -> None:
        if not self._migrated:
            migrate(self._writing)
            self._migrated = True

    def forget(self) -> None:
        """Leave nothing of what was deleted in SQLite's log; its pages are overwritten as rows go (see `_prepare`)."""
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def migrate(engine: Any) -> None:
    """Bring the tables up to date in one transaction: a crash leaves them as they were."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _prepare(connection: Any, _record: Any) -> None:
    # Python's driver would begin late and commit before changes of the schema; see SQLAlchemy on pysqlite.
    connection.isolation_level = None
    connection.execute("PRAGMA secure_delete = ON")


def _begin(connection: Any) -> None:
    # Who will write says so at once: taking the lock later fails without waiting when another wrote meanwhile.
    immediate = connection.get_execution_options().get(IMMEDIATE)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
