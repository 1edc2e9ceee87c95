"""The intents that the words of a short message settle by themselves ("annule, …", "je ne donne pas mon âge")."""

from __future__ import annotations

from functools import lru_cache
from re import Pattern

from bot.understanding.follow_up import follow_up
from bot.understanding.lexicons import signs
from bot.understanding.polarity import asks
from bot.understanding.reader import Reading

# Words of the longest message that its words alone settle.
LONGEST = 12
# Settled whatever the message states; then those of a message that states a fact.
SAID, STATING = ("cancel", "goodbye", "dont_know"), ("correct_fact", "inform")


@lru_cache(maxsize=8)
def _signs(intent: str) -> Pattern[str]:
    """Return what tells an intent (`lexicon/plain.yml`)."""
    return signs("plain", intent)


def plain_intent(text: str, reading: Reading) -> str:
    """Return the intent that the words of a message leave no doubt of; empty where they leave some, or ask."""
    if reading.words > LONGEST or reading.linked.strong or asks(text, reading):
        return ""
    stating = STATING if reading.facts or reading.dates or reading.mentions else ()
    return next((intent for intent in (*SAID, *stating) if _signs(intent).match(reading.text)), "")


def asks_money_of(reading: Reading) -> bool:
    """Return whether a message names its benefit, asks for money and opens as no follow-up: a whole question."""
    money = reading.cues & {"open_question", "rate"}
    return reading.linked.strong and bool(money) and not follow_up(reading.text)


def untold(reading: Reading) -> bool:
    """Return whether a message says that something is not known, or will not be told."""
    return any(_signs(kind).match(reading.text) for kind in ("dont_know", "untold"))


def comes_back(reading: Reading) -> bool:
    """Return whether a message comes back to a subject left before ("revenons à ma cotisation")."""
    return bool(_signs("returns").match(reading.text))
