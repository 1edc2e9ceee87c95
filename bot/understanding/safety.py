"""Recognising danger before anything else."""

from __future__ import annotations

from functools import lru_cache

from bot.understanding.lexicons import lexicon, word_set
from bot.understanding.phrases import PhraseBook
from bot.understanding.text import Token, fold, key, split

# Far fewer than for benefits: "me tuer" is no "tuer le temps".
STOP_WORDS = word_set("grammar", "stop_words_of_danger")
WINDOW = 18
NEVER_OF_DANGER = word_set("grammar", "never_of_danger")
Alarm = tuple[str, bool]  # intent, whether the phrase is a sign (True) or a reason to doubt (False)


@lru_cache(maxsize=1)
def alarm_phrases() -> PhraseBook[Alarm]:
    """Return the signs of danger and what speaks against them."""
    return PhraseBook(
        (
            (phrase, (intent, sign))
            for intent, lists in lexicon("safety").items()
            for sign, phrases in ((True, lists["signs"]), (False, lists["unless"]))
            for phrase in phrases
        ),
        STOP_WORDS,
    )


@lru_cache(maxsize=1)
def combinations() -> tuple[tuple[str, frozenset[str]], ...]:
    """Return sets of word keys that together, near each other, show a danger."""
    return tuple(
        (intent, frozenset(key(word) for word in split(fold(words))))
        for intent, lists in lexicon("safety").items()
        for words in lists.get("together", ())
    )


def shown_together(tokens: list[Token]) -> set[str]:
    """Return the emergencies whose words stand together within WINDOW words."""
    keys = [token.key for token in tokens if token.text.isalpha() and token.text not in NEVER_OF_DANGER]
    found: set[str] = set()
    for start in range(max(1, len(keys) - WINDOW + 1)):
        window = frozenset(keys[start : start + WINDOW])
        found |= {intent for intent, words in combinations() if words <= window}
    return found


def doubtful(tokens: list[Token], intent: str) -> bool:
    """Whether the message speaks of the rules about a danger rather than of a danger."""
    return any(match.meaning == (intent, False) for match in alarm_phrases().find(tokens))


def alarm(tokens: list[Token]) -> str | None:
    """Return the intent of the emergency that the words show; None when they show none."""
    together = shown_together(tokens)
    meanings = {match.meaning for match in alarm_phrases().find(tokens)}
    for intent in ("emergency_suicide", "emergency_medical", "emergency_violence"):
        # Words that stand together show a danger whatever else is asked; a single sign may be a question about it.
        if intent in together or ((intent, True) in meanings and (intent, False) not in meanings):
            return intent
    return None
