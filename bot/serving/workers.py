"""One application served by several processes on one socket."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import tempfile
from typing import TYPE_CHECKING

from bot.serving.supervisor import Beats, Supervisor

if TYPE_CHECKING:
    from sanic import Sanic

SHARED_METRICS = "PROMETHEUS_MULTIPROC_DIR"
# Connections that wait to be taken, of all workers together.
BACKLOG = 1024


def share_metrics() -> None:
    """Let `/metrics` tell of all workers; must come before anything imports the metrics."""
    if not os.environ.get(SHARED_METRICS):
        folder = tempfile.mkdtemp(prefix="assistant-metrics-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        os.environ[SHARED_METRICS] = folder


def serve_in_workers(app: Sanic, host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or SIGINT; each worker ends the turns under way."""
    app.ctx.beats = Beats(workers)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=BACKLOG)
    # No connection of the parent's may be used by two.
    app.ctx.agent.tracker_store._tracker_store.engine.dispose()
    app.ctx.store.database.engine.dispose()

    def run(worker: int) -> None:
        app.ctx.worker = worker
        app.run(sock=listening, workers=1, access_log=False, motd=False, backlog=BACKLOG)

    Supervisor(run, app.ctx.beats).supervise()
    listening.close()
