"""`assistant triage`: every kind of mailbox, a run cut short, and what cannot be read."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.cli.triage import COLUMNS
from tests.conftest import ROOT
from tests.triage.mails import mails

TIMEOUT = 240


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "bot.cli.main", "triage", *map(str, arguments)]


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT, check=False)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines_of(path: Path, messages: Sequence[dict[str, Any]]) -> Path:
    text = "".join(json.dumps({"subject": each["subject"], "body": each["body"]}) + "\n" for each in messages)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("content", [None, "nothing to see", '{"subject": "no text"}'])
def test_what_is_no_mailbox_is_said(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / ("mails.jsonl" if content and content.startswith("{") else "mails.txt")
    if content is not None:
        path.write_text(content)
    found = run(path, "--out", tmp_path / "out.csv")
    assert found.returncode == 2
    assert path.name in found.stderr.replace("\n", "") and "Traceback" not in found.stderr


@pytest.mark.model
def test_a_run_killed_goes_on_where_it_stopped(model: Path, tmp_path: Path) -> None:
    messages = mails("held")[:40]
    box, out = lines_of(tmp_path / "box.jsonl", messages), tmp_path / "out.csv"
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(command(box, "--out", out), cwd=ROOT, stdout=log, stderr=log)
        deadline = time.monotonic() + TIMEOUT
        while not out.exists() or len(rows(out)) < 5:
            assert process.poll() is None and time.monotonic() < deadline, (tmp_path / "log").read_text()
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(20)
    kept = rows(out)
    assert 4 <= len(kept) < len(messages)
    with out.open("ab") as file:
        file.write(b'torn,"2026')
    found = run(box, "--out", out)
    assert found.returncode == 0, found.stderr
    done = rows(out)
    assert tuple(done[0]) == COLUMNS and len(done) == len(messages)
    assert done[: len(kept)] == kept
    assert len({row["id"] for row in done}) == len(messages)
    assert not [row["error"] for row in done if row["error"]]
    text = out.read_text(encoding="utf-8")
    assert not [secret for mail in messages for secret in mail["pii"] if secret in text]

    written = out.stat().st_mtime_ns
    again = run(box, "--out", out)
    assert again.returncode == 0 and out.stat().st_mtime_ns == written
