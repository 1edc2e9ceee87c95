"""The sorter of messages, from a loaded assistant and the model of the triage."""

from __future__ import annotations

from typing import Any

from bot.knowledge import ranker_of
from bot.settings import Settings
from bot.triage.brain import Brain
from bot.triage.sorter import Sorter
from bot.triage.training import ensure


def load_sorter(agent: Any, settings: Settings) -> Sorter:
    """Return what sorts messages; its model is trained first (half a minute) when there is none for the data."""
    return Sorter(Brain(agent), ensure(settings, ranker_of(agent)))
