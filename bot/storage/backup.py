"""Backup and restore of everything that the product keeps, while it serves.

SQLite: every database of the data folder by SQLite's own online copy, with the key, in one compressed archive.
PostgreSQL: `pg_dump` and `pg_restore`, in one transaction. A backup holds what the databases hold: redacted, yet to be
kept as they are, and no longer.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.settings import Settings
from bot.storage.keys import FILE as KEY

READ_BY_OWNER = 0o600
GOOD = "ok"


class BackupError(Exception):
    """A backup or a restore that could not be made; the message says why, and that nothing was changed."""


def backup(settings: Settings, target: Path) -> None:
    """Write a backup; a target that exists is replaced only by a whole one.

    Raises:
        BackupError: when it cannot be made.
    """
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, READ_BY_OWNER))
    try:
        if settings.database_url:
            _run(["pg_dump", "--format=custom", f"--file={part}", _libpq(settings)])
        else:
            _archive(settings.data, part)
        os.replace(part, target)
    except (sqlite3.Error, OSError) as error:
        raise BackupError(f"no backup was made: {error}") from None
    finally:
        part.unlink(missing_ok=True)


def restore(settings: Settings, source: Path) -> None:
    """Put a backup in the place of what is kept; the server must be stopped.

    Raises:
        BackupError: when the backup cannot be used; what is kept stays as it was.
    """
    if not source.is_file():
        raise BackupError(f"{source}: there is no such file")
    if settings.database_url:
        _run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error",
              f"--dbname={_libpq(settings)}", str(source)])  # fmt: skip
        return
    settings.data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.data, prefix="restore-") as folder:
        unpacked = _unpacked(source, Path(folder))
        for path in unpacked:
            for log in ("-wal", "-shm"):  # of the database that goes: the next must not be read with them
                (settings.data / f"{path.name}{log}").unlink(missing_ok=True)
            os.replace(path, settings.data / path.name)


def _archive(data: Path, part: Path) -> None:
    databases = sorted(data.glob("*.db"))
    if not databases:
        raise BackupError(f"no backup was made: {data} holds no database")
    with tempfile.TemporaryDirectory() as folder, tarfile.open(part, "w:gz") as archive:
        for path in databases:
            copy = Path(folder) / path.name
            with (
                closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as kept,
                closing(sqlite3.connect(copy)) as to,
            ):
                kept.backup(to)
            _check(copy)
            archive.add(copy, path.name)
        if (data / KEY).exists():
            archive.add(data / KEY, KEY)


def _unpacked(source: Path, folder: Path) -> list[Path]:
    """Return the files of a backup, each found good, or nothing."""
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive.getmembers():
                name = member.name
                if not member.isfile() or name != Path(name).name or not (name.endswith(".db") or name == KEY):
                    raise BackupError(f"{source} is no backup of the assistant: it holds {name!r}")
                content = archive.extractfile(member)
                assert content is not None
                with content, (folder / name).open("wb") as file:
                    shutil.copyfileobj(content, file)
                (folder / name).chmod(READ_BY_OWNER)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupError(f"{source} cannot be read: {error}") from None
    found = sorted(folder.iterdir())
    for path in found:
        if path.suffix == ".db":
            _check(path)
    if not found:
        raise BackupError(f"{source} is empty")
    return found


def _check(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as database:
            said = database.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        said = str(error)
    if said != GOOD:
        raise BackupError(f"{path.name} is damaged: {said}")


def _libpq(settings: Settings) -> str:
    """Return the address as PostgreSQL's own programs read it."""
    return make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)


def _run(command: list[str]) -> None:
    program = shutil.which(command[0])
    if program is None:
        raise BackupError(f"{command[0]} is not installed here (Debian: apt-get install postgresql-client)")
    ended = subprocess.run([program, *command[1:]], capture_output=True, text=True, check=False)
    if ended.returncode:
        last = ended.stderr.strip().splitlines()[-1:] or [f"exit status {ended.returncode}"]
        raise BackupError(f"{command[0]}: {last[0]}")
