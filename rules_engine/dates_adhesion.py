"""Dates of joining and leaving: effects on the first day of a month, yearly terms, delays in whole days."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates import add_months_clamped, end_of_year


def first_of_nth_month_after(day: date, months: int) -> date:
    """Return the first day of the nth calendar month after the month of `day`.

    The 4th month after 5 May is September: 1 September.
    """
    return add_months_clamped(day.replace(day=1), months)


def eve_of(day: date) -> date:
    """Return the day before."""
    return day - timedelta(days=1)


def last_day_for_yearly_term(year: int, months_before: int) -> date:
    """Return the last day (inclusive) at least `months_before` months before 31 December of `year`.

    Two months before 31 December is 31 October.
    """
    return add_months_clamped(end_of_year(year), -months_before)


def first_last_day_from(day: date, months_before: int) -> date:
    """Return the first such last day that is not before `day` (`day` itself counts)."""
    this_year = last_day_for_yearly_term(day.year, months_before)
    return this_year if day <= this_year else last_day_for_yearly_term(day.year + 1, months_before)
