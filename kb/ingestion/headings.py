"""Where a heading that runs over several lines ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kb.ingestion.lines import Line

LONGEST_HEADING = 110
LINKING = re.compile(
    r"(?:\b(?:de|du|des|d'|d’|la|le|les|l'|l’|et|ou|à|au|aux|en|pour|par|sur|un|une)|,)$", re.IGNORECASE
)
SENTENCE_END = (".", ";", ":", ",")
MOST_LINES = 5


def heading_length(lines: Sequence[Line], first: int, *, capitals: bool = False) -> int:
    """Return how many lines, from `first` on, a heading takes.

    Args:
        lines: lines of the document.
        first: index of the heading's first line.
        capitals: whether the heading is written in capitals and so ends with them.
    """
    length = 1
    while length < MOST_LINES and first + length < len(lines):
        text, before = lines[first + length].text, lines[first + length - 1].text
        if not text or before.endswith((".", ";", ":")) or text.startswith("-"):
            break
        continues = text.isupper() if capitals else (text[0].islower() or bool(LINKING.search(before)))
        if not continues:
            break
        length += 1
    return length


def joined(lines: Sequence[Line]) -> str:
    """Return a heading's lines as one."""
    return " ".join(line.text for line in lines if line.text).strip(" -–")


def is_title(text: str) -> bool:
    """Whether a line reads like a heading rather than like a sentence."""
    return bool(text) and len(text) <= LONGEST_HEADING and not text.endswith(SENTENCE_END)
