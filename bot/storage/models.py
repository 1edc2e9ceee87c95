"""Tables of what the product keeps, the same on SQLite and PostgreSQL; their text comes redacted."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import declarative_base, relationship

Base: Any = declarative_base()
OPEN, APPROVED, DISCARDED = "open", "approved", "discarded"
STATUSES = (OPEN, APPROVED, DISCARDED)


def now() -> datetime:
    """Return the present time, as the database keeps it: UTC, without saying so."""
    return datetime.now(timezone.utc).replace(tzinfo=None, microsecond=0)


class QueueItem(Base):
    """A message of the inbox, sorted, with its draft.

    `content_key` is a keyed hash of the message as it came: the same one twice is one item. `origin` and `origin_ref`
    say where an approved draft goes back to.
    """

    __tablename__ = "queue_item"

    id = sa.Column(sa.Integer, primary_key=True)
    content_key = sa.Column(sa.String(64), nullable=False, unique=True)
    origin = sa.Column(sa.String(20), nullable=False)
    origin_ref = sa.Column(sa.String(80), nullable=False, default="")
    received_at = sa.Column(sa.DateTime, nullable=False)
    created_at = sa.Column(sa.DateTime, nullable=False, default=now, index=True)
    subject = sa.Column(sa.Text, nullable=False)
    body = sa.Column(sa.Text, nullable=False)
    categorie = sa.Column(sa.String(80), nullable=False)
    priorite = sa.Column(sa.String(20), nullable=False)
    objet = sa.Column(sa.Text, nullable=False)
    proposed_categorie = sa.Column(sa.String(80), nullable=False)
    proposed_priorite = sa.Column(sa.String(20), nullable=False)
    proposed_objet = sa.Column(sa.Text, nullable=False)
    online_service = sa.Column(sa.Boolean, nullable=False)
    service = sa.Column(sa.Text, nullable=False, default="")
    pieces = sa.Column(sa.JSON, nullable=False)
    draft = sa.Column(sa.Text, nullable=False)
    sources = sa.Column(sa.JSON, nullable=False)
    why = sa.Column(sa.JSON, nullable=False)
    confidence = sa.Column(sa.Float, nullable=False)
    status = sa.Column(sa.String(20), nullable=False, default=OPEN)
    version = sa.Column(sa.Integer, nullable=False, default=1)
    delivery = sa.Column(sa.String(20), nullable=False, default="")
    history = relationship("QueueEvent", order_by="QueueEvent.id", cascade="all", passive_deletes=True)

    __table_args__ = (sa.Index("queue_item_order", "status", "priorite", "received_at"),)


class QueueEvent(Base):
    """One thing done to an item: a code, and what it changed."""

    __tablename__ = "queue_event"

    id = sa.Column(sa.Integer, primary_key=True)
    item = sa.Column(sa.Integer, sa.ForeignKey("queue_item.id", ondelete="CASCADE"), nullable=False, index=True)
    at = sa.Column(sa.DateTime, nullable=False, default=now)
    who = sa.Column(sa.String(20), nullable=False)
    code = sa.Column(sa.String(40), nullable=False)
    before = sa.Column(sa.Text, nullable=False, default="")
    after = sa.Column(sa.Text, nullable=False, default="")


class Correction(Base):
    """A message whose category or priority a colleague corrected: a labelled example."""

    __tablename__ = "correction"

    item = sa.Column(sa.Integer, sa.ForeignKey("queue_item.id", ondelete="CASCADE"), primary_key=True)
    created_at = sa.Column(sa.DateTime, nullable=False, default=now, index=True)
    kind = sa.Column(sa.String(80), nullable=False)
    categorie = sa.Column(sa.String(80), nullable=False)
    priorite = sa.Column(sa.String(20), nullable=False)


class TurnNote(Base):
    """A question that was not answered, redacted, with what it was guessed to be about."""

    __tablename__ = "turn_note"

    id = sa.Column(sa.Integer, primary_key=True)
    conversation = sa.Column(sa.String(64), nullable=False, index=True)
    created_at = sa.Column(sa.DateTime, nullable=False, default=now, index=True)
    kind = sa.Column(sa.String(20), nullable=False)
    topic = sa.Column(sa.String(120), nullable=False, default="")
    theme = sa.Column(sa.String(80), nullable=False)
    question = sa.Column(sa.Text, nullable=False)


class Rating(Base):
    """What a member thought of an answer; the question is kept of a bad one only."""

    __tablename__ = "rating"

    id = sa.Column(sa.Integer, primary_key=True)
    conversation = sa.Column(sa.String(64), nullable=False)
    message = sa.Column(sa.String(64), nullable=False)
    created_at = sa.Column(sa.DateTime, nullable=False, default=now, index=True)
    rating = sa.Column(sa.String(10), nullable=False)
    reason = sa.Column(sa.String(20), nullable=False, default="")
    comment = sa.Column(sa.Text, nullable=False, default="")
    question = sa.Column(sa.Text, nullable=False, default="")
    kind = sa.Column(sa.String(20), nullable=False, default="")
    topic = sa.Column(sa.String(120), nullable=False, default="")
    theme = sa.Column(sa.String(80), nullable=False)

    __table_args__ = (sa.UniqueConstraint("conversation", "message"),)


class DailyCount(Base):
    """How many of a thing a day had: nobody's in particular, and kept when what was counted is erased."""

    __tablename__ = "daily_count"

    day = sa.Column(sa.Date, primary_key=True)
    name = sa.Column(sa.String(20), primary_key=True)
    count = sa.Column(sa.Integer, nullable=False)
