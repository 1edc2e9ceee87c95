"""The requests of one message: what it numbers, lists or joins by "par ailleurs"."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.triage.datafiles import data

MOST_PARTS = 3
# A part of fewer words asks nothing on its own.
SHORTEST = 4


@lru_cache(maxsize=1)
def _numbered() -> re.Pattern[str]:
    return re.compile(data("parts")["numbered"])


@lru_cache(maxsize=1)
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?:^|(?<=[.!?;:,\n)])\s*|\s)(?=(?:{'|'.join(data('parts')['joints'])})\b)", re.IGNORECASE)


def parts(words: str) -> list[str]:
    """Return the parts of a message that may each hold a request, in order; the whole where it holds but one."""
    listed = _listed(words)
    found = listed or [part.strip(" ,;") for part in _joint().split(words)]
    long = [part for part in found if len(part.split()) >= SHORTEST]
    return long[:MOST_PARTS] if len(long) > 1 else [words]


def _listed(words: str) -> list[str]:
    """Return the items of a message that numbers them, what is said before with the first."""
    marks = list(_numbered().finditer(words))
    if len(marks) < 2:
        return []
    ends = [*(mark.start() for mark in marks[1:]), len(words)]
    return [words[mark.end() : end].strip(" ,;") for mark, end in zip(marks, ends, strict=True)]
