"""References that point to nobody: keyed hashes of what would name a conversation or a message."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from bot.settings import Settings

FILE = "secret.key"
SEPARATOR = "\x00"


class Keys:
    """Hashes that only who holds the key can make again."""

    def __init__(self, key: bytes) -> None:
        """Take the key."""
        self._key = key

    def of(self, purpose: str, *parts: str) -> str:
        """Return the reference of something; one of another purpose is another."""
        content = SEPARATOR.join((purpose, *parts)).encode("utf-8", "replace")
        return hmac.new(self._key, content, hashlib.sha256).hexdigest()


def keys_of(settings: Settings) -> Keys:
    """Return the keyed hashes of this installation: of its setting, else of a key made once in the data folder."""
    if settings.secret:
        return Keys(settings.secret.encode())
    settings.data.mkdir(parents=True, exist_ok=True)
    path = settings.data / FILE
    if not path.exists():
        _make(path)
    return Keys(path.read_bytes())


def _make(path: Path) -> None:
    """Write a new key whole, or leave the one that another process wrote first."""
    part = path.with_name(f"{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
