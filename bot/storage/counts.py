"""How many of a thing each day had."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.models import DailyCount, now

TURNS = "turns"


def count(session: Any, name: str, by: int = 1, day: date | None = None) -> None:
    """Add to a day's count; two processes at once lose none."""
    table = DailyCount.__table__
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    insert = dialect.insert(table).values(day=day or now().date(), name=name, count=by)
    session.execute(
        insert.on_conflict_do_update(
            index_elements=[table.c.day, table.c.name], set_={"count": table.c.count + insert.excluded["count"]}
        )
    )


def series(session: Any, since: date | None) -> dict[date, dict[str, int]]:
    """Return the counts of each day that has some, from a day on."""
    query = sa.select(DailyCount.day, DailyCount.name, DailyCount.count).order_by(DailyCount.day)
    if since:
        query = query.where(DailyCount.day >= since)
    found: dict[date, dict[str, int]] = {}
    for day, name, number in session.execute(query):
        found.setdefault(day, {})[name] = number
    return found
