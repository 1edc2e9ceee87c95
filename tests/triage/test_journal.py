"""The output survives a crash: whatever was cut, only whole rows are left and the rest is written again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.triage.journal import Journal, JournalError, whole

COLUMNS = ("id", "draft")
TEXTS = st.text(alphabet=st.sampled_from('ab",;\n« é'), max_size=12)


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_rows_are_appended_and_known_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "out.csv"
    with Journal(path, COLUMNS) as journal:
        journal.append({"id": "1", "draft": 'deux\nlignes "et" plus'})
    with Journal(path, COLUMNS) as journal:
        assert journal.done == {"1"}
        journal.append({"id": "2", "draft": ""})
    assert rows(path) == [list(COLUMNS), ["1", 'deux\nlignes "et" plus'], ["2", ""]]


def test_the_output_is_its_owners_only(tmp_path: Path) -> None:
    with Journal(tmp_path / "out.csv", COLUMNS):
        assert (tmp_path / "out.csv").stat().st_mode & 0o077 == 0


def test_another_file_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("name,age\nx,3\n")
    with pytest.raises(JournalError, match="--out"):
        Journal(path, COLUMNS)
    assert path.read_text() == "name,age\nx,3\n"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(drafts=st.lists(TEXTS, max_size=4), cut=st.integers(0, 200), zeros=st.integers(0, 8))
def test_wherever_a_crash_cuts_the_run_goes_on(tmp_path: Path, drafts: list[str], cut: int, zeros: int) -> None:
    path = tmp_path / "out.csv"
    path.unlink(missing_ok=True)
    wanted = [[str(number), draft.replace("\r", "")] for number, draft in enumerate(drafts)]
    with Journal(path, COLUMNS) as journal:
        for key, draft in wanted:
            journal.append({"id": key, "draft": draft})
    torn = path.read_bytes()
    path.write_bytes(torn[: len(torn) - min(cut, len(torn))] + b"\x00" * zeros)
    with Journal(path, COLUMNS) as journal:
        for key, draft in wanted:
            if key not in journal.done:
                journal.append({"id": key, "draft": draft})
    assert rows(path) == [list(COLUMNS), *wanted]


def test_where_the_last_whole_row_ends() -> None:
    assert whole(b'a,b\n"x\ny",1\n"z\n') == len(b'a,b\n"x\ny",1\n')
    assert whole(b"") == 0
