"""The output of a triage: a CSV that survives a crash, and that a later run goes on with.

Each row is written at once and synced to the disk; a row cut short by a crash is taken away before the next run.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

QUOTE, LINE_END, NOTHING = ord('"'), ord("\n"), 0


class JournalError(ValueError):
    """A file that is no output of a triage; the message says what to do."""


class Journal:
    """Rows of a CSV, each with its key, appended one by one."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        """Open a file for appending, repair its end, and read the keys that it holds.

        Args:
            path: of the file; made when there is none.
            columns: names of the columns, the key first.

        Raises:
            JournalError: when the file is of other columns.
        """
        self._columns = tuple(columns)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self.done = self._repaired(path)
        except JournalError:
            os.close(self._file)
            raise

    def append(self, row: Mapping[str, object]) -> None:
        """Write a row, safely on the disk when this returns."""
        self._write([row[column] for column in self._columns])
        self.done.add(str(row[self._columns[0]]))

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _repaired(self, path: Path) -> set[str]:
        """Return the keys of the whole rows; what follows them is taken away."""
        content = path.read_bytes()
        kept = content[: whole(content)]
        rows = list(csv.reader(io.StringIO(kept.decode("utf-8-sig", "replace"), newline="")))
        if rows and tuple(rows[0]) != self._columns:
            raise JournalError(f"{path}: no output of a triage (other columns); choose another file with --out")
        if len(kept) < len(content):
            os.ftruncate(self._file, len(kept))
        os.lseek(self._file, 0, os.SEEK_END)
        if not rows:
            self._write(self._columns)
        return {row[0] for row in rows[1:] if row}

    def _write(self, values: Sequence[object]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerow(values)
        content = text.getvalue().encode()
        while content:
            content = content[os.write(self._file, content) :]
        os.fsync(self._file)


def whole(content: bytes) -> int:
    """Return where the last whole row of a CSV ends."""
    end, quoted = 0, False
    for place, byte in enumerate(content):
        if byte == QUOTE:
            quoted = not quoted
        elif byte == LINE_END and not quoted:
            end = place + 1
        elif byte == NOTHING:
            break  # a block that the disk never got
    return end
