"""What understanding is worth on messages of authors that nobody read, held at the last change."""

from __future__ import annotations

import asyncio

import pytest

from bot.evaluation.figures import figures
from bot.evaluation.outcomes import outcome
from bot.evaluation.splits import measured
from tests.conftest import Talk

pytestmark = pytest.mark.model
# Shares from 0 to 1; raise them with the assistant, never lower them.
AT_LEAST = {"intent": 0.93, "facts": 0.78, "benefit": 0.87, "end_to_end": 0.86, "beyond_recall": 0.95}
AT_MOST = {"facts_contradicted": 0.035, "beside": 0.09, "false_abstention": 0.03, "calibration_error": 0.06}


def test_the_shares_are_held(talk: Talk) -> None:
    async def everyone() -> list:
        return [await outcome(talk.agent, each) for each in measured("aside")]

    found = figures(asyncio.run(everyone()))
    short = {name: found[name] for name, least in AT_LEAST.items() if (found[name] or 0.0) < least}
    over = {name: found[name] for name, most in AT_MOST.items() if (found[name] or 0.0) > most}
    assert not short
    assert not over
