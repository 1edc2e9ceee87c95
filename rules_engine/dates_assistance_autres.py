"""Days counted from an event, for the delays of the assistance notices; every bound says what it includes."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates import add_months_clamped, add_years_clamped
from rules_engine.dates_droits_generaux import public_holidays

HOURS_A_DAY = 24
SUNDAY = 6


def last_day_within_days_after(event: date, days: int) -> date:
    """Return the last day, included, of the `days` that follow an event; the day of the event is not counted.

    20 days after 4 May end on 24 May.
    """
    return event + timedelta(days=days)


def last_day_within_hours_after(event: date, hours: int) -> date:
    """Return the day, included, on which `hours` after an event end; its hour is that of the event."""
    return event + timedelta(hours=hours)


def first_day_within_hours_before(event: date, hours: int) -> date:
    """Return the day, included, on which the `hours` before an event begin; its hour is that of the event."""
    return event - timedelta(hours=hours)


def days_in_years_from(start: date, years: int) -> int:
    """Return how many days `years` hold from a day on (365 or 366 for one year)."""
    return (add_years_clamped(start, years) - start).days


def last_day_within_months_after(event: date, months: int) -> date:
    """Return the last day, included, of the `months` that follow an event; 31 January + 1 month is 28 February."""
    return add_months_clamped(event, months)


def nth_business_day_after(day: date, count: int) -> date:
    """Return the `count`-th business day after a day, which is itself not counted.

    Business days ("jours ouvrables") are Monday to Saturday without the national public holidays.
    """
    current = day
    while count > 0:
        current += timedelta(days=1)
        count -= current.weekday() < SUNDAY and current not in public_holidays(current.year)
    return current


def longer_than_hours(days: int, hours: int) -> bool:
    """Whether a stay of whole days is longer than `hours`; two days are not longer than 48 hours."""
    return days * HOURS_A_DAY > hours
