"""Short excerpts of passages, for the sources of an answer."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

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
# Figures of a row, whose columns the extraction loses, and names that look like one.
FIGURE = re.compile(r"\d+(?:\s\d{3})*(?:,\d+)?\s?(?:€|%|jours?|mois|ans|séances?|nuits?)")
NAMES = re.compile(r"100\s?%\sSanté")
LEFT_OUT = "[…]"
# Share of a table's rows from which a word is common there, and words in common from which a note is about an answer.
COMMON, ABOUT_IT = 0.1, 3
# Words added to each part's count, so that a very short one does not win by one word.
SHORT_PART = 8
UNTOLD = ("illustration", "instrument", "titre")
# A store that is broken, busy, of another release, or of a database whose driver is not installed.
UNREADABLE = (SQLAlchemyError, OSError, ImportError, ValueError)
logger = logging.getLogger(__name__)


def excerpt(document: str, reference: str, about: str = "") -> str | None:
    """Return at most 200 characters of the passage that a citation means.

    None when the document is not ingested, or when the store cannot be read now: an answer never fails or waits for it.

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
        _BOOKS[url] = _Book(url)
    return _BOOKS[url].excerpt(document, reference, about)


def warm() -> None:
    """Read the documents now rather than at the first answer."""
    excerpt("", "")


@dataclass(frozen=True)
class Part:
    """A part of a passage that may be quoted: a paragraph, or a row of a table with the figures in it."""

    text: str
    terms: frozenset[str]
    figures: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, kind: str) -> Part:
        """Return the part that a piece of some kind makes."""
        return cls(text, frozenset(terms(text)), figures(text) if kind == "row" else frozenset())


@dataclass
class _Book:
    """The parts of the passages that were asked for, kept while the store holds the same editions."""

    url: str
    library: Library | None = None
    asked_at: float = float("-inf")
    parts: dict[tuple[str, str], tuple[Part, ...]] = field(default_factory=dict)

    def excerpt(self, document: str, reference: str, about: str) -> str | None:
        if time.monotonic() - self.asked_at >= TRUSTED:
            # Whatever comes of it: a store that cannot be read is not tried again at every answer.
            self.asked_at = time.monotonic()
            self._refresh()
        if self.library is None:
            return None
        place = (document, reference)
        if place not in self.parts:
            self.parts[place] = self._read(self.library, document, reference)
        parts = self.parts[place]
        return tell(parts, about) if parts else None

    def _refresh(self) -> None:
        """Read the current editions where they have changed; what was read before stands while the store is busy."""
        try:
            with closing(Store(self.url, read_only=True)) as store:
                current = {edition.document: edition for edition in store.editions() if edition.is_current}
                if self.library is None or current != self.library.editions:
                    self.library, self.parts = Library(store), {}
        except UNREADABLE as error:
            # Its type only: the message may hold the address of the database.
            logger.warning("documents cannot be quoted: %s", type(error).__name__)

    @staticmethod
    def _read(library: Library, document: str, reference: str) -> tuple[Part, ...]:
        return tuple(
            Part.of(text, part.kind)
            for passage in library.resolve(document, reference)
            for part in library.below(document, passage)
            if part.kind not in UNTOLD
            for text in _telling(part.text, part.kind)
        )


_BOOKS: dict[str, _Book] = {}


def _telling(words: str, kind: str) -> list[str]:
    """Return the words of a piece without its heading."""
    lines = [line for line in words.splitlines() if line.strip()]
    if kind not in ("paragraph", "row") and len(lines) > 1:
        lines = lines[1:]
    elif kind not in ("paragraph", "row") and lines and not lines[0].endswith((".", ";", ":")):
        return []
    return [" ".join(lines)] if lines else []


def tell(parts: Sequence[Part], about: str) -> str | None:
    """Return what to quote of a passage; None where it is a table none of whose rows is surely the answer's."""
    rows = [part for part in parts if part.figures]
    if not about or not rows:
        return of_prose(nearest(parts, about), about)
    said, telling = figures(about), _telling_terms(parts) & frozenset(terms(about))
    right = [part for part in rows if part.figures & said and part.terms & telling]
    if right:
        return of_row(nearest_part(right, about).text, said)
    notes = [
        part
        for part in parts
        if not part.figures and FULL_SENTENCE.search(part.text) and len(part.terms & telling) >= ABOUT_IT
    ]
    return of_prose(nearest(notes, about), about) if notes else None


def of_prose(text: str, about: str) -> str:
    """Return the first sentences of a text; of a long one, those from the sentence nearest to what an answer says."""
    sentences = SENTENCE.split(" ".join(text.split()))
    if len(text) <= LONGEST or len(sentences) == 1 or not about:
        return shorten(text)
    best = nearest_part([Part.of(sentence, "sentence") for sentence in sentences], about)
    place = next(place for place, sentence in enumerate(sentences) if sentence == best.text)
    if place == 0:
        return shorten(text)
    return f"{LEFT_OUT} {shorten(' '.join(sentences[place:]), LONGEST - len(LEFT_OUT) - 1)}"


def _telling_terms(parts: Sequence[Part]) -> frozenset[str]:
    """Return the terms that few parts of a passage hold: "remboursé" parts no two rows of benefits."""
    held = Counter(term for part in parts for term in part.terms if not term[0].isdigit())
    return frozenset(term for term, count in held.items() if count <= max(2, len(parts) * COMMON))


def figures(text: str) -> frozenset[str]:
    """Return the amounts, rates and counts of a text, written alike."""
    return frozenset(_alike(found[0]) for found in FIGURE.finditer(NAMES.sub(" ", text)))


def _alike(figure: str) -> str:
    return re.sub(r"\s|,0+(?=\D)", "", figure)


def of_row(text: str, said: Collection[str]) -> str:
    """Return a row of a table without the figures of other columns: its label, and the first figure that is said."""
    text = " ".join(text.split())
    found = list(FIGURE.finditer(text))
    label = LISTED.sub("", text[: found[0].start()].strip(" :"))
    place = next(place for place, figure in enumerate(found) if _alike(figure[0]) in said)
    before = f" {LEFT_OUT} " if place else " "
    after = "" if found[place] is found[-1] and found[place].end() == len(text) else f" {LEFT_OUT}"
    value = f"{before}{found[place][0]}{after}"
    return shorten(label, LONGEST - len(value)) + value


def nearest_part(parts: Sequence[Part], about: str) -> Part:
    """Return the part that shares most with what an answer says, the first one when nothing tells them apart."""
    wanted = frozenset(terms(about))
    scores = [len(part.terms & wanted) / (len(part.terms) + SHORT_PART) for part in parts]
    if max(scores) == 0:
        scores = [float(bool(FULL_SENTENCE.search(part.text))) for part in parts]
    return parts[scores.index(max(scores))]


def nearest(parts: Sequence[Part], about: str) -> str:
    """Return the words of the nearest part, with the next where it announces a list: it says little without it."""
    best = nearest_part(parts, about)
    if not best.text.endswith(":"):
        return best.text
    place = parts.index(best)
    return " ".join(part.text for part in parts[place : place + 2])


def shorten(text: str, longest: int = LONGEST) -> str:
    """Return the first sentences of a text, cut at a word and marked when they are too long."""
    text = LISTED.sub("", " ".join(text.split()))
    if len(text) <= longest:
        return text
    kept = ""
    for sentence in SENTENCE.split(text):
        longer = f"{kept} {sentence}".strip()
        if len(longer) > longest:
            break
        kept = longer
    if len(kept) >= longest / 3:
        return kept
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
