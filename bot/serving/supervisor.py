"""Several workers of one server: forked after the model is loaded, so that they share its memory; kept alive.

A worker that ends is started again; one whose event loop stands still is ended first. On SIGTERM or SIGINT each ends
the turns under way, then all is over.
"""

from __future__ import annotations

import gc
import logging
import mmap
import os
import signal
import struct
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)
LOOK_S = 0.2
# A worker that fails at once must not be started a thousand times.
START_AGAIN_S = 1.0
STANDS_STILL_S = 60.0
STOPS_WITHIN_S = 30.0
NEVER = 0.0
ONE = struct.calcsize("d")


class Beats:
    """When each worker last said that it is alive, in memory that all of them see."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._memory = mmap.mmap(-1, ONE * workers)

    def tell(self, worker: int, moment: float | None = None) -> None:
        """Note that a worker is alive."""
        struct.pack_into("d", self._memory, ONE * worker, time.monotonic() if moment is None else moment)

    def silent_s(self, worker: int) -> float | None:
        """Return for how long a worker has said nothing; None for one that never began."""
        told: float = struct.unpack_from("d", self._memory, ONE * worker)[0]
        return None if told == NEVER else time.monotonic() - told

    def alive(self) -> int:
        """Return how many workers are alive."""
        silences = (self.silent_s(worker) for worker in range(self.workers))
        return sum(silence is not None and silence < STANDS_STILL_S for silence in silences)


class Supervisor:
    """Runs a function in several processes until told to stop."""

    def __init__(self, run: Callable[[int], None], beats: Beats) -> None:
        """Take what each worker runs, told its number."""
        self._run, self._beats = run, beats
        self._pids: dict[int, int] = {}
        self._stopping = False

    def supervise(self) -> None:
        """Run until SIGTERM or SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        # What is loaded now is never looked at again by the collector: looking writes, and what is written is copied.
        gc.collect()
        gc.freeze()
        for worker in range(self._beats.workers):
            self._start(worker)
        while self._pids and not self._stopping:
            time.sleep(LOOK_S)
            self._end_silent()
            for worker in self._ended():
                if not self._stopping:
                    logger.error("worker %d ended by itself: it is started again", worker)
                    time.sleep(START_AGAIN_S)
                    self._start(worker)
        self._finish()

    def _start(self, worker: int) -> None:
        self._beats.tell(worker, NEVER)
        pid = os.fork()
        if pid:
            self._pids[pid] = worker
            return
        status = 1
        try:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            self._run(worker)
            status = 0
        finally:
            # Not `sys.exit`: what the parent would do at its end is not the child's to do.
            os._exit(status)

    def _ended(self) -> list[int]:
        """Return the workers that are no more."""
        ended = []
        while self._pids:
            pid, _ = os.waitpid(-1, os.WNOHANG)
            if not pid:
                break
            if pid in self._pids:
                ended.append(self._pids.pop(pid))
        return ended

    def _end_silent(self) -> None:
        for pid, worker in self._pids.items():
            silence = self._beats.silent_s(worker)
            if silence is not None and silence > STANDS_STILL_S:
                logger.error("worker %d stands still: it is ended", worker)
                os.kill(pid, signal.SIGKILL)

    def _stop(self, number: int, frame: object) -> None:
        self._stopping = True
        for pid in self._pids:
            os.kill(pid, signal.SIGTERM)

    def _finish(self) -> None:
        deadline = time.monotonic() + STOPS_WITHIN_S
        while self._pids and time.monotonic() < deadline:
            self._ended()
            time.sleep(LOOK_S / 4)
        for pid in self._pids:
            os.kill(pid, signal.SIGKILL)
