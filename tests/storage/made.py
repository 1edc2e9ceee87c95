"""Made-up items of the queue, and ways to run another process on the same data."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.storage.models import Base
from bot.storage.queue import Arrival

ROOT = Path(__file__).parents[2]
DAY = datetime(2026, 3, 12, 9, 30)


def triaged(**changes: Any) -> dict[str, Any]:
    """Return what the sorter makes of a message."""
    return {
        "categorie": "Prise en charge",
        "priorite": "normale",
        "objet": "Étude d'un devis",
        "online_service": True,
        "service": "Envoi d'un devis en ligne",
        "pieces": ["devis détaillé"],
        "draft": "Bonjour,\n\nNous avons bien reçu votre devis.",
        "sources": [{"document": "guide-fpe", "reference": "Guide – Devis"}],
        "why": [{"code": "kind:devis", "text": "Demande reconnue."}],
        "confidence": 0.9,
        "redacted": {"subject": "Devis", "body": "Voici mon devis, [NOM]."},
        **changes,
    }


def arrival(key: str = "a", at: datetime = DAY, origin: str = "import", reference: str = "", **changes: Any) -> Arrival:
    """Return a message as the queue takes it in."""
    return Arrival(key, origin, at, triaged(**changes), reference)


def emptied(url: str) -> None:
    """Take our tables, and only ours, out of a database."""
    engine = sa.create_engine(url, future=True)
    with engine.begin() as connection:
        Base.metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE IF EXISTS assistant_schema"))
    engine.dispose()


def started(code: str, **environment: str) -> subprocess.Popen[str]:
    """Start another Python process of the project."""
    return subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finished(process: subprocess.Popen[str]) -> str:
    """Return what a process printed, once it ended well."""
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out
