"""Short excerpts of passages, for the sources of an answer."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from kb.ingestion.library import Library
from kb.ingestion.store import Store, default_url
from kb.text import terms

LONGEST = 200
# How long, in seconds, an open store is trusted to hold the same editions.
TRUSTED = 30.0
SENTENCE = re.compile(r"(?<=[a-zà-ÿ)»\d][.;!?])\s+")
# What begins a passage without telling anything: its number and heading, or a list's dash.
LISTED = re.compile(r"^(?:-|\d{1,2}(?:-\d{1,2})*\s*[-–.])\s*")
FULL_SENTENCE = re.compile(r"^[A-ZÉÈÀ].{40,}[.:;]$", re.DOTALL)
# Words added to each part's count, so that a very short one does not win by one word.
SHORT_PART = 8
UNTOLD = ("illustration", "instrument", "titre")


def excerpt(document: str, reference: str, about: str = "") -> str | None:
    """Return at most 200 characters of the passage that a citation means; None when the document is not ingested.

    Args:
        document: id of the document.
        reference: article, annexe or heading, with its instrument.
        about: what the answer says; of a long passage, the part nearest to it is quoted.
    """
    url = default_url()
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return None
    if url not in _BOOKS:
        _BOOKS.clear()
        _BOOKS[url] = _Book(Store(url))
    return _BOOKS[url].excerpt(document, reference, about)


@dataclass(frozen=True)
class _Part:
    text: str
    terms: frozenset[str]


@dataclass
class _Book:
    """The parts of the passages that were asked for, kept while the store holds the same editions."""

    store: Store
    library: Library | None = None
    editions: frozenset[int] = frozenset()
    asked_at: float = float("-inf")
    parts: dict[tuple[str, str], tuple[_Part, ...]] = field(default_factory=dict)

    def excerpt(self, document: str, reference: str, about: str) -> str | None:
        self._refresh()
        place = (document, reference)
        if place not in self.parts:
            self.parts[place] = self._read(document, reference)
        parts = self.parts[place]
        return shorten(nearest(parts, about)) if parts else None

    def _refresh(self) -> None:
        if time.monotonic() - self.asked_at < TRUSTED:
            return
        editions = frozenset(edition.id for edition in self.store.editions() if edition.is_current)
        if self.library is None or editions != self.editions:
            self.library, self.editions, self.parts = Library(self.store), editions, {}
        self.asked_at = time.monotonic()

    def _read(self, document: str, reference: str) -> tuple[_Part, ...]:
        assert self.library
        texts = [
            text
            for passage in self.library.resolve(document, reference)
            for part in self.library.below(document, passage)
            if part.kind not in UNTOLD
            for text in _telling(part.text, part.kind)
        ]
        return tuple(_Part(text, frozenset(terms(text))) for text in texts)


_BOOKS: dict[str, _Book] = {}


def _telling(words: str, kind: str) -> list[str]:
    """Return the words of a piece without its heading."""
    lines = [line for line in words.splitlines() if line.strip()]
    if kind not in ("paragraph", "row") and len(lines) > 1:
        lines = lines[1:]
    elif kind not in ("paragraph", "row") and lines and not lines[0].endswith((".", ";", ":")):
        return []
    return [" ".join(lines)] if lines else []


def nearest(parts: tuple[_Part, ...], about: str) -> str:
    """Return the part that shares most with what an answer says, the first one when nothing tells them apart."""
    wanted = frozenset(terms(about))
    scores = [len(part.terms & wanted) / (len(part.terms) + SHORT_PART) for part in parts]
    if max(scores) == 0:
        scores = [float(bool(FULL_SENTENCE.search(part.text))) for part in parts]
    best = scores.index(max(scores))
    # What announces a list says little without it.
    return (
        " ".join(part.text for part in parts[best : best + 2]) if parts[best].text.endswith(":") else parts[best].text
    )


def shorten(text: str) -> str:
    """Return the first sentences of a text, at most 200 characters; cut at a word and marked when it must be."""
    text = LISTED.sub("", " ".join(text.split()))
    if len(text) <= LONGEST:
        return text
    kept = ""
    for sentence in SENTENCE.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > LONGEST:
            break
        kept = longer
    if len(kept) >= LONGEST / 3:
        return kept
    return text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
