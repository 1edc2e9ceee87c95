"""What an adviser who takes a call reads: the question, what was understood, what was answered. Redacted as all is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from actions.state import Conversation
from bot.privacy.redactor import redact
from bot.rendering.french import euros, long_date
from bot.rendering.renderer import Renderer
from bot.rendering.speech.datafiles import data
from bot.rendering.speech.written import body
from rules_engine.facts import Fact, vocabulary

MOST_QUESTIONS, LONGEST = 3, 300


def summary(questions: Sequence[str], conversation: Conversation, on: date) -> str:
    """Return the summary of a conversation, in French.

    Args:
        questions: what the caller asked, in order.
        conversation: as the assistant remembers it.
        on: the day.
    """
    told = {
        "asked": " / ".join(question.strip(" .?!") for question in questions[-MOST_QUESTIONS:]),
        "facts": " ; ".join(_facts(conversation.facts)),
        "answered": _answered(conversation.last, on),
        "pending": vocabulary()[conversation.pending.fact].question if conversation.pending else "",
    }
    phrases = data("phrases")["summary"]
    lines = [phrases[name].format(told=words) for name, words in told.items() if words]
    return redact("\n".join(lines) or phrases["nothing"])


def _facts(facts: Mapping[str, Any]) -> list[str]:
    return [f"{vocabulary()[name].label} : {_value(vocabulary()[name], value)}" for name, value in facts.items()]


def _value(fact: Fact, value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        return long_date(value)
    if fact.type == "money":
        return euros(Decimal(str(value)))
    return f"{fact.choice_label(value)} {fact.unit}".strip() if fact.type == "integer" else fact.choice_label(value)


def _answered(last: Mapping[str, Any], on: date) -> str:
    if not last:
        return ""
    text = " ".join(body(Renderer(on).message(last)["text"]).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"
