"""Rasa's own story tests: the intent of each message and the action that follows."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.model
STORIES = Path(__file__).parent / "stories" / "test_dialogue.yml"

STEP = re.compile(r"(- (?:intent|action): (\w+)(?:  # predicted: (\w+))?.*)")


def test_the_stories_are_followed(model: Path, tmp_path: Path) -> None:
    from rasa.core.test import test as run_stories

    from bot.runtime import load_agent
    from bot.settings import Settings

    agent = load_agent(model, Settings(data=tmp_path))
    asyncio.run(
        run_stories(
            str(STORIES),
            agent,
            out_directory=str(tmp_path),
            e2e=True,
            disable_plotting=True,
            successes=True,
            errors=True,
        )
    )
    told = "".join(path.read_text(encoding="utf-8") for path in tmp_path.glob("*_test_stories.yml"))
    # The stories annotate no entity (tests/understanding does): Rasa prints each step, with what was predicted.
    wrong = [step for step, wanted, got in STEP.findall(told) if got and wanted != got]
    assert told.count("- intent:") == STORIES.read_text(encoding="utf-8").count("intent:")
    assert not wrong
