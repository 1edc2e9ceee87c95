"""Secrets come from the environment or from files, and are shown nowhere."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import HelpDesk, Limits, Oidc, SettingError, Settings
from kb.ingestion.store import default_url

SECRETS = (
    "DATABASE_URL", "ASSISTANT_SECRET", "ASSISTANT_DESK_TOKEN", "TWILIO_AUTH_TOKEN", "ASSISTANT_OIDC_CLIENT_SECRET",
    "REDIS_URL", "ASSISTANT_ZAMMAD_SECRET", "ASSISTANT_ZAMMAD_TOKEN", "ASSISTANT_CHATWOOT_SECRET",
    "ASSISTANT_CHATWOOT_TOKEN",
)  # fmt: skip
WORD = "sesame-ouvre-toi"


def held(settings: Settings) -> set[str]:
    """Return every text that the settings hold."""
    parts = (settings, settings.oidc, settings.limits, settings.zammad, settings.chatwoot)
    return {str(getattr(part, field.name)) for part in parts for field in fields(part)}


@pytest.mark.parametrize("by_file", [True, False])
@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_read_and_never_shown(
    name: str, by_file: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{WORD}\n")
    monkeypatch.setenv(f"{name}_FILE" if by_file else name, str(file) if by_file else WORD)
    settings = Settings()
    assert WORD in held(settings)
    assert WORD not in repr(settings) and WORD not in str(settings)


def test_the_documents_database_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    (tmp_path / "url").write_text("sqlite:///somewhere.db")
    monkeypatch.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))
    assert default_url() == "sqlite:///somewhere.db"


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_that_cannot_be_had_stops_the_start(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "missing"))
    with pytest.raises(SettingError, match=f"{name}_FILE cannot be read"):
        Settings()
    monkeypatch.setenv(name, WORD)
    with pytest.raises(SettingError, match="both set") as error:
        Settings()
    assert WORD not in str(error.value)


def test_what_looks_like_a_secret_is_kept_out_of_sight() -> None:
    words = ("secret", "token", "database_url", "redis_url", "password")
    shown = {
        f"{part.__name__}.{field.name}"
        for part in (Settings, HelpDesk, Oidc, Limits)
        for field in fields(part)
        if field.repr and any(word in field.name for word in words)
    }
    assert not shown


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "²", "9" * 30])
def test_a_limit_that_is_none_stops_the_start(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASSISTANT_RATE_PER_MINUTE", value)
    with pytest.raises(SettingError, match="ASSISTANT_RATE_PER_MINUTE"):
        Settings()
