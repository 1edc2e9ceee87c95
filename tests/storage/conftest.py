"""What the product keeps, empty, on each database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.storage.database import Database
from bot.storage.feedback import Feedback
from bot.storage.keys import Keys
from bot.storage.queue import Queue
from bot.storage.store import Store
from tests.storage.made import emptied


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/assistant.db"
    found: str = request.getfixturevalue("postgresql")
    emptied(found)
    return found


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """An empty database with its tables."""
    database = Database(url)
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> Store:
    """Everything that the product keeps, empty."""
    return Store(database, Keys(b"a key"), Queue(database), Feedback(database))
