"""What who watches the service is told of each turn, and that what they are given to watch with names it rightly."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from prometheus_client import CollectorRegistry, generate_latest

from bot.serving import operations, turns
from bot.serving.turns import TurnMetrics
from bot.stages import DECIDE, KEEP, UNDERSTAND, WORD, stage, timed_turn

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "deploy" / "monitoring"
DECISION = {"rule": "remboursement", "outcome": "granted"}


def observed(**turn: Any) -> str:
    registry = CollectorRegistry()
    metrics = TurnMetrics(registry)
    told = {"channel": "rest", "messages": [], "seconds": {}, "why": "", "reference": "r", **turn}
    metrics.observe(**told)
    return generate_latest(registry).decode()


def test_a_turn_is_counted_by_channel_kind_and_rule() -> None:
    first = {"custom": {"kind": "emergency"}}
    shown = observed(messages=[first, {"custom": {"kind": "answer", "decision": DECISION}}], seconds={"decide": 0.003})
    assert 'assistant_turns_total{channel="rest",kind="answer"} 1.0' in shown
    assert 'assistant_decisions_total{outcome="granted",rule="remboursement"} 1.0' in shown
    assert 'assistant_stage_seconds_count{stage="decide"} 1.0' in shown
    assert "assistant_unanswered_total{" not in shown
    assert 'assistant_unanswered_total{why="abstention"} 1.0' in observed(why="abstention")


def test_its_line_in_the_log_tells_nothing_that_was_said(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "assistant.turns"):
        observed(messages=[{"text": "le secret", "custom": {"kind": "answer", "topic": "t"}}], reference="abc")
    (line,) = caplog.records
    assert (line.__dict__["turn"], line.__dict__["kind"], line.__dict__["topic"]) == ("abc", "answer", "t")
    assert "secret" not in str(line.__dict__)


def test_the_stages_of_a_turn_add_up_to_it() -> None:
    with timed_turn() as stages:
        time.sleep(0.01)
        for _ in range(2):
            with stage(DECIDE, understood=True):
                time.sleep(0.005)
        with stage(WORD):
            pass
        found = stages.end()
    assert set(found) == {UNDERSTAND, DECIDE, WORD, KEEP}
    assert found[UNDERSTAND] >= 0.01 and found[DECIDE] >= 0.01 and all(value >= 0 for value in found.values())
    with stage(DECIDE):
        pass  # outside a turn nothing is timed


@pytest.mark.model
def test_a_turn_over_http_is_counted_and_can_be_referred_to(server_url: str) -> None:
    body = {"sender": "watched", "message": "ostéopathe en MGEN Équilibre, combien par an ?"}
    reply = httpx.post(f"{server_url}/webhooks/rest/webhook", json=body, timeout=60)
    assert re.fullmatch(r"[0-9a-f]{12}", reply.headers["X-Turn-Reference"])
    shown = httpx.get(f"{server_url}/metrics").text
    assert 'assistant_turns_total{channel="rest",kind="answer"}' in shown
    assert re.search(r'assistant_decisions_total\{outcome="\w+",rule="remboursement"\}', shown)
    for each in (UNDERSTAND, DECIDE, WORD, KEEP):
        assert f'assistant_stage_seconds_count{{stage="{each}"}}' in shown


def test_the_log_is_json_where_it_is_asked_for() -> None:
    program = (
        "from bot.settings import prepare_process; prepare_process(); import logging;"
        "logging.getLogger('x').error('broken: %s', 'é');"
        "logging.getLogger('assistant.turns').info('turn', extra={'turn': 'abc', 'ms': {'word': 1.5}})"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env={"ASSISTANT_LOG": "json", "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [(line["event"], line["level"]) for line in lines] == [("broken: é", "error"), ("turn", "info")]
    assert lines[1]["turn"] == "abc" and lines[1]["ms"] == {"word": 1.5} and lines[1]["timestamp"]


def test_what_is_watched_is_what_is_counted() -> None:
    source = "".join(Path(each.__file__).read_text() for each in (operations, turns))
    counted = set(re.findall(r'"(assistant_\w+)"', source))
    dashboard = json.loads((MONITORING / "grafana.json").read_text())
    alerts = yaml.safe_load((MONITORING / "alerts.yml").read_text())
    asked = [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
    asked += [rule["expr"] for group in alerts["groups"] for rule in group["rules"]]
    named = {re.sub(r"_(bucket|count|sum)$", "", name) for each in asked for name in re.findall(r"assistant_\w+", each)}
    assert named <= counted and {"assistant_turns_total", "assistant_stage_seconds"} <= named
    told = (ROOT / "docs" / "operations.md").read_text()
    assert all(rule["alert"] in told for group in alerts["groups"] for rule in group["rules"])
