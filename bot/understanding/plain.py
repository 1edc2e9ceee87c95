"""The intents that the words of a short message settle by themselves ("annule, …", "je ne donne pas mon âge")."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from re import Pattern

from bot.understanding.follow_up import follow_up
from bot.understanding.lexicons import lexicon, signs
from bot.understanding.polarity import asks, asks_what
from bot.understanding.reader import Reading
from kb.text import terms
from rules_engine.facts import vocabulary

# Words of the longest message that its words alone settle.
LONGEST = 12
# The facts that say under which contract a question is asked.
CONTRACT = ("contrat", "formule")
# Settled whatever the message states; then those of a message that states a fact.
SAID, STATING = ("cancel", "goodbye", "dont_know"), ("correct_fact", "inform")


@lru_cache(maxsize=8)
def _signs(intent: str) -> Pattern[str]:
    """Return what tells an intent (`lexicon/plain.yml`)."""
    return signs("plain", intent)


def plain_intent(text: str, reading: Reading) -> str:
    """Return the intent that the words of a message leave no doubt of; empty where they leave some, or ask."""
    if only_contract(reading) and not asks(text, reading) and not follow_up(reading.text):
        return "inform"
    if reading.words > LONGEST or reading.linked.strong or asks(text, reading):
        return ""
    stating = STATING if reading.facts or reading.dates or reading.mentions else ()
    return next((intent for intent in (*SAID, *stating) if _signs(intent).match(reading.text)), "")


def only_contract(reading: Reading) -> bool:
    """Return whether a message names a contract or a formule and nothing else ("je suis chez MGEN Solutions")."""
    told = bool(reading.facts.keys() & set(CONTRACT)) and not asks_what(reading)
    return told and set(terms(reading.text)) <= _contract_terms()


@lru_cache(maxsize=1)
def _contract_terms() -> frozenset[str]:
    """Return the terms that name contracts and formules, and what they are."""
    choices = [choice for name in CONTRACT for choice in vocabulary()[name].choices]
    named = [phrase for choice in choices for phrase in (choice.label, *choice.words)]
    return _terms([*named, *lexicon("plain")["beside_contract"]]) - _terms(lexicon("plain")["not_of_contract"])


def _terms(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(term for phrase in phrases for term in terms(phrase))


def untold(reading: Reading) -> bool:
    """Return whether a message says that something is not known, or will not be told."""
    return any(_signs(kind).match(reading.text) for kind in ("dont_know", "untold"))


def comes_back(reading: Reading) -> bool:
    """Return whether a message comes back to a subject left before ("revenons à ma cotisation")."""
    return bool(_signs("returns").match(reading.text))
