"""Dates in a message: a small grammar of French, relative to a given day.

A date known only to the month or the year ("depuis mars 2021", "depuis 3 ans") keeps both its bounds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.understanding.lexicons import lexicon, signs
from rules_engine.dates import add_months_clamped

MONTHS = {name: number for number, names in enumerate(lexicon("dates")["months"], 1) for name in names.split()}
WEEKDAYS = {name: number for number, name in enumerate(lexicon("dates")["weekdays"].split())}
NUMERIC = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b")
# "1/04", the month in two figures ("2/3" is a fraction).
SHORT = re.compile(r"(?<![\d/.,-])(\d{1,2})/(0[1-9]|1[0-2])(?![\d/.,-]|\s*(?:€|%|euros?))\b")
# Years of two figures are of this century up to here.
LAST_SHORT_YEAR = 40
WRITTEN = re.compile(r"\b(\d{1,2}|1er|premier) (" + "|".join(MONTHS) + r")(?: (\d{4}))?\b")
# "Du 2 au 20 novembre 2026", "du 28 octobre au 3 novembre 2026": the first day has the month or year of the second.
RANGE = re.compile(
    r"\b(?:du|entre le) (?P<first>\d{1,2}|1er|premier)(?: (?P<month>" + "|".join(MONTHS) + r"))? (?:au|et le) "
    r"(?:\d{1,2}|1er|premier) (?P<until>" + "|".join(MONTHS) + r")(?: (?P<year>\d{4}))?\b"
)
ABOUT = r"environ|a peu pres|dans les|presque|pres de|autour de"
AGO = re.compile(
    rf"\b(?:il )?y ?a (?:deja )?(?P<about>(?:{ABOUT}) )?(?P<count>\d+|un|une) (?P<unit>jour|semaine|mois|an|annee)s?\b"
    rf"(?P<after> (?:{ABOUT})\b)?"
)
# About so many: half a unit more or less.
HALF_DAYS = {"jour": 1, "semaine": 4, "mois": 15, "an": 182, "annee": 182}
# "Nous sommes le 15 octobre 2026": the member's own present, which other words of time then count from.
PRESENT = re.compile(rf"\b(?:{signs('dates', 'present').pattern})\b(?:[ ,:]| le| en| {'| '.join(WEEKDAYS)}){{0,6}}$")
# "On est le 21", "nous sommes le 21 novembre": the nearest such day.
PRESENT_DAY = re.compile(
    rf"\b(?:{signs('dates', 'present').pattern}),? (?:(?:{'|'.join(WEEKDAYS)}|le) )+"
    rf"(?P<day>\d{{1,2}}|1er)\b(?: (?P<month>{'|'.join(MONTHS)})\b)?(?![ /.-]?\d)"
)
IN = re.compile(r"\b(?:dans|d'ici|d ici) (\d+|un|une) (jour|semaine|mois|an|annee)s?\b")
# "Lundi prochain", or "lundi" alone: neither a full date ("lundi 3 novembre") nor one that comes back ("le lundi").
WEEKDAY = re.compile(
    rf"(?P<before>\b(?:{signs('dates', 'habitual').pattern}) )?\b(?P<day>{'|'.join(WEEKDAYS)})"
    r"(?: (?P<which>prochain|dernier|passe)\b|\b(?! ?(?:\d|1er|premier)))"
)
MONTH_ONLY = re.compile(
    r"\b(?P<lead>depuis|en|des|courant|debut|mi|fin|de|a partir de|le mois de|au mois de)[ -]"
    r"(?:le mois de |le debut de |debut |fin |mi-?)?"
    r"(?P<month>" + "|".join(MONTHS) + r")(?: (?P<year>\d{4})| (?P<which>dernier|prochain))?\b"
)
BORN = re.compile(r"\bne(?:e|s|es)? $|\bnaissance $")
SINCE_YEAR = re.compile(r"\bdepuis (?:l'annee |l annee |debut |fin |la rentree (?:de )?)?((?:19|20)\d\d)\b")
SINCE = re.compile(
    rf"\bdepuis (?:deja )?(?P<about>(?:{ABOUT}) )?(?P<count>\d+|un|une) (?P<unit>jour|semaine|mois|an|annee)s?\b"
    rf"(?P<after> (?:{ABOUT})\b)?"
)
# What is to come: "je quitte mon poste le 31 mars", "jusqu'au 3 mai", "à partir du 2 avril".
TO_COME = re.compile(rf"\b(?:{signs('dates', 'to_come').pattern})\b[^.?!;]{{0,40}}$")
# What is past: "j'ai été opéré le 3 décembre", "reçue le 31 mars".
PAST = re.compile(rf"\b(?:{signs('dates', 'past').pattern})\b[^.?!;,]{{0,30}}$")
EITHER = re.compile(
    rf"\b(?:{signs('dates', 'either').pattern})\b[^.?!;]{{0,20}}$"
    rf"|\b(?:du|entre le) (?:\d{{1,2}}|1er|premier)(?: (?:{'|'.join(MONTHS)}))? (?:au|et le) $"
)
PLANNED = re.compile(rf"\b(?:{signs('dates', 'planned').pattern})\b")
# A day and month is to come when it is so near, unless the words before are of the past.
SOON = timedelta(days=60)
DAYS: Mapping[str, int] = lexicon("dates")["days"]

# "A eu 29 ans le 8 mars 2026", "aura 18 ans en mai": a birthday tells the day of birth.
BIRTHDAY = re.compile(
    rf"\b(?:{signs('dates', 'birthday').pattern})(?: ses| leurs)? (\d{{1,2}}) ans (?:le |au |en |depuis le |ce )?$"
)

ONE_DAY = timedelta(days=1)
HALF_A_YEAR = 183
MONTH_NAME = re.compile("|".join(MONTHS))


@dataclass(frozen=True)
class Dated:
    """A date of a message and where it stands in the folded text (half-open).

    Attributes:
        day: the date, or the first day that it may be.
        last: the last day that it may be, when it is known to the month or the year only.
        duration: whether the words also tell a duration ("depuis 3 semaines").
        birth: whether it is a day of birth told by a birthday.
    """

    day: date
    start: int
    end: int
    last: date | None = None
    duration: bool = False
    birth: bool = False


def find_dates(folded: str, today: date) -> list[Dated]:
    """Return the dates of a folded text, in its order.

    A day and month without a year is the nearest past or present one, or the nearest to come where the words before
    say so. Impossible dates are left out. Where the message says which day it is, that day is the present.
    """
    found = _full_dates(folded)
    present = next((dated for dated in found if PRESENT.search(folded[: dated.start])), None)
    if present is None:
        present = _present_day(folded, today)
        found += [present] if present and not MONTH_NAME.search(folded[present.start : present.end]) else []
    today = present.day if present else today
    begun = {dated.start: dated for dated in _first_days(folded, today)}
    found += begun.values()
    for match in WRITTEN.finditer(folded):
        day, month, year = match.groups()
        if not year and match.start() not in begun:
            found += _dated(match, _without_year(_day_number(day), MONTHS[month], folded[: match.start()], today))
    for match in SHORT.finditer(folded):
        day, month = match.groups()
        found += _dated(match, _without_year(int(day), int(month), folded[: match.start()], today))
    for match in AGO.finditer(folded):
        day = _shifted(-_count(match["count"]), match["unit"], today)
        if match["about"] or match["after"]:
            found.append(_about(day, match, today))
        else:
            found += _dated(match, [day])
    for match in IN.finditer(folded):
        count, unit = match.groups()
        found += _dated(match, [_shifted(_count(count), unit, today)])
    found += [dated for match in WEEKDAY.finditer(folded) for dated in _weekdays(match, folded[: match.start()], today)]
    found += _imprecise(folded, today)
    for word, shift in DAYS.items():
        found += [
            Dated(today + timedelta(days=shift), match.start(), match.end())
            for match in re.finditer(rf"(?<!avant[- ])\b{word}\b", folded)
            if not (present and shift == 0 and match.end() <= present.start)
        ]
    return sorted((_born(dated, folded) for dated in found), key=lambda dated: dated.start)


def _present_day(folded: str, today: date) -> Dated | None:
    """Return the day that a message says it is without the year."""
    match = PRESENT_DAY.search(folded)
    if match is None:
        return None
    number, month = _day_number(match["day"]), MONTHS.get(match["month"])
    around = (today + timedelta(days=shift) for shift in sorted(range(-HALF_A_YEAR, HALF_A_YEAR), key=abs))
    day = next((day for day in around if day.day == number and day.month == (month or day.month)), None)
    return Dated(day, match.start("day"), match.end()) if day else None


def _born(dated: Dated, folded: str) -> Dated:
    """Return the day of birth for the day on which somebody reaches an age; any other date as it is."""
    birthday = BIRTHDAY.search(folded[: dated.start])
    if not birthday:
        return dated
    ago = -12 * int(birthday[1])
    last = dated.last and add_months_clamped(dated.last, ago)
    return replace(dated, day=add_months_clamped(dated.day, ago), last=last, birth=True)


def _first_days(folded: str, today: date) -> list[Dated]:
    """Return the first days of the ranges whose month or year is said of the last day only."""
    found: list[Dated] = []
    for match in RANGE.finditer(folded):
        month = MONTHS[match["month"] or match["until"]]
        day, start = _day_number(match["first"]), match.start("first")
        end = match.end("month") if match["month"] else match.end("first")
        if match["year"]:
            # "Du 28 décembre au 3 janvier 2026" begins the year before.
            days = _valid(day, month, int(match["year"]) - (month > MONTHS[match["until"]]))
        elif match["month"]:
            continue
        else:
            days = _nearest(day, month, today)
        found += [Dated(first, start, end) for first in days]
    return found


def _full_dates(folded: str) -> list[Dated]:
    found: list[Dated] = []
    for match in NUMERIC.finditer(folded):
        day, month, year = match.groups()
        found += _dated(match, _valid(int(day), int(month), _century(year)))
    for match in WRITTEN.finditer(folded):
        day, month, year = match.groups()
        if year:
            found += _dated(match, _valid(_day_number(day), MONTHS[month], int(year)))
    return found


def _century(year: str) -> int:
    """Return a year of two figures in full: 26 is 2026, 99 is 1999."""
    if len(year) > 2:
        return int(year)
    return int(year) + (2000 if int(year) < LAST_SHORT_YEAR else 1900)


def _day_number(day: str) -> int:
    return 1 if day in ("1er", "premier") else int(day)


def _dated(match: re.Match[str], days: list[date]) -> list[Dated]:
    return [Dated(day, match.start(), match.end()) for day in days]


def _about(day: date, match: re.Match[str], today: date) -> Dated:
    """Return a past date said to be about so long ago."""
    half = timedelta(days=HALF_DAYS[match["unit"]])
    return Dated(day - half, match.start(), match.end(), min(day + half, today))


def _valid(day: int, month: int, year: int) -> list[date]:
    try:
        return [date(year, month, day)]
    except ValueError:
        return []


def _nearest_past(day: int, month: int, today: date) -> list[date]:
    this_year = _valid(day, month, today.year)
    if this_year and this_year[0] <= today:
        return this_year
    return _valid(day, month, today.year - 1)


def _nearest_to_come(day: int, month: int, today: date) -> list[date]:
    this_year = _valid(day, month, today.year)
    if this_year and this_year[0] >= today:
        return this_year
    return _valid(day, month, today.year + 1)


def _nearest(day: int, month: int, today: date) -> list[date]:
    return min(
        (days for days in (_nearest_past(day, month, today), _nearest_to_come(day, month, today)) if days),
        key=lambda days: abs(days[0] - today),
        default=[],
    )


def _without_year(day: int, month: int, before: str, today: date) -> list[date]:
    """Return the day of a day and month: to come or past as the words before say, else past unless it is near."""
    coming, past = _nearest_to_come(day, month, today), _nearest_past(day, month, today)
    if not coming or not past or TO_COME.search(before):
        return coming
    if EITHER.search(before):
        return _nearest(day, month, today)
    near = coming[0] - today <= SOON and not PAST.search(PLANNED.sub(" ", before))
    return coming if near else past


def _count(word: str) -> int:
    return 1 if word.startswith("un") else int(word)


def _shifted(count: int, unit: str, today: date) -> date:
    """Return the day so many units from today, bounded to a hundred years."""
    sign, count = (-1 if count < 0 else 1), abs(count)
    if unit in ("jour", "semaine"):
        return today + timedelta(days=sign * min(count, 36500) * (7 if unit == "semaine" else 1))
    return add_months_clamped(today, sign * min(count * (1 if unit == "mois" else 12), 1200))


def _weekday(weekday: int, to_come: bool, today: date) -> date:
    shift = (weekday - today.weekday()) % 7 or 7
    return today + timedelta(days=shift if to_come else (shift - 7 or -7))


def _weekdays(match: re.Match[str], before: str, today: date) -> list[Dated]:
    """Return the day that a day of the week is; alone, it may be the last or the next one, as the words before say."""
    weekday, which = WEEKDAYS[match["day"]], match["which"]
    last, following = (_weekday(weekday, to_come, today) for to_come in (False, True))
    if which:
        return _dated(match, [following if which == "prochain" else last])
    if match["before"]:
        return []
    start, end = match.span("day")
    if TO_COME.search(before):
        return [Dated(following, start, end)]
    return [Dated(last, start, end, None if PAST.search(PLANNED.sub(" ", before)) else following)]


def _imprecise(folded: str, today: date) -> list[Dated]:
    """Return the dates known to the month or the year: "depuis mars 2021", "en mai 2026", "depuis 2019"."""
    found: list[Dated] = []
    for match in MONTH_ONLY.finditer(folded):
        month, year, which = MONTHS[match["month"]], match["year"], match["which"]
        born = BORN.search(folded[: match.start()])  # of a birth the year is what counts
        if born or (not year and not which and match["lead"] != "depuis"):
            continue
        nearest = _nearest_to_come if which == "prochain" else _nearest_past
        first = date(int(year), month, 1) if year else nearest(1, month, today)[0]
        if first.year >= 1900:
            found.append(Dated(first, match.start("month"), match.end(), add_months_clamped(first, 1) - ONE_DAY))
    for match in SINCE_YEAR.finditer(folded):
        year = int(match[1])
        found.append(Dated(date(year, 1, 1), match.start(1), match.end(), date(year, 12, 31)))
    for match in SINCE.finditer(folded):
        count, unit = _count(match["count"]), match["unit"]
        day = _shifted(-count, unit, today)
        # "Depuis 5 ans": from five to nearly six years ago; days and weeks are counted to the day.
        first = day if unit in ("jour", "semaine") else _shifted(-count - 1, unit, today) + ONE_DAY
        last = _about(day, match, today).last or day if match["about"] or match["after"] else day
        found.append(Dated(first, match.start(), match.end(), last if first < last else None, duration=True))
    return found
