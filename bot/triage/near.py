"""What falls within the next 48 hours: words of time, weekdays, dates, and deadlines counted from a date told."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.triage.datafiles import data
from bot.understanding.dates import MONTHS, WEEKDAYS, Dated, find_dates
from bot.understanding.text import fold
from rules_engine.dates import add_months_clamped

SOON = timedelta(days=2)
NEAR = re.compile("|".join(data("priority")["near"]))
DAY = "|".join(WEEKDAYS)
# "On est mardi", "aujourd'hui samedi", "nous sommes mercredi soir".
TODAY_IS = re.compile(rf"\b(?:on est|nous sommes|aujourd.?hui|ce jour)\W{{1,3}}(?:le )?({DAY})\b")
PRESENT = re.compile(
    r"\b(?:nous sommes|nous voici|on est|aujourd.?hui|ce jour|a ce jour)\b[ ,:(]*(?:le )?(?:(?:"
    + DAY
    + r") )?(?:le )?$"
)
DAY_ONLY = re.compile(rf"\b(?:nous sommes|on est) (?:deja )?le (\d{{1,2}})(?! (?:{'|'.join(MONTHS)}))\b")
TOMORROW = re.compile(r"\b(?:soit |c.est )?demain\b[ ,:(]*(?:le )?(?:(?:" + DAY + r") )?(?:le )?$")
SPAN = re.compile(r"\b(\d{1,3}) (jour|semaine|mois|an|annee)s?\b")
LONGEST_SPAN = {"jour": 400, "semaine": 60, "mois": 36, "an": 5, "annee": 5}


def near(folded: str, today: date) -> bool:
    """Whether something of a message falls within the next 48 hours.

    Args:
        folded: the message, folded, its numbers in figures.
        today: the day of the message, where it does not tell it itself.
    """
    return bool(NEAR.search(folded)) or _weekday_near(folded) or _date_near(folded, today)


def stated_day(words: str, today: date) -> date | None:
    """Return the day that a message says it is, None where it does not say."""
    folded = fold(words)
    return _present(folded, [found for found in find_dates(folded, today) if not found.duration])


def _weekday_near(folded: str) -> bool:
    """Whether a day of the week is told that is at most two days after the one that the message says it is."""
    present = TODAY_IS.search(folded)
    if not present:
        return False
    day = WEEKDAYS[present[1]]
    others = [
        WEEKDAYS[found[1]] for found in re.finditer(rf"\b({DAY})\b", folded) if found.start(1) != present.start(1)
    ]
    return any(0 < (other - day) % 7 <= SOON.days for other in others)


def _date_near(folded: str, today: date) -> bool:
    dated = [found for found in find_dates(folded, today) if not found.duration]
    present = _present(folded, dated)
    told = [found.day for found in dated if found.last is None]
    if present is None:
        # The member's own clock is not known: a date is near only by the day of the message.
        return any(today < day <= today + SOON for day in told) or _day_near(folded, told)
    if any(present < day <= present + SOON for day in told):
        return True
    ends = {_after(day, int(span[1]), span[2]) for day in told if day < present for span in SPAN.finditer(folded)}
    return any(present <= end <= present + SOON for end in ends)


def _day_near(folded: str, told: list[date]) -> bool:
    """Whether a date is at most two days after the day of the month that it is ("nous sommes le 30")."""
    said = DAY_ONLY.search(folded)
    if said is None:
        return False
    return any(0 < day.day - int(said[1]) <= SOON.days for day in told)


def _present(folded: str, dated: list[Dated]) -> date | None:
    """Return the day that the message says it is; "le 30" alone may be of any month."""
    for found in dated:
        if PRESENT.search(folded[: found.start]) and not folded[found.start : found.end].isdigit():
            return found.day
    return next((found.day - timedelta(days=1) for found in dated if TOMORROW.search(folded[: found.start])), None)


def _after(day: date, count: int, unit: str) -> date:
    count = min(count, LONGEST_SPAN[unit])
    if unit in ("jour", "semaine"):
        return day + timedelta(days=count * (7 if unit == "semaine" else 1))
    return add_months_clamped(day, count * (1 if unit == "mois" else 12))
