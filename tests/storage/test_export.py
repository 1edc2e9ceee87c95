"""`assistant data export`: what is kept of one conversation, and of no other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from bot.cli.main import app
from bot.export import messages, remembered
from bot.settings import Settings
from bot.storage.conversations import FILE
from bot.storage.feedback import Rated
from bot.storage.store import open_store

EVENTS: list[dict[str, Any]] = [
    {"event": "user", "timestamp": 1773302400.0, "text": "un zorglub"},
    {"event": "slot", "name": "conversation", "value": {"facts": {"age": 42}}},
    {"event": "bot", "timestamp": 1773302401.0, "text": "une réponse", "data": {}},
]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with two conversations."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    engine = sa.create_engine(f"sqlite:///{tmp_path / FILE}", future=True)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE events (id INTEGER, sender_id TEXT, timestamp FLOAT, data TEXT)")
        for number, event in enumerate(EVENTS):
            row = (number, "zoe", event.get("timestamp"), json.dumps(event))
            connection.exec_driver_sql("INSERT INTO events VALUES (?, ?, ?, ?)", row)
        other = json.dumps({"event": "user", "text": "d'un autre"})
        connection.exec_driver_sql("INSERT INTO events VALUES (9, 'max', 1, ?)", (other,))
    engine.dispose()
    store = open_store(Settings())
    store.feedback.turn(store.conversation("zoe"), "abstention", "un zorglub", "")
    store.feedback.turn(store.conversation("max"), "abstention", "d'un autre", "")
    store.feedback.rate(Rated(store.conversation("zoe"), "m", "down", comment="rien compris", question="un zorglub"))
    store.close()
    yield tmp_path


def told(*arguments: str) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["data", "export", *arguments])
    assert result.exit_code == 0
    shown: dict[str, Any] = json.loads(result.stdout)
    return shown


def test_everything_of_a_conversation_is_handed_out(data: Path) -> None:
    kept = told("--sender", "zoe")
    assert [(each["who"], each["text"]) for each in kept["messages"]] == [
        ("member", "un zorglub"),
        ("assistant", "une réponse"),
    ]
    assert kept["messages"][0]["at"] == "2026-03-12T08:00:00+00:00"
    assert kept["remembered"] == {"facts": {"age": 42}}
    assert kept["notes"][0]["question"] == "un zorglub" and kept["ratings"][0]["comment"] == "rien compris"
    assert "d'un autre" not in json.dumps(kept, ensure_ascii=False)
    assert kept["retention_days"] == 180


def test_of_a_conversation_unknown_or_erased_nothing_is(data: Path) -> None:
    assert CliRunner().invoke(app, ["data", "erase", "zoe"]).exit_code == 0
    for sender in ("zoe", "nobody"):
        kept = told("--sender", sender)
        assert kept["messages"] == kept["notes"] == kept["ratings"] == [] and kept["remembered"] is None
    assert told("--sender", "max")["notes"]


def test_it_can_be_written_to_a_file(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "export.json"
    result = CliRunner().invoke(app, ["data", "export", "--sender", "zoe", "--out", str(out)])
    assert result.exit_code == 0 and "zorglub" not in result.stdout
    assert json.loads(out.read_text(encoding="utf-8"))["sender"] == "zoe"


def test_an_answer_is_told_in_the_words_that_were_read() -> None:
    answer = {"kind": "smalltalk", "template": "greet", "data": {}}
    (said,) = messages([{"event": "bot", "timestamp": 0, "data": {"custom": answer}}])
    assert said["who"] == "assistant" and len(said["text"]) > 10
    assert remembered([]) is None
