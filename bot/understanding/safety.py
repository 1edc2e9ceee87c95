"""Recognising danger before anything else."""

from __future__ import annotations

from functools import lru_cache

from bot.understanding.lexicon_facts import lexicon
from bot.understanding.phrases import PhraseBook
from bot.understanding.text import Token

Alarm = tuple[str, bool]  # intent, whether the phrase is a sign (True) or a reason to doubt (False)


@lru_cache(maxsize=1)
def alarm_phrases() -> PhraseBook[Alarm]:
    """Return the signs of danger and what speaks against them."""
    return PhraseBook(
        (phrase, (intent, sign))
        for intent, lists in lexicon("safety").items()
        for sign, phrases in ((True, lists["signs"]), (False, lists["unless"]))
        for phrase in phrases
    )


def doubtful(tokens: list[Token], intent: str) -> bool:
    """Whether the message speaks of the rules about a danger rather than of a danger."""
    return any(match.meaning == (intent, False) for match in alarm_phrases().find(tokens))


def alarm(tokens: list[Token]) -> str | None:
    """Return the intent of the emergency that the words show; None when they show none."""
    meanings = {match.meaning for match in alarm_phrases().find(tokens)}
    for intent in ("emergency_suicide", "emergency_medical", "emergency_violence"):
        if (intent, True) in meanings and (intent, False) not in meanings:
            return intent
    return None
