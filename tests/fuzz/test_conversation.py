"""Generated messages through the assistant itself: none breaks it (`assistant fuzz` runs many more)."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from bot.fuzz.run import fuzz
from tests.conftest import Talk

SECRET = "06 12 34 56 78"


@pytest.mark.model
def test_five_hundred_messages_are_answered(talk: Talk) -> None:
    report = talk._loop.run_until_complete(fuzz(talk.agent, 500, seed=20))
    assert report.messages == 500
    assert not report.failures, report.failures
    assert {"answer", "question", "handover", "smalltalk"} <= set(report.kinds)


@pytest.mark.model
@pytest.mark.parametrize("text", ["?", "...", "qsdf qsdf", "je ne sais pas"])
def test_what_is_not_understood_is_asked_again(talk: Talk, text: str) -> None:
    custom = talk(text)[-1]["custom"]
    assert custom["kind"] == "question"


def test_a_failure_tells_where_and_nothing_personal(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(message: Any) -> None:
        raise ValueError(message.text)

    monkeypatch.setattr("bot.fuzz.run.conversations", lambda seed: iter([["bonjour"], [f"mon numéro {SECRET}"]]))
    monkeypatch.setattr("bot.fuzz.run.CALLS", 10**9)
    report = asyncio.run(fuzz(SimpleNamespace(handle_message=broken), 2, seed=1))
    failure = report.failures[-1]
    assert (failure.conversation, failure.turn) == (1, 1)
    assert "ValueError at" in failure.what and "test_conversation.py" in failure.what
    assert SECRET not in repr(report)
