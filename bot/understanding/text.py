"""Folding, tokens and word keys: how a message is made comparable with the words of the data files."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from bot.understanding.lexicons import word_set
from kb.text import fold as kb_fold

MAX_CHARACTERS = 4000
TAG = re.compile(r"<[^<>]{0,300}>")
TOKEN = re.compile(r"\d+(?:[.,]\d+)?|%|€|[a-z]+|[.!?;:,()\n]")
ELISION = re.compile(r"[’‘ʼ`´]")
THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})[ \u00a0\u202f.](\d{3})(?![\d])(?=[ \u00a0\u202f]?(?:€|eur|[ ,.;!?)]|$))")
LENGTHENED = re.compile(r"([a-z])\1{2,}")
PER_CENT = re.compile(r"\b(?:pour ?cent|pour 100|pourcents?)\b")
CLAUSE_ENDS = frozenset(".!?;\n")
PUNCTUATION = frozenset(".!?;:,()\n")
SHORTEST_STEM = 4
# Words that a phrase of small words needs to say anything.
SHORTEST_CLOSE = 2
ARTICLES = word_set("grammar", "articles")
STOP_WORDS = word_set("grammar", "stop_words")


@dataclass(frozen=True)
class Token:
    """One word, number or sign of a message.

    Attributes:
        text: folded form (no accent, lower case), after expansion and repair.
        key: comparable form (no plural, no mute ending).
        said: folded form as the member wrote it.
    """

    text: str
    key: str
    said: str

    @property
    def number(self) -> bool:
        """Whether the token is a number."""
        return self.text[0].isdigit()


def fold(text: str) -> str:
    """Return the text in lower case without accents or ligatures, the euro sign set apart."""
    text = THOUSANDS.sub(r"\1\2", text)
    return LENGTHENED.sub(r"\1", kb_fold(ELISION.sub("'", text.replace("€", " € "))))


def strip_markup(text: str) -> str:
    """Return the text without HTML tags, entities and control characters, cut to MAX_CHARACTERS."""
    text = unescape(TAG.sub(" ", unescape(text[: MAX_CHARACTERS * 2])))
    return "".join(c if c == "\n" or unicodedata.category(c)[0] != "C" else " " for c in text)[:MAX_CHARACTERS]


def split(folded: str) -> list[str]:
    """Return the tokens of a folded text: words, numbers, %, € and clause punctuation."""
    return TOKEN.findall(PER_CENT.sub("%", folded))


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Return the comparable form of a folded word: no plural, no mute e, no doubled letter."""
    if len(word) < 4 or not word.isalpha():
        return word
    stem = word.rstrip("sx") if len(word.rstrip("sx")) >= 3 else word
    stem = stem.rstrip("e") if len(stem.rstrip("e")) >= 3 else stem
    stem = re.sub(r"([a-z])\1", r"\1", stem)
    return stem if len(stem) >= SHORTEST_STEM else word  # "comme" is no "com"


def phrase_key(phrase: str, stop_words: frozenset[str] = STOP_WORDS) -> tuple[str, ...]:
    """Return the keys of a phrase of the data files, stop words left out.

    Empty when but one telling word is left beside others: "ce n'est pas ce que" would otherwise match every "pas".
    """
    words = [word for word in split(fold(phrase)) if word not in PUNCTUATION]
    kept = tuple(key(word) for word in words if word not in stop_words)
    telling = [word for word in words if word not in ARTICLES]
    return () if len(kept) == 1 < len(telling) else kept


def close_key(phrase: str) -> tuple[str, ...]:
    """Return the keys of a phrase whose small words count ("avec ma femme", "que la santé"), articles left out."""
    words = [word for word in split(fold(phrase)) if word not in PUNCTUATION]
    return tuple(key(word) for word in words if word not in ARTICLES)
