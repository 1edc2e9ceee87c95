"""What the assistant answers to every turn of the stories, held against their `metadata.replies`.

What is expected comes from the documents, never from what the assistant says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from tests.conftest import Talk
from tests.dialogue.told import KEYS, Story, cases, faults, shown, told

# Stories that the assistant does not yet answer as it should: story → what it says, and what is right. Mending one
# makes its test tell.
KNOWN_DEFECTS: Mapping[str, str] = {
    "a lost card, the contract said with a slip": (
        "the second turn is noted only: the question is taken for one on the member's file (account_data); right: the "
        "contract is asked, then how MGEN Solutions reissues a card"
    ),
    "the phone number, then the dog again": (
        "« les appeler » is answered with 3676, the mutual's own; right: 09 72 72 27 28, of the assistance talked about"
    ),
    "opening hours between two questions on teleconsultation": (
        "the hours of the teleconsultation are told again, then nothing is found; right: 8 h 30 to 18 h from Monday to "
        "Friday, then no advance of money"
    ),
    "the cinema, then the password again": (
        "« paumé mon mot de passe » is told what a password is made of; right: « Mot de passe oublié ? »"
    ),
    "he, the osteopath": "« il doit être diplômé ? » is answered with the amount again; right: yes, article 30",
    "it, the card": "« je la demande dans quelle rubrique » is out of scope; right: « Réédition carte mutuelle »",
    "them, the assistance": (
        "« on les appelle à quel numéro » is told where the member's own number stands; right: 09 74 75 25 70"
    ),
    "two questions to the assistance, on the phone": (
        "without punctuation the second is not answered; right: 20 days, Notice MGEN Assistance, article 5"
    ),
    "words where an amount is asked": (
        "« beaucoup trop à mon goût » is heard as a medical emergency; right: the amount is asked again"
    ),
    "nothing three times in reply to a question": (
        "« gnagna xx » is heard as violence; right: the formule is asked again, then a human"
    ),
}

# The repairs of a conversation, each with stories of its own.
CLASSES = """correction digression_return question_inside_form cancellation restart clarification_benefit
clarification_contract refusal_of_fact choice_by_number_or_typo invalid_value repeated_misunderstanding and_for pronouns
comparison why_source_details thanks_leaving two_requests""".split()
LEAST_OF_A_CLASS, LEAST = 5, 80
STYLES = {"clean", "familiar", "typos", "sms", "voice"}
AREAS = {"care", "membership", "contributions", "prevoyance", "assistance", "guides"}
CONTRACTS = {"MSP", "OJI", "FPE", "SOLUTIONS"}


@pytest.mark.model
@pytest.mark.parametrize("story", cases(KNOWN_DEFECTS))
def test_every_reply_is_as_the_documents_want_it(talk: Talk, story: Story) -> None:
    conversation, wrong = [], []
    for turn, reply, messages in zip(story.turns, story.replies, talk.each(*story.turns), strict=True):
        found = faults(reply, messages)
        conversation.append(shown(turn, messages, found))
        wrong += found
    assert not wrong, "\n" + "\n".join(conversation)


def test_there_are_stories_of_every_class() -> None:
    counted = Counter(story.kind for story in told())
    assert {kind: counted[kind] for kind in CLASSES if counted[kind] < LEAST_OF_A_CLASS} == {}
    assert sum(counted.values()) >= LEAST


def test_the_stories_are_of_all_styles_areas_and_contracts() -> None:
    every = list(told())
    assert {story.style for story in every} == STYLES
    assert {story.area for story in every} == AREAS
    assert {story.contract for story in every} == CONTRACTS


@pytest.mark.parametrize("story", told(), ids=lambda story: story.name)
def test_a_story_tells_what_each_reply_must_be(story: Story) -> None:
    assert 2 <= len(story.turns) <= 6
    assert len(story.turns) == len(story.replies)
    assert all("kind" in reply and reply.keys() <= KEYS for reply in story.replies)


def test_no_two_stories_are_called_alike() -> None:
    names = Counter(story.name for story in told())
    assert [name for name, count in names.items() if count > 1] == []
