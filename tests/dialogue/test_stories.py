"""Rasa's own story tests: the intent of each message and the action that follows."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.dialogue.told import FOLDER, Story, cases

pytestmark = pytest.mark.model

STEP = re.compile(r"- (?:intent|action): (\w+)(?:  # predicted: (\w+))?")
NAME = re.compile(r"- story: '?(.+) \(\S+\)'?$")
# Stories with a message whose intent is read otherwise than it should be: story → the message, and what it is taken
# for. In context most of them are still answered as they should (test_replies.py). Mending one makes its test tell.
MISREAD: Mapping[str, str] = {
    "the eyes, on the phone": "« chirurgie de la myopie », a button's title, for medical_advice",
    "the doctor, then the option of the collective contract": "« j'ai l'option 2, pas la 1 » for ask_information",
    "words where an amount is asked": "« Beaucoup trop à mon goût » for emergency_medical",
    "no age told: both cases of the frame": "« je donne pas mon âge » for ask_information",
    "no income told": "« Je ne souhaite pas communiquer mes revenus » for ask_information",
    "the contract is not known": "« je sai pas ces quoi mon contra » not for dont_know",
    "it, the card": "« et je la demande dans quelle rubrique ? » for nlu_fallback",
    "nothing three times in reply to a question": "« gnagna xx » for emergency_violence",
    "the other contract of the guides": "a message that goes on, for ask_information",
    "the pension of a late spouse does not count, and the contribution goes on": "a question for follow_up",
    "the phone number, then the dog again": "a question for follow_up",
    "it, the annuity": "a question for follow_up",
    "them, the assistance": "a question for nlu_fallback",
    "goodbye on the phone": "a question for follow_up",
}


@pytest.fixture(scope="module")
def predicted(model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The steps of each story as Rasa's test prints them, with what was predicted."""
    from rasa.core.test import test as run_stories

    from bot.runtime import load_agent
    from bot.settings import Settings

    out = tmp_path_factory.mktemp("stories")
    agent = load_agent(model, Settings(data=out))
    asyncio.run(
        run_stories(
            str(FOLDER),
            agent,
            out_directory=str(out),
            e2e=True,
            disable_plotting=True,
            successes=True,
            errors=True,
        )
    )
    steps: dict[str, list[str]] = {}
    for path in out.glob("*_test_stories.yml"):
        story = ""
        for line in map(str.strip, path.read_text(encoding="utf-8").splitlines()):
            named = NAME.match(line)
            if named:
                story = named[1].replace("''", "'")
            elif STEP.match(line):
                steps.setdefault(story, []).append(line)
    return steps


@pytest.mark.parametrize("story", cases(MISREAD))
def test_the_stories_are_followed(story: Story, predicted: dict[str, list[str]]) -> None:
    # The stories annotate no entity (tests/understanding does): Rasa prints each step, with what was predicted.
    steps = [STEP.match(line) for line in predicted[story.name]]
    read = [step[1] for step in steps if step and "intent:" in step[0]]
    assert read == list(story.intents)
    wrong = [step[0] for step in steps if step and step[2] and step[1] != step[2]]
    assert not wrong
