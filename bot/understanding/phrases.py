"""Finding phrases of the data files in a message: longest match first, over word keys, stop words skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.understanding.text import ARTICLES, PUNCTUATION, SHORTEST_CLOSE, STOP_WORDS, Token, close_key, phrase_key

T = TypeVar("T")


@dataclass(frozen=True)
class Match(Generic[T]):
    """A phrase found: what it means, and the first and last token (inclusive) of the message."""

    meaning: T
    start: int
    end: int
    length: int


class PhraseBook(Generic[T]):
    """Phrases and their meanings, as tries over word keys: one passes over the stop words, one over articles only.

    The second holds the phrases that their small words make: "avec ma femme" is not every "femme".
    """

    def __init__(self, entries: Iterable[tuple[str, T]], stop_words: frozenset[str] = STOP_WORDS) -> None:
        """Index (phrase, meaning) pairs; one phrase may have several meanings.

        Args:
            entries: the pairs.
            stop_words: words passed over, in the phrases and in the messages.
        """
        self._stop_words = stop_words
        self._root: dict = {}
        self._close: dict = {}
        for phrase, meaning in entries:
            parts = phrase_key(phrase, stop_words)
            node = self._root
            if not parts:
                node, parts = self._close, close_key(phrase)
                if len(parts) < SHORTEST_CLOSE:  # nothing tells; `assistant kb lint` names it
                    continue
            for part in parts:
                node = node.setdefault(part, {})
            node.setdefault("", []).append(meaning)

    def find(self, tokens: list[Token]) -> list[Match[T]]:
        """Return the matches that no longer match covers, in message order."""
        return _longest(self._all(tokens))

    def find_by(self, tokens: list[Token], group: Callable[[T], str]) -> list[Match[T]]:
        """Return the matches that no longer match of the same group covers, in message order.

        Args:
            tokens: the message.
            group: the group of a meaning; matches of different groups do not hide each other.
        """
        groups: dict[str, list[Match[T]]] = {}
        for match in self._all(tokens):
            groups.setdefault(group(match.meaning), []).append(match)
        kept = [match for matches in groups.values() for match in _longest(matches)]
        return sorted(kept, key=lambda match: (match.start, -match.length))

    def _all(self, tokens: list[Token]) -> list[Match[T]]:
        found = _walk(self._root, tokens, self._stop_words)
        return found + _walk(self._close, tokens, ARTICLES) if self._close else found


def _walk(root: dict, tokens: list[Token], passed_over: frozenset[str]) -> list[Match]:
    """Return every match of a trie, whatever covers it."""
    content = [i for i, t in enumerate(tokens) if t.text not in passed_over and t.text not in "(),:\n"]
    return [match for at in range(len(content)) for match in _from(root, tokens, content, at)]


def _from(root: dict, tokens: list[Token], content: list[int], at: int) -> list[Match]:
    node, found = root, []
    for offset in range(at, len(content)):
        token = tokens[content[offset]]
        if token.text in PUNCTUATION or token.key not in node:
            break
        node = node[token.key]
        length = offset - at + 1
        found += [Match(meaning, content[at], content[offset], length) for meaning in node.get("", ())]
    return found


def _longest(matches: list[Match[T]]) -> list[Match[T]]:
    kept: list[Match[T]] = []
    for match in sorted(matches, key=lambda match: (-match.length, match.start)):
        overlapping = [other for other in kept if other.start <= match.end and match.start <= other.end]
        if all((other.start, other.end) == (match.start, match.end) for other in overlapping):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)
