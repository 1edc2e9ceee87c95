"""A mail as it travels, taken apart: subject, text, day, and the names of its header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

NAMED_FIELDS = ("from", "reply-to", "sender")
PLAIN, HTML = "text/plain", "text/html"


@dataclass(frozen=True)
class Mail:
    """One mail.

    Attributes:
        subject, body: its text, plain where there is one, else HTML.
        day: when it was written; names: who it is from, as the header says.
    """

    subject: str
    body: str
    day: date | None = None
    names: tuple[str, ...] = ()


def mail_of(raw: bytes) -> Mail:
    """Return a mail from its bytes, however it is encoded; what cannot be decoded is replaced."""
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return Mail(_header(message, "subject"), _text(message), _day(message), _names(message))


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name, "")).strip()
    except (ValueError, IndexError, AttributeError):  # the library raises on some malformed headers
        return ""


def _text(message: EmailMessage) -> str:
    """Return the text of a mail: of its plain part, else of its HTML part."""
    parts = [part for part in message.walk() if not part.is_multipart() and part.get_filename() is None]
    for wanted in (PLAIN, HTML):
        for part in parts:
            if part.get_content_type() == wanted:
                text = _decoded(part)
                if text.strip():
                    return text
    return ""


def _decoded(part: EmailMessage) -> str:
    raw = part.get_payload(decode=True)
    content = raw if isinstance(raw, bytes) else b""
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("latin-1")


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "date")).date()
    except (ValueError, TypeError, IndexError):
        return None


def _names(message: EmailMessage) -> tuple[str, ...]:
    addresses = getaddresses([_header(message, name) for name in NAMED_FIELDS])
    return tuple(dict.fromkeys(name for name, _ in addresses if name))
