"""The choices of a question, as a caller can say or key them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.rendering.speech.datafiles import data
from bot.rendering.speech.sentences import MOST_WORDS, sentences, word_count
from bot.rendering.speech.words import said
from rules_engine.facts import vocabulary

MOST_KEYS, MOST_SENTENCES = 9, 3


def titles(question: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the choices that a keypad picks, the first by 1."""
    return tuple(choice["title"] for choice in question.get("choices") or ())[:MOST_KEYS]


def spoken_choices(question: Mapping[str, Any]) -> list[str]:
    """Return the sentences that offer the choices of a question, or say how to reply to it."""
    choices = titles(question)
    if not choices:
        fact = question.get("fact", "")
        kind = vocabulary()[fact].type if fact in vocabulary() else ""
        return sentences(data("phrases")["by_type"].get(kind, ""))
    lines = _packed([data("phrases")["choice"].format(key=key, title=title) for key, title in enumerate(choices, 1)])
    everything = len(lines) <= MOST_SENTENCES and len(choices) == len(question["choices"])
    if everything:
        return lines
    if len(lines) <= MOST_SENTENCES:
        return [*lines[: MOST_SENTENCES - 1], *sentences(data("phrases")["choices_else"])]
    return sentences(data("phrases")["own_words"])


def _packed(choices: Sequence[str]) -> list[str]:
    """Return choices in as few sentences as a listener can hold."""
    opening = data("phrases")["choices_open"]
    packed: list[str] = []
    for choice in choices:
        joined = f"{packed[-1]}, {said(choice)}" if packed else opening + said(choice)
        if not packed or word_count(joined) > MOST_WORDS:
            packed.append(said(choice) if packed else joined)
        else:
            packed[-1] = joined
    return [line for each in packed for line in sentences(each)]
