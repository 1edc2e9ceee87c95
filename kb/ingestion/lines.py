"""Lines of a document: what reading gives and what repair and outlines work on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Line:
    """One line.

    Attributes:
        number: its number in the source, from 1.
        opens_page: whether a page begins with it.
    """

    text: str
    number: int
    opens_page: bool = False

    def saying(self, text: str) -> Line:
        """Return the line with another text."""
        return replace(self, text=text)


@dataclass(frozen=True)
class Source:
    """A document as read, before any repair.

    Attributes:
        name: file name without its ending.
        digest: SHA-256 of the file.
        pages: lines of each page, as extracted; one page where the file marks none.
    """

    name: str
    digest: str
    pages: tuple[tuple[str, ...], ...]


def text_of(lines: Sequence[Line]) -> str:
    """Return lines as one text."""
    return "\n".join(line.text for line in lines)
