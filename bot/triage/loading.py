"""The sorter of messages, from a loaded assistant and the model of the triage."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

from bot.settings import Settings
from bot.triage.brain import Brain, Parsed
from bot.triage.sorter import Sorter
from bot.triage.training import Hear, ensure
from kb.ranking import Topic


def load_sorter(agent: Any, settings: Settings) -> Sorter:
    """Return what sorts messages; its model is trained first (half a minute) when there is none for the data."""
    brain = Brain(agent)
    return Sorter(brain, ensure(settings, hearing(brain)))


def hearing(brain: Brain) -> Hear:
    """Return how the assistant hears many messages; may be called whether an event loop runs or not."""

    async def parsed(messages: Sequence[str]) -> list[Parsed]:
        return [await brain.parse(words, date.today()) for words in messages]

    def hear(messages: Sequence[str]) -> list[tuple[Sequence[Topic], Mapping[str, float]]]:
        with ThreadPoolExecutor(max_workers=1) as apart:
            heard = apart.submit(asyncio.run, parsed(messages)).result()
        return [(each.topics, each.heard) for each in heard]

    return hear
