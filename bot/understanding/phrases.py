"""Finding phrases of the data files in a message: longest match first, over word keys, stop words skipped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.understanding.text import PUNCTUATION, STOP_WORDS, Token, phrase_key

T = TypeVar("T")


@dataclass(frozen=True)
class Match(Generic[T]):
    """A phrase found: what it means, and the first and last token (inclusive) of the message."""

    meaning: T
    start: int
    end: int
    length: int


class PhraseBook(Generic[T]):
    """Phrases and their meanings, as a trie over word keys."""

    def __init__(self, entries: Iterable[tuple[str, T]], stop_words: frozenset[str] = STOP_WORDS) -> None:
        """Index (phrase, meaning) pairs; one phrase may have several meanings.

        Args:
            entries: the pairs.
            stop_words: words passed over, in the phrases and in the messages.
        """
        self._stop_words = stop_words
        self._root: dict = {}
        for phrase, meaning in entries:
            parts = phrase_key(phrase, stop_words)
            if not parts:  # it would match anything; tests/test_data_files.py names such phrases
                continue
            node = self._root
            for part in parts:
                node = node.setdefault(part, {})
            node.setdefault("", []).append(meaning)

    def find(self, tokens: list[Token]) -> list[Match[T]]:
        """Return the matches that no longer match covers, in message order."""
        content = [i for i, token in enumerate(tokens) if token.text not in self._stop_words and token.text not in "(),:\n"]
        found: list[Match[T]] = []
        for at in range(len(content)):
            found += self._from(tokens, content, at)
        found.sort(key=lambda match: (-match.length, match.start))
        kept: list[Match[T]] = []
        for match in found:
            inside = [k for k in kept if k.start <= match.end and match.start <= k.end]
            if all((k.start, k.end) == (match.start, match.end) for k in inside):
                kept.append(match)
        return sorted(kept, key=lambda match: match.start)

    def _from(self, tokens: list[Token], content: list[int], at: int) -> list[Match[T]]:
        node, best = self._root, []
        for offset in range(at, len(content)):
            token = tokens[content[offset]]
            if token.text in PUNCTUATION:
                break
            node = node.get(token.key)
            if node is None:
                break
            if "" in node:
                length = offset - at + 1
                best = [Match(meaning, content[at], content[offset], length) for meaning in node[""]]
        return best
