"""The assistant asked by an adviser on the phone: one question, one answer, no conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.responder import respond
from actions.state import Conversation
from bot.rendering.brief import brief
from bot.rendering.renderer import Renderer, fill
from bot.triage.brain import Brain
from kb.entries import entries


class Adviser:
    """The loaded assistant, asked without a conversation."""

    def __init__(self, agent: Any) -> None:
        """Take a loaded agent."""
        self._brain = Brain(agent)

    async def ask(self, question: str, facts: Mapping[str, Any], today: date) -> dict[str, Any]:
        """Return the answer to a redacted question: whole, and as it is said aloud.

        Args:
            question: the words.
            facts: what is known of the member, parsed.
            today: the day.
        """
        parsed = await self._brain.parse(question, today)
        answers = respond(Conversation(facts={**facts}), parsed.understood, today)
        renderer = Renderer(today)
        messages = [renderer.message(answer.to_json()) for answer in answers]
        last = messages[-1]["custom"]
        reply = {
            "kind": last["kind"],
            "topic": last["topic"],
            "text": "\n\n".join(message["text"] for message in messages),
            "spoken": spoken(messages[-1]["text"], last["topic"], today),
            "sources": [source for message in messages for source in message["custom"]["sources"]],
        }
        return {**reply, **{name: last[name] for name in ("decision", "question") if name in last}}


def spoken(text: str, topic: str, today: date) -> str:
    """Return what is said aloud: the entry's short answer, else the first sentences."""
    if topic in entries() and entries()[topic].short:
        return fill(entries()[topic].short, today)
    return brief(text) or text
