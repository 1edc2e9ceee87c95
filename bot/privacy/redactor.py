"""Personal data out of a message before anything keeps it: each kind gives way to a placeholder.

What the documents publish (telephones, addresses) is not personal and stays.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from bot.privacy.addresses import without_addresses
from bot.privacy.births import coarsened, without_births, without_born_days
from bot.privacy.names import masked, name_words, names, without_known
from bot.privacy.numbers import public_numbers, without_numbers

__all__ = ["Redacted", "public_numbers", "redact", "redact_chat", "redact_mail"]


@dataclass(frozen=True)
class Redacted:
    """A mail without personal data.

    Attributes:
        subject, body: with a placeholder in the place of each.
        told: both again, in which days of birth keep month and year: rules on age need them, and they name nobody.
    """

    subject: str
    body: str
    told: tuple[str, str]


def redact(text: str) -> str:
    """Return the text with placeholders in the place of personal data."""
    return without_births(_nameless(text))


def redact_chat(text: str, today: date) -> str:
    """Return the same, in which days of birth keep month and year: rules on age need them, and they name nobody.

    Args:
        text: the message.
        today: its day, for years of birth of two figures.
    """
    return without_born_days(_nameless(text), today)


def _nameless(text: str) -> str:
    text = without_addresses(without_numbers(text))
    return masked(text, names(text))


def redact_mail(subject: str, body: str, today: date, others: Collection[str] = ()) -> Redacted:
    """Return a mail without personal data; a name told in one place is known in all.

    Args:
        subject: its subject line.
        body: its text.
        today: its day, for years of birth of two figures.
        others: names known from its signature and its headers.
    """
    texts = [without_addresses(without_numbers(text)) for text in (subject, body)]
    spans = [names(text, strict=True) for text in texts]
    known = {*others}.union(*(name_words(text, found) for text, found in zip(texts, spans, strict=True)))
    nameless = [without_known(masked(text, found), known) for text, found in zip(texts, spans, strict=True)]
    shown = [without_births(text) for text in nameless]
    told = [without_births(coarsened(text, today)) for text in nameless]
    return Redacted(shown[0], shown[1], (told[0], told[1]))
