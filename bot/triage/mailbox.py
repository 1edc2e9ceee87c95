"""Reading a whole mailbox, one message at a time: mbox, folder of .eml, CSV, JSON lines."""

from __future__ import annotations

import csv
import hashlib
import json
import mailbox
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot.triage.mime import Mail, mail_of

ENCODINGS = ("utf-8-sig", "cp1252")
SUBJECTS = ("subject", "objet", "sujet", "titre")
BODIES = ("body", "message", "corps", "texte", "text", "contenu")
DATES = ("date", "day", "jour")
DELIMITERS = ";,\t|"
KEY_LENGTH = 16
FIELD_LIMIT = 10_000_000


class MailboxError(ValueError):
    """A mailbox that cannot be read; the message says what to do."""


@dataclass(frozen=True)
class Item:
    """A message of a mailbox, and the key that it keeps from one run to the next."""

    key: str
    mail: Mail


def read_mailbox(path: Path) -> Iterator[Item]:
    """Yield the messages of a mailbox, in its order.

    Raises:
        MailboxError: when the path is no mailbox of a known kind.
    """
    seen: Counter[str] = Counter()
    for mail in _reader(path)(path):
        key = _digest(mail)
        seen[key] += 1
        yield Item(key if seen[key] == 1 else f"{key}-{seen[key]}", mail)


def count_messages(path: Path) -> int:
    """Return how many messages a mailbox holds."""
    return sum(1 for _ in _reader(path)(path))


def _reader(path: Path) -> Callable[[Path], Iterator[Mail]]:
    if path.is_dir():
        return _folder
    if not path.is_file():
        raise MailboxError(f"{path}: there is no such file or folder")
    kinds: Mapping[str, Callable[[Path], Iterator[Mail]]] = {
        ".csv": _table, ".tsv": _table, ".jsonl": _lines, ".ndjson": _lines, ".eml": _single, ".mbox": _mbox,
    }  # fmt: skip
    reader = kinds.get(path.suffix.lower())
    if reader:
        return reader
    with path.open("rb") as start:
        if start.read(5) == b"From ":
            return _mbox
    raise MailboxError(f"{path}: neither an mbox, a folder of .eml, a .csv nor a .jsonl")


def _folder(path: Path) -> Iterator[Mail]:
    found = sorted(each for each in path.rglob("*") if each.suffix.lower() == ".eml")
    if not found:
        raise MailboxError(f"{path}: the folder holds no .eml file")
    for each in found:
        yield mail_of(each.read_bytes())


def _single(path: Path) -> Iterator[Mail]:
    yield mail_of(path.read_bytes())


def _mbox(path: Path) -> Iterator[Mail]:
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            yield mail_of(box.get_bytes(key))
    finally:
        box.close()


def _table(path: Path) -> Iterator[Mail]:
    csv.field_size_limit(FIELD_LIMIT)
    encoding = _encoding(path)
    with path.open(encoding=encoding, newline="") as rows:
        header = rows.readline()
        rows.seek(0)
        delimiter = max(DELIMITERS, key=header.count)
        for row in csv.DictReader(rows, delimiter=delimiter):
            yield _from_fields({str(name).strip().lower(): value for name, value in row.items() if name}, path)


def _lines(path: Path) -> Iterator[Mail]:
    with path.open(encoding=_encoding(path)) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                fields = json.loads(line)
            except ValueError:
                fields = None
            if not isinstance(fields, dict):
                raise MailboxError(f"{path}, line {number}: no JSON object")
            yield _from_fields({str(name).lower(): value for name, value in fields.items()}, path)


def _from_fields(fields: Mapping[str, object], path: Path) -> Mail:
    if not any(name in fields for name in BODIES):
        raise MailboxError(f"{path}: no column is called one of {', '.join(BODIES)}")

    def first(names: tuple[str, ...]) -> str:
        return next((str(fields[name]) for name in names if fields.get(name) is not None), "")

    return replace(Mail(first(SUBJECTS), first(BODIES)), day=_day(first(DATES)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _encoding(path: Path) -> str:
    """Return the first encoding in which a file can be read."""
    for encoding in ENCODINGS:
        try:
            with path.open(encoding=encoding) as text:
                for _ in text:
                    pass
        except UnicodeDecodeError:
            continue
        return encoding
    return "latin-1"


def _digest(mail: Mail) -> str:
    content = "\x00".join((mail.subject, mail.body, mail.day.isoformat() if mail.day else ""))
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()[:KEY_LENGTH]
