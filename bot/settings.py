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


def _retention_days() -> int:
    told = os.environ.get("ASSISTANT_RETENTION_DAYS", "180")
    if not told.isdecimal() or int(told) < 1:
        raise SettingError(f"ASSISTANT_RETENTION_DAYS is {told!r}: a number of days, 1 at least, is wanted")
    return int(told)


class SettingError(ValueError):
    """A setting that cannot be used; the message says which and what is wanted."""


@dataclass(frozen=True)
class HelpDesk:
    """How to talk with a help desk.

    Attributes:
        secret: what signs its webhooks; without it the connector is off.
        url, token: where and with what drafts go back as internal notes; without them they do not.
    """

    secret: str = field(default="", repr=False)
    url: str = ""
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, name: str) -> HelpDesk:
        """Return the settings of a help desk: ASSISTANT_ZAMMAD_SECRET, …_URL, …_TOKEN."""
        told = {part: os.environ.get(f"ASSISTANT_{name}_{part.upper()}", "") for part in ("secret", "url", "token")}
        return cls(**told)


@dataclass(frozen=True)
class Settings:
    """Where things are kept.

    Attributes:
        models: folder of trained models.
        data: folder of the embedded database.
        database_url: SQLAlchemy URL; empty for SQLite in `data`.
        redis_url: Redis, which several workers share (locks of conversations, queue of jobs); empty for one process.
        secret: key under which references to conversations are kept; empty for one made in `data`.
        retention_days: how long the queue, the feedback and the conversations are kept.
        desk_token: what opens the advisers' desk; empty: open on this machine only.
        zammad, chatwoot: the help desks, each off without its secret.
        twilio_token: the auth token of the telephone platform; empty: no such line.
        twilio_url: public address of its webhook, where a proxy changes it.
        adviser_phone: where a call goes on to an adviser.
        widget_origins: sites that may show the widget ("https://www.exemple.fr"), besides the server's own pages.
    """

    models: Path = field(default_factory=lambda: Path(os.environ.get("ASSISTANT_MODELS_DIR", str(ROOT / "models"))))
    data: Path = field(default_factory=_data_dir)
    database_url: str = field(default_factory=lambda: os.environ.get("DATABASE_URL", ""), repr=False)
    redis_url: str = field(default_factory=lambda: os.environ.get("REDIS_URL", ""), repr=False)
    secret: str = field(default_factory=lambda: os.environ.get("ASSISTANT_SECRET", ""), repr=False)
    retention_days: int = field(default_factory=_retention_days)
    desk_token: str = field(default_factory=lambda: os.environ.get("ASSISTANT_DESK_TOKEN", ""), repr=False)
    zammad: HelpDesk = field(default_factory=lambda: HelpDesk.from_environment("ZAMMAD"))
    chatwoot: HelpDesk = field(default_factory=lambda: HelpDesk.from_environment("CHATWOOT"))
    twilio_token: str = field(default_factory=lambda: os.environ.get("TWILIO_AUTH_TOKEN", ""), repr=False)
    twilio_url: str = field(default_factory=lambda: os.environ.get("TWILIO_WEBHOOK_URL", ""))
    adviser_phone: str = field(default_factory=lambda: os.environ.get("ADVISER_PHONE", ""))
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
