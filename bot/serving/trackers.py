"""Rasa's SQL tracker store, opened at its first use and mended by itself: a database that is away stops no start.

Rasa's own waits for the database before anything is served, keeps connections that the database has closed, and lets
each turn wait as long as the network does.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from rasa.core.tracker_store import SerializedTrackerAsText, SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy.orm import sessionmaker

from bot.settings import Settings
from bot.storage.conversations import FILE
from kb.ingestion.database import open_engine

REST_S = 2.0


class TrackersAwayError(sa.exc.SQLAlchemyError):
    """The database failed a moment ago; it is not asked again yet."""


class Trackers(SQLTrackerStore):
    """Conversations in SQLite or PostgreSQL."""

    def __init__(self, domain: Domain, url: Any) -> None:
        """Take the domain and the address; nothing connects yet."""
        # Not the parent's own, which blocks until the database answers.
        SerializedTrackerAsText.__init__(self)
        TrackerStore.__init__(self, domain, None)
        self.engine = open_engine(url)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._made = False
        self._away_until = 0.0

    @contextmanager
    def session_scope(self) -> Iterator[Any]:
        """Yield a session; after a failure the database is left alone for a moment, so that no turn waits for it.

        Raises:
            sqlalchemy.exc.SQLAlchemyError: when the database does not answer, or does wrong.
        """
        if time.monotonic() < self._away_until:
            raise TrackersAwayError("the tracker store is away")
        session = self.sessionmaker()
        try:
            if not self._made:
                self._make()
            yield session
        except sa.exc.SQLAlchemyError:
            # A row that cannot be written says nothing of the next; a database that is not there does.
            self._away_until = time.monotonic() + (0 if self._alive() else REST_S)
            raise
        finally:
            session.close()

    def _make(self) -> None:
        """Make the table where there is none; of two workers that do, the second finds it."""
        try:
            self.Base.metadata.create_all(self.engine)
        except (sa.exc.ProgrammingError, sa.exc.IntegrityError):
            self.Base.metadata.create_all(self.engine)
        self._made = True

    def _alive(self) -> bool:
        try:
            with self.engine.connect() as connection:
                connection.execute(sa.text("SELECT 1"))
        except sa.exc.SQLAlchemyError:
            return False
        return True


def trackers_of(settings: Settings, domain: Domain) -> Trackers:
    """Return the conversations: in the data folder, or where the setting says."""
    return Trackers(domain, settings.database_url or f"sqlite:///{settings.data / FILE}")
