"""Which day is meant where the words leave it open, and the days of the week."""

from __future__ import annotations

from datetime import date

import pytest

from bot.understanding.dates import find_dates
from bot.understanding.text import fold


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("hospitalisée 4 jours à partir du 25 octobre", date(2026, 10, 25), None),
        ("je suis mutée à compter du 1er mars", date(2027, 3, 1), None),
        ("hospitalisée du 3 au 10 décembre", date(2026, 12, 3), None),
        ("je suis opérée le 3 décembre", date(2026, 12, 3), None),
        ("j'ai été hospitalisée le 3 décembre", date(2025, 12, 3), None),
        ("s'est cassé la jambe mercredi", date(2026, 11, 18), None),
        ("je serai opérée mercredi", date(2026, 11, 25), None),
        ("chimio lundi", date(2026, 11, 16), date(2026, 11, 23)),
        ("tombée ce matin", date(2026, 11, 21), None),
    ],
)
def test_a_day_near_in_time_is_meant(text: str, first: date, last: date | None) -> None:
    found = find_dates(fold(text), date(2026, 11, 21))[0]
    assert (found.day, found.last) == (first, last)


@pytest.mark.parametrize("text", ["je travaille le lundi", "tous les mardis", "ouvert du lundi au vendredi"])
def test_a_day_that_comes_back_is_no_date(text: str) -> None:
    assert find_dates(fold(text), date(2026, 11, 21)) == []


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        (
            "on est le 21 est-ce que je peux encore appeler, accident il y a 3 jours",
            date(2026, 11, 22),
            date(2026, 11, 18),
        ),
        ("nous sommes le 1er, il y a 3 jours", date(2026, 11, 29), date(2026, 11, 28)),
        ("on est le 21 novembre, il y a 3 jours", date(2026, 11, 22), date(2026, 11, 18)),
        ("on est le 45, il y a 3 jours", date(2026, 11, 22), date(2026, 11, 19)),
    ],
)
def test_the_day_that_a_message_says_it_is_counts(text: str, today: date, day: date) -> None:
    assert day in [dated.day for dated in find_dates(fold(text), today)]
