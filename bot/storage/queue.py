"""The triage queue: messages sorted and drafted, that colleagues edit, correct, approve or set aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.counts import count
from bot.storage.database import Database
from bot.storage.models import APPROVED, OPEN, STATUSES, Correction, QueueEvent, QueueItem, now
from bot.triage.kinds import HIGH

ASSISTANT, ADVISER, HELP_DESK = "assistant", "conseiller", "helpdesk"
# What a colleague may change, each noted in the history; of a draft, that it was changed.
EDITABLE = ("categorie", "priorite", "objet", "draft", "status")
PENDING, SENDING, DONE, FAILED = "pending", "sending", "done", "failed"
# Of the numbers of items in PostgreSQL.
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Arrival:
    """A message as the queue takes it in.

    Attributes:
        key: keyed hash of the message as it came; origin, origin_ref: where an approved draft goes back to.
        triage: what the sorter made of it, redacted.
    """

    key: str
    origin: str
    received_at: datetime
    triage: Mapping[str, Any]
    origin_ref: str = ""


@dataclass(frozen=True)
class Wanted:
    """A page of the queue; an empty filter lets everything through."""

    status: str = ""
    categorie: str = ""
    priorite: str = ""
    limit: int = 50
    offset: int = 0


class UnknownItemError(Exception):
    """No item has this number."""


class StaleItemError(Exception):
    """Somebody else changed the item since it was read."""


class ClosedItemError(Exception):
    """The item is no longer open: it must be opened again first."""


class Queue:
    """The queue in a database."""

    def __init__(self, database: Database) -> None:
        """Take an open database."""
        self._database = database

    def add(self, arrival: Arrival) -> tuple[int, bool]:
        """Return the number of the item of a message, and whether it is new."""
        with self._database.write() as session:
            known = session.scalar(sa.select(QueueItem.id).where(QueueItem.content_key == arrival.key))
            if known is not None:
                return int(known), False
            # On PostgreSQL another process may write the same message meanwhile: the second finds the first's.
            try:
                with session.begin_nested():
                    item = _item(arrival)
                    item.history = [QueueEvent(who=ASSISTANT, code="created")]
                    session.add(item)
                    session.flush()
            except sa.exc.IntegrityError:
                return int(session.scalar(sa.select(QueueItem.id).where(QueueItem.content_key == arrival.key))), False
            return int(item.id), True

    def known(self, key: str) -> int | None:
        """Return the number of the item of a message that came already."""
        with self._database.read() as session:
            found = session.scalar(sa.select(QueueItem.id).where(QueueItem.content_key == key))
        return None if found is None else int(found)

    def get(self, number: int) -> QueueItem:
        """Return an item with its history.

        Raises:
            UnknownItemError: when there is none.
        """
        with self._database.read() as session:
            return _with_history(session, number)

    def page(self, wanted: Wanted) -> tuple[list[QueueItem], int, dict[str, int]]:
        """Return the items of a page, how many there are in all, and how many of each status the queue holds."""
        filters = [
            getattr(QueueItem, name) == value
            for name in ("status", "categorie", "priorite")
            if (value := getattr(wanted, name))
        ]
        urgent_first = sa.case((QueueItem.priorite == HIGH, 0), else_=1)
        query = sa.select(QueueItem).where(*filters).order_by(urgent_first, QueueItem.received_at, QueueItem.id)
        with self._database.read() as session:
            items = session.scalars(query.limit(wanted.limit).offset(wanted.offset)).all()
            total = session.scalar(sa.select(sa.func.count()).select_from(QueueItem).where(*filters))
            by_status = sa.select(QueueItem.status, sa.func.count()).group_by(QueueItem.status)
            counts = {**dict.fromkeys(STATUSES, 0), **dict(session.execute(by_status).all())}
        return items, int(total), counts

    def change(
        self, number: int, version: int, changes: Mapping[str, str], kind: str = "", who: str = ADVISER
    ) -> QueueItem:
        """Change an item and return it; a category or priority other than the proposed one is kept as a correction.

        Args:
            number: of the item.
            version: the one that the colleague saw.
            changes: new values of `EDITABLE` fields.
            kind: the request that a correction teaches.
            who: changes it, as the history is to say it: a role and a reference, no name.

        Raises:
            UnknownItemError, StaleItemError, ClosedItemError: and nothing is changed.
        """
        if number > LARGEST_NUMBER:
            raise UnknownItemError(number)
        with self._database.write() as session:
            taken = session.execute(
                sa.update(QueueItem)
                .where(QueueItem.id == number, QueueItem.version == version)
                .values(version=version + 1)
                .execution_options(synchronize_session=False)
            ).rowcount
            item = _with_history(session, number)
            if not taken:
                raise StaleItemError(number)
            if item.status != OPEN and changes.get("status", item.status) == item.status:
                raise ClosedItemError(number)
            for name in EDITABLE:
                if name in changes and changes[name] != getattr(item, name):
                    _note(item, name, changes[name], who)
                    setattr(item, name, changes[name])
            if changes.get("status") == APPROVED and item.origin_ref:
                item.delivery = PENDING
            _correct(session, item, kind)
            session.flush()
            return item

    def to_deliver(self, origins: Sequence[str], number: int | None = None) -> list[QueueItem]:
        """Return approved items whose draft is to go back to their help desk; each is taken by one process only."""
        with self._database.write() as session:
            query = sa.select(QueueItem).where(
                QueueItem.delivery == PENDING, QueueItem.status == APPROVED, QueueItem.origin.in_(origins)
            )
            if number is not None:
                query = query.where(QueueItem.id == number)
            items = session.scalars(query.with_for_update()).all()
            for item in items:
                item.delivery = SENDING
            return list(items)

    def delivered(self, number: int, *, done: bool) -> None:
        """Note that a draft went back to its help desk, or could not."""
        with self._database.write() as session:
            item = _with_history(session, number)
            item.delivery = DONE if done else FAILED
            item.history.append(QueueEvent(who=HELP_DESK, code="delivered" if done else "undelivered"))

    def resume(self) -> None:
        """Make what a crash or an outage kept from its help desk wait again; the note may then be there twice."""
        with self._database.write() as session:
            session.execute(
                sa.update(QueueItem).where(QueueItem.delivery.in_((SENDING, FAILED))).values(delivery=PENDING)
            )


def _with_history(session: Any, number: int) -> QueueItem:
    if number > LARGEST_NUMBER:
        raise UnknownItemError(number)
    query = sa.select(QueueItem).where(QueueItem.id == number).options(sa.orm.selectinload(QueueItem.history))
    item = session.scalars(query.execution_options(populate_existing=True)).first()
    if item is None:
        raise UnknownItemError(number)
    return item


def _item(arrival: Arrival) -> QueueItem:
    found = arrival.triage
    return QueueItem(
        content_key=arrival.key,
        origin=arrival.origin,
        origin_ref=arrival.origin_ref,
        received_at=arrival.received_at,
        subject=found["redacted"]["subject"],
        body=found["redacted"]["body"],
        proposed_categorie=found["categorie"],
        proposed_priorite=found["priorite"],
        proposed_objet=found["objet"],
        service=found.get("service", ""),
        **{
            name: found[name]
            for name in "categorie priorite objet online_service pieces draft sources why confidence".split()
        },
    )


def _note(item: QueueItem, name: str, value: str, who: str) -> None:
    if name != "draft":
        item.history.append(QueueEvent(who=who, code=name, before=getattr(item, name), after=value))
        return
    last = item.history[-1] if item.history else None
    if last is not None and last.code == "draft" and last.who == who:
        last.at = now()  # typing saves many times: one edit
    else:
        item.history.append(QueueEvent(who=who, code="draft"))


def _correct(session: Any, item: QueueItem, kind: str) -> None:
    """Keep the label of an item where a colleague changed it, and only there."""
    corrected = (item.categorie, item.priorite) != (item.proposed_categorie, item.proposed_priorite)
    known = session.get(Correction, item.id)
    if not corrected:
        if known is not None:
            session.delete(known)
        return
    if known is None:
        known = Correction(item=item.id)
        session.add(known)
        count(session, "correction")
    known.kind, known.categorie, known.priorite = kind, item.categorie, item.priorite
