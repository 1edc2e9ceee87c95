"""Days of the notices MGEN Assistance and SAD Assurance. Nothing goes past the calendar's last day (`date.max`)."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates import add_months_clamped
from rules_engine.dates_droits_generaux import public_holidays

SUNDAY = 6


def last_day_within_days(event: date, days: int) -> date:
    """Return the last day, included, of the `days` that follow an event; the event's own day is not counted.

    20 days after 4 May end on 24 May.
    """
    return event + timedelta(days=min(days, (date.max - event).days))


def first_day_within_days_before(event: date, days: int) -> date:
    """Return the first day, included, of the `days` that precede an event; the event's own day is not counted."""
    return event - timedelta(days=min(days, (event - date.min).days))


def nth_day_from(first: date, count: int) -> date:
    """Return the `count`-th day when `first` is the first one: the 14th day from 1 March is 14 March."""
    return last_day_within_days(first, count - 1)


def same_day_months_later_clamped(day: date, months: int) -> date:
    """Return the same day `months` later; past a shorter month's end, its last day (31 January + 1: 28 February)."""
    if day.year * 12 + day.month + months > date.max.year * 12 + date.max.month:
        return date.max
    return add_months_clamped(day, months)


def first_of_year_after(day: date) -> date:
    """Return 1 January of the year that follows the year of `day`."""
    return date.max if day.year == date.max.year else date(day.year + 1, 1, 1)


def nth_business_day_after(day: date, count: int) -> date:
    """Return the `count`-th "jour ouvrable" after a day, itself not counted: Monday to Saturday, no public holiday."""
    current = day
    while count > 0 and current < date.max:
        current += timedelta(days=1)
        count -= current.weekday() != SUNDAY and current not in public_holidays(current.year)
    return current
