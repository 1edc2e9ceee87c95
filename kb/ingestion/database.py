"""Opening a database, SQLite or PostgreSQL, so that two processes may use it at once."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

# Seconds to wait for another process that writes.
WRITER_WAITS = 30.0
BUSY = "database is locked"


def open_engine(url: Any) -> Any:
    """Return an engine; an SQLite file is made when there is none, in write-ahead mode with foreign keys held."""
    url = sa.engine.make_url(url)
    if url.get_backend_name() != "sqlite":
        # A server that does not answer fails what asks of it; nobody waits for the network's own minutes.
        patience = {"connect_timeout": 3, "tcp_user_timeout": 10_000}
        return sa.create_engine(url, future=True, pool_pre_ping=True, pool_timeout=5, connect_args=patience)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, future=True, connect_args={"timeout": WRITER_WAITS})
    sa.event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    # SQLite does not wait by itself while another process changes the mode of a new file.
    deadline = time.monotonic() + WRITER_WAITS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except Exception as error:
            if BUSY not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
