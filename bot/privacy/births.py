"""Days of birth told as such: the day identifies a person, month and year still tell an age."""

from __future__ import annotations

import re
from datetime import date

from bot.privacy.lexicon import pattern, words
from bot.rendering.french import MONTHS

MONTH = "|".join([*MONTHS, "fevrier", "aout", "decembre", "janv", "févr", "sept", "oct", "nov", "déc"])
NUMERIC_DAY = r"\d{1,2}\s?[/. -]\s?\d{1,2}\s?[/. -]\s?(?:\d{4}|\d{2})\b"
WRITTEN_DAY = rf"(?:1er|\d{{1,2}}) (?:{MONTH})\b\.?(?: \d{{4}})?"
SPOKEN = "|".join(sorted(words("number_words"), key=len, reverse=True)).replace("zero", "z[ée]ro")
NUMBER = rf"(?:premier|(?:{SPOKEN})(?:[ -](?:et[ -])?(?:{SPOKEN})\b)*)"
# "Le douze mars mille neuf cent soixante-quinze", "le trois zéro quatre mille neuf cent".
DIGITS = rf"(?!(?:deux )?mille )(?:{SPOKEN})(?:[ -](?:et[ -])?(?:{SPOKEN})\b){{4,}}"
SPOKEN_DAY = rf"(?:{NUMBER} (?:{MONTH})\b(?: {NUMBER})?|{DIGITS})"
DAY = rf"(?:{SPOKEN_DAY}|{NUMERIC_DAY}|\d{{4}}-\d{{2}}-\d{{2}}\b|{WRITTEN_DAY}|\b\d{{8}}\b)"
SAID = re.compile(
    r"(\b(?:n[ée](?:e|s|es)?|naissances?|naiss\.?|ddn|d\.d\.n\.?)\b"
    rf"(?:\W{{0,3}}(?:(?:\b(?:{pattern('before_day')})(?=[ ',])|\[NOM\])[' ,]{{1,2}}){{0,6}})\W{{0,3}})({DAY})",
    re.IGNORECASE,
)
# A day told without its year is of somebody just born, whose rights count from it; alone it names nobody.
YEARLESS = re.compile(rf"^(?:1er|premier|\d{{1,2}}|{NUMBER}) (?:{MONTH})\.?$", re.IGNORECASE)
# Years since a birth in which rights are counted from its day (allowance, registration, maternity cover).
RECENT = 3
YEAR = re.compile(r"(?:\d{4}|(?<=[/.-])\d{2})$")
# "[NOM], 12/03/1961", "[NOM] (12/03/2019)"; before a comma only a day too long ago for a care.
CLOSED = r"(?=\)|$|\n|[ ,]*\[|[ ,]*(?:n°|adh))"
LONG_AGO = r"(?=,)(?<=(?:19\d|200|201)\d)"
AFTER_NAME = re.compile(
    rf"(\[NOM\](?:, (?:ma|mon|notre) [\w-]+)?[ ,]*(?:\(|le |du )?)({DAY}{CLOSED}|{DAY}{LONG_AGO})", re.IGNORECASE
)
PLACEHOLDER = "[DATE_NAISSANCE]"
NAMED_MONTH = re.compile(rf"\b(?:{MONTH})\b.*", re.IGNORECASE)
NUMERIC = re.compile(r"^(\d{1,2})\D+(\d{1,2})\D+(\d{4}|\d{2})$")
COMPACT = re.compile(r"^(\d{2})(\d{2})(\d{4})$")
ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


def without_births(text: str) -> str:
    """Return the text with a placeholder in the place of each day of birth."""
    text = SAID.sub(rf"\1{PLACEHOLDER}", text)
    return AFTER_NAME.sub(rf"\1{PLACEHOLDER}", text)


def coarsened(text: str, today: date) -> str:
    """Return the text with month and year only of each day of birth: enough to tell an age, not to tell who.

    The day of a recent or coming birth stays, and one told without its year: rights are counted from it.

    Args:
        text: before its days of birth are replaced.
        today: for years of two figures.
    """
    return SAID.sub(lambda found: found[0] if _counts(found[2], today) else _told(found, today), text)


def without_born_days(text: str, today: date) -> str:
    """Return the same, a day of birth that stands alone after a name left out.

    Args:
        text: before its days of birth are replaced.
        today: for years of two figures.
    """
    return coarsened(AFTER_NAME.sub(rf"\1{PLACEHOLDER}", text), today)


def _counts(day: str, today: date) -> bool:
    """Whether a day is an event that rights are counted from."""
    return bool(YEARLESS.match(day)) or _recent(day, today)


def _recent(day: str, today: date) -> bool:
    found = YEAR.search(day.strip())
    if found is None:
        return False
    year = int(found[0])
    if year < 100:
        year += 2000 if year <= today.year % 100 + 1 else 1900
    return year >= today.year - RECENT


def _told(found: re.Match[str], today: date) -> str:
    return _coarse(found[1]) + _month(found[2], today)


def _coarse(before: str) -> str:
    """Return the words before a day without what only a day has before it ("née le" is "née")."""
    return re.sub(r"\b(?:le|ce|du)\s*$", "", before, flags=re.IGNORECASE).rstrip(" :") + " en "


def _month(day: str, today: date) -> str:
    match = NUMERIC.match(day) or COMPACT.match(day)
    if match:
        month, year = int(match[2]), match[3]
    elif iso := ISO.match(day):
        month, year = int(iso[2]), iso[1]
    else:
        named = NAMED_MONTH.search(day)
        return named[0] if named else PLACEHOLDER
    if not 1 <= month <= 12:
        return f"{year}"
    if len(year) == 2:
        year = f"{'20' if int(year) <= today.year % 100 else '19'}{year}"
    return f"{MONTHS[month - 1]} {year}"
