"""What the help desks tell: only a customer's message, and only from who holds the secret."""

from __future__ import annotations

import json
import time
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.connectors.delivery import CONNECTORS
from bot.settings import HelpDesk
from tests.connectors.payloads import SECRET, payload, signed

NAMES = sorted(CONNECTORS)
ZAMMAD, CHATWOOT = CONNECTORS["zammad"], CONNECTORS["chatwoot"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_a_customers_mail_of_zammad_is_taken() -> None:
    told = ZAMMAD.incoming(payload("zammad"))
    assert told is not None
    assert told.mail.subject == "Devis d'appareil auditif"
    assert "appareils auditifs" in told.mail.body
    assert set(told.mail.names) == {"Zoé Quintavalle"}
    assert told.at == datetime(2026, 3, 12, 8, 15, 42)
    assert (told.reference, told.identity) == ("412", ("zammad", "977"))


def test_a_contacts_message_of_chatwoot_is_taken() -> None:
    told = CHATWOOT.incoming(payload("chatwoot"))
    assert told is not None
    assert (told.mail.subject, told.mail.names) == ("", ("Zoé Quintavalle",))
    assert told.mail.body.endswith("attestation de droits ?")
    assert told.at == datetime(2026, 3, 12, 8, 15, 42)
    assert (told.reference, told.identity) == ("3/129", ("chatwoot", "3", "8801"))


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("zammad", ("article", "sender"), "Agent"),
        ("zammad", ("article", "sender"), "System"),
        ("zammad", ("article", "internal"), True),
        ("zammad", ("article",), None),
        ("zammad", ("article", "id"), None),
        ("zammad", ("ticket", "id"), "../1"),
        ("chatwoot", ("message_type",), "outgoing"),
        ("chatwoot", ("message_type",), 1),
        ("chatwoot", ("message_type",), "template"),
        ("chatwoot", ("private",), True),
        ("chatwoot", ("event",), "message_updated"),
        ("chatwoot", ("content",), None),
        ("chatwoot", ("conversation",), []),
        ("chatwoot", ("account", "id"), "3/../4"),
    ],
)
def test_everything_else_is_passed_over(name: str, path: tuple[str, ...], value: Any) -> None:
    assert CONNECTORS[name].incoming(payload(name, *path, value=value)) is None


def test_our_own_notes_never_come_back() -> None:
    """What we leave is told again by the help desk, as what it is: internal, of an agent."""
    desk = HelpDesk(SECRET, "https://help.example.org", "t")
    note = ZAMMAD.note("412", "Bonjour", desk).content
    assert ZAMMAD.incoming(payload("zammad", "article", value={**payload("zammad")["article"], **note})) is None
    message = {**payload("chatwoot"), **CHATWOOT.note("3/129", "Bonjour", desk).content}
    assert CHATWOOT.incoming(message) is None


@pytest.mark.parametrize("name", NAMES)
@given(content=JSON)
def test_no_payload_breaks_the_reading(name: str, content: Any) -> None:
    CONNECTORS[name].incoming(content if isinstance(content, dict) else {"article": content, "ticket": content})
    for field in payload(name):
        CONNECTORS[name].incoming(payload(name, field, value=content))


@pytest.mark.parametrize("name", NAMES)
def test_only_who_holds_the_secret_is_believed(name: str) -> None:
    connector, body = CONNECTORS[name], json.dumps(payload(name)).encode()
    assert connector.signed(body, signed(name, body), SECRET)
    assert not connector.signed(body + b" ", signed(name, body), SECRET)
    assert not connector.signed(body, signed(name, body, secret="another"), SECRET)
    assert not connector.signed(body, {}, SECRET)
    assert not connector.signed(body, dict.fromkeys(signed(name, body), "é"), SECRET)


@pytest.mark.parametrize(("late", "good"), [(0, True), (200, True), (400, False), (-400, False)])
def test_a_webhook_of_chatwoot_cannot_be_played_again_later(late: int, good: bool) -> None:
    body = b"{}"
    assert CHATWOOT.signed(body, signed("chatwoot", body, at=time.time() - late), SECRET) is good


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-03-12T08:15:42.120Z", datetime(2026, 3, 12, 8, 15, 42)),
        ("2026-03-12 10:15:42+02:00", datetime(2026, 3, 12, 8, 15, 42)),
        ("2026-03-12 08:15:42 UTC", datetime(2026, 3, 12, 8, 15, 42)),
        (1773303342, datetime(2026, 3, 12, 8, 15, 42)),
        ("hier", None),
        (None, None),
        (-1, None),
    ],
)
def test_moments_are_read_however_they_are_written(written: Any, read: datetime | None) -> None:
    told = CHATWOOT.incoming(payload("chatwoot", "created_at", value=written))
    assert told is not None and told.at == read
