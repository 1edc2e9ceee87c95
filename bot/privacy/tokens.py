"""The words of a text, and whether each may be somebody's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

from bot.privacy.lexicon import first_names, names_or_words, usual_words, words
from bot.understanding.reader import speller
from bot.understanding.spelling import french_words
from kb.text import fold
from rules_engine.facts import vocabulary

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
SENTENCE = re.compile(r"(?:^|[.!?…:;\n>•«\"(]\s*|\s-\s*)$")
SHORTEST = 3
ACRONYM = 5


@dataclass(frozen=True)
class Word:
    """A word of a text, with what stands before it.

    Attributes:
        text: as written; folded: without accent, in small letters.
        start, end: its place (half-open); gap: the text between the word before and it.
        opens: whether it opens a sentence or a line.
    """

    text: str
    folded: str
    start: int
    end: int
    gap: str
    opens: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[0].isupper()

    @property
    def capitals(self) -> bool:
        """Whether it is in capitals."""
        return len(self.text) > 1 and self.text.isupper()

    @cached_property
    def first_name(self) -> bool:
        """Whether it is a first name."""
        if self.folded in first_names():
            return self.text[-1:] not in "éÉ" or self.folded in words("accented")
        return bool(self.parts) and all(part in first_names() for part in self.parts)

    @cached_property
    def parts(self) -> list[str]:
        """The folded words that hyphens join."""
        return self.folded.split("-")

    @cached_property
    def never(self) -> bool:
        """Whether it is no name whatever stands before it."""
        if self.folded in words("never_names") or all(part in words("never_names") for part in self.parts):
            return True
        return bool(words("institutions").intersection(self.parts))

    @cached_property
    def known(self) -> bool:
        """Whether French, the mutual's world or the map knows it."""
        return all(part in french_words() or part in trade() for part in self.parts)


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Return the folded words of places, and all others that the facts know."""
    named = (
        word for fact in vocabulary().values() for choice in fact.choices for word in (*choice.words, *choice.hints)
    )
    return frozenset(part for phrase in named for part in re.findall(r"[a-z]+", fold(phrase)))


@lru_cache(maxsize=1)
def trade() -> frozenset[str]:
    """Return the folded words of the mutual's world, and those of places."""
    return frozenset(speller().words | places()) - (first_names() - names_or_words())


@lru_cache(maxsize=1)
def public_people() -> frozenset[str]:
    """Return the folded names that the mutual's establishments bear."""
    facts = (vocabulary()[name] for name in words("public_people_of"))
    named = (fold(word) for fact in facts for choice in fact.choices for word in (*choice.words, *choice.hints))
    return frozenset(name for name in named if name.split()[0] in first_names() and len(name.split()) > 1)


def tokens(text: str) -> list[Word]:
    found, last = [], 0
    for match in WORD.finditer(text):
        gap = text[last : match.start()]
        opens = bool(SENTENCE.search(text[: match.start()][-6:])) or not match.start()
        found.append(Word(match[0], fold(match[0]), match.start(), match.end(), gap, opens))
        last = match.end()
    return found


def in_capitals(found: list[Word]) -> bool:
    """Whether the text is in capitals, where they tell nothing."""
    long = [word for word in found if len(word.text) > ACRONYM - 2]
    return bool(long) and sum(word.capitals for word in long) > len(long) / 2


def usual(word: Word) -> bool:
    """Whether a word is too frequent in French to be taken for a name."""
    return word.never or (word.folded not in first_names() and word.folded in usual_words())


def nobodys_word(word: Word) -> bool:
    """Whether neither French nor the mutual's world knows a word that is long enough for a name."""
    return len(word.text) >= SHORTEST and not word.known


def small(word: Word) -> bool:
    """Whether a word in small letters goes on a name: nobody knows it as a word."""
    return len(word.text) >= SHORTEST and not word.known and speller().repair(word.folded) == (word.folded,)


def word_too(word: Word) -> bool:
    """Whether a first name in small letters is more likely a word."""
    wordlike = (names_or_words(), words("capital_wanted"), french_words())
    return any(word.folded in each for each in wordlike) or word.text.lower() in french_words()
