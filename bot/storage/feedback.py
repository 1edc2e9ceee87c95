"""What was not answered, or badly: redacted questions, ratings, and how many of each theme and day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa

from bot.storage.counts import TURNS, count, series
from bot.storage.database import Database
from bot.storage.models import Correction, QueueItem, Rating, TurnNote, now
from bot.storage.themes import theme_of

ABSTENTION, HANDOVER, WITHHELD, DOWN, UP, CORRECTION = "abstention", "handover", "withheld", "down", "up", "correction"
NOTED = (ABSTENTION, HANDOVER, WITHHELD)
RATINGS = (UP, DOWN)
KINDS = (*NOTED, DOWN, UP, CORRECTION)
SERIES = (ABSTENTION, DOWN, UP, CORRECTION, HANDOVER, WITHHELD, TURNS)
MOST_EXAMPLES = 5
LONGEST_QUESTION = 2_000
NOTE_FIELDS = ("kind", "theme", "topic", "question")
RATING_FIELDS = ("rating", "reason", "comment", "kind", "theme", "topic", "question")


@dataclass(frozen=True)
class Rated:
    """A rating of one answer.

    Attributes:
        conversation, message: references that name nobody.
        question, kind, topic: of the answer rated; comment: redacted.
    """

    conversation: str
    message: str
    rating: str
    reason: str = ""
    comment: str = ""
    question: str = ""
    kind: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Group:
    """Questions of one theme that went wrong in one way."""

    theme: str
    kind: str
    count: int
    last: date
    examples: tuple[str, ...]


class Feedback:
    """The feedback in a database."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database

    def turn(self, conversation: str, kind: str = "", question: str = "", topic: str = "") -> None:
        """Count a turn; of one that was not answered (`kind` of `NOTED`), note the question."""
        with self._database.write() as session:
            count(session, TURNS)
            if kind:
                count(session, kind)
                session.add(
                    TurnNote(
                        conversation=conversation,
                        kind=kind,
                        topic=topic,
                        theme=theme_of(topic),
                        question=question[:LONGEST_QUESTION],
                    )
                )

    def rate(self, rated: Rated) -> int:
        """Keep a rating and return its number; rating the same answer again replaces the first."""
        try:
            return self._rated(rated)
        except sa.exc.IntegrityError:  # another process kept the first one meanwhile
            return self._rated(rated)

    def _rated(self, rated: Rated) -> int:
        with self._database.write() as session:
            same = sa.select(Rating).where(Rating.conversation == rated.conversation, Rating.message == rated.message)
            row = session.scalars(same.with_for_update()).first()
            if row is None:
                row = Rating(conversation=rated.conversation, message=rated.message, created_at=now())
                session.add(row)
            else:
                count(session, row.rating, -1, row.created_at.date())
            row.rating, row.reason, row.comment = rated.rating, rated.reason, rated.comment
            row.kind, row.topic, row.theme = rated.kind, rated.topic, theme_of(rated.topic)
            row.question = rated.question[:LONGEST_QUESTION] if rated.rating == DOWN else ""
            count(session, rated.rating, 1, row.created_at.date())
            session.flush()
            return int(row.id)

    def groups(self, since: date | None = None, kind: str = "") -> list[Group]:
        """Return what went wrong by theme and kind, the most frequent first."""
        start = datetime.combine(since, time.min) if since else datetime.min
        wanted = [each for each in KINDS if kind in ("", each)]
        with self._database.read() as session:
            found = [group for each in wanted for group in _groups(session, each, start)]
        return sorted(found, key=lambda group: (-group.count, group.theme, group.kind))

    def series(self, since: date | None = None) -> list[dict[str, Any]]:
        """Return the counts of each day that had any."""
        with self._database.read() as session:
            days = series(session, since)
        return [
            {"day": day.isoformat(), **{name: counts.get(name, 0) for name in SERIES}} for day, counts in days.items()
        ]

    def kept(self, conversation: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        """Return the notes and the ratings of a conversation, in order."""
        with self._database.read() as session:
            notes, ratings = (
                session.scalars(sa.select(table).where(table.conversation == conversation).order_by(table.id)).all()
                for table in (TurnNote, Rating)
            )
            return [_told(row, NOTE_FIELDS) for row in notes], [_told(row, RATING_FIELDS) for row in ratings]

    def erase(self, conversation: str) -> None:
        """Erase what is kept of a conversation; the counts of its days stay, which name nobody."""
        with self._database.write() as session:
            for table in (TurnNote, Rating):
                session.execute(
                    sa.delete(table)
                    .where(table.conversation == conversation)
                    .execution_options(synchronize_session=False)
                )


def _told(row: Any, fields: Iterable[str]) -> dict[str, str]:
    return {"at": row.created_at.isoformat(), **{name: getattr(row, name) for name in fields}}


def _groups(session: Any, kind: str, start: datetime) -> Iterable[Group]:
    theme, words, day, rows = _columns(kind)
    rows = rows.where(day >= start)
    counted = rows.with_only_columns(theme, sa.func.count(), sa.func.max(day)).group_by(theme)
    for title, number, last in session.execute(counted).all():
        newest = rows.with_only_columns(words).where(theme == title, words != "").order_by(day.desc())
        examples = dict.fromkeys(session.scalars(newest.limit(MOST_EXAMPLES * 4)))
        yield Group(title, kind, int(number), last.date(), tuple(examples)[:MOST_EXAMPLES])


def _columns(kind: str) -> tuple[Any, Any, Any, Any]:
    """Return where a kind keeps its theme, words and day, and its rows."""
    if kind == CORRECTION:
        rows = sa.select(Correction).join(QueueItem, QueueItem.id == Correction.item)
        return QueueItem.proposed_categorie, QueueItem.subject, Correction.created_at, rows
    if kind in RATINGS:
        return Rating.theme, Rating.question, Rating.created_at, sa.select(Rating).where(Rating.rating == kind)
    return TurnNote.theme, TurnNote.question, TurnNote.created_at, sa.select(TurnNote).where(TurnNote.kind == kind)
