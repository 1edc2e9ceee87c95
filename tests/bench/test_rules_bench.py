"""The comparison of rules engines: what is asked, what is checked, what is told when it cannot run."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.bench import rules
from bot.cli.main import app
from rules_engine.decision import Decision
from rules_engine.evaluation import decide

ON = date(2026, 11, 21)


def test_each_question_finds_its_cell_by_our_rule() -> None:
    asked = rules.questions(ON)
    compared = 0
    for cell, facts in asked:
        outcome = decide(rules.RULE, facts, ON)
        assert isinstance(outcome, Decision)
        if outcome.details["line"] == cell["line"] and cell["value"] != rules.NO_FIGURE:
            assert cell["value"] in {float(amount.value) for amount in outcome.amounts if amount.value is not None}
            compared += 1
    assert compared > 150, (compared, len(asked))


def test_another_answer_than_the_table_s_is_refused() -> None:
    cells = [cell for cell, _ in rules.questions(ON)][:3]
    rules.check("other", cells, [cell["value"] for cell in cells])
    with pytest.raises(rules.WrongAnswerError, match="other"):
        rules.check("other", cells, [cell["value"] + 1 for cell in cells])


def test_engines_that_cannot_be_installed_are_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(*_: object) -> Path:
        raise subprocess.CalledProcessError(1, ["pip"], stderr="no such version")

    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(rules, "_environment", fails)
    run = CliRunner().invoke(app, ["bench", "rules", "--runs", "1"])
    assert run.exit_code == 1
    assert "no such version" in run.output
