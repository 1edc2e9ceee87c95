"""Days counted from an event, for the delays of the assistance notices; every bound says what it includes."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates import HOURS_OF_A_DAY, add_years_clamped


def last_day_within_hours_after(event: date, hours: int) -> date:
    """Return the day, included, on which `hours` after an event end; its hour is that of the event."""
    return event + timedelta(hours=hours)


def first_day_within_hours_before(event: date, hours: int) -> date:
    """Return the day, included, on which the `hours` before an event begin; its hour is that of the event."""
    return event - timedelta(hours=hours)


def days_in_years_from(start: date, years: int) -> int:
    """Return how many days `years` hold from a day on (365 or 366 for one year)."""
    return (add_years_clamped(start, years) - start).days


def longer_than_hours(days: int, hours: int) -> bool:
    """Whether a stay of whole days is longer than `hours`; two days are not longer than 48 hours."""
    return days * HOURS_OF_A_DAY > hours
