"""The searches compared: the product's own, SQLite FTS5 and bm25s, the last two as they come."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.bench.questions import answer_of
from bot.knowledge import Knowledge
from bot.understanding.reader import read
from kb.entries import Entry, entries
from kb.search import look

SHOWN = 10
# Entries asked of a yardstick, so that ten remain once those of one rule count as one.
ASKED = 40


@dataclass(frozen=True)
class Shown:
    """What a search shows: ids of entries, those of one rule once, and whether it refuses to answer."""

    ids: tuple[str, ...]
    refuses: bool


Search = Callable[[str, "str | None"], Shown]


def product(knowledge: Knowledge, today: date) -> Search:
    """Return the product's search."""

    def search(question: str, contract: str | None) -> Shown:
        read.cache_clear()  # each search reads the message and looks for it itself
        look.cache_clear()
        findings = knowledge.search(question, today, contract, SHOWN)
        return Shown(tuple(each.entry.id for each in findings.found), not findings.sure)

    return search


def sqlite_fts5() -> Search:
    """Return SQLite FTS5 with its own tokeniser and ranking; it knows no contract and refuses what it cannot find."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE entry USING fts5(id UNINDEXED, title, questions, answer)")
    database.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?)",
        [(entry.id, entry.title, "\n".join(entry.questions), entry.answer) for entry in entries().values()],
    )

    def search(question: str, contract: str | None) -> Shown:
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", question))
        query = "SELECT id FROM entry WHERE entry MATCH ? ORDER BY rank LIMIT ?"
        return _shown([name for (name,) in database.execute(query, (words, ASKED))] if words else [])

    return search


def bm25s() -> Search:
    """Return bm25s with its own tokeniser and French stop words.

    Raises:
        ModuleNotFoundError: when the development extra is not installed.
    """
    import bm25s as library

    logging.getLogger("bm25s").setLevel(logging.WARNING)
    found: list[Entry] = list(entries().values())
    index = library.BM25()
    texts = ["\n".join((entry.title, *entry.questions, entry.answer)) for entry in found]
    index.index(library.tokenize(texts, stopwords="fr", show_progress=False), show_progress=False)

    def search(question: str, contract: str | None) -> Shown:
        words = library.tokenize([question], stopwords="fr", show_progress=False, return_ids=False)
        if not words[0]:
            return _shown([])
        numbers, scores = index.retrieve(words, k=ASKED, show_progress=False)
        return _shown([found[number].id for number, score in zip(numbers[0], scores[0], strict=True) if score > 0])

    return search


def _shown(ids: Sequence[str]) -> Shown:
    first: dict[str, str] = {}
    for name in ids:
        first.setdefault(answer_of(name), name)
    return Shown(tuple(first.values())[:SHOWN], not ids)
