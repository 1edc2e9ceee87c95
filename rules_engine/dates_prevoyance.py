"""Dates of the prévoyance: waiting periods, franchises, deadlines, ages. The calendar ends on `date.max`."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates import add_years_clamped

MONTH_NAMES = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()


def first_day_after_period_from(day: date, days: int) -> date:
    """Return the first day after `days` whole days of which `day` is the first.

    90 days from 1 June 2026 (inclusive) end on 29 August: 30 August.
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max


def day_after(day: date) -> date:
    """Return the next day."""
    return first_day_after_period_from(day, 1)


def next_anniversary_on_or_after(day: date, on: date) -> date:
    """Return the first anniversary of `day` that is not before `on`; 29 February becomes 28 February."""
    years = max(1, on.year - day.year)
    anniversary = add_years_clamped(day, years)
    return anniversary if anniversary >= on else add_years_clamped(day, years + 1)


def next_yearly_day_on_or_after(text: str, on: date) -> date:
    """Return the first day named so ("31 janvier", "1er janvier") that is not before `on`."""
    number, month = text.split()
    this_year = date(on.year, MONTH_NAMES.index(month) + 1, int(number.removesuffix("er")))
    return this_year if this_year >= on else add_years_clamped(this_year, 1)
