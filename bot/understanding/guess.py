"""A guess at what a message wants."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Guess:
    """One intent, with its confidence (0 to 1).

    Attributes:
        caution: whether the message may tell of a danger, although it is not taken for one.
    """

    name: str
    confidence: float
    caution: bool = False
