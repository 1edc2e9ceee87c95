"""Ratings, what maintainers see of them, and what is noted after each turn."""

from __future__ import annotations

import asyncio
import csv
import io
import logging
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.shared.core.events import BotUttered, UserUttered
from sanic import Sanic

from bot.channels import feedback
from bot.channels.feedback import as_csv
from bot.channels.recording import Recorder, noted_kind, record_turn
from bot.storage.feedback import Group
from bot.storage.models import now
from bot.storage.store import Store
from tests.channels.light import agent, served

TOPICS = {"intent": {"name": "ask_information"}, "entities": []}


def said(text: str, message_id: str = "") -> UserUttered:
    return UserUttered(text, parse_data={"text": text, **TOPICS}, metadata={"message_id": message_id})


def answered(kind: str = "answer", topic: str = "remboursement") -> BotUttered:
    return BotUttered(None, {"custom": {"kind": kind, "template": "x", "topic": topic}})


TALK = (said("bonjour", "m1"), answered("smalltalk", ""), said("combien pour un casque ?", "m2"), answered())


@pytest.fixture
def routes(store: Store) -> Any:
    def build(app: Sanic) -> None:
        app.blueprint(feedback.blueprint(store, agent(*TALK)))

    return build


async def test_the_last_answer_is_rated_unless_another_is_named(store: Store, routes: Any) -> None:
    told = {"sender": "known", "rating": "down", "reason": "inexact", "comment": "faux, zoe@quintavalle.fr"}
    async with served(routes) as client:
        first = await client.post("/api/feedback", json=told)
        same = await client.post("/api/feedback", json={**told, "message_id": "m2"})
        other = await client.post("/api/feedback", json={**told, "message_id": "m1"})
        shown = (await client.get("/api/desk/feedback", params={"kind": "down"})).json()
    assert first.status_code == 201 and first.json() == same.json() != other.json()
    found = {group["theme"]: group["examples"] for group in shown["groups"]}
    assert found["Remboursement des soins"] == ["combien pour un casque ?"]
    assert shown["series"] == [
        {"day": now().date().isoformat(), "down": 2, "up": 0, "abstention": 0, "correction": 0, "handover": 0,
         "withheld": 0, "turns": 0}
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"sender": "unknown"}, 404, "unknown_turn"),
        ({"message_id": "m9"}, 404, "unknown_turn"),
        ({"sender": "a b"}, 400, "invalid_sender"),
        ({"sender": 3}, 400, "invalid_value"),
        ({"rating": "so-so"}, 400, "invalid_rating"),
        ({"reason": "because"}, 400, "invalid_reason"),
        ({"comment": ["x"]}, 400, "invalid_value"),
        ({"comment": "x" * 1001}, 413, "too_large"),
    ],
)
async def test_a_bad_rating_says_what_to_correct(routes: Any, told: dict[str, Any], status: int, code: str) -> None:
    async with served(routes) as client:
        reply = await client.post("/api/feedback", json={"sender": "known", "rating": "up", **told})
    assert (reply.status_code, reply.json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize("query", ["since=hier", "since=2026-02-30", "kind=x", "format=xml"])
async def test_a_bad_filter_says_what_to_correct(routes: Any, query: str) -> None:
    async with served(routes) as client:
        reply = await client.get(f"/api/desk/feedback?{query}")
    assert reply.status_code == 400 and reply.json()["error"]["message"].endswith(".")


async def test_the_export_opens_in_a_spreadsheet_and_runs_nothing(store: Store, routes: Any) -> None:
    for question in ("=HYPERLINK(1)", " +33", "-2+3", "@SUM(1)", "\t=1", "simple ; « question »\nsur deux lignes"):
        store.feedback.turn("c", "abstention", question, "")
    async with served(routes) as client:
        reply = await client.get("/api/desk/feedback?format=csv")
    assert (
        reply.headers["content-type"].startswith("text/csv") and "retours.csv" in reply.headers["content-disposition"]
    )
    assert reply.content.startswith(b"\xef\xbb\xbf")
    (row,) = csv.DictReader(io.StringIO(reply.content.decode("utf-8-sig"), newline=""))
    assert row["count"] == "6" and "sur deux lignes" in row["examples"]
    assert not row["examples"].lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " =", "＝"])
def test_no_cell_begins_as_a_formula(start: str) -> None:
    text = as_csv([Group("t", "abstention", 1, now().date(), (f"{start}1+1",))])
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["examples"].startswith("'")


@pytest.mark.parametrize(
    ("replies", "kind"),
    [
        ([{"kind": "answer"}], ""),
        ([{"kind": "question"}], ""),
        ([{"kind": "out_of_scope", "code": "out_of_scope"}], "abstention"),
        ([{"kind": "handover", "code": "unknown_answer"}], "abstention"),
        ([{"kind": "handover", "code": "give_up"}], "abstention"),
        ([{"kind": "handover", "code": "human"}], "handover"),
        ([{"kind": "answer"}, {"kind": "handover", "code": "withheld"}], "withheld"),
        ([{"kind": "handover", "code": "failed"}], "withheld"),
        ([{"kind": "emergency"}, {"kind": "out_of_scope"}], ""),
        ([], ""),
    ],
)
def test_what_is_noted_of_a_turn(replies: list[dict[str, str]], kind: str) -> None:
    assert noted_kind([{"custom": reply} for reply in replies]) == kind


async def test_an_unanswered_turn_is_noted_with_its_question(store: Store) -> None:
    recorder = Recorder(store, agent(*TALK))
    record_turn(
        SimpleNamespace(ctx=SimpleNamespace(recorder=recorder)), "known", [{"custom": {"kind": "out_of_scope"}}]
    )
    record_turn(SimpleNamespace(ctx=SimpleNamespace(recorder=recorder)), "known", [{"custom": {"kind": "answer"}}])
    await recorder.close()
    (group,) = store.feedback.groups()
    assert (group.kind, group.count, group.examples) == ("abstention", 1, ("combien pour un casque ?",))
    assert store.feedback.series()[0]["turns"] == 2


async def test_what_no_database_takes_is_taken_out(store: Store) -> None:
    odd = (said("un \ud800 zorglub\x00"), answered())

    def build(app: Sanic) -> None:
        app.blueprint(feedback.blueprint(store, agent(*odd)))

    told = b'{"sender": "known", "rating": "down", "comment": "\\ud800 \\u0000"}'
    async with served(build) as client:
        assert (await client.post("/api/feedback", content=told)).status_code == 201
    assert store.feedback.groups()[0].examples == ("un ? zorglub ",)


async def test_erasing_a_conversation_leaves_nothing_that_was_still_to_be_written(store: Store) -> None:
    recorder = Recorder(store, agent(*TALK))
    recorder.turn("known", [{"custom": {"kind": "out_of_scope"}}])
    await recorder.erase("known")
    await recorder.close()
    assert store.feedback.groups() == []
    assert store.feedback.series()[0]["abstention"] == 1, "it was there, and was erased"


async def test_a_failing_database_neither_fails_a_turn_nor_tells_what_was_said(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("combien pour un casque ?")

    broken: Any = SimpleNamespace(conversation=store.conversation, feedback=SimpleNamespace(turn=fail))
    recorder = Recorder(broken, agent(*TALK))
    with caplog.at_level(logging.ERROR):
        recorder.turn("known", [{"custom": {"kind": "out_of_scope"}}])
        await recorder.close()
    assert "turn not recorded: RuntimeError" in caplog.text and "casque" not in caplog.text


async def test_a_slow_database_holds_no_turn_back(
    store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.recording.MOST_WAITING", 3)
    recorder = Recorder(store, agent())
    with caplog.at_level(logging.ERROR):
        for _ in range(5):
            recorder.turn("known", [])
    await recorder.close()
    await asyncio.sleep(0)
    assert caplog.text.count("turn not recorded") == 2
    assert store.feedback.series()[0]["turns"] == 3


def test_a_channel_without_a_recorder_records_nothing() -> None:
    record_turn(SimpleNamespace(ctx=SimpleNamespace()), "known", [])
