"""How long each stage of a turn takes: understanding, deciding, wording, and what is left (locks, writing down)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

UNDERSTAND, DECIDE, WORD, KEEP = "understand", "decide", "word", "keep"
_now: ContextVar[Stages | None] = ContextVar("stages", default=None)


class Stages:
    """The seconds of each stage of one turn."""

    def __init__(self) -> None:
        """Begin the turn."""
        self._began = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def add(self, stage: str, began: float) -> None:
        """Add what passed since a moment to a stage."""
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - began

    def first(self, stage: str) -> None:
        """Count what passed since the turn began as a stage, once."""
        self.seconds.setdefault(stage, time.perf_counter() - self._began)

    def end(self) -> dict[str, float]:
        """Return the seconds of each stage, what is left as the last one."""
        left = time.perf_counter() - self._began - sum(self.seconds.values())
        return {**self.seconds, KEEP: max(0.0, left)}


@contextmanager
def timed_turn() -> Iterator[Stages]:
    """Time the stages of the turn under way."""
    stages = Stages()
    token = _now.set(stages)
    try:
        yield stages
    finally:
        _now.reset(token)


@contextmanager
def stage(name: str, *, understood: bool = False) -> Iterator[None]:
    """Time a stage of the turn under way, if there is one; `understood`: what came before it was understanding."""
    stages = _now.get()
    if stages is None:
        yield
        return
    if understood:
        stages.first(UNDERSTAND)
    began = time.perf_counter()
    try:
        yield
    finally:
        stages.add(name, began)
