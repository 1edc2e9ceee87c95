"""Settings of the running assistant, from the environment only."""

from __future__ import annotations

import logging
import os
import warnings
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _data_dir() -> Path:
    return Path(os.environ.get("ASSISTANT_DATA_DIR", str(ROOT / "var")))


@dataclass(frozen=True)
class Settings:
    """Where things are kept.

    Attributes:
        models: folder of trained models.
        data: folder of the embedded database.
        database_url: SQLAlchemy URL; empty for SQLite in `data`.
        widget_origins: sites that may show the widget ("https://www.exemple.fr"), besides the server's own pages.
    """

    models: Path = field(default_factory=lambda: Path(os.environ.get("ASSISTANT_MODELS_DIR", str(ROOT / "models"))))
    data: Path = field(default_factory=_data_dir)
    database_url: str = field(default_factory=lambda: os.environ.get("DATABASE_URL", ""))
    widget_origins: tuple[str, ...] = field(
        default_factory=lambda: tuple(os.environ.get("ASSISTANT_WIDGET_ORIGINS", "").replace(",", " ").split())
    )


def prepare_process() -> None:
    """Set what must be set before Rasa is imported: no telemetry, no member text in debug logs, no foreign noise."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("LOG_LEVEL", "ERROR")  # Rasa's own loggers and progress bars; ours is set below
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    import structlog

    # Rasa logs each parse, with the member's words, at debug level; structlog prints it unless told otherwise.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", category=FutureWarning)
