"""Tables of the document store, the same on SQLite and PostgreSQL, and the full-text index of each."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()

documents = sa.Table(
    "kb_document",
    metadata,
    sa.Column("id", sa.String(120), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
)

editions = sa.Table(
    "kb_edition",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("document", sa.String(120), sa.ForeignKey("kb_document.id"), nullable=False),
    sa.Column("label", sa.String(40), nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("ingested_at", sa.DateTime, nullable=False),
    sa.Column("is_current", sa.Boolean, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.UniqueConstraint("document", "digest"),
)

pieces = sa.Table(
    "kb_piece",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("edition", sa.Integer, sa.ForeignKey("kb_edition.id", ondelete="CASCADE"), nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("parent", sa.Integer),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("heading", sa.Text, nullable=False),
    sa.Column("trail", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    # What full-text search reads: folded stems, so that both databases find the same.
    sa.Column("terms", sa.Text, nullable=False),
    sa.UniqueConstraint("edition", "reference"),
)

names = sa.Table(
    "kb_name",
    metadata,
    sa.Column("edition", sa.Integer, sa.ForeignKey("kb_edition.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("key", sa.String(400), primary_key=True),
    sa.Column("piece", sa.Integer, sa.ForeignKey("kb_piece.id", ondelete="CASCADE"), primary_key=True),
)

SQLITE_INDEX = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS kb_piece_fts USING fts5(terms, content='kb_piece', content_rowid='id')",
    """CREATE TRIGGER IF NOT EXISTS kb_piece_indexed AFTER INSERT ON kb_piece BEGIN
       INSERT INTO kb_piece_fts(rowid, terms) VALUES (new.id, new.terms); END""",
    """CREATE TRIGGER IF NOT EXISTS kb_piece_forgotten AFTER DELETE ON kb_piece BEGIN
       INSERT INTO kb_piece_fts(kb_piece_fts, rowid, terms) VALUES ('delete', old.id, old.terms); END""",
)
POSTGRESQL_INDEX = ("CREATE INDEX IF NOT EXISTS kb_piece_terms ON kb_piece USING gin (to_tsvector('simple', terms))",)
SQLITE_SEARCH = """
    SELECT p.id, -bm25(kb_piece_fts) AS score FROM kb_piece_fts JOIN kb_piece p ON p.id = kb_piece_fts.rowid
    JOIN kb_edition e ON e.id = p.edition
    WHERE kb_piece_fts MATCH :query AND e.is_current AND (:document = '' OR e.document = :document)
    ORDER BY score DESC, p.id LIMIT :limit
"""
POSTGRESQL_SEARCH = """
    SELECT p.id, ts_rank_cd(to_tsvector('simple', p.terms), q, 1) AS score
    FROM to_tsquery('simple', :query) q, kb_piece p JOIN kb_edition e ON e.id = p.edition
    WHERE to_tsvector('simple', p.terms) @@ q AND e.is_current AND (:document = '' OR e.document = :document)
    ORDER BY score DESC, p.id LIMIT :limit
"""


def create(engine: sa.engine.Engine) -> None:
    """Create what is missing; does nothing to what is there."""
    metadata.create_all(engine)
    statements = SQLITE_INDEX if engine.dialect.name == "sqlite" else POSTGRESQL_INDEX
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
