"""Sentences short enough to be heard: the long ones are cut where a speaker would pause."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.rendering.speech.datafiles import data
from bot.rendering.speech.numbers import JOIN
from bot.rendering.speech.words import said, tidy

MOST_WORDS = 25
LEAST_WORDS = 3
END = re.compile(r"(?<=[.!?…])[\s»\u00a0]+(?=[A-ZÀ-Ý«0-9+])")


def sentences(text: str) -> list[str]:
    """Return the sentences of a written text as they are said, none longer than a listener can hold."""
    return [short for written in END.split(text) for short in shortened(said(written))]


def shortened(sentence: str) -> list[str]:
    """Return a sentence of spoken words cut into sentences of at most 25 words."""
    found = [_sentence(piece) for piece in _cut(sentence.rstrip(". ")) if re.search(r"\w", piece)]
    if found and sentence.endswith("?"):
        found[-1] = f"{found[-1].rstrip('.?! ')} ?"
    return [piece.replace(JOIN, " ") for piece in found]


def word_count(text: str) -> int:
    """Return how many words are heard."""
    return len(text.split())


def _cut(text: str) -> list[str]:
    if word_count(text) <= MOST_WORDS:
        return [text]
    for boundary in _boundaries():
        places = [found.start() for found in boundary.finditer(text)]
        halves = [(text[:place], text[place:]) for place in places]
        fit = [(left, right) for left, right in halves if _fits(left) and word_count(right) >= LEAST_WORDS]
        if fit:
            left, right = min(fit, key=lambda half: abs(word_count(half[0]) - word_count(half[1])))
            return [left, *_cut(right.lstrip(" ,;:"))]
    words = text.split(" ")
    keep = next((n for n in range(len(words), 0, -1) if word_count(" ".join(words[:n])) <= MOST_WORDS), 1)
    return [" ".join(words[:keep]), *(_cut(" ".join(words[keep:])) if keep < len(words) else [])]


def _fits(left: str) -> bool:
    return LEAST_WORDS <= word_count(left) <= MOST_WORDS


def _sentence(piece: str) -> str:
    piece = tidy(piece)
    piece = piece[:1].upper() + piece[1:]
    return piece if piece.endswith(("?", "!")) else f"{piece}."


@lru_cache(maxsize=1)
def _boundaries() -> tuple[re.Pattern[str], ...]:
    """Return where a sentence may be cut, the strongest pause first."""
    words = "|".join(data("phrases")["cut_before"])
    return (
        re.compile(r"(?<=[^ ]) ?; "),
        re.compile(r"(?<=[^ ]) ?: "),
        re.compile(rf", (?=(?:{words})\b)"),
        re.compile(r", "),
        re.compile(rf" (?=(?:{words})\b)"),
    )
