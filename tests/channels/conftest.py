"""What the product keeps, empty, for the routes on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.store import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite."""
    store = open_store(Settings(data=tmp_path, database_url="", secret="a key"))
    yield store
    store.close()
