"""The store of ingested documents: editions, pieces, names under which they are cited, full-text search."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from kb.ingestion import schema
from kb.ingestion.database import open_engine
from kb.ingestion.environment import secret
from kb.ingestion.names import keys
from kb.ingestion.pieces import Part, Piece, Split
from kb.text import terms

ROOT = Path(__file__).resolve().parents[2]
BATCH = 200
TRAIL_SEPARATOR = "\x1f"
# Seconds to wait for another process that writes: an operator may (see `database`), a member who asks may not.
READER_WAITS = 0.05


@dataclass(frozen=True)
class Edition:
    """One edition of a document.

    Attributes:
        label: year or day of the edition; digest: SHA-256 of its file.
    """

    id: int
    document: str
    title: str
    label: str
    digest: str
    source: str
    ingested_at: datetime
    is_current: bool


@dataclass(frozen=True)
class Passage(Part):
    """A part as stored.

    Attributes:
        id: its number in the store.
        whole: its own words with those of everything below it.
    """

    id: int
    whole: str


def default_url() -> str:
    """Return where documents are stored: DATABASE_URL (or its file), or an SQLite file in the data folder."""
    if url := secret("DATABASE_URL"):
        return url
    folder = Path(os.environ.get("ASSISTANT_DATA_DIR", str(ROOT / "var")))
    return f"sqlite:///{folder / 'documents.db'}"


class Store:
    """Documents in a database."""

    def __init__(self, url: str = "", *, read_only: bool = False) -> None:
        """Open the store.

        Args:
            url: SQLAlchemy URL, SQLite or PostgreSQL; see `default_url`.
            read_only: take what is there, create nothing, and do not wait for who is writing.
        """
        self.url = sa.engine.make_url(url or default_url())
        sqlite = self.url.get_backend_name() == "sqlite"
        if read_only:
            waits = {"timeout": READER_WAITS} if sqlite else {"connect_timeout": 1}
            opened = _read_only(self.url) if sqlite else self.url
            self.engine: Any = sa.create_engine(opened, future=True, connect_args=waits)
            return
        self.engine = open_engine(self.url)
        schema.create(self.engine)

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    def editions(self, document: str = "") -> list[Edition]:
        """Return the editions stored, the newest first."""
        columns = [column for column in schema.editions.c if column.name != "text"]
        query = sa.select(*columns, schema.documents.c.title).join_from(schema.editions, schema.documents)
        if document:
            query = query.where(schema.editions.c.document == document)
        with self.engine.connect() as connection:
            rows = connection.execute(query.order_by(schema.editions.c.id.desc())).mappings().all()
        return [_edition(row) for row in rows]

    def current(self, document: str) -> Edition | None:
        """Return the edition in use of a document."""
        return next((edition for edition in self.editions(document) if edition.is_current), None)

    def add(
        self,
        edition: Edition,
        split: Split,
        advance: Callable[[int], None] = lambda count: None,
    ) -> None:
        """Store an edition with its pieces and make it the current one: all of it, or nothing.

        Args:
            edition: its `id`, `ingested_at` and `is_current` are set here.
            split: its text and pieces.
            advance: told how many more pieces are written.
        """
        with self.engine.begin() as connection:
            # Two ingestions of one document at the same time: the second waits for the first.
            known = sa.select(schema.documents.c.id).where(schema.documents.c.id == edition.document).with_for_update()
            if connection.execute(known).first() is None:
                connection.execute(schema.documents.insert().values(id=edition.document, title=edition.title))
            connection.execute(
                schema.editions.update().where(schema.editions.c.document == edition.document).values(is_current=False)
            )
            edition_id = connection.execute(
                schema.editions.insert().values(
                    document=edition.document,
                    label=edition.label,
                    digest=edition.digest,
                    source=edition.source,
                    ingested_at=datetime.now(timezone.utc).replace(tzinfo=None),
                    is_current=True,
                    text=split.text,
                )
            ).inserted_primary_key[0]
            for start in range(0, len(split.pieces), BATCH):
                batch = split.pieces[start : start + BATCH]
                self._write(connection, edition_id, batch)
                advance(len(batch))

    def use(self, edition: Edition) -> None:
        """Make an edition that is stored already the current one."""
        table = schema.editions
        with self.engine.begin() as connection:
            connection.execute(table.update().where(table.c.document == edition.document).values(is_current=False))
            connection.execute(table.update().where(table.c.id == edition.id).values(is_current=True))

    def _write(self, connection: Any, edition_id: int, pieces: Sequence[Piece]) -> None:
        rows = [_row(edition_id, piece) for piece in pieces]
        connection.execute(schema.pieces.insert(), rows)
        written = sa.select(schema.pieces.c.position, schema.pieces.c.id).where(
            schema.pieces.c.edition == edition_id,
            schema.pieces.c.position.in_([piece.position for piece in pieces]),
        )
        ids = {row.position: row.id for row in connection.execute(written)}
        names = [
            {"edition": edition_id, "key": name[:400], "piece": ids[piece.position]}
            for piece in pieces
            for name in piece.names
        ]
        connection.execute(schema.names.insert(), names)

    def resolve(self, document: str, reference: str) -> list[Passage]:
        """Return the passages that a citation means, in the current edition; none when it means nothing there."""
        edition = self.current(document)
        if edition is None:
            return []
        return self.resolve_in(edition, reference)

    def resolve_in(self, edition: Edition, reference: str) -> list[Passage]:
        """Return the passages that a citation means in one edition."""
        with self.engine.connect() as connection:
            for name in keys(reference):
                query = (
                    _with_whole()
                    .join(schema.names, schema.names.c.piece == schema.pieces.c.id)
                    .where(schema.names.c.edition == edition.id, schema.names.c.key == name)
                    .order_by(schema.pieces.c.position)
                )
                rows = connection.execute(query).mappings().all()
                if rows:
                    return [_passage(row) for row in rows]
        return []

    def passages(self, edition: Edition) -> list[Passage]:
        """Return every piece of an edition, in reading order."""
        query = sa.select(schema.pieces).where(schema.pieces.c.edition == edition.id)
        with self.engine.connect() as connection:
            text = str(
                connection.execute(
                    sa.select(schema.editions.c.text).where(schema.editions.c.id == edition.id)
                ).scalar_one()
            )
            rows = connection.execute(query.order_by(schema.pieces.c.position)).mappings().all()
        return [_passage(row, text[row["start"] : row["end"]]) for row in rows]

    def names(self, edition: Edition) -> dict[str, list[int]]:
        """Return the ids of the pieces behind each name."""
        query = sa.select(schema.names.c.key, schema.names.c.piece).where(schema.names.c.edition == edition.id)
        found: dict[str, list[int]] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(query.order_by(schema.names.c.piece)):
                found.setdefault(row.key, []).append(row.piece)
        return found

    def search(self, words: str, document: str = "", limit: int = 5) -> list[tuple[Passage, float]]:
        """Return the pieces of current editions that hold the words best, with their scores."""
        wanted = sorted({term for term in terms(words) if term.isalnum()})
        if not wanted:
            return []
        sqlite = self.engine.dialect.name == "sqlite"
        query = " OR ".join(f'"{term}"' for term in wanted) if sqlite else " | ".join(wanted)
        statement = schema.SQLITE_SEARCH if sqlite else schema.POSTGRESQL_SEARCH
        with self.engine.connect() as connection:
            hits = connection.execute(sa.text(statement), {"query": query, "document": document, "limit": limit}).all()
            rows = connection.execute(_with_whole().where(schema.pieces.c.id.in_([hit.id for hit in hits]))).mappings()
            found = {row["id"]: _passage(row) for row in rows}
        return [(found[hit.id], float(hit.score)) for hit in hits]


def _read_only(url: Any) -> Any:
    """Return the URL that opens an SQLite file for reading."""
    return url.set(database=f"file:{quote(url.database or '')}", query={"mode": "ro", "uri": "true"})


def _row(edition_id: int, piece: Piece) -> dict[str, Any]:
    return {
        "edition": edition_id,
        "position": piece.position,
        "parent": piece.parent,
        "reference": piece.reference,
        "kind": piece.kind,
        "heading": piece.heading,
        "trail": TRAIL_SEPARATOR.join(piece.trail),
        "start": piece.start,
        "end": piece.end,
        "line": piece.line,
        "text": piece.text,
        "digest": piece.digest,
        "terms": " ".join(_terms((*piece.trail, piece.text))),
    }


def _terms(texts: Iterable[str]) -> list[str]:
    return [term for text in texts for term in terms(text)]


def _edition(row: Mapping[str, Any]) -> Edition:
    fields = ("id", "document", "title", "label", "digest", "source", "ingested_at", "is_current")
    return Edition(**{name: row[name] for name in fields})


def _with_whole() -> Any:
    """Return a query of pieces with the text of each and of what is below it."""
    start, end = schema.pieces.c.start, schema.pieces.c.end
    whole = sa.func.substr(schema.editions.c.text, start + 1, end - start).label("whole")
    return sa.select(schema.pieces, whole).join(schema.editions, schema.editions.c.id == schema.pieces.c.edition)


def _passage(row: Mapping[str, Any], whole: str | None = None) -> Passage:
    trail = tuple(part for part in row["trail"].split(TRAIL_SEPARATOR) if part)
    whole = row["whole"] if whole is None else whole
    fields = {
        name: row[name]
        for name in ("id", "position", "parent", "reference", "kind", "heading", "text", "line", "digest")
    }
    return Passage(trail=trail, whole=whole.strip(), **fields)
