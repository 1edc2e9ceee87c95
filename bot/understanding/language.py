"""Telling French from other languages and from noise, by function words and known words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from bot.understanding.lexicons import lexicon
from bot.understanding.reader import speller
from bot.understanding.spelling import abbreviations
from bot.understanding.text import fold, strip_markup

LETTERS = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[a-zà-ÿœæ]", re.IGNORECASE)
CODE = re.compile(r"\w\(|[{}=;\[\]]|/\w+/|SELECT |DROP |import ")
CODE_SIGNS = 3
# French opens no question and no exclamation with a mark.
SPANISH_MARKS = frozenset("¿¡")
# What may stand around a word.
SIGNS = '.,;:!?¿¡"()'
# "Ouii": each letter once, of words long enough.
DOUBLED, SHORTEST = re.compile(r"(.)\1"), 2
MINIMUM_FOREIGN = 2
KNOWN_SHARE = 0.4


@lru_cache(maxsize=1)
def function_words() -> Mapping[str, frozenset[str]]:
    """Return the telling words of each language, French among them."""
    return {language: frozenset(words) for language, words in lexicon("languages").items()}


def foreign(text: str) -> bool:
    """Whether the message is in another language than French."""
    clean = strip_markup(text)
    if len(CODE.findall(clean)) >= CODE_SIGNS:
        return False
    if SPANISH_MARKS & set(clean):
        return True
    letters = LETTERS.findall(clean)
    if letters and sum(bool(LATIN.search(word)) for word in letters) < len(letters) / 2:
        return True
    words = fold(clean).replace("'", " ").split()
    words = [word.strip(SIGNS) for word in words]
    counts = {language: sum(word in known for word in words) for language, known in function_words().items()}
    french = counts.pop("french")
    best = max(counts.values())
    return best >= MINIMUM_FOREIGN and best > french * 1.5


def _known(word: str) -> bool:
    return speller().knows(word) or word in abbreviations() or speller().repair(word) != (word,)


def nonsense(text: str) -> bool:
    """Whether hardly any word of the message is a word."""
    said = (word.strip(SIGNS) for word in fold(strip_markup(text)).replace("'", " ").split())
    words = [word for word in said if word.isalpha()]
    known = sum(_known(word) or (len(word) > SHORTEST and _known(DOUBLED.sub(r"\1", word))) for word in words)
    if len(CODE.findall(text)) >= CODE_SIGNS:
        return True
    return known < KNOWN_SHARE * len(words) if words else True
