"""One turn of a call: what the line says by itself, or the assistant's answers as they are spoken.

The state of the line is kept beside what was said in the conversation, so that whatever erases one erases both.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.answers import Answer
from actions.state import SLOT, Conversation
from bot.rendering.renderer import Renderer
from bot.rendering.speech.script import script
from bot.rendering.speech.ssml import ssml
from bot.serving.reduced import reduced_answers
from bot.understanding.danger import EMERGENCIES
from bot.voice.line import Ask, Heard, Line, Say, Sentences, hear, phrase, told, unheard
from bot.voice.summary import summary

CHANNEL = "voice"
# After these the call goes to an adviser, or ends.
TO_ADVISER, LAST_WORDS = frozenset({"human", "give_up"}), frozenset({"goodbye"})
# What is no question of its own in a summary.
REPLIES = frozenset(
    "inform correct_fact affirm deny dont_know ask_why ask_source ask_human greet thank goodbye".split()
)
Message = dict[str, Any]
Handler = Callable[[UserMessage], Awaitable[Any]]


class AnswersOutput(CollectingOutputChannel):
    """Collects answers, not yet in words."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Mapping[str, Any]] = []

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep an answer of the actions; anything else Rasa says is passed over: it is not for members."""
        answer = message.get("custom")
        if isinstance(answer, dict) and "template" in answer:
            self.answers.append(answer)


@dataclass(frozen=True)
class Turn:
    """What is said in one turn.

    Attributes:
        messages: of the contract; spoken: the sentences of each.
        line: its state after the turn.
        adviser: whether the call then goes to one; ends: whether it is over.
        answered: whether the assistant spoke, and not only the line.
    """

    messages: list[Message]
    spoken: list[Sentences]
    line: Line
    adviser: bool = False
    ends: bool = False
    answered: bool = False


class Calls:
    """The calls that a loaded assistant takes."""

    def __init__(self, agent: Any, ask: Handler) -> None:
        """Take the assistant, and what hears a message."""
        self._agent, self._ask = agent, ask

    async def turn(self, sender: str, heard: Heard, *, greets: bool = False) -> Turn:
        """Return what is said to what was heard.

        Args:
            sender: the call.
            heard: words, keys or nothing.
            greets: whether a call that says nothing at its beginning is greeted rather than asked to speak.
        """
        tracker = await self._tracker(sender)
        line, on = _line(tracker), date.today()
        begins = greets and line == Line() and not (heard.text.strip() or heard.keys)
        step = Say(phrase("greeting"), Line(said=phrase("greeting"))) if begins else hear(line, heard)
        if isinstance(step, Ask) and step.unsure and not await self._danger(step.text):
            step = unheard(line, "misheard")
        if isinstance(step, Say):
            turn = Turn([_own(sender, step, tracker, on)], [step.sentences], step.line, step.adviser)
        else:
            speed = heard.speed if heard.speed is not None else line.speed
            turn = await self._answered(sender, step.text, Line(speed=speed), on)
        await self._keep(sender, turn)
        return turn

    async def _answered(self, sender: str, text: str, line: Line, on: date) -> Turn:
        output = AnswersOutput()
        await self._ask(UserMessage(text, output, sender, input_channel=CHANNEL))
        written = [Renderer(on).message(answer) for answer in output.answers]
        pairs = zip(output.answers, written, strict=True)
        spoken, line = told(line, [script(answer, message, on) for answer, message in pairs])
        customs = [dict(message["custom"]) for message in written]
        templates = {answer["template"] for answer in output.answers}
        adviser = bool(templates & TO_ADVISER)
        if customs[-1]["kind"] == "handover":
            tracker = await self._agent.processor.get_tracker(sender)
            customs[-1]["handover"] = {"summary": _summary(tracker, on), "transfer": adviser}
        said = [_message(sender, *each, line.speed) for each in zip(spoken, customs, strict=True)]
        return Turn(said, spoken, line, adviser, ends=bool(templates & LAST_WORDS), answered=True)

    async def _danger(self, text: str) -> bool:
        """Whether words of which the platform is not sure tell of a danger: those are never asked again."""
        parsed = await self._agent.parse_message(text)
        return (parsed.get("intent") or {}).get("name") in EMERGENCIES

    async def _tracker(self, sender: str) -> DialogueStateTracker:
        """Return the conversation of a call, its session begun: the assistant hears nothing outside one."""
        return await self._agent.processor.fetch_tracker_and_update_session(sender, CollectingOutputChannel())

    async def _keep(self, sender: str, turn: Turn) -> None:
        async with self._agent.lock_store.lock(sender):
            tracker = await self._tracker(sender)
            text = " ".join(message["text"] for message in turn.messages)
            tracker.update(BotUttered(text, metadata={CHANNEL: asdict(turn.line)}))
            await self._agent.tracker_store.save(tracker)


def reduced_turn(sender: str, text: str) -> Turn:
    """Return what is said while the assistant cannot answer: an emergency's numbers, an entry, whom to call."""
    on = date.today()
    answers = [answer.to_json() for answer in reduced_answers(text, on)]
    written = [Renderer(on).message(answer) for answer in answers]
    spoken, line = told(Line(), [script(*pair, on) for pair in zip(answers, written, strict=True)])
    said = [
        _message(sender, sentences, message["custom"], line.speed)
        for sentences, message in zip(spoken, written, strict=True)
    ]
    return Turn(said, spoken, line, answered=True)


def whom_to_call(on: date) -> Sentences:
    """Return what a line says that cannot pass the call on."""
    answer = Answer("handover", "human").to_json()
    return script(answer, Renderer(on).message(answer), on).now


def _line(tracker: DialogueStateTracker) -> Line:
    kept = (event.metadata.get(CHANNEL) for event in reversed(tracker.events) if isinstance(event, BotUttered))
    return Line.from_json(next((state for state in kept if state), None))


def _own(sender: str, step: Say, tracker: DialogueStateTracker, on: date) -> Message:
    """Return the message of what the line says by itself; what it says again keeps the fields of the answer."""
    custom: dict[str, Any] = {"kind": "handover" if step.adviser else "smalltalk", "topic": "", "sources": []}
    last = _last_answer(tracker) if step.repeats else None
    if last:
        custom = dict(Renderer(on).message(last)["custom"])
    if step.adviser:
        custom["handover"] = {"summary": _summary(tracker, on), "transfer": True}
    return _message(sender, step.sentences, custom, step.line.speed)


def _message(sender: str, sentences: Sequence[str], custom: Mapping[str, Any], speed: int) -> Message:
    spoken = {**custom, "ssml": ssml(sentences, speed)}
    return {"recipient_id": sender, "text": " ".join(sentences), "custom": spoken}


def _last_answer(tracker: DialogueStateTracker) -> Mapping[str, Any] | None:
    said = (event.data.get("custom") for event in reversed(tracker.events) if isinstance(event, BotUttered))
    return next((answer for answer in said if answer and "template" in answer), None)


def _summary(tracker: DialogueStateTracker, on: date) -> str:
    said = [event for event in tracker.events if isinstance(event, UserUttered) and event.text]
    asked = [event for event in said if event.intent.get("name") not in REPLIES]
    questions = [str(event.text) for event in asked or said]
    return summary(questions, Conversation.from_slot(tracker.get_slot(SLOT)), on)
