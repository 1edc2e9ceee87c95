"""What is said of the conversation itself: why, where it is written, dropping the subject, courtesies, emergencies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from actions.answers import Answer
from actions.follow_ups import repeated, why_asked
from actions.state import Conversation
from actions.understood import Understood

Handler = Callable[[Conversation, Understood, date], list[Answer]]


def ask_why(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Explain the last answer from its reasons, or why the open question is asked."""
    if conversation.pending:
        return why_asked(conversation.pending)
    last = conversation.last
    if not last:
        return [Answer("question", "nothing_to_explain")]
    return [explained(last)]


def explained(last: Mapping[str, Any]) -> Answer:
    """Return the answer that explains another (as JSON) from its reasons."""
    return Answer(
        "answer",
        "why",
        {"last": last},
        topic=last.get("topic", ""),
        sources=last.get("sources", []),
        decision=last.get("decision"),
    )


def ask_source(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Say where the last answer is written."""
    last = conversation.last
    if not last:
        return [Answer("question", "nothing_to_explain")]
    return [Answer("answer", "where", {"last": last}, topic=last.get("topic", ""), sources=last.get("sources", []))]


def cancel(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Drop the subject; what is known of the contract stays."""
    conversation.clear_subject()
    return [Answer("smalltalk", "cancelled")]


def restart(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Forget everything said."""
    conversation.clear_subject()
    conversation.facts, conversation.last = {}, {}
    return [Answer("smalltalk", "restarted")]


def complaint(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
    """Stay calm and offer a human; an answer that is contested is given again, with its source."""
    calm = Answer("handover", "insult")
    if conversation.last and understood.contests:
        return [calm, repeated(conversation.last)]
    return [calm]


def fixed(kind: str, template: str) -> Handler:
    """Return the handler that always says the same."""

    def say(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
        return [Answer(kind, template)]

    return say


def emergency(template: str) -> Handler:
    """Return the handler of an emergency: the right numbers, nothing else, and the question dropped."""

    def alert(conversation: Conversation, understood: Understood, today: date) -> list[Answer]:
        conversation.pending = None
        return [Answer("emergency", template)]

    return alert
