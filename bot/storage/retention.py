"""What is kept goes away after a time: everything that holds somebody's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from bot.settings import Settings
from bot.storage.conversations import purge_conversations
from bot.storage.database import Database
from bot.storage.models import QueueItem, Rating, TurnNote, now


@dataclass(frozen=True)
class Purged:
    """How many of each were erased; of conversations, how many events."""

    messages: int
    notes: int
    ratings: int
    events: int


def purge(database: Database, settings: Settings) -> Purged:
    """Erase what is older than the setting says; conversations by their last message.

    A note goes no later than the conversation that it was taken of, and what tells of somebody's health goes with it.
    """
    limit = now() - timedelta(days=settings.retention_days)
    with database.write() as session:
        messages, notes, ratings = (
            session.execute(
                sa.delete(table).where(table.created_at < limit).execution_options(synchronize_session=False)
            ).rowcount
            for table in (QueueItem, TurnNote, Rating)
        )
    database.forget()
    return Purged(messages, notes, ratings, purge_conversations(settings, limit))
