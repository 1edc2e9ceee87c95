"""Date arithmetic. Adding months names its rounding; bounds say whether they include the day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

HOURS_OF_A_DAY = 24
MONTHS_OF_A_YEAR = 12
YEARS_OF_A_CENTURY = 100


def add_months_clamped(day: date, months: int) -> date:
    """Return the same day `months` later; past the end of a shorter month, its last day.

    31 January + 1 month is 28 (or 29) February. Nothing goes past the calendar's own ends.
    """
    index = day.year * MONTHS_OF_A_YEAR + day.month - 1 + months
    year, month = divmod(index, MONTHS_OF_A_YEAR)
    if not date.min.year <= year <= date.max.year:
        return date.max if months > 0 else date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years_clamped(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 28 February in a common year."""
    return add_months_clamped(day, MONTHS_OF_A_YEAR * years)


def months_between(start: date, end: date) -> int:
    """Return the whole months from a day to another; negative when the second comes first.

    From 31 January to 28 February no month has passed.
    """
    return (end.year - start.year) * MONTHS_OF_A_YEAR + end.month - start.month - (end.day < start.day)


def age_by_birthday(birth: date, on: date) -> int:
    """Return the whole years lived on a day, the birthday included; 0 before the birth.

    Who was born on 29 February has a birthday on 28 February in a common year, as `add_years_clamped` says.
    """
    years = max(0, on.year - birth.year)
    return years if add_years_clamped(birth, years) <= on else max(0, years - 1)


def last_day_within_days(event: date, days: int) -> date:
    """Return the last day, included, of the `days` that follow an event; the event's own day is not counted.

    Every day counts: 20 days after 4 May end on 24 May, which is still in time.
    """
    return event + timedelta(days=min(days, (date.max - event).days))


def first_day_within_days_before(event: date, days: int) -> date:
    """Return the first day, included, of the `days` that precede an event; the event's own day is not counted."""
    return event - timedelta(days=min(days, (event - date.min).days))


def nth_day_from(first: date, count: int) -> date:
    """Return the `count`-th day when `first` is the first one: the 14th day from 1 March is 14 March."""
    return last_day_within_days(first, count - 1)


def first_of_next_month_after(day: date) -> date:
    """Return the first day of the month that follows the month of `day`.

    1 July gives 1 August, 31 July too: the month of the day itself never counts.
    """
    return add_months_clamped(day.replace(day=1), 1)


def end_of_year(year: int) -> date:
    """Return 31 December of a year, of the calendar's first or last year at most."""
    return date(max(date.min.year, min(year, date.max.year)), 12, 31)


def january_1_of_year(year: int) -> date:
    """Return 1 January of a year; the calendar's last day at most."""
    return date(year, 1, 1) if year <= date.max.year else date.max


def january_1_after(day: date) -> date:
    """Return 1 January of the year that follows the year of `day`."""
    return january_1_of_year(day.year + 1)


def year_of_last_two_digits(digits: int, latest: int) -> int:
    """Return the latest year, up to `latest`, that ends with two digits: 98 up to 2026 is 1998, 12 is 2012."""
    century = latest - latest % YEARS_OF_A_CENTURY
    return century + digits if century + digits <= latest else century - YEARS_OF_A_CENTURY + digits
