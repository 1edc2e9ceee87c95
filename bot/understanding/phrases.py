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

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        """Index (phrase, meaning) pairs; one phrase may have several meanings."""
        self._root: dict = {}
        for phrase, meaning in entries:
            node = self._root
            for part in phrase_key(phrase):
                node = node.setdefault(part, {})
            node.setdefault("", []).append(meaning)

    def find(self, tokens: list[Token]) -> list[Match[T]]:
        """Return the matches that no longer match covers, in message order."""
        content = [i for i, token in enumerate(tokens) if token.text not in STOP_WORDS and token.text not in "(),:\n"]
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
