"""Numbers of articles and points: what follows what, so that a number inside a sentence is no heading."""

from __future__ import annotations

Number = tuple[int, ...]


def parse(text: str) -> Number:
    """Return "47-3-1" as (47, 3, 1)."""
    return tuple(int(part) for part in text.split("-"))


def follows(number: Number, last: Number) -> bool:
    """Whether a number may come right after another: its first child, or the next at its level or at one above."""
    if number == (*last, 1):
        return True
    return any(number == (*last[:level], last[level] + 1) for level in range(len(last)))


def written(number: Number) -> str:
    """Return (47, 3, 1) as "47-3-1"."""
    return "-".join(str(part) for part in number)
