"""The assistant that serves now: another model takes its place between two turns, and none at all is told from a fault.

A model file that is missing or broken stops no start; the file is looked at again and again, and what can be loaded is.
Turns under way end with the model that they began with.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

logger = logging.getLogger(__name__)
LOOK_S = 2.0
# The file's own words for "changed": which file, how large, written when.
Stamp = tuple[int, int, int]
REHEARSED = "bonjour"


class NotReadyError(Exception):
    """No model is loaded: what needs one cannot be done now."""


class LiveAgent:
    """Stands where Rasa's agent is wanted, and hands on to the one that is loaded."""

    def __init__(self, model: Path, load: Callable[[Path], Any], tracker_store: Any, lock_store: Any) -> None:
        """Load a model, if it can be.

        Args:
            model: the file.
            load: makes an agent of it.
            tracker_store: where conversations are kept, whatever the model; there without any.
            lock_store: what gives them one turn at a time, likewise.
        """
        self._model, self._load = model, load
        self.tracker_store, self.lock_store = tracker_store, lock_store
        self._agent: Any = None
        self._tried: Stamp | None = None
        self.renew()

    def __getattr__(self, name: str) -> Any:
        """Return what the loaded agent has of a name.

        Raises:
            NotReadyError: when none is loaded.
        """
        agent = self.__dict__.get("_agent")
        if agent is None:
            raise NotReadyError(f"no model is loaded: {self._model.name}")
        return getattr(agent, name)

    def is_ready(self) -> bool:
        """Whether a model is loaded."""
        return self._agent is not None

    def renew(self) -> bool:
        """Load the file if it is another than the one tried last; return whether a model took the place."""
        found = _stamp(self._model)
        if found == self._tried and (found or self._tried):
            return False
        self._tried = found
        if found is None:
            logger.error("the model %s is missing: put it there, or run `assistant train`", self._model.name)
            return False
        try:
            agent = self._load(self._model)
        except Exception as error:
            kept = "the one loaded before serves on" if self._agent else "put a good one in its place"
            logger.error("the model %s cannot be loaded (%s): %s", self._model.name, type(error).__name__, kept)
            return False
        swapped, self._agent = self._agent is not None, agent
        if swapped:
            logger.warning("the model %s was replaced", self._model.name)
        return True

    async def watch(self, every: float = LOOK_S) -> None:
        """Look at the file for ever; one still being written is left alone."""
        seen = _stamp(self._model)
        while True:
            await asyncio.sleep(every)
            before, seen = seen, _stamp(self._model)
            if seen == before and seen != self._tried:
                await asyncio.to_thread(self.renew)


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


class Late:
    """Stands where something is wanted that needs a model, and makes it when it is first used."""

    def __init__(self, make: Callable[[], Any]) -> None:
        """Take what makes it; it may raise `NotReadyError`, and is then asked again."""
        self._make, self._made = make, None

    def __getattr__(self, name: str) -> Any:
        """Return what the thing has of a name."""
        if self.__dict__["_made"] is None:
            self._made = self._make()
        return getattr(self._made, name)
