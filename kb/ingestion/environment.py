"""Secrets from the environment: said there, or in a file that it names, as containers hand them over."""

from __future__ import annotations

import os
from pathlib import Path


class SecretFileError(ValueError):
    """A secret that cannot be had; the message says which setting, never what it holds."""


def secret(name: str) -> str:
    """Return the secret of a setting, from NAME or from the file that NAME_FILE names; empty where neither is set.

    Raises:
        SecretFileError: when both are set, or the file cannot be read.
    """
    told, path = os.environ.get(name, ""), os.environ.get(f"{name}_FILE", "")
    if told and path:
        raise SecretFileError(f"{name} and {name}_FILE are both set: keep one")
    if not path:
        return told
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretFileError(f"{name}_FILE cannot be read: {type(error).__name__}") from None
