"""Short excerpts of passages, for the sources of an answer."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from kb.ingestion.names import keys
from kb.ingestion.store import Passage, Store, default_url

LONGEST = 200
# How long an open store is trusted to be unchanged, in seconds.
TRUSTED = 30.0
SENTENCE = re.compile(r"(?<=[.;!?])\s+")
# What begins a passage without telling anything: its number and heading, or a list's dash.
LISTED = re.compile(r"^(?:-|\d{1,2}(?:-\d{1,2})*\s*[-–.])\s*")
PROSE = ("paragraph", "article", "point", "section", "chapitre", "group", "subheading", "heading")


def excerpt(document: str, reference: str) -> str | None:
    """Return at most 200 characters of the passage that a citation means; None when the document is not ingested."""
    url = default_url()
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return None
    return _book(url, int(time.monotonic() // TRUSTED)).excerpt(document, reference)


@dataclass
class _Book:
    """The excerpts of one state of the store, kept while it is trusted."""

    store: Store
    known: dict[tuple[str, str], str | None] = field(default_factory=dict)

    def excerpt(self, document: str, reference: str) -> str | None:
        place = (document, reference)
        if place not in self.known:
            self.known[place] = _first_words(self.store, document, reference)
        return self.known[place]


@lru_cache(maxsize=1)
def _book(url: str, _moment: int) -> _Book:
    return _Book(_store(url))


@lru_cache(maxsize=2)
def _store(url: str) -> Store:
    return Store(url)


def _first_words(store: Store, document: str, reference: str) -> str | None:
    if not keys(reference)[0]:
        return None
    passages = store.resolve(document, reference)
    return shorten(telling(passages[0])) if passages else None


def telling(passage: Passage) -> str:
    """Return the words of a passage without its number and heading."""
    lines = [line for line in passage.whole.splitlines() if line.strip()]
    prose = [line for line in lines if line.rstrip().endswith((".", ";", ":", ",")) or len(line) > LONGEST / 2]
    chosen = prose or lines[1:] or lines
    return " ".join(chosen)


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
