"""`assistant queue import`, `triage-corrections`, `data purge` and `data erase`."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli.main import app, main
from bot.settings import Settings
from bot.storage.queue import Wanted
from bot.storage.store import open_store
from tests.storage.made import arrival, finished, started

# The command on a mailbox, with a sorter that needs no model and takes its time.
IMPORT = """
import asyncio, os, sys
import bot.cli.triage
from tests.storage.made import triaged
class Sorter:
    async def triage(self, subject, body, today=None, names=()):
        await asyncio.sleep(float(os.environ["PACE"]))
        if "broken" in body:
            raise RuntimeError(body)
        return triaged(redacted={"subject": subject, "body": body})
bot.cli.triage.loaded_sorter = Sorter
from bot.cli.main import app
app(["queue", "import", os.environ["MAILBOX"]])
"""


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty data folder of the commands."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path / "data"))
    yield tmp_path / "data"


def mailbox(folder: Path, *bodies: str) -> Path:
    path = folder / "mails.jsonl"
    lines = [{"subject": "Devis", "body": body, "date": "2026-03-12"} for body in bodies]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def total() -> int:
    store = open_store(Settings())
    number = store.queue.page(Wanted())[1]
    store.close()
    return number


def test_an_import_cut_short_goes_on_and_brings_nothing_in_twice(data: Path, tmp_path: Path) -> None:
    box = mailbox(tmp_path, *(f"message {number}" for number in range(30)), "message 0")
    process = started(IMPORT, MAILBOX=str(box), PACE="0.1")
    deadline = time.monotonic() + 60
    while total() < 3:
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = total()
    assert 3 <= kept < 31
    again = started(IMPORT, MAILBOX=str(box), PACE="0")
    _, told = again.communicate(timeout=60)
    assert again.returncode == 0 and f"{31 - kept} new, {kept} known" in told
    assert total() == 31, "two members who write the same are two messages"


def test_two_imports_at_once_bring_each_message_in_once(data: Path, tmp_path: Path) -> None:
    box = mailbox(tmp_path, *(f"message {number}" for number in range(30)))
    for process in [started(IMPORT, MAILBOX=str(box), PACE="0.001") for _ in range(2)]:
        finished(process)
    assert total() == 30


def test_a_message_that_cannot_be_sorted_stops_no_other(data: Path, tmp_path: Path) -> None:
    process = started(IMPORT, MAILBOX=str(mailbox(tmp_path, "one", "broken secret", "two")), PACE="0")
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1 and "2 new, 0 known, 1 not sorted" in told and "secret" not in told
    assert total() == 2


def test_a_path_that_is_no_mailbox_is_told(data: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["queue", "import", str(tmp_path / "nothing.mbox")])
    assert result.exit_code == 2


def test_corrections_are_written_where_they_are_wanted(data: Path, tmp_path: Path) -> None:
    store = open_store(Settings())
    number, _ = store.queue.add(arrival())
    store.queue.change(number, 1, {"priorite": "haute"}, "devis")
    store.close()
    out = tmp_path / "corrections.jsonl"
    assert CliRunner().invoke(app, ["triage-corrections", "--out", str(out)]).exit_code == 0
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["priority"] == "haute"
    assert CliRunner().invoke(app, ["triage-corrections"]).stdout.strip() == line


def test_what_is_old_is_purged_by_command(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(Settings())
    store.queue.add(arrival())
    store.close()
    assert CliRunner().invoke(app, ["data", "purge"]).exit_code == 0
    assert total() == 1
    monkeypatch.setattr("bot.storage.retention.now", lambda: datetime(2200, 1, 1))
    assert CliRunner().invoke(app, ["data", "purge"]).exit_code == 0
    assert total() == 0


def test_one_conversation_is_erased_by_command(data: Path) -> None:
    store = open_store(Settings())
    store.feedback.turn(store.conversation("zoe"), "abstention", "un zorglub", "")
    for _ in range(2):
        assert CliRunner().invoke(app, ["data", "erase", "zoe"]).exit_code == 0
    assert store.feedback.groups() == []
    store.close()


def test_a_wrong_setting_is_told_without_a_trace(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_RETENTION_DAYS", "soon")
    monkeypatch.setattr("sys.argv", ["assistant", "data", "purge"])
    with pytest.raises(SystemExit, match="ASSISTANT_RETENTION_DAYS is 'soon'"):
        main()
