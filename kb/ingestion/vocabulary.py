"""Which words exist: those of a French frequency list, and those that the document itself writes unbroken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from spellchecker import SpellChecker

WORD = re.compile(r"[^\W\d_]+(?:œ[^\W\d_]*)?")
LIGATURE_END = re.compile(r"(?:ffi|ffl|ff|fi|fl)$", re.IGNORECASE)


@lru_cache(maxsize=1)
def french() -> frozenset[str]:
    """Return the words of the French frequency list that the project ships."""
    return frozenset(str(word) for word in SpellChecker(language="fr").word_frequency.words())


class Vocabulary:
    """The words against which one document is repaired."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count the words of a document, its broken ones left out as far as their shape tells."""
        self._own: Counter[str] = Counter()
        self._compounds: set[str] = set()
        for text in texts:
            words = [word.lower() for word in WORD.findall(text)]
            # What stands right before or after a broken ligature, or at a line's end before a hyphen, is half a word.
            self._own.update(
                word
                for index, word in enumerate(words)
                if not LIGATURE_END.search(word)
                and not (index and LIGATURE_END.search(words[index - 1]))
                and not (index == len(words) - 1 and text.rstrip().endswith("-"))
            )
            self._compounds.update(match.lower() for match in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)+", text))

    def is_french(self, word: str) -> bool:
        """Whether the frequency list knows the word."""
        return word.lower() in french()

    def count(self, word: str) -> int:
        """Return how often the document writes the word."""
        return self._own[word.lower()]

    def knows(self, word: str) -> bool:
        """Whether the word exists."""
        return self.is_french(word) or self.count(word) > 0

    def is_compound(self, word: str) -> bool:
        """Whether the document writes the hyphenated word within a line."""
        return word.lower() in self._compounds
