"""Figures of a text as they are said: amounts, percentages, dates, hours, telephones, articles, ranges, ordinals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from bot.rendering.speech.datafiles import data
from bot.rendering.speech.numbers import amount, cardinal, decimal, digits, joined, ordinal

Said = Callable[[re.Match[str]], str]
SPACES = re.compile(r"[\u00a0\u202f\u2009]")
THOUSANDS = re.compile(r"(?<![\d,.-])(?<!\d )\d{1,3}(?: \d{3})+(?![\d-])")
NUMBER = r"(?:\d{1,12}(?!\d)(?:,\d{1,4}(?!\d))?)"
# Digits of the longest figure that is said as a number.
LONGEST = 12
CHAIN = r"\d+(?:-\d+)*"
UNITS = r"ans?|jours?|mois|heures?|€|%|euros|séances?|nuits?|kilomètres|semaines?|minutes?"


def spoken_figures(text: str) -> str:
    """Return a text without any digit: each figure in words, joined by no-break spaces."""
    text = unicodedata.normalize("NFKC", SPACES.sub(" ", text))
    for pattern, said in _telephones():
        text = pattern.sub(said, text)
    text = THOUSANDS.sub(lambda found: found[0].replace(" ", ""), text)
    for pattern, said in _patterns():
        text = pattern.sub(said, text)
    return text


@lru_cache(maxsize=1)
def _telephones() -> tuple[tuple[re.Pattern[str], Said], ...]:
    short = rf"(?<![\d,.-])(?<!\d )(3\d)(\d{{2}})(?![\d-]| ?(?:{UNITS}))"
    return (
        (re.compile(r"(?<!\d)\+33 ?(\d(?:[ .]?\d{2}){4})(?!\d)"), lambda m: f"plus {_groups(f'33 {m[1]}')}"),
        (re.compile(r"(?<!\d)0\d(?:[ .]\d{1,3}){3,6}(?!\d)"), lambda m: _groups(m[0])),
        (re.compile(r"(?<!\d)0\d{9}(?!\d)"), lambda m: _groups(" ".join(re.findall(r"\d\d", m[0])))),
        # 3676, 3114: neither a year nor, having no space, a thousand and more.
        (re.compile(short), lambda m: joined(f"{digits(m[1])} {digits(m[2])}")),
    )


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], Said], ...]:
    months = data("pronunciation")["months"].split()
    fractions = data("pronunciation")["fractions"]
    named = "|".join(months)

    def numeric_date(day: str, month: str, year: str) -> str:
        return _date(day, months[int(month) - 1], year)

    return (
        (re.compile(rf"\b(\d{{1,2}})(?:er)? ({named})(?: (\d{{4}}))?\b"), lambda m: _date(m[1], m[2], m[3] or "")),
        (re.compile(r"\b(\d{1,2})/(0?[1-9]|1[0-2])/(\d{4})\b"), lambda m: numeric_date(m[1], m[2], m[3])),
        (re.compile(r"\b(\d{4})-(0[1-9]|1[0-2])-(\d{2})\b"), lambda m: numeric_date(m[3], m[2], m[1])),
        (re.compile(r"\b(\d+) ?h ?/ ?(\d+)\b"), lambda m: f"{_hours(m[1])} sur {cardinal(int(m[2]))}"),
        (re.compile(r"\b(\d+) ?j ?/ ?(\d+)\b"), lambda m: f"{cardinal(int(m[1]))} jours sur {cardinal(int(m[2]))}"),
        (re.compile(r"\b(\d{1,2}) ?h(?: ?(\d{2}))?\b"), lambda m: _hours(m[1], m[2] or "")),
        (re.compile(rf"\b({CHAIN})(?=-\d)-(\d+)(?= (?:{UNITS})\b)"), lambda m: f"{m[1]} à {m[2]}"),
        (re.compile(r"(?<![\d,])\d+(?:-\d+)+\b"), lambda m: _article(m[0])),
        (re.compile(rf"(?<![\d,])({NUMBER}) ?(?:€|euros?\b|EUR\b)"), lambda m: amount(m[1])),
        (re.compile(rf"(?<![\d,])({NUMBER}) ?%"), lambda m: joined(f"{decimal(m[1])} pour cent")),
        (re.compile(r"\b(\d+)(?:ers?|res?|ères?|emes?|èmes?|es?|nde?s?)\b(?: (\w+))?"), _nth),
        (re.compile(r"\b(\d+)/(\d+)\b"), lambda m: joined(fractions.get(m[0]) or f"{digits(m[1])} sur {digits(m[2])}")),
        (re.compile(r"\b(\d{2})(\d{3})(?= [A-ZÀ-Ý])"), lambda m: _groups(f"{m[1]} {m[2]}")),
        (re.compile(rf"({NUMBER})(?: ({_feminine()})\b)?"), _plain),
        # A letter and a figure that touch ("B2") are said apart.
        (re.compile(r"(?<=\d)(?=[^\W\d])"), lambda m: " "),
    )


def _groups(written: str) -> str:
    """Return groups of digits as they are dictated."""
    return joined(", ".join(digits(group) for group in re.split(r"[ .]", written)))


def _date(day: str, month: str, year: str) -> str:
    said = ordinal(1) if int(day) == 1 else cardinal(int(day))
    return joined(" ".join([said, month, *([cardinal(int(year))] if year else [])]))


def _hours(hours: str, minutes: str = "") -> str:
    count = int(hours)
    said = f"{cardinal(count, feminine=True)} heure{'s' if count > 1 else ''}"
    return joined(f"{said} {cardinal(int(minutes), feminine=True)}" if minutes.strip("0") else said)


def _article(written: str) -> str:
    return joined(" tiret ".join(digits(part) for part in written.split("-")))


def _nth(found: re.Match[str]) -> str:
    noun = found[2] or ""
    feminine = found[0].split()[0].endswith(("re", "res", "nde", "ndes"))
    feminine = feminine or noun in data("pronunciation")["ordinals_feminine"].split()
    said = ordinal(int(found[1]), feminine=feminine)
    return f"{said} {noun}" if noun else said


def _plain(found: re.Match[str]) -> str:
    said = _number(found[1], feminine=bool(found[2]))
    said = f"{said} {found[2]}" if found[2] else said
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    return f"{' ' if before.isalnum() else ''}{said}{' ' if after.isalnum() else ''}"


def _number(written: str, *, feminine: bool) -> str:
    if len(written) > LONGEST:
        return _groups(" ".join(re.findall(r"\d{1,2}", written)))
    if "," in written:
        return decimal(written, feminine=feminine)
    if written.startswith("0") and len(written) > 1:
        return digits(written)
    return cardinal(int(written), feminine=feminine)


def _feminine() -> str:
    return "|".join(sorted(data("pronunciation")["feminine"].split(), key=len, reverse=True))
