"""Figures as French writes them: `1 062,50 €`, `170 %`, `10 mars 2026`, `2 ans`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

# Between the bounds of a date known roughly, as ISO 8601 writes it.
INTERVAL = "/"
NARROW = "\u202f"
NO_BREAK = "\u00a0"
MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def number(value: Decimal | int | str) -> str:
    """Return a number with a decimal comma and narrow spaces between thousands."""
    amount = Decimal(str(value))
    text = f"{amount:,.2f}" if amount != amount.to_integral_value() else f"{amount:,.0f}"
    return text.replace(",", NARROW).replace(".", ",")


def euros(value: Decimal | int | str) -> str:
    """Return an amount in euros."""
    return f"{number(value)}{NO_BREAK}€"


def percent(value: Decimal | int | str) -> str:
    """Return a percentage."""
    return f"{number(value)}{NO_BREAK}%"


def long_date(value: date | str) -> str:
    """Return a date in words (10 mars 2026); of an interval ("2026-03-01/2026-03-31"), its first and last days."""
    if isinstance(value, str) and INTERVAL in value:
        first, last = value.split(INTERVAL)
        return f"{long_date(first)} (ou plus tard, jusqu'au {long_date(last)}, selon le jour exact)"
    day = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def months(value: Decimal | int | str) -> str:
    """Return a duration given in months, in years where it is whole years."""
    count = int(Decimal(str(value)))
    if count % 12 == 0:
        years = count // 12
        return f"{years}{NO_BREAK}an{'s' if years > 1 else ''}"
    return f"{count}{NO_BREAK}mois"


UNITS = {
    "days": ("jour", "jours"),
    "working_days": ("jour ouvré", "jours ouvrés"),
    "years": ("an", "ans"),
    "months": ("mois", "mois"),
    "hours": ("heure", "heures"),
    "age": ("an", "ans"),
}


def in_unit(value: Decimal | str, unit: str) -> str:
    """Return a parameter's value with its unit."""
    if unit in ("phone", "text"):
        return str(value)
    if unit == "EUR":
        return euros(value)
    if unit == "percent":
        return percent(value)
    if unit in UNITS:
        singular, plural = UNITS[unit]
        return f"{number(value)}{NO_BREAK}{singular if Decimal(str(value)) <= 1 else plural}"
    return number(value)
