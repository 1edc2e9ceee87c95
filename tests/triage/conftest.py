"""The sorter in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.settings import Settings
from bot.triage.sorter import Sorter
from tests.conftest import Talk

Triage = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def sorter(talk: Talk) -> Sorter:
    """What sorts messages, its model trained when there is none for the data."""
    from bot.triage.loading import load_sorter

    return load_sorter(talk.agent, Settings())


@pytest.fixture(scope="session")
def triage(sorter: Sorter) -> Triage:
    """Sort one message."""
    loop = asyncio.new_event_loop()

    def sort(subject: str, body: str, today: date | None = None) -> dict[str, Any]:
        return loop.run_until_complete(sorter.triage(subject, body, today))

    return sort
