"""The questions that one message asks: "combien sont-ils, et pour combien d'années sont-ils élus ?" asks two."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.understanding.lexicons import lexicon
from bot.understanding.text import fold

SENTENCES = re.compile(r"(?<=[.!?;\n])\s+|\n+")
# A part of fewer words asks nothing on its own.
SHORTEST = 3
# From so many words on, a message tells a story around its question.
STORY = 35


@lru_cache(maxsize=1)
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a question opens with, and the joint before a second one."""
    opens, second = ("|".join(lexicon("polarity")[name]) for name in ("opens_question", "opens_second_question"))
    after_and = rf"(?:\s*,)?\s+(?:et|puis)\s+(?=(?:{opens}|{second})\b)"
    return re.compile(rf"\b(?:{opens})\b"), re.compile(rf"{after_and}|\s*,\s+(?=(?:{opens})\b)")


def questions(text: str) -> list[str]:
    """Return the parts of a message that ask something, folded, in order; none when it is one question.

    Of a story, the one part that asks is told apart from what is told.
    """
    opening, joint = _openings()
    parts = [part.strip() for sentence in SENTENCES.split(fold(text)) for part in joint.split(sentence)]
    asking = [part for part in parts if len(part.split()) >= SHORTEST and (part.endswith("?") or opening.search(part))]
    return asking if len(asking) > 1 or (asking and len(text.split()) >= STORY) else []
