"""Dates of joining and leaving: effects on the first day of a month, yearly terms, delays in whole days."""

from __future__ import annotations

from datetime import date, timedelta

from rules_engine.dates import add_months_clamped


def first_of_next_month_after(day: date) -> date:
    """Return the first day of the month that follows the month of `day`.

    1 July gives 1 August, 31 July too: the month of the day itself never counts.
    """
    return first_of_nth_month_after(day, 1)


def first_of_nth_month_after(day: date, months: int) -> date:
    """Return the first day of the nth calendar month after the month of `day`.

    The 4th month after 5 May is September: 1 September.
    """
    return add_months_clamped(day.replace(day=1), months)


def end_of_year(year: int) -> date:
    """Return 31 December of a year."""
    return date(year, 12, 31)


def start_of_year_after(day: date) -> date:
    """Return 1 January of the year that follows the year of `day`."""
    return date(day.year + 1, 1, 1)


def days_after_exclusive(day: date, days: int) -> date:
    """Return the day `days` calendar days later, `day` itself not counted (1 March + 10 is 11 March)."""
    return day + timedelta(days=days)


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


def age_on_birthday(birth: date, day: date) -> int:
    """Return the age by birthday: the years completed on `day`, the birthday included."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
