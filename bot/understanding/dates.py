"""Dates in a message: a small grammar of French, relative to a given day. An incomplete date is no date."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rules_engine.dates import add_months_clamped

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv", "fevrier fevr", "mars", "avril avr", "mai", "juin", "juillet juil", "aout",
            "septembre sept", "octobre oct", "novembre nov", "decembre dec",
        ),
        1,
    )
    for name in names.split()
}
NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
WRITTEN = re.compile(r"\b(\d{1,2}|1er|premier) (" + "|".join(MONTHS) + r")(?: (\d{4}))?\b")
AGO = re.compile(r"\b(?:il )?y ?a (?:environ |deja |a peu pres )?(\d+|un|une) (jour|semaine|mois|an|annee)s?\b")
DAYS = {"aujourd'hui": 0, "aujourd hui": 0, "hier": -1, "avant-hier": -2, "avant hier": -2, "demain": 1}


def find_dates(folded: str, today: date) -> list[date]:
    """Return the full dates of a folded text, in order of kind: numeric, written, relative.

    A day and month without a year is the nearest past or present one. Impossible dates are left out.
    """
    found: list[date] = []
    for day, month, year in NUMERIC.findall(folded):
        found += _valid(int(day), int(month), int(year) + (2000 if len(year) == 2 else 0))
    for day, month, year in WRITTEN.findall(folded):
        number = 1 if day in ("1er", "premier") else int(day)
        found += _valid(number, MONTHS[month], int(year)) if year else _nearest_past(number, MONTHS[month], today)
    for count, unit in AGO.findall(folded):
        found.append(_ago(1 if count.startswith("un") else int(count), unit, today))
    found += [today + timedelta(days=shift) for word, shift in DAYS.items() if re.search(rf"\b{word}\b", folded)]
    return found


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
