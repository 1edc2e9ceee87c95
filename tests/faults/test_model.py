"""A model that is missing, broken, replaced or still being written."""

from __future__ import annotations

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.serving.live import Late, LiveAgent, NotReadyError


def load(path: Path) -> Any:
    content = path.read_text()
    if not content.startswith("model"):
        raise OSError("no archive")
    return SimpleNamespace(name=content)


def live(path: Path) -> LiveAgent:
    return LiveAgent(path, load, "trackers", "locks")


def test_a_missing_model_stops_no_start_and_is_found_when_it_comes(tmp_path: Path) -> None:
    agent = live(tmp_path / "m")
    assert not agent.is_ready() and agent.tracker_store == "trackers" and agent.lock_store == "locks"
    with pytest.raises(NotReadyError):
        _ = agent.processor
    (tmp_path / "m").write_text("model 1")
    assert agent.renew() and agent.is_ready() and agent.name == "model 1"


def test_a_broken_model_leaves_the_one_before_in_its_place(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "m"
    path.write_text("model 1")
    agent = live(path)
    path.write_text("broken, and longer")
    assert not agent.renew() and agent.name == "model 1"
    assert not agent.renew(), "a file is tried once"
    assert caplog.text.count("cannot be loaded (OSError): the one loaded before serves on") == 1
    path.unlink()
    assert not agent.renew() and agent.name == "model 1"
    path.write_text("model 3, at last")
    assert agent.renew() and agent.name == "model 3, at last"


async def test_a_model_is_swapped_while_it_is_used_and_never_read_half_written(tmp_path: Path) -> None:
    path = tmp_path / "m"
    path.write_text("model 1")
    agent = live(path)
    watching = asyncio.create_task(agent.watch(every=0.05))
    for part in range(10):
        path.write_text("model 2" + "." * part)
        await asyncio.sleep(0.02)
        assert agent.name in ("model 1", *(f"model 2{'.' * count}" for count in range(part + 1)))
    for _ in range(100):
        await asyncio.sleep(0.05)
        if agent.name == "model 2.........":
            break
    watching.cancel()
    assert agent.name == "model 2........."


def test_what_needs_a_model_is_made_once_there_is_one() -> None:
    made: list[int] = []

    def make() -> Any:
        if not made:
            made.append(1)
            raise NotReadyError("none")
        made.append(2)
        return SimpleNamespace(value=7)

    late = Late(make)
    with pytest.raises(NotReadyError):
        _ = late.value
    assert (late.value, late.value, made) == (7, 7, [1, 2])
