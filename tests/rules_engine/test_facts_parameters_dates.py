"""The vocabulary, the parameters and the calendar."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.dates import (
    add_months_clamped,
    add_years_clamped,
    age_by_birthday,
    first_of_next_month_after,
    january_1_after,
    last_day_within_days,
    year_of_last_two_digits,
)
from rules_engine.dates_droits_generaux import nth_business_day_after
from rules_engine.errors import InvalidFactError, OutsideValidityError, UnknownFactError
from rules_engine.facts import vocabulary
from rules_engine.parameters import parameter, parameters
from rules_engine.registry import rules


@pytest.mark.parametrize(
    ("fact", "raw"),
    [
        ("age", -1),
        ("age", 300),
        ("age", "abc"),
        ("age", 2.5),
        ("age", True),
        ("age", "NaN"),
        ("prix", -5),
        ("prix", "1e400"),
        ("formule", "Platine"),
        ("optam", "oui"),
        ("date_soins", "2026-02-30"),
        ("prestation", ""),
    ],
)
def test_a_bad_value_gets_a_french_message(fact: str, raw: object) -> None:
    with pytest.raises(InvalidFactError) as error:
        vocabulary()[fact].parse(raw)
    assert error.value.fact_id == fact
    assert error.value.message_fr.endswith(".")


def test_an_unknown_fact_raises() -> None:
    with pytest.raises(UnknownFactError):
        vocabulary().parse({"nothing": 1})


def test_values_are_typed() -> None:
    parsed = vocabulary().parse({"age": "12", "prix": "45,50", "date_soins": "2026-03-01", "optam": False})
    assert parsed == {"age": 12, "prix": Decimal("45.50"), "date_soins": date(2026, 3, 1), "optam": False}


def test_every_rule_reads_facts_that_exist_and_every_asked_fact_has_a_question() -> None:
    for rule in rules().values():
        for name in rule.facts:
            fact = vocabulary()[name]
            assert fact.question or fact.derived_from or fact.type in ("integer", "money", "boolean", "date", "enum")


@pytest.mark.parametrize("name", sorted(parameters()))
def test_each_parameter_is_dated_referenced_and_in_force(name: str) -> None:
    found = parameter(name, date(2026, 11, 21))
    assert found.reference.document and found.reference.reference
    with pytest.raises(OutsideValidityError):
        parameter(name, date(1990, 1, 1))


def test_months_are_clamped_at_month_ends() -> None:
    assert add_months_clamped(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months_clamped(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months_clamped(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_years_clamped(date(2024, 2, 29), 1) == date(2025, 2, 28)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-240, 240))
def test_adding_months_keeps_the_day_or_ends_the_month(day: date, months: int) -> None:
    later = add_months_clamped(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and add_months_clamped(later, 0) == later)


@pytest.mark.parametrize(
    ("birth", "on", "age"),
    [
        (date(1960, 5, 4), date(2025, 5, 3), 64),
        (date(1960, 5, 4), date(2025, 5, 4), 65),
        (date(1960, 2, 29), date(2025, 2, 27), 64),
        (date(1960, 2, 29), date(2025, 2, 28), 65),
        (date(1960, 2, 29), date(2024, 2, 28), 63),
        (date(1960, 2, 29), date(2024, 2, 29), 64),
        (date(2027, 1, 1), date(2026, 12, 31), 0),
    ],
)
def test_a_birthday_counts_from_its_day(birth: date, on: date, age: int) -> None:
    assert age_by_birthday(birth, on) == age


def test_nothing_goes_past_the_calendar() -> None:
    assert add_months_clamped(date.max, 1) == date.max
    assert add_months_clamped(date.min, -1) == date.min
    assert last_day_within_days(date.max, 30) == date.max
    assert first_of_next_month_after(date.max) == january_1_after(date.max) == date.max
    assert nth_business_day_after(date.max, 2) == date.max


def test_business_days_leave_out_sundays_and_public_holidays_only() -> None:
    assert nth_business_day_after(date(2026, 4, 30), 1) == date(2026, 5, 2)  # 1 May, then a Saturday
    assert nth_business_day_after(date(2026, 5, 2), 1) == date(2026, 5, 4)


def test_two_digits_name_the_latest_year_not_after_the_one_given() -> None:
    assert [year_of_last_two_digits(digits, 2026) for digits in (26, 27, 98, 0)] == [2026, 1927, 1998, 2000]
