"""Dates in a message: a small grammar of French, relative to a given day. An incomplete date is no date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rules_engine.dates import add_months_clamped

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv",
            "fevrier fevr",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "aout",
            "septembre sept",
            "octobre oct",
            "novembre nov",
            "decembre dec",
        ),
        1,
    )
    for name in names.split()
}
NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
WRITTEN = re.compile(r"\b(\d{1,2}|1er|premier) (" + "|".join(MONTHS) + r")(?: (\d{4}))?\b")
AGO = re.compile(r"\b(?:il )?y ?a (?:environ |deja |a peu pres )?(\d+|un|une) (jour|semaine|mois|an|annee)s?\b")
# "Nous sommes le 15 octobre 2026": the member's own present, which other words of time then count from.
PRESENT = re.compile(
    r"\b(?:aujourd.?hui|nous sommes|on est)\b"
    r"(?:[ ,:]| le| lundi| mardi| mercredi| jeudi| vendredi| samedi| dimanche){0,6}$"
)
DAYS = {"aujourd'hui": 0, "aujourd hui": 0, "hier": -1, "avant-hier": -2, "avant hier": -2, "demain": 1}


@dataclass(frozen=True)
class Dated:
    """A full date of a message and where it stands in the folded text (half-open)."""

    day: date
    start: int
    end: int


def find_dates(folded: str, today: date) -> list[Dated]:
    """Return the full dates of a folded text, in its order.

    A day and month without a year is the nearest past or present one. Impossible dates are left out. Where the message
    says which day it is, that day is the present.
    """
    found = _full_dates(folded)
    present = next((dated for dated in found if PRESENT.search(folded[: dated.start])), None)
    today = present.day if present else today
    for match in WRITTEN.finditer(folded):
        day, month, year = match.groups()
        if not year:
            found += _dated(match, _nearest_past(_day_number(day), MONTHS[month], today))
    for match in AGO.finditer(folded):
        count, unit = match.groups()
        found += _dated(match, [_ago(1 if count.startswith("un") else int(count), unit, today)])
    for word, shift in DAYS.items():
        found += [
            Dated(today + timedelta(days=shift), match.start(), match.end())
            for match in re.finditer(rf"(?<!avant[- ])\b{word}\b", folded)
            if not (present and shift == 0 and match.end() <= present.start)
        ]
    return sorted(found, key=lambda dated: dated.start)


def _full_dates(folded: str) -> list[Dated]:
    found: list[Dated] = []
    for match in NUMERIC.finditer(folded):
        day, month, year = match.groups()
        found += _dated(match, _valid(int(day), int(month), int(year) + (2000 if len(year) == 2 else 0)))
    for match in WRITTEN.finditer(folded):
        day, month, year = match.groups()
        if year:
            found += _dated(match, _valid(_day_number(day), MONTHS[month], int(year)))
    return found


def _day_number(day: str) -> int:
    return 1 if day in ("1er", "premier") else int(day)


def _dated(match: re.Match[str], days: list[date]) -> list[Dated]:
    return [Dated(day, match.start(), match.end()) for day in days]


def _valid(day: int, month: int, year: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _nearest_past(day: int, month: int, today: date) -> list[date]:
    this_year = _valid(day, month, today.year)
    if this_year and this_year[0] <= today:
        return this_year
    return _valid(day, month, today.year - 1)


def _ago(count: int, unit: str, today: date) -> date:
    if unit in ("jour", "semaine"):
        return today - timedelta(days=min(count, 36500) * (7 if unit == "semaine" else 1))
    months = min(count, 1200) * (1 if unit == "mois" else 12)
    return add_months_clamped(today, -months)
