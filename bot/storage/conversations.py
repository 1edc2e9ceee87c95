"""Conversations as Rasa keeps them (its table `events`): erased by age, erased or read one by its reference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa

from bot.settings import Settings

FILE = "conversations.db"
EVENTS = sa.table("events", sa.column("id"), sa.column("sender_id"), sa.column("timestamp"), sa.column("data"))


def purge_conversations(settings: Settings, limit: datetime) -> int:
    """Erase the conversations whose last event is older than a moment (UTC); return how many events went."""
    still = EVENTS.alias()
    silent = (
        sa.select(still.c.sender_id)
        .group_by(still.c.sender_id)
        .having(sa.func.max(still.c.timestamp) < limit.replace(tzinfo=timezone.utc).timestamp())
    )
    return _delete(settings, EVENTS.c.sender_id.in_(silent))


def erase_conversation(settings: Settings, sender: str) -> int:
    """Erase one conversation; return how many events went."""
    return _delete(settings, EVENTS.c.sender_id == sender)


def delete_of(connection: Any, sender: str) -> None:
    """Erase one conversation through a connection; in SQLite, its pages are overwritten."""
    _overwriting(connection).execute(sa.delete(EVENTS).where(EVENTS.c.sender_id == sender))


def events_of(settings: Settings, sender: str) -> list[dict[str, Any]]:
    """Return the events kept of one conversation, in order."""
    with _connection(settings) as connection:
        if connection is None or not sa.inspect(connection).has_table(EVENTS.name):
            return []
        kept = sa.select(EVENTS.c.data).where(EVENTS.c.sender_id == sender).order_by(EVENTS.c.id)
        return [json.loads(data) for data in connection.scalars(kept)]


def _delete(settings: Settings, which: Any) -> int:
    with _connection(settings) as connection:
        if connection is None or not sa.inspect(connection).has_table(EVENTS.name):
            return 0
        return int(connection.execute(sa.delete(EVENTS).where(which)).rowcount)


def _overwriting(connection: Any) -> Any:
    if connection.engine.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    return connection


@contextmanager
def _connection(settings: Settings) -> Iterator[Any]:
    """Yield a connection where conversations are kept, None where none ever was."""
    path = settings.data / FILE
    if not settings.database_url and not path.exists():
        yield None
        return
    engine = sa.create_engine(settings.database_url or f"sqlite:///{path}", future=True)
    try:
        with engine.connect() as connection:
            yield _overwriting(connection)
            connection.commit()
    finally:
        engine.dispose()
