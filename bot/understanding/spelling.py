"""Repairing words: abbreviations, glued elisions, and misspellings of the project's own vocabulary.

A word that French knows is left alone; a word that it does not know is brought to the nearest word of the catalogue,
the facts and the knowledge base, by sound first, then by edit distance.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler
from spellchecker import SpellChecker

from bot.understanding.lexicons import lexicon
from bot.understanding.text import fold, split

GLUED = re.compile(r"^(qu|[ldjmtsn]|c(?=est))([aeiouyh]\w{2,})$")
SOUNDS = (
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"[ck]h(?=r)"), "k"),
    (re.compile(r"qu?"), "k"),
    (re.compile(r"gu(?=[ei])"), "g"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ch"), "§"),
    (re.compile(r"c"), "k"),
    (re.compile(r"y"), "i"),
    (re.compile(r"eau|au"), "o"),
    (re.compile(r"ai|ei"), "e"),
    (re.compile(r"n(?=[pbm])"), "m"),
    (re.compile(r"(?:[ae]n|[ae]m)(?![aeiouh])"), "an"),
    (re.compile(r"(?:im|in)(?![aeiouh])"), "in"),
    (re.compile(r"z"), "s"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?:es|ent|[estx])$"), ""),
)
MINIMUM_LENGTH = 4


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Return short spellings and the words that they stand for."""
    return {str(short): tuple(str(words).split()) for short, words in lexicon("abbreviations").items()}


@lru_cache(maxsize=1)
def french_words() -> frozenset[str]:
    """Return the folded words of a French frequency list: they are never repaired."""
    return frozenset(fold(word) for word in SpellChecker(language="fr").word_frequency.words())


@cache
def sound(word: str) -> str:
    """Return a rough phonetic form of a folded word."""
    for pattern, replacement in SOUNDS:
        word = pattern.sub(replacement, word)
    return word


class Speller:
    """Repairs words towards one vocabulary."""

    def __init__(self, groups: Iterable[Iterable[str]]) -> None:
        """Build the index.

        Args:
            groups: lists of folded words of the domain, one a family or fact.
        """
        self.words = _trusted(groups)
        long_words = sorted(word for word in self.words if len(word) >= MINIMUM_LENGTH)
        self._by_sound: dict[str, list[str]] = {}
        for word in long_words:
            self._by_sound.setdefault(sound(word), []).append(word)
        self._by_length: dict[int, list[str]] = {}
        for word in long_words:
            self._by_length.setdefault(len(word), []).append(word)
        self._cache: dict[str, tuple[str, ...]] = {}

    def knows(self, word: str) -> bool:
        """Whether the word needs no repair."""
        return word in self.words or word in french_words()

    def repair(self, word: str) -> tuple[str, ...]:
        """Return the words that a folded word stands for: itself, its expansion, or its repair."""
        if word not in self._cache:
            if len(self._cache) > 50_000:
                self._cache.clear()
            self._cache[word] = self._repaired(word)
        return self._cache[word]

    def _repaired(self, word: str) -> tuple[str, ...]:
        if word in abbreviations():
            return abbreviations()[word]
        if not word.isalpha() or self.knows(word):
            return (word,)
        alike = self._by_sound.get(sound(word)) if len(word) >= MINIMUM_LENGTH else None
        if alike:
            return (_likest(word, alike),)
        glued = GLUED.match(word)
        if glued and self._word(glued[2]):
            return (glued[1], glued[2])
        nearest = self._nearest(word)
        if nearest:
            return (nearest,)
        rest = self._nearest(glued[2]) if glued and len(glued[2]) > MINIMUM_LENGTH + 1 else None
        return (glued[1], rest) if glued and rest else (word,)

    def _word(self, rest: str) -> bool:
        return rest in self.words or (rest in french_words() and len(rest) > MINIMUM_LENGTH)

    def _nearest(self, word: str) -> str | None:
        if len(word) < MINIMUM_LENGTH:
            return None
        allowed = 0 if len(word) < 5 else 1 if len(word) < 8 else 2 if len(word) < 12 else 3
        if not allowed:
            return None
        candidates = [
            w for n in range(len(word) - allowed, len(word) + allowed + 1) for w in self._by_length.get(n, ())
        ]
        near = process.extract(word, candidates, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        return _likest(word, [other for other, distance, _ in near if distance == near[0][1]]) if near else None


def _likest(word: str, others: Iterable[str]) -> str:
    """Return the likest of some words: of two as far away, the one that begins alike ("fevrie": février, not férié)."""
    return max(others, key=lambda other: (-OSA.distance(word, other), JaroWinkler.similarity(word, other)))


@lru_cache(maxsize=1)
def trade_words() -> frozenset[str]:
    """Return words of the trade that no French word list knows."""
    return frozenset(word for words in lexicon("trade_words").values() for word in words)


def _trusted(groups: Iterable[Iterable[str]]) -> frozenset[str]:
    """Return the words to repair towards.

    The data files list misspellings beside the right word: within one list, a word that French does not know and
    that sounds like, or is a letter away from, another one is such a misspelling and no target.
    """
    trusted: set[str] = set()
    for group in groups:
        counts = Counter(word for word in group if word.isalpha())
        right = [
            word for word in counts if word in french_words() or len(word) < MINIMUM_LENGTH or word in trade_words()
        ]
        for word, _ in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
            if word not in right and not any(_misspelt(word, other) for other in right):
                right.append(word)
        trusted.update(right)
    return frozenset(trusted)


def _misspelt(word: str, right: str) -> bool:
    if len(right) < MINIMUM_LENGTH:
        return False
    allowed = 1 if len(word) < 9 else 2
    return sound(word) == sound(right) or OSA.distance(word, right, score_cutoff=allowed) <= allowed


def words_of(phrases: Iterable[str]) -> list[str]:
    """Return the folded words of phrases, in order."""
    return [word for word in split(fold("\n".join(phrases))) if word.isalpha()]
