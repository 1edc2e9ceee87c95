"""Whether "oui" or "non" may open an answer: only when a yes or no was asked for, and put that way round."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.understanding.lexicons import signs
from bot.understanding.reader import Reading

# "Il y a un âge limite ?", "je peux refuser ?", "je perds tout ?": a yes to these is a no to the right.
ADVERSE = "adverse"


@lru_cache(maxsize=4)
def _signs(kind: str) -> re.Pattern[str]:
    """Return the signs of a kind of question (`lexicon/polarity.yml`)."""
    return signs("polarity", kind)


def asks_yes_or_no(reading: Reading) -> bool:
    """Return whether the message can be answered by the rule's own yes or no."""
    if ADVERSE in reading.cues:
        return False
    return not asks_what(reading) or bool(_signs("asks_yes_or_no").search(reading.text))


def asks_what(reading: Reading) -> bool:
    """Return whether a message asks with a word that asks ("quoi", "combien", "comment")."""
    return bool(_signs("asks_what").search(reading.text))


def asks(text: str, reading: Reading) -> bool:
    """Return whether a message asks anything at all ("c'est la première, envoyée le 5 octobre" does not)."""
    return "?" in text or asks_what(reading) or bool(_signs("asks_yes_or_no").search(reading.text))


def asks_meaning(reading: Reading) -> bool:
    """Whether a message asks what a word means."""
    return bool(_signs("asks_meaning").search(reading.text))
