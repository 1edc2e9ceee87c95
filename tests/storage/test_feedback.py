"""Notes of what was not answered, ratings, counts; and how they go away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.settings import SettingError, Settings
from bot.storage.feedback import Rated
from bot.storage.models import Rating, TurnNote, now
from bot.storage.retention import purge
from bot.storage.store import Store, open_store
from bot.storage.themes import other, theme_of
from tests.storage.made import arrival, finished, started

TODAY = now().date()


def rated(rating: str = "down", message: str = "m", **more: str) -> Rated:
    words = {"question": "combien pour un casque ?", "kind": "answer", "topic": "remboursement", **more}
    return Rated(conversation="c", message=message, rating=rating, **words)


def test_turns_are_counted_and_only_bad_ones_noted(store: Store) -> None:
    store.feedback.turn("c")
    store.feedback.turn("c", "abstention", "le prix du gaz ?", "")
    store.feedback.turn("d", "abstention", "le prix du gaz ?", "")
    store.feedback.turn("d", "handover", "un humain", "remboursement")
    groups = {(group.theme, group.kind): group for group in store.feedback.groups()}
    assert groups[other(), "abstention"].count == 2
    assert groups[other(), "abstention"].examples == ("le prix du gaz ?",)
    assert groups[theme_of("remboursement"), "handover"].last == TODAY
    assert store.feedback.groups()[0].count == 2
    (day,) = store.feedback.series()
    assert day["day"] == TODAY.isoformat()
    assert (day["turns"], day["abstention"], day["handover"], day["down"]) == (4, 2, 1, 0)


def test_examples_are_few_and_the_newest(store: Store) -> None:
    for number in range(9):
        store.feedback.turn("c", "abstention", f"question {number}", "")
    with store.database.write() as session:
        for note in session.scalars(sa.select(TurnNote)):
            note.created_at = now() - timedelta(hours=9 - note.id)
    (group,) = store.feedback.groups()
    assert group.count == 9
    assert group.examples == tuple(f"question {number}" for number in (8, 7, 6, 5, 4))


def test_a_rating_replaces_the_one_before(store: Store) -> None:
    first = store.feedback.rate(rated("down", reason="inexact", comment="faux"))
    assert store.feedback.groups(kind="down")[0].examples == ("combien pour un casque ?",)
    assert store.feedback.rate(rated("up")) == first
    assert store.feedback.rate(rated("up", message="other")) != first
    assert store.feedback.groups(kind="down") == []
    (up,) = store.feedback.groups(kind="up")
    assert (up.count, up.examples) == (2, ())
    (day,) = store.feedback.series()
    assert (day["up"], day["down"]) == (2, 0)
    with store.database.read() as session:
        assert set(session.scalars(sa.select(Rating.question))) == {""}, "only of a bad answer the question is kept"


def test_ratings_of_one_answer_at_once_are_one(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(lambda _: store.feedback.rate(rated("up")), range(16)))
    assert len(numbers) == 1
    assert store.feedback.series()[0]["up"] == 1


def test_corrections_are_listed_by_the_category_that_was_wrong(store: Store) -> None:
    number, _ = store.queue.add(arrival())
    store.queue.change(number, 1, {"categorie": "Cotisations"}, "prelevement")
    (group,) = store.feedback.groups(kind="correction")
    assert (group.theme, group.count, group.examples) == ("Prise en charge", 1, ("Devis",))
    assert store.feedback.series()[0]["correction"] == 1


def test_feedback_from_a_day_on(store: Store) -> None:
    store.feedback.turn("c", "abstention", "x", "")
    assert store.feedback.groups(since=TODAY) and store.feedback.series(since=TODAY)
    tomorrow = TODAY + timedelta(days=1)
    assert not store.feedback.groups(since=tomorrow) and not store.feedback.series(since=tomorrow)


def test_counts_of_two_processes_add_up(store: Store, url: str) -> None:
    code = """
import os
from bot.storage.database import Database
from bot.storage.feedback import Feedback
feedback = Feedback(Database(os.environ["URL"]))
for number in range(50):
    feedback.turn("c")
"""
    for process in [started(code, URL=url) for _ in range(2)]:
        finished(process)
    assert sum(day["turns"] for day in store.feedback.series()) == 100


def test_one_conversation_is_erased_and_no_other(store: Store) -> None:
    for sender in ("one", "two"):
        conversation = store.conversation(sender)
        store.feedback.turn(conversation, "abstention", f"question de {sender}", "")
        store.feedback.rate(Rated(conversation, "m", "down", question=f"note de {sender}"))
    for _ in range(2):
        store.erase_conversation("one")
    examples = {example for group in store.feedback.groups() for example in group.examples}
    assert examples == {"question de two", "note de two"}


def test_what_is_erased_is_out_of_the_file(tmp_path: Path) -> None:
    store = open_store(Settings(data=tmp_path, database_url=""))
    store.feedback.turn(store.conversation("one"), "abstention", "un zorglub violet" * 50, "")
    kept = sorted(tmp_path.glob("assistant.db*"))
    assert any(b"zorglub" in path.read_bytes() for path in kept)
    assert not any(b"one\x00" in path.read_bytes() for path in kept)
    store.erase_conversation("one")
    assert not any(b"zorglub" in path.read_bytes() for path in tmp_path.glob("assistant.db*"))
    store.close()


def test_what_is_old_goes_and_what_is_not_stays(store: Store, url: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, database_url=url if url.startswith("postgresql") else "", retention_days=30)
    old, recent = now() - timedelta(days=31), now() - timedelta(days=29)
    for number, moment in enumerate((old, recent)):
        item, _ = store.queue.add(arrival(str(number)))
        store.queue.change(item, 1, {"priorite": "haute"}, "devis")
        store.feedback.turn("c", "abstention", f"question {number}", "")
        store.feedback.rate(rated(message=str(number)))
        with store.database.write() as session:
            for table in ("queue_item", "turn_note", "rating"):
                changed = f"UPDATE {table} SET created_at = :moment WHERE id = (SELECT max(id) FROM {table})"
                session.execute(sa.text(changed), {"moment": moment})
    made_conversations(settings, {"old": old.timestamp(), "recent": recent.timestamp()})
    done = purge(store.database, settings)
    assert (done.messages, done.notes, done.ratings) == (1, 1, 1)
    assert done.events == 1
    assert [group.count for group in store.feedback.groups()] == [1, 1, 1]
    again = purge(store.database, settings)
    assert (again.messages, again.notes, again.ratings, again.events) == (0, 0, 0, 0)
    with store.database.read() as session:
        for table in ("queue_event", "correction"):
            left = session.execute(sa.text(f"SELECT DISTINCT item FROM {table}")).scalars().all()
            assert left == [item]
    assert store.feedback.series()[0]["abstention"] == 2, "how many there were names nobody"


def made_conversations(settings: Settings, told: dict[str, float]) -> None:
    engine = sa.create_engine(settings.database_url or f"sqlite:///{settings.data}/conversations.db", future=True)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS events"))
        connection.execute(sa.text("CREATE TABLE events (sender_id VARCHAR(255), timestamp DOUBLE PRECISION)"))
        for sender, moment in told.items():
            connection.execute(
                sa.text("INSERT INTO events VALUES (:sender, :moment)"), {"sender": sender, "moment": moment}
            )
    engine.dispose()


@pytest.mark.parametrize("told", ["0", "-1", "demain", "", "1.5"])
def test_a_wrong_retention_is_refused(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_RETENTION_DAYS", told)
    with pytest.raises(SettingError, match="ASSISTANT_RETENTION_DAYS"):
        Settings()


def test_a_day_without_turns_has_no_counts(store: Store) -> None:
    assert store.feedback.series(date(2020, 1, 1)) == []
