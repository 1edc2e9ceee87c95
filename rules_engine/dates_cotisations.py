"""Ages and years of the contributions (règlement MSP, article 58)."""

from __future__ import annotations

from datetime import date


def age_by_year_difference(year: int, birth_year: int) -> int:
    """Return the year of insurance less the year of birth: the birthday itself does not count."""
    return year - birth_year


def first_day_of_year_reaching(age: int, birth_year: int) -> date:
    """Return 1 January of the year whose difference with the birth year is the age."""
    return date(birth_year + age, 1, 1)
