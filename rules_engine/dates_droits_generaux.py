"""Dates of the general rights: working and business days, cover counted from a last day of work, birthdays."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from rules_engine.dates import add_months_clamped, add_years_clamped, january_1_of_year

SATURDAY, SUNDAY = 5, 6
# Public holidays with a fixed day (Code du travail, article L3133-1): (month, day).
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
# Public holidays that follow Easter: Easter Monday, Ascension, Whit Monday, in days after Easter Sunday.
EASTER_HOLIDAYS = (1, 39, 50)


def nth_working_day_after(day: date, count: int) -> date:
    """Return the `count`-th working day after a day, which is itself not counted.

    Working days ("jours ouvrés") are Monday to Friday without the national public holidays.
    """
    current = day
    while count > 0:
        current += timedelta(days=1)
        count -= is_working_day(current)
    return current


def nth_business_day_after(day: date, count: int) -> date:
    """Return the `count`-th business day after a day, which is itself not counted; the calendar's last day at most.

    Business days ("jours ouvrables") are Monday to Saturday without the national public holidays.
    """
    current = day
    while count > 0 and current < date.max:
        current += timedelta(days=1)
        count -= current.weekday() != SUNDAY and current not in public_holidays(current.year)
    return current


def is_working_day(day: date) -> bool:
    """Whether a day is a Monday to Friday that is not a national public holiday."""
    return day.weekday() < SATURDAY and day not in public_holidays(day.year)


@lru_cache(maxsize=64)
def public_holidays(year: int) -> frozenset[date]:
    """Return the national public holidays of a year (those of Alsace-Moselle alone are not in it)."""
    sunday = easter(year)
    fixed = (date(year, month, day) for month, day in FIXED_HOLIDAYS)
    return frozenset(fixed) | {sunday + timedelta(days=shift) for shift in EASTER_HOLIDAYS}


def easter(year: int) -> date:
    """Return Easter Sunday of a year (Gregorian computus of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    offset = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * offset) // 451
    month, day = divmod(h + offset - 7 * m + 114, 31)
    return date(year, month, day + 1)


def cover_end_after_last_day(last_day: date, months: int) -> date:
    """Return the last day, inclusive, of a cover of `months` that follows the last day of work.

    A last day that ends its month leads to the end of a month (28 February + 5 months is 31 July); another
    keeps its number, or takes the last day of a shorter month.
    """
    if last_day.day == monthrange(last_day.year, last_day.month)[1]:
        target = add_months_clamped(last_day.replace(day=1), months)
        return target.replace(day=monthrange(target.year, target.month)[1])
    return add_months_clamped(last_day, months)


def whole_months_inclusive(first: date, last: date) -> tuple[int, int]:
    """Return how many whole months lie from `first` to `last`, both included, and the days left over.

    1 December to 30 April is 5 months and no day; a `last` before `first` is nothing.
    """
    after = last + timedelta(days=1)
    months = max(0, (after.year - first.year) * 12 + after.month - first.month)
    while months and add_months_clamped(first, months) > after:
        months -= 1
    return months, max(0, (after - add_months_clamped(first, months)).days)


def birthday(birth: date, age: int) -> date:
    """Return the day a person reaches an age (28 February in a common year for one born on a 29th)."""
    return add_years_clamped(birth, age)


def january_1_of_the_year_of_age(birth: date, age: int) -> date:
    """Return 1 January of the calendar year in which a person reaches an age."""
    return january_1_of_year(birth.year + age)
