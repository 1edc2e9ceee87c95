"""A real PostgreSQL server for tests, from the machine's own package."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


class NoServerError(Exception):
    """None can be run here; the message says why."""


_CONTROLS: dict[str, Callable[[str], None]] = {}


def control_of(url: str) -> Callable[[str], None]:
    """Return what stops ("stop") and starts ("start") the server of a URL."""
    return _CONTROLS[url]


@contextmanager
def server() -> Iterator[str]:
    """Yield the SQLAlchemy URL of a fresh database."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        as_user = _as_user(folder)
        data, port = folder / "data", _free_port()
        _run([*as_user, str(programs / "initdb"), "-D", str(data), "-U", "tests", "-A", "trust", "-E", "UTF8"])
        options = f"-h 127.0.0.1 -p {port} -k {folder} -c fsync=off"
        start = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-o", options, "-w", "-l", str(folder / "log")]
        stop = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"]
        url = f"postgresql+psycopg2://tests@127.0.0.1:{port}/postgres"

        def control(what: str) -> None:
            """Start the server, or cut it off as a power failure does."""
            _run([*start, "start"] if what == "start" else stop)
            running[url] = what == "start"

        running: dict[str, bool] = {}
        _CONTROLS[url] = control
        control("start")
        try:
            yield url
        finally:
            if running[url]:
                control("stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    folders += [Path(found).resolve().parent] if (found := shutil.which("initdb")) else []
    if not folders:
        raise NoServerError("PostgreSQL is not installed here (Debian: apt-get install postgresql)")
    return max(folders, key=str)


def _as_user(folder: Path) -> list[str]:
    """Return how to run a program as somebody whom PostgreSQL accepts: not as root."""
    if os.geteuid() != 0:
        return []
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise NoServerError("PostgreSQL does not run as root, and there is no user postgres") from None
    os.chown(folder, user.pw_uid, user.pw_gid)
    return ["runuser", "-u", "postgres", "--"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _run(command: list[str]) -> None:
    # Not captured: the server keeps what it inherits open, and reading would never end.
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
