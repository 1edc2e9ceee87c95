"""What an audit of the pinned libraries means."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.lint.advisories import Accepted, accepted, problems
from bot.settings import ROOT

TODAY = date(2026, 6, 1)
KNOWN = [Accepted("CVE-2024-1", "library", "pinned", "not reached", date(2026, 12, 1))]


def report(*advisories: dict[str, Any], name: str = "library") -> dict[str, Any]:
    return {
        "dependencies": [{"name": name, "version": "1.0", "vulns": list(advisories)}, {"name": "other", "vulns": []}]
    }


def advisory(name: str, *aliases: str) -> dict[str, Any]:
    return {"id": name, "aliases": list(aliases), "fix_versions": ["2.0"]}


def test_what_is_accepted_passes_by_any_of_its_names() -> None:
    assert problems(report(), KNOWN, TODAY) == []
    assert problems(report(advisory("GHSA-x", "CVE-2024-1")), KNOWN, TODAY) == []


@pytest.mark.parametrize(
    ("found", "today", "word"),
    [
        (report(advisory("CVE-2024-2")), TODAY, "mended in 2.0"),
        (report(advisory("CVE-2024-1"), name="namesake"), TODAY, "namesake"),
        (report(advisory("CVE-2024-1")), date(2027, 1, 1), "due on 2026-12-01"),
    ],
)
def test_anything_else_is_to_be_done(found: dict[str, Any], today: date, word: str) -> None:
    (problem,) = problems(found, KNOWN, today)
    assert word in problem


def test_no_answer_is_no_clean_bill(tmp_path: Path) -> None:
    silent = {"dependencies": [{"name": "library", "skip_reason": "not found"}]}
    for content, status in ((silent, 2), (report(), 0), (report(advisory("CVE-2024-2")), 1)):
        (tmp_path / "report.json").write_text(json.dumps(content))
        command = [sys.executable, "-m", "bot.lint.advisories", str(tmp_path / "report.json")]
        assert subprocess.run(command, cwd=ROOT, capture_output=True).returncode == status


def test_what_is_accepted_says_why_and_is_pinned() -> None:
    locked = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    for each in accepted():
        assert len(each.why) > 20 and len(each.mitigation) > 20
        assert f"\n{each.package}==" in locked
        assert isinstance(each.review, date)
