"""Whether a message opens as one that goes on with the question before ("et si…", "d'accord, mais…")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from bot.understanding.lexicons import lexicon

# "varies": the same question, one thing changed; "goes_on": another one on the same subject; "": neither.
FollowUp = Literal["", "goes_on", "varies"]


def follow_up(repaired: str) -> FollowUp:
    """Return how a message goes on with the question before, as its first words say.

    Args:
        repaired: the folded message, its spelling mended (`Reading.text`).
    """
    if not _opening("goes_on").match(repaired):
        return ""
    return "varies" if _opening("varies").match(repaired) else "goes_on"


def refers_back(repaired: str) -> bool:
    """Whether a message opens with a word that stands for what was named before ("il doit être diplômé ?")."""
    return bool(_opening("refers").match(repaired))


@lru_cache(maxsize=3)
def _opening(kind: str) -> re.Pattern[str]:
    """Return what a message of a kind opens with, fillers and their punctuation passed over."""
    words = lexicon("follow_up")
    return re.compile(rf"(?:{_any(words['fillers'])}[\s.,!]*)*{_any(words[kind])}\b")


def _any(phrases: Iterable[str]) -> str:
    return f"(?:{'|'.join(map(re.escape, phrases))})"
