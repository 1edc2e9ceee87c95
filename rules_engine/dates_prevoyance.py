"""Dates of the prévoyance: waiting periods, franchises, deadlines, ages. The calendar ends on `date.max`."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates import add_months_clamped

MONTH_NAMES = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def months_later_clamped(day: date, months: int) -> date:
    """Return the same day `months` later, a shorter month's last day at most, `date.max` past the calendar.

    31 August + 6 months is 28 (or 29) February.
    """
    try:
        return add_months_clamped(day, months)
    except ValueError:
        return date.max


def years_later_clamped(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 28 February in a common year."""
    return months_later_clamped(day, 12 * years)


def first_day_after_period_from(day: date, days: int) -> date:
    """Return the first day after `days` whole days of which `day` is the first.

    90 days from 1 June 2026 (inclusive) end on 29 August: 30 August.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def first_of_next_month_after(day: date) -> date:
    """Return the first day of the month that follows the month of `day`; 1 May gives 1 June."""
    return months_later_clamped(day.replace(day=1), 1)


def day_after(day: date) -> date:
    """Return the next day."""
    return first_day_after_period_from(day, 1)


def end_of_year(year: int) -> date:
    """Return 31 December of a year, of the calendar's last year at most."""
    return date(max(date.min.year, min(year, date.max.year)), 12, 31)


def age_by_birthday(birth: date, on: date) -> int:
    """Return the whole years lived on a day; the birthday itself counts (born 29 February: 1 March)."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def next_anniversary_on_or_after(day: date, on: date) -> date:
    """Return the first anniversary of `day` that is not before `on`; 29 February becomes 28 February."""
    years = max(1, on.year - day.year)
    anniversary = years_later_clamped(day, years)
    return anniversary if anniversary >= on else years_later_clamped(day, years + 1)


def next_yearly_day_on_or_after(text: str, on: date) -> date:
    """Return the first day named so ("31 janvier", "1er janvier") that is not before `on`."""
    number, month = text.split()
    this_year = date(on.year, MONTH_NAMES.index(month) + 1, int(number.removesuffix("er")))
    return this_year if this_year >= on else years_later_clamped(this_year, 1)


def days_worked_between(resumed: date, stopped_again: date) -> int:
    """Return the calendar days from the day of the return (inclusive) to the new stop (exclusive)."""
    return (stopped_again - resumed).days
