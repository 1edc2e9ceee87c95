"""What colleagues corrected, in the shape of the labelled mails of `data/triage`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from bot.storage.database import Database
from bot.storage.models import Correction, QueueItem
from bot.triage.kinds import kinds

AUTHOR = "desk"


def kind_titled(objet: str, category: str) -> str:
    """Return the request that an object line names, if it is of the category; empty otherwise."""
    named = objet.rsplit(" : ", 1)[-1]
    return next((kind.id for kind in kinds().values() if kind.title == named and kind.category == category), "")


def examples(database: Database) -> Iterator[dict[str, Any]]:
    """Yield the labelled mails, the oldest first."""
    query = sa.select(Correction, QueueItem).join(QueueItem, QueueItem.id == Correction.item).order_by(Correction.item)
    with database.read() as session:
        rows = session.execute(query).all()
    for correction, item in rows:
        if correction.kind in kinds():
            yield {
                "id": f"D-{item.id:05d}",
                "author": AUTHOR,
                "subject": item.subject,
                "body": item.body,
                "kind": correction.kind,
                "category": correction.categorie,
                "acceptable": [],
                "priority": correction.priorite,
                "online": bool(kinds()[correction.kind].service),
            }


def as_lines(database: Database) -> str:
    """Return the labelled mails as JSON lines."""
    return "".join(f"{json.dumps(example, ensure_ascii=False)}\n" for example in examples(database))
