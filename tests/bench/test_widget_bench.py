"""The widget stays light, and `assistant bench widget` says how light."""

from __future__ import annotations

import gzip
import json

import pytest
from typer.testing import CliRunner

from bot.bench.widget import STATIC, files, times, weights
from bot.cli.bench import app

MOST_BYTES = 30 * 1024  # compressed, everything together
MOST_WITH_THE_PAGE = 4 * 1024  # what a page loads whose visitor asks nothing


def test_everything_that_the_widget_loads_is_weighed() -> None:
    names = set(weights())
    assert {"widget.js", "widget/chat.js", "widget/chat.css", "widget/strings.json"} <= names
    assert {path.suffix for path in files()} == {".js", ".css", ".json"}
    raw, zipped = weights()["widget.js"]
    content = (STATIC / "widget.js").read_bytes()
    assert raw == len(content)
    assert zipped == len(gzip.compress(content, 9))


def test_it_weighs_at_most_thirty_kilobytes() -> None:
    sizes = weights()
    assert sum(zipped for _, zipped in sizes.values()) <= MOST_BYTES
    assert sizes["widget.js"][1] <= MOST_WITH_THE_PAGE


@pytest.mark.browser
def test_both_times_are_measured() -> None:
    ready = times(1)
    assert ready["button"] > 0 and ready["field"] > 0


@pytest.mark.browser
def test_the_command_prints_the_figures() -> None:
    found = CliRunner().invoke(app, ["widget", "--runs", "1", "--json"])
    assert found.exit_code == 0
    figures = json.loads(found.stdout)
    assert figures["files"]["widget.js"].keys() == {"raw", "gzip"}
    assert figures["ready_ms"]["field"] > 0
    table = CliRunner().invoke(app, ["widget", "--runs", "1"])
    assert "widget.js (with the page)" in table.stdout and "ready to write" in table.stdout
