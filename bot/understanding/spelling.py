"""Repairing words: abbreviations, glued elisions, and misspellings of the project's own vocabulary.

A word that French knows is left alone; a word that it does not know is brought to the nearest word of the catalogue,
the facts and the knowledge base, by sound first, then by edit distance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from bot.understanding.text import fold, split

GLUED = re.compile(r"^(qu|[ldjmtsnc])([aeiouyh]\w{2,})$")
SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"[ck]h(?=r)"), "k"),
    (re.compile(r"qu?"), "k"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"c"), "k"),
    (re.compile(r"y"), "i"),
    (re.compile(r"eau|au"), "o"),
    (re.compile(r"ai|ei"), "e"),
    (re.compile(r"an|am|em"), "en"),
    (re.compile(r"z"), "s"),
    (re.compile(r"h"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?:es|ent|[estx])$"), ""),
)
MINIMUM_LENGTH = 4


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """Return short spellings and the words that they stand for."""
    text = files("bot.understanding").joinpath("lexicon/abbreviations.yml").read_text(encoding="utf-8")
    return {str(short): tuple(str(words).split()) for short, words in yaml.safe_load(text).items()}


@lru_cache(maxsize=1)
def french_words() -> frozenset[str]:
    """Return the folded words of a French frequency list: they are never repaired."""
    return frozenset(fold(word) for word in SpellChecker(language="fr").word_frequency.words())


def sound(word: str) -> str:
    """Return a rough phonetic form of a folded word."""
    for pattern, replacement in SOUNDS:
        word = pattern.sub(replacement, word)
    return word


class Speller:
    """Repairs words towards one vocabulary."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """Build the index.

        Args:
            vocabulary: folded words of the domain.
        """
        self.words = frozenset(word for word in vocabulary if word.isalpha())
        long_words = sorted(word for word in self.words if len(word) >= MINIMUM_LENGTH)
        self._by_sound: dict[str, str] = {}
        for word in long_words:
            self._by_sound.setdefault(sound(word), word)
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
        glued = GLUED.match(word)
        if glued:
            rest = self._unglued(glued[2])
            if rest:
                return (glued[1], rest)
        return (self._nearest(word) or word,)

    def _unglued(self, rest: str) -> str | None:
        if rest in self.words or (rest in french_words() and len(rest) > MINIMUM_LENGTH):
            return rest
        return self._nearest(rest) if len(rest) > MINIMUM_LENGTH + 1 else None

    def _nearest(self, word: str) -> str | None:
        if len(word) < MINIMUM_LENGTH:
            return None
        alike = self._by_sound.get(sound(word))
        if alike:
            return alike
        allowed = 0 if len(word) < 5 else 1 if len(word) < 8 else 2 if len(word) < 12 else 3
        if not allowed:
            return None
        candidates = [w for n in range(len(word) - allowed, len(word) + allowed + 1) for w in self._by_length.get(n, ())]
        best = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=allowed)
        return best[0] if best else None


def words_of(phrases: Iterable[str]) -> set[str]:
    """Return the folded words of phrases."""
    return {word for phrase in phrases for word in split(fold(phrase)) if word.isalpha()}
