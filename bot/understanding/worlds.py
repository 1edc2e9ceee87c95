"""Which world a message belongs to: the mutual's, another one, another insurer's."""

from __future__ import annotations

from functools import lru_cache

from bot.understanding.lexicons import lexicon
from bot.understanding.phrases import PhraseBook
from bot.understanding.text import Token


@lru_cache(maxsize=1)
def world_phrases() -> PhraseBook[str]:
    """Return the telling words of each world."""
    return PhraseBook((phrase, world) for world, phrases in lexicon("worlds").items() for phrase in phrases)


def worlds(tokens: list[Token]) -> dict[str, int]:
    """Return how many telling words of each world (ours, elsewhere, insurers, anger, medical) a message holds."""
    counts = dict.fromkeys(lexicon("worlds"), 0)
    for match in world_phrases().find(tokens):
        counts[match.meaning] += 1
    return counts
