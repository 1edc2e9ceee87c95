"""The triage queue, corrections, notes of unanswered questions, ratings and daily counts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "queue_item",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("content_key", sa.String(64), nullable=False, unique=True),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("origin_ref", sa.String(80), nullable=False),
        sa.Column("received_at", sa.DateTime, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("categorie", sa.String(80), nullable=False),
        sa.Column("priorite", sa.String(20), nullable=False),
        sa.Column("objet", sa.Text, nullable=False),
        sa.Column("proposed_categorie", sa.String(80), nullable=False),
        sa.Column("proposed_priorite", sa.String(20), nullable=False),
        sa.Column("proposed_objet", sa.Text, nullable=False),
        sa.Column("online_service", sa.Boolean, nullable=False),
        sa.Column("service", sa.Text, nullable=False),
        sa.Column("pieces", sa.JSON, nullable=False),
        sa.Column("draft", sa.Text, nullable=False),
        sa.Column("sources", sa.JSON, nullable=False),
        sa.Column("why", sa.JSON, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("delivery", sa.String(20), nullable=False),
    )
    op.create_index("queue_item_order", "queue_item", ["status", "priorite", "received_at"])
    op.create_index("ix_queue_item_created_at", "queue_item", ["created_at"])
    op.create_table(
        "queue_event",
        sa.Column("id", sa.Integer, primary_key=True),
        _item(nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("who", sa.String(20), nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
    )
    op.create_index("ix_queue_event_item", "queue_event", ["item"])
    op.create_table(
        "correction",
        _item(primary_key=True),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("kind", sa.String(80), nullable=False),
        sa.Column("categorie", sa.String(80), nullable=False),
        sa.Column("priorite", sa.String(20), nullable=False),
    )
    op.create_index("ix_correction_created_at", "correction", ["created_at"])
    op.create_table(
        "turn_note",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("topic", sa.String(120), nullable=False),
        sa.Column("theme", sa.String(80), nullable=False),
        sa.Column("question", sa.Text, nullable=False),
    )
    op.create_index("ix_turn_note_conversation", "turn_note", ["conversation"])
    op.create_index("ix_turn_note_created_at", "turn_note", ["created_at"])
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("conversation", sa.String(64), nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("rating", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(20), nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("topic", sa.String(120), nullable=False),
        sa.Column("theme", sa.String(80), nullable=False),
        sa.UniqueConstraint("conversation", "message"),
    )
    op.create_index("ix_rating_created_at", "rating", ["created_at"])
    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("name", sa.String(20), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    for table in ("daily_count", "rating", "turn_note", "correction", "queue_event", "queue_item"):
        op.drop_table(table)


def _item(**kind: bool) -> sa.Column:
    return sa.Column("item", sa.Integer, sa.ForeignKey("queue_item.id", ondelete="CASCADE"), **kind)
