"""The data files that a business expert edits: a phrase that says nothing is named, not silently passed over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from bot.understanding.lexicon_facts import lexicon
from bot.understanding.safety import STOP_WORDS as SAFETY_STOP_WORDS
from bot.understanding.text import phrase_key
from kb.entries import entries
from rules_engine.catalogue import catalogue
from rules_engine.facts import vocabulary


def catalogue_phrases() -> Iterator[tuple[str, str]]:
    for family in catalogue().families.values():
        for phrase in family.words:
            yield family.id, phrase
        for phrases in family.contextual.values():
            for phrase in phrases:
                yield family.id, phrase


def lexicon_phrases() -> Iterator[tuple[str, str]]:
    for name in ("worlds", "cues"):
        for meaning, phrases in lexicon(name).items():
            for phrase in phrases if isinstance(phrases, list) else ():
                yield f"{name}.{meaning}", phrase


@pytest.mark.parametrize("phrases", [catalogue_phrases, lexicon_phrases])
def test_every_phrase_says_something(phrases: Callable[[], Iterator[tuple[str, str]]]) -> None:
    silent = [(where, phrase) for where, phrase in phrases() if not phrase_key(phrase)]
    assert not silent, "these are made of words that are passed over: they can never be found"


def test_every_sign_of_danger_says_something() -> None:
    silent = [
        (intent, phrase)
        for intent, lists in lexicon("safety").items()
        for kind in ("signs", "unless")
        for phrase in lists[kind]
        if not phrase_key(phrase, SAFETY_STOP_WORDS)
    ]
    assert not silent


def test_every_fact_has_a_french_name() -> None:
    assert not [fact.id for fact in vocabulary().values() if not fact.label]


def test_every_entry_can_be_found() -> None:
    assert not [entry.id for entry in entries().values() if not entry.questions]
