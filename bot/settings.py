"""Settings of the running assistant, from the environment only."""

from __future__ import annotations

import logging
import os
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.ingestion.environment import SecretFileError, secret

ROOT = Path(__file__).resolve().parent.parent


def _data_dir() -> Path:
    return Path(os.environ.get("ASSISTANT_DATA_DIR", str(ROOT / "var")))


def _number(name: str, default: int, what: str, least: int = 1) -> int:
    told = os.environ.get(name, str(default))
    if not (told.isascii() and told.isdecimal()) or len(told) > 9 or int(told) < least:
        raise SettingError(f"{name} is {told!r}: a number of {what}, {least} at least, is wanted")
    return int(told)


def _secret(name: str) -> Any:
    """Return the field of a secret: from the environment or a file, never shown."""
    return field(default_factory=lambda: _read(name), repr=False)


def _read(name: str) -> str:
    try:
        return secret(name)
    except SecretFileError as error:
        raise SettingError(str(error)) from None


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
        prefix = f"ASSISTANT_{name}"
        return cls(
            secret=_read(f"{prefix}_SECRET"), url=os.environ.get(f"{prefix}_URL", ""), token=_read(f"{prefix}_TOKEN")
        )


@dataclass(frozen=True)
class Oidc:
    """The identity provider of the desk; off without its issuer.

    Attributes:
        issuer: its address ("https://connexion.exemple.fr/realms/mutuelle").
        client_id, client_secret: what it knows this service by.
        roles_claim: the claim of the ID token that lists a person's groups; dots lead into it ("realm_access.roles").
        adviser, maintainer: the values of that claim which give each role.
        redirect_url: the public address of /conseiller/oidc/retour, where it is not that of the request.
    """

    issuer: str = field(default_factory=lambda: os.environ.get("ASSISTANT_OIDC_ISSUER", "").rstrip("/"))
    client_id: str = field(default_factory=lambda: os.environ.get("ASSISTANT_OIDC_CLIENT_ID", ""))
    client_secret: str = _secret("ASSISTANT_OIDC_CLIENT_SECRET")
    roles_claim: str = field(default_factory=lambda: os.environ.get("ASSISTANT_OIDC_ROLES_CLAIM", "roles"))
    adviser: str = field(default_factory=lambda: os.environ.get("ASSISTANT_OIDC_ADVISER", "conseiller"))
    maintainer: str = field(default_factory=lambda: os.environ.get("ASSISTANT_OIDC_MAINTAINER", "mainteneur"))
    redirect_url: str = field(default_factory=lambda: os.environ.get("ASSISTANT_OIDC_REDIRECT_URL", ""))


@dataclass(frozen=True)
class Limits:
    """How much one client may ask, and how long a colleague stays logged in.

    Attributes:
        per_minute: messages, calls and mails to sort, each, from one address; a hundred times as many from this
            machine.
        logins_per_minute: attempts to log in from one address.
        redis_url: where the counts of several servers are shared; empty: each counts by itself.
        proxies: how many proxies of ours stand in front, each of which adds an address to X-Forwarded-For.
        idle_minutes, session_hours: after which a session ends, unused and in any case.
    """

    per_minute: int = field(default_factory=lambda: _number("ASSISTANT_RATE_PER_MINUTE", 600, "requests"))
    logins_per_minute: int = field(default_factory=lambda: _number("ASSISTANT_LOGINS_PER_MINUTE", 10, "attempts"))
    redis_url: str = _secret("REDIS_URL")
    proxies: int = field(default_factory=lambda: _number("ASSISTANT_PROXIES", 0, "proxies", least=0))
    idle_minutes: int = field(default_factory=lambda: _number("ASSISTANT_SESSION_IDLE_MINUTES", 60, "minutes"))
    session_hours: int = field(default_factory=lambda: _number("ASSISTANT_SESSION_HOURS", 12, "hours"))


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
        oidc: who logs colleagues in, besides the token.
        limits: how much a client may ask.
        widget_origins: sites that may show the widget ("https://www.exemple.fr"), besides the server's own pages.
    """

    models: Path = field(default_factory=lambda: Path(os.environ.get("ASSISTANT_MODELS_DIR", str(ROOT / "models"))))
    data: Path = field(default_factory=_data_dir)
    database_url: str = _secret("DATABASE_URL")
    redis_url: str = _secret("REDIS_URL")
    secret: str = _secret("ASSISTANT_SECRET")
    retention_days: int = field(default_factory=lambda: _number("ASSISTANT_RETENTION_DAYS", 180, "days"))
    desk_token: str = _secret("ASSISTANT_DESK_TOKEN")
    oidc: Oidc = field(default_factory=Oidc)
    limits: Limits = field(default_factory=Limits)
    zammad: HelpDesk = field(default_factory=lambda: HelpDesk.from_environment("ZAMMAD"))
    chatwoot: HelpDesk = field(default_factory=lambda: HelpDesk.from_environment("CHATWOOT"))
    twilio_token: str = _secret("TWILIO_AUTH_TOKEN")
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
    if os.environ.get("ASSISTANT_LOG") == "json":
        _log_as_json()
    import structlog

    # Rasa logs each parse, with the member's words, at debug level; structlog prints it unless told otherwise.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    warnings.filterwarnings("ignore", category=FutureWarning)


def _log_as_json() -> None:
    """Write each line of the log as one JSON object, with the reference of its turn; every turn has a line."""
    import structlog
    from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        add_log_level,
        add_logger_name,
        ExtraAdder(allow=["turn", "channel", "kind", "topic", "why", "ms"]),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    shown = structlog.processors.JSONRenderer(ensure_ascii=False)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(
            ProcessorFormatter(foreign_pre_chain=shared, processors=[ProcessorFormatter.remove_processors_meta, shown])
        )
    logging.getLogger("assistant.turns").setLevel(logging.INFO)
