"""Cleaning lines: marks of the extraction, running heads, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kb.ingestion.lines import Line, Source

# Ligatures that a font draws as one sign, and spaces of other widths.
SIGNS = {
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2007": " ", "\u00ad": "", "\u200b": "", "\ufeff": "", "‑": "-",
    "⁽": "(", "⁾": ")", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5",
}  # fmt: skip
TABLE = str.maketrans(SIGNS)
MARKS = (
    (re.compile(r"\*\*"), ""),
    (re.compile(r"\^\{([^}]*)\}"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"^\s*[•▪◦●]\s*"), "- "),
    (re.compile(r"\t+"), " | "),
    (re.compile(r" {2,}"), " "),
)
PAGE_NUMBER = re.compile(r"^(?:page\s*)?[-–]?\s*\d{1,3}\s*[-–]?(?:\s*(?:/|sur)\s*\d{1,3})?$", re.IGNORECASE)
# How many lines at the top and at the bottom of a page may be running heads; on how many pages they must come back.
EDGE = 2
PAGES_FOR_HEADS = 3
HEAD_SHARE = 0.4
BULLET = re.compile(r"^-\s")


def clean(source: Source, noise: Sequence[re.Pattern[str]] = ()) -> tuple[list[Line], list[Line]]:
    """Return the lines of a document, and those left out (running heads, page numbers, noise of the extraction)."""
    heads = running_heads(source.pages)
    kept: list[Line] = []
    dropped: list[Line] = []
    number = 0
    for page in source.pages:
        edges = _edges(page)
        for index, raw in enumerate(page):
            number += 1
            text = clean_text(raw)
            line = Line(text, number, index == 0 or _begins_page(raw, text))
            gone = index in edges and (_shape(text) in heads or (len(source.pages) > 1 and PAGE_NUMBER.match(text)))
            (dropped if text and (gone or _is_noise(text, noise)) else kept).append(line)
    return kept, dropped


def clean_text(text: str) -> str:
    """Return a line without the marks of the extraction."""
    text = text.translate(TABLE)
    for pattern, replacement in MARKS:
        text = pattern.sub(replacement, text)
    return text.strip()


def running_heads(pages: Sequence[Sequence[str]]) -> set[str]:
    """Return the shapes of lines that come back at the top or the bottom of pages."""
    if len(pages) < PAGES_FOR_HEADS:
        return set()
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_shape(clean_text(page[index])) for index in _edges(page)})
    wanted = max(PAGES_FOR_HEADS, HEAD_SHARE * len(pages))
    return {shape for shape, count in seen.items() if shape and count >= wanted}


def _edges(page: Sequence[str]) -> set[int]:
    filled = [index for index, text in enumerate(page) if text.strip()]
    return {*filled[:EDGE], *filled[-EDGE:]}


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _is_noise(text: str, noise: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.search(text) for pattern in noise)


def _begins_page(raw: str, text: str) -> bool:
    """Whether a line opens a page where the extraction marks pages by a leading space only."""
    return raw.startswith(" ") and bool(text) and not BULLET.match(text)
