"""A message sent again gets the reply that it got; a conversation erased is forgotten."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import AwaitableTrackerStore, FailSafeTrackerStore, InMemoryTrackerStore, SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channels.errors import BadRequest
from bot.channels.requests import message_id
from bot.channels.tracker_store import may_know, tracker_eraser
from bot.channels.turns import reply_to

ASKED_OF_OSTEOPATHY = "combien pour l'ostéopathe ?"


def heard(identifier: str | None) -> UserUttered:
    return UserUttered("bonjour", metadata={} if identifier is None else {"message_id": identifier})


def said(template: str) -> BotUttered:
    return BotUttered(data={"custom": {"kind": "smalltalk", "template": template}})


EVENTS = [SessionStarted(), heard("a"), said("greet"), said("caution"), heard(None), said("thank"), heard("b")]


@pytest.mark.parametrize(
    ("identifier", "templates"), [("a", ["greet", "caution"]), ("b", []), ("c", None)], ids=["told", "mute", "unknown"]
)
def test_what_was_answered_to_a_message_is_found_in_the_tracker(identifier: str, templates: list[str] | None) -> None:
    found = reply_to(identifier, EVENTS)
    assert (found and [answer["template"] for answer, _ in found]) == templates


def test_what_rasa_says_itself_is_no_answer() -> None:
    assert reply_to("a", [heard("a"), BotUttered("utter_default"), BotUttered(data={"custom": {"other": 1}})]) == []


@pytest.mark.parametrize("given", [3, "", "x" * 101, "a b", "jean@exemple.fr", "0612345678", "é", ["a"]])
def test_an_identifier_that_is_none_is_refused(given: object) -> None:
    with pytest.raises(BadRequest) as error:
        message_id({"message_id": given})
    assert error.value.code == "invalid_message_id"


@pytest.mark.parametrize("given", [None, "m-1", str(uuid.uuid4()), "06123456-7890-4123-8123-061234567890"])
def test_an_identifier_is_taken_as_it_is(given: str | None) -> None:
    assert message_id({"message_id": given}) == given


async def test_both_stores_forget_one_conversation_and_keep_the_others(tmp_path: Any) -> None:
    domain = Domain.empty()
    stores = [InMemoryTrackerStore(domain), SQLTrackerStore(domain, db=str(tmp_path / "tracker.db"))]
    for store in stores:
        for sender in ("gone", "kept"):
            await store.save(DialogueStateTracker.from_events(sender, [ActionExecuted("action_listen"), heard("a")]))
        erase = tracker_eraser(FailSafeTrackerStore(AwaitableTrackerStore(store)))
        await erase("gone")
        await erase("gone")
        assert list(await store.keys()) == ["kept"]


async def test_nothing_of_an_erased_conversation_is_left_in_the_file(tmp_path: Any) -> None:
    file = tmp_path / "tracker.db"
    store = SQLTrackerStore(Domain.empty(), db=str(file))
    # As SQLite comes; some distributions build it otherwise.
    sa.event.listen(store.engine, "connect", lambda connection, _: connection.execute("PRAGMA secure_delete = OFF"))
    store.engine.dispose()
    told = [ActionExecuted("action_listen"), UserUttered("mon lupus me fatigue")]
    await store.save(DialogueStateTracker.from_events("gone", told))
    assert b"lupus" in file.read_bytes()
    await tracker_eraser(store)("gone")
    assert b"lupus" not in file.read_bytes()


async def test_a_store_says_whether_it_may_know_a_message(tmp_path: Any) -> None:
    store = SQLTrackerStore(Domain.empty(), db=str(tmp_path / "tracker.db"))
    wrapped = FailSafeTrackerStore(AwaitableTrackerStore(store))
    await store.save(DialogueStateTracker.from_events("told", [ActionExecuted("action_listen"), heard("m.1:a_b-c")]))
    assert may_know(wrapped, "told", "m.1:a_b-c")
    assert not may_know(wrapped, "told", "m.1:a_b-")  # a part of an id is not the id
    assert not may_know(wrapped, "other", "m.1:a_b-c")
    assert may_know(InMemoryTrackerStore(Domain.empty()), "told", "x")  # nothing cheaper than looking


def test_a_store_that_cannot_forget_is_refused_at_once() -> None:
    with pytest.raises(TypeError):
        tracker_eraser(object())


def ask(server_url: str, sender: str, message: str, identifier: str) -> httpx.Response:
    body = {"sender": sender, "message": message, "metadata": {"message_id": identifier}}
    return httpx.post(f"{server_url}/webhooks/rest/webhook", json=body, timeout=30)


@pytest.mark.model
def test_a_message_sent_again_gets_the_very_same_reply(server_url: str) -> None:
    first = ask(server_url, "again", ASKED_OF_OSTEOPATHY, "m1").json()
    assert first[-1]["custom"]["kind"] == "question"
    assert ask(server_url, "again", ASKED_OF_OSTEOPATHY, "m1").json() == first
    answer = ask(server_url, "again", "MGEN Équilibre", "m2").json()
    assert "120\u00a0€" in answer[-1]["text"]
    assert ask(server_url, "again", ASKED_OF_OSTEOPATHY, "m1").json() == first  # even when it is no longer the last
    assert ask(server_url, "other", "MGEN Équilibre", "m2").json() != answer  # in its own conversation only


@pytest.mark.model
def test_duplicates_at_the_same_time_are_one_turn(server_url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: ask(server_url, "at-once", ASKED_OF_OSTEOPATHY, "m1").json(), range(6)))
    assert all(reply == replies[0] for reply in replies)
    # A second turn would have been taken for a reply to the question, and refused.
    assert "reconnu" not in replies[0][-1]["text"]
    assert "120\u00a0€" in ask(server_url, "at-once", "MGEN Équilibre", "m2").json()[-1]["text"]


@pytest.mark.model
def test_a_conversation_erased_is_forgotten(server_url: str) -> None:
    ask(server_url, "erased", ASKED_OF_OSTEOPATHY, "m1")
    for _ in range(2):
        reply = httpx.delete(f"{server_url}/api/conversations/erased")
        assert (reply.status_code, reply.content) == (204, b"")
    assert "120" not in ask(server_url, "erased", "MGEN Équilibre", "m2").json()[-1]["text"]
    wrong = httpx.delete(f"{server_url}/api/conversations/a%20b")
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (400, "invalid_sender")


@pytest.mark.model
def test_a_question_says_which_values_it_takes(server_url: str) -> None:
    question = ask(server_url, "values", ASKED_OF_OSTEOPATHY, "m1").json()[-1]["custom"]["question"]
    assert question["type"] == "enum" and question["label"]
    for number, told in enumerate(["combien coûte ma cotisation ?", "actif, référence", "45 ans"]):
        messages = ask(server_url, "amount", told, f"m{number}").json()
    question = messages[-1]["custom"]["question"]
    assert {"fact": "base_brute_fiscale", "type": "money", "unit": "EUR"}.items() <= question.items()
    assert question["minimum"] == "0"
