"""What speech recognition cuts or spells apart: "ergot thérapie", "in lait cor", "m s p"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.understanding.spelling import abbreviations, sound, trade_words
from bot.understanding.text import STOP_WORDS, fold, split
from rules_engine.catalogue import catalogue

# Letters of the shortest sound that tells a name of care from other words, mute and open "e" left out.
SHORTEST_SOUND = 6
# Words that recognition makes of one name, at most.
LONGEST = 4
SHORTEST_ACRONYM = 3


def heard(words: Sequence[str]) -> list[str]:
    """Return the folded words of a message, with acronyms spelt out and names of care cut apart put together.

    Words are taken for a name of care only when together they sound exactly like it.
    """
    found: list[str] = []
    place = 0
    while place < len(words):
        meant, taken = _acronym(words, place) or _named(words, place) or ((words[place],), 1)
        found += meant
        place += taken
    return found


def _acronym(words: Sequence[str], place: int) -> tuple[tuple[str, ...], int] | None:
    """Return the acronym that single letters spell from a place on, and how many they are."""
    end = place
    while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
        end += 1
    for taken in range(end - place, SHORTEST_ACRONYM - 1, -1):
        if (spelt := "".join(words[place : place + taken])) in _acronyms():
            return (spelt,), taken
    return None


def _named(words: Sequence[str], place: int) -> tuple[tuple[str, ...], int] | None:
    """Return the name of care that several words sound like from a place on, and how many they are."""
    for taken in range(min(LONGEST, len(words) - place), 1, -1):
        window = tuple(words[place : place + taken])
        if STOP_WORDS & {window[0], window[-1]} or not all(word.isalpha() for word in window):
            continue
        name = _names_by_sound().get(_sound(window))
        if name and name != window:
            return name, taken
    return None


def _sound(words: Sequence[str]) -> str:
    return "".join(sound(word) for word in words).replace("e", "")


@lru_cache(maxsize=1)
def _acronyms() -> frozenset[str]:
    return trade_words() | abbreviations().keys()


@lru_cache(maxsize=1)
def _names_by_sound() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the catalogue that hold a word of the trade, by how they sound."""
    names = [tuple(split(fold(word))) for family in catalogue().families.values() for word in family.words]
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        if trade_words().intersection(name) and len(key := _sound(name)) >= SHORTEST_SOUND:
            found.setdefault(key, name)
    return found
