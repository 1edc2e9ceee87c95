"""The turns of a conversation, as the tracker keeps them: what was asked, and what answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.understood import Understood
from bot.channels.turns import is_answer
from bot.storable import storable
from kb.entries import entries
from kb.ranking import ELSEWHERE
from rules_engine.registry import rules

MESSAGE_ID = "message_id"
# Below this likelihood a question is about nothing that we know.
LEAST_SHARE = 0.05


@dataclass
class Turn:
    """A question and its answers.

    Attributes:
        place: which turn of the conversation it is; message_id: as the client named it.
        parsed: the question as Rasa read it; answers: not yet in words, as the actions gave them.
    """

    place: int
    question: str
    message_id: str
    parsed: Mapping[str, Any] = field(repr=False)
    answers: list[Mapping[str, Any]] = field(default_factory=list, repr=False)

    @property
    def kind(self) -> str:
        """The kind of the last answer."""
        return str(self.answers[-1]["kind"])

    @property
    def topic(self) -> str:
        """What answered; where nothing did, what the question is likeliest about."""
        told = [topic for answer in self.answers if (topic := answer.get("topic", "")) in entries() or topic in rules()]
        return str(told[-1]) if told else guessed_topic(self.parsed)


async def turns(agent: Any, sender: str) -> list[Turn]:
    """Return the answered turns of a conversation, none when there is no such conversation."""
    from rasa.shared.core.events import BotUttered, UserUttered

    tracker = await agent.tracker_store.retrieve(sender)
    found: list[Turn] = []
    for event in tracker.events if tracker else ():
        if isinstance(event, UserUttered):
            told = (event.metadata or {}).get(MESSAGE_ID)
            found.append(Turn(len(found), storable(event.text or ""), str(told or ""), event.parse_data or {}))
        elif isinstance(event, BotUttered) and found:
            answer = (event.data or {}).get("custom")
            if is_answer(answer):
                found[-1].answers.append(answer)
    return [turn for turn in found if turn.answers]


def guessed_topic(parsed: Mapping[str, Any]) -> str:
    """Return the entry that a message is likeliest about, empty where none is likely."""
    topics = [topic for topic in Understood.from_rasa(parsed).topics if not topic[0].startswith(ELSEWHERE)]
    name, share = max(topics, key=lambda topic: topic[1], default=("", 0.0))
    return name if share >= LEAST_SHARE else ""
