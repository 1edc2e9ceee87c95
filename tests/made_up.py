"""Small made-up documents in a store, for tests of what quotes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from kb.ingestion.names import key
from kb.ingestion.pieces import Part, Piece, Split, digest
from kb.ingestion.store import Edition, Store


def ingest_passages(url: str, document: str, passages: Mapping[str, str], rows: Iterable[str] = ()) -> None:
    """Store a document that says something under each reference.

    Args:
        url: of the store.
        document: id of the document.
        passages: reference → words.
        rows: references whose words are a row of a table.
    """
    pieces, text = [], ""
    for position, (reference, words) in enumerate(passages.items()):
        start, text = len(text), f"{text}{words}\n"
        kind = "row" if reference in rows else "paragraph"
        whole = Part(position, None, reference, kind, "", (), words, position + 1, digest(words))
        pieces.append(Piece(**vars(whole), start=start, end=len(text), names=(key(reference),)))
    with closing(Store(url)) as store:
        edition = Edition(0, document, document, "2026", digest(text), "made-up.txt", datetime(2026, 1, 1), True)
        store.add(edition, Split(text, tuple(pieces)))


def documents_url(folder: Path) -> str:
    """Return the URL of the store that the assistant reads when its data are in a folder."""
    return f"sqlite:///{folder / 'documents.db'}"
