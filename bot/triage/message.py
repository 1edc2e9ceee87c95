"""A mail made ready: taken apart, without personal data, and as plain words for what reads it."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.privacy.names import signature_words
from bot.privacy.redactor import redact_mail
from bot.triage.cleaning import SIGNATURE_WORDS, cleaned
from bot.triage.datafiles import data

PLACEHOLDER = re.compile(r"\[([A-Z][A-Z_]+)\]")
GREETING = re.compile(rf"^\s*{data('mail')['greeting']}\s*[,.!:;]*\s*", re.IGNORECASE)
# What a placeholder stands for is part of the request ("mettez mon nouveau compte : IBAN").
READ_AS = {"IBAN": "IBAN", "ADRESSE": "adresse"}
SIGNATURE = "[SIGNATURE]"
LONGEST_SUBJECT = 300
LONGEST_BODY = 20_000
# Characters of a message that are read; a longer one is shown whole.
LONGEST_WORDS = 8_000


@dataclass(frozen=True)
class Message:
    """One message of a member, without personal data.

    Attributes:
        subject, body: as a colleague may see them, placeholders in the place of personal data.
        words: subject and body as what reads them wants it: no placeholder, no greeting.
        signature: the words of the signature, which may name a contract.
        given: kinds of personal data that the mail gives (NUMERO, TELEPHONE…).
    """

    subject: str
    body: str
    words: str
    signature: str = ""
    given: frozenset[str] = frozenset()


def prepared(subject: str, body: str, today: date, names: Collection[str] = ()) -> Message:
    """Return a mail made ready.

    Args:
        subject: its subject line.
        body: its text, plain or HTML.
        today: the day of the mail, for the ages that days of birth tell.
        names: the names of its header (sender), which are masked wherever they stand.
    """
    mail = cleaned(body[:LONGEST_BODY])
    subject = " ".join(subject[:LONGEST_SUBJECT].split())
    signed = signature_words((*mail.signature, *names))
    shown = redact_mail(subject, mail.text, today, signed)
    signature = redact_mail("", "\n".join(mail.signature), today, signed).body if mail.signature else ""
    given = frozenset(PLACEHOLDER.findall("\n".join((shown.subject, shown.body, signature))))
    return Message(
        subject=shown.subject,
        body=f"{shown.body}\n\n{SIGNATURE}" if mail.signature else shown.body,
        words=plain_words(*shown.told),
        signature=PLACEHOLDER.sub(" ", signature) if len(signature.split()) <= SIGNATURE_WORDS * 3 else "",
        given=given,
    )


def plain_words(subject: str, body: str) -> str:
    """Return subject and body of a redacted mail as one text for what reads it."""
    subject = re.sub(r"^(?:(?:re|tr|fw|fwd) ?: ?)+", "", subject, flags=re.IGNORECASE)
    text = GREETING.sub("", PLACEHOLDER.sub(_read, body), count=1)
    subject = re.sub(r"\s+", " ", PLACEHOLDER.sub(_read, subject)).strip(" -–:,.")
    words = re.sub(r"[ \t]{2,}", " ", f"{subject}.\n{text}" if subject else text)
    return words[:LONGEST_WORDS].strip()


def _read(placeholder: re.Match[str]) -> str:
    return f" {READ_AS.get(placeholder[1], '')} "
