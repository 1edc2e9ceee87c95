"""Date arithmetic. Adding months names its rounding; bounds say whether they include the day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months_clamped(day: date, months: int) -> date:
    """Return the same day `months` later; past the end of a shorter month, its last day.

    31 January + 1 month is 28 (or 29) February.
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years_clamped(day: date, years: int) -> date:
    """Return the same day `years` later; 29 February becomes 28 February in a common year."""
    return add_months_clamped(day, 12 * years)


def months_between(start: date, end: date) -> int:
    """Return the whole months from a day to another; negative when the second comes first.

    From 31 January to 28 February no month has passed.
    """
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
