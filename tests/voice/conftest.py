"""Calls in this process."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable

import pytest

from bot.voice.call import Calls, Turn
from bot.voice.line import Heard
from tests.conftest import Talk

Call = Callable[..., list[Turn]]


@pytest.fixture(scope="session")
def call(talk: Talk) -> Call:
    """Return each turn of a fresh call; a text is what was heard."""
    loop = asyncio.new_event_loop()
    calls = Calls(talk.agent, talk.agent.handle_message)

    def turns(*heard: Heard | str, greets: bool = False) -> list[Turn]:
        sender = f"call-{uuid.uuid4().hex}"
        steps = [Heard(each) if isinstance(each, str) else each for each in heard]
        return [loop.run_until_complete(calls.turn(sender, step, greets=greets)) for step in steps]

    return turns
